"""More runs than fit into memory: scores streamed to a folder, and taken up again after a break.

A sweep writes one Parquet file a task. A file appears whole or not at all, so a program that is
stopped in the middle loses at most the tasks that it was computing. Start it again with the same
arguments, and it goes on.

With a Dask cluster that is not on this computer, install the course on each worker, and give the
cluster's executor::

    from dask.distributed import Client

    client = Client("tcp://scheduler.example:8786")
    sweep("my_sweep", seeds=50, laws=draw_laws(300), executor=client.get_executor())

A worker that is lost loses nothing: Dask gives its tasks to another. Needs the extra `scale`.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, fields, is_dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from course_lib.files import replacing, write_atomically
from course_lib.parameters import whole_number
from course_lib.regional_economy.budget import checked_policies
from course_lib.regional_economy.ensemble import (
    BLOCK,
    Failure,
    Task,
    TaskResult,
    all_failed,
    as_completed,
    checked_laws,
    checked_seeds,
    rows_of,
    tasks_of,
)
from course_lib.regional_economy.laws import MAY_DIFFER, Laws
from course_lib.regional_economy.policies import POLICIES

PLAN, LAWS, SCORES = "plan.json", "laws.parquet", "scores"


@dataclass(frozen=True, eq=False)
class Sweep:
    """What a sweep has done: the result of `sweep`.

    Attributes
    ----------
    folder : pathlib.Path
        Where the scores are; read them with `read_sweep`.
    runs : int
        Number of runs of the whole sweep.
    computed, found : int
        Runs that were computed now, and runs that were there from earlier.
    failures : tuple of Failure
        Runs that failed now. Those of a task that failed as a whole are computed by the next start.
    """

    folder: Path
    runs: int
    computed: int
    found: int
    failures: tuple[Failure, ...]

    def to_frame(self) -> pd.DataFrame:
        """All scores so far, one row a run."""
        return read_sweep(self.folder)

    def summary(self) -> str:
        """One sentence: how far the sweep has come."""
        lost = ""
        if self.failures:
            lost = f"; {len(self.failures)} failed, the first: {self.failures[0]}"
        return (
            f"{self.computed + self.found:,} of {self.runs:,} runs are in {self.folder.name}, "
            f"{self.computed:,} of them computed now{lost}."
        )


def sweep(
    folder: str | Path,
    policies: Mapping[str, Any] = POLICIES,
    seeds: int | Sequence[int] = 30,
    laws: Laws | Sequence[Laws] | None = None,
    executor: Executor | None = None,
    block: int = BLOCK,
) -> Sweep:
    """Score every policy in every country, and stream the scores to a folder.

    Parameters
    ----------
    folder : path
        Where to write; it is made if it is not there.
    policies, seeds, laws, executor
        As in `ensemble.ensemble`.
    block : int
        Countries in one task, and so in one file.

    Returns
    -------
    Sweep

    Raises
    ------
    ValueError
        If the folder holds another sweep, or a parameter is out of range. A policy whose text has
        changed since makes it another sweep.
    ModuleNotFoundError
        If the extra `scale` is not installed.

    Notes
    -----
    Memory holds the tasks that are being computed, whatever the size of the sweep.
    """
    _parquet()
    chosen, drawn = checked_seeds(seeds), checked_laws(laws)
    whole_number("block", block, least=1, because="it counts the countries of a task")
    checked_policies(policies)
    place = Path(folder)
    (place / SCORES).mkdir(parents=True, exist_ok=True)
    _keep_to_the_plan(place, policies, chosen, drawn, block)

    countries = len(chosen) * len(drawn)
    there = {
        int(path.stem): min(block, countries - int(path.stem) * block)
        for path in (place / SCORES).glob("*.parquet")
    }
    computed, failures = 0, list[Failure]()
    tasks = tasks_of(policies, chosen, drawn, block, skip=frozenset(there))
    for task, done, why in as_completed(tasks, executor):
        if done is None:
            failures += all_failed(task, why)
            continue
        failures += done.failures
        _write(place / SCORES / f"{task.number:06d}.parquet", _with_failures(task, done))
        computed += len(task.policies) * len(task.countries)
    return Sweep(
        folder=place,
        runs=countries * len(policies),
        computed=computed,
        found=sum(there.values()) * len(policies),
        failures=tuple(failures),
    )


def read_sweep(folder: str | Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read the scores of a sweep.

    Parameters
    ----------
    folder : path
        The folder of the sweep.
    columns : sequence of str, optional
        Columns to read; without it, all. With 100,000 runs and more it saves memory.

    Returns
    -------
    pandas.DataFrame
        One row a run: ``policy``, ``draw``, ``seed``, the scores, and ``failure``, empty if the run
        went well. Rows are sorted by draw, seed and policy.

    Raises
    ------
    ValueError
        If there is no sweep in the folder.
    """
    _parquet()
    files = sorted((Path(folder) / SCORES).glob("*.parquet"))
    if not files:
        raise ValueError(f"there is no sweep in {Path(folder).name}: start one with sweep(...)")
    wanted = None if columns is None else list(columns)
    return pd.concat([pd.read_parquet(file, columns=wanted) for file in files], ignore_index=True)


def _parquet() -> None:
    if find_spec("pyarrow") is None:
        raise ModuleNotFoundError(
            "a sweep does not run in a browser alone: use a computer with the course installed"
            if sys.platform == "emscripten"
            else "a sweep needs the extra scale. Type in a terminal: uv sync --extra scale"
        )


def _keep_to_the_plan(
    place: Path,
    policies: Mapping[str, Any],
    seeds: tuple[int, ...],
    laws: tuple[Laws, ...],
    block: int,
) -> None:
    """Write down what this sweep is; refuse to go on with a folder that holds another one."""
    plan = {
        "policies": {name: _described(policy) for name, policy in policies.items()},
        "countries": len(seeds) * len(laws),
        "block": block,
        "seeds_and_laws": hashlib.sha256(repr((seeds, laws)).encode()).hexdigest(),
    }
    path = place / PLAN
    if path.is_file():
        if json.loads(path.read_text("utf-8")) != plan:
            raise ValueError(
                f"the folder {place.name} holds another sweep: give this one a folder of its own, "
                "or start it with the same policies, seeds, laws and block as before"
            )
        return
    table = pd.DataFrame({name: [getattr(one, name) for one in laws] for name in MAY_DIFFER})
    _write(place / LAWS, table.rename_axis("draw"))
    write_atomically(path, json.dumps(plan, indent=1).encode())


def _described(policy: Any) -> str:
    """A policy in words that are the same tomorrow, and others once it has been changed.

    Our own recipes are described by their fields, a student's by name and the text of the code.
    """
    if isinstance(policy, tuple):
        return f"({', '.join(map(_described, policy))})"
    if is_dataclass(policy):
        inside = {field.name: getattr(policy, field.name) for field in fields(policy)}
    elif callable(policy):
        inside = dict(getattr(policy, "__dict__", {}))
    else:
        return repr(policy)
    named = policy if inspect.isroutine(policy) else type(policy)
    text = ", ".join(f"{name}={_described(value)}" for name, value in inside.items())
    return f"{named.__qualname__}({text}){_text_of(named)}"


def _text_of(code: Any) -> str:
    """A short mark of the text of a student's function or class; the course's own need none."""
    if code.__module__.startswith("course_lib."):
        return ""
    try:
        text = inspect.getsource(code)
    except (OSError, TypeError):  # typed where no text is kept
        return ""
    return f" {hashlib.sha256(text.encode()).hexdigest()[:12]}"


def _with_failures(task: Task, done: TaskResult) -> pd.DataFrame:
    rows = rows_of(task, done)
    why = {(one.policy, one.draw, one.seed): one.why for one in done.failures}
    keys = zip(rows["policy"], rows["draw"], rows["seed"], strict=True)
    rows["failure"] = [why.get(key, "") for key in keys]
    return rows.sort_values(["draw", "seed"], kind="stable", ignore_index=True)


def _write(path: Path, table: pd.DataFrame) -> None:
    with replacing(path) as temporary:
        table.to_parquet(temporary)
