"""Many countries, many laws, every policy: scores with their spread, on one core or on many.

An ensemble is cut into tasks in one way, whoever computes them: in this process, in others, or on
a cluster. So its scores are the same to the last digit, whatever the executor and the order.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from course_lib.parameters import one_of, whole_number
from course_lib.regional_economy.budget import checked_policies
from course_lib.regional_economy.economy import settle
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import POLICIES
from course_lib.regional_economy.scorecard import LAST, SCORE, SCORE_NAMES, score

BLOCK = 250  # countries computed together: more fit no cache, fewer keep asking for memory
AHEAD = 64  # tasks that are handed out at a time
LOOK_AGAIN = 1.0  # seconds after which it is looked for tasks that were cancelled
KEYS = ["policy", "draw", "seed"]
#: What says in every release of Python that an object can't be sent to another process: until 3.12
#: an AttributeError "Can't pickle local object", from 3.13 on "Can't get local object".
UNPICKLABLE = ("pickle", "local object")


@dataclass(frozen=True)
class RunKey:
    """One country of an ensemble: its seed, and the number of its laws."""

    draw: int
    seed: int


@dataclass(frozen=True, eq=False)
class Task:
    """Some countries, each under every policy: what one worker computes at a time.

    Attributes
    ----------
    number : int
        Number of the task.
    policies : tuple of (str, Policy)
        The policies by name.
    countries : tuple of RunKey
        The countries.
    laws : tuple of Laws
        The laws of each country.
    """

    number: int
    policies: tuple[tuple[str, Any], ...]
    countries: tuple[RunKey, ...]
    laws: tuple[Laws, ...]


@dataclass(frozen=True)
class Failure:
    """A run that could not be computed.

    Attributes
    ----------
    policy : str
        Name of the policy.
    draw, seed : int
        Number of the laws, and seed of the country.
    why : str
        What happened.
    """

    policy: str
    draw: int
    seed: int
    why: str

    def __str__(self) -> str:
        return f"{self.policy}, draw {self.draw}, seed {self.seed}: {self.why}"


@dataclass(frozen=True, eq=False)
class TaskResult:
    """What came out of a task: scores of shape (n_policies, n_countries, n_scores), and failures.

    A run that failed has scores that are no numbers.
    """

    scores: np.ndarray
    failures: tuple[Failure, ...] = ()


def run_task(task: Task) -> TaskResult:
    """Compute one task; a pure function that any process can run.

    If a policy fails somewhere in the block, its countries are computed one by one, so that only
    those that fail are lost, and their seeds are known.
    """
    start = settle([country.seed for country in task.countries], task.laws)
    scores = np.full((len(task.policies), len(task.countries), len(SCORE_NAMES)), np.nan)
    failures: list[Failure] = []
    for row, (name, policy) in enumerate(task.policies):
        try:
            scores[row] = _columns(score(start, policy))
        except Exception:  # a student's policy may fail in any way
            for place, country in enumerate(task.countries):
                try:
                    alone = settle([country.seed], task.laws[place])
                    scores[row, place] = _columns(score(alone, policy))[0]
                except Exception as error:
                    failures.append(Failure(name, country.draw, country.seed, _why(error)))
    return TaskResult(scores, tuple(failures))


def _columns(found: Mapping[str, np.ndarray]) -> np.ndarray:
    columns = np.stack([found[name] for name in SCORE_NAMES], axis=-1)
    if not np.isfinite(columns).all():
        raise ValueError("the economy exploded: a score is no number. Choose milder laws")
    return columns


def _why(error: BaseException) -> str:
    words = str(error) or type(error).__name__
    if isinstance(error, pickle.PicklingError) or any(sign in words for sign in UNPICKLABLE):
        return (
            f"it cannot travel to another process ({words}). Write the policy into a file of its "
            "own, mine.py, and import it from there"
        )
    return words if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"


def all_failed(task: Task, why: str) -> tuple[Failure, ...]:
    """The failures of a task of which nothing came back."""
    return tuple(
        Failure(name, country.draw, country.seed, why)
        for name, _ in task.policies
        for country in task.countries
    )


def as_completed(
    tasks: Iterator[Task], executor: Executor | None = None, ahead: int = AHEAD
) -> Iterator[tuple[Task, TaskResult | None, str]]:
    """Compute tasks, and give back each as soon as it is done.

    Parameters
    ----------
    tasks : iterator of Task
        They are taken one by one, so there may be more than fit into memory.
    executor : concurrent.futures.Executor, optional
        Who computes them; without one, this process.
    ahead : int
        Number of tasks that are handed out at a time.

    Yields
    ------
    (Task, TaskResult or None, str)
        The task, what came out, and if nothing did, why.
    """
    if executor is None:
        for task in tasks:
            yield task, run_task(task), ""
        return
    waiting: dict[Future[TaskResult], Task] = {}
    more = True
    while more or waiting:
        while more and len(waiting) < ahead:
            new = next(tasks, None)
            if new is None:
                more = False
                break
            try:
                waiting[executor.submit(run_task, new)] = new
            except Exception as error:  # an executor that is broken or closed
                yield new, None, _why(error)
        if waiting:
            # Not without end: a task that is cancelled wakes nobody.
            wait(waiting, timeout=LOOK_AGAIN, return_when=FIRST_COMPLETED)
            for future in [future for future in waiting if future.done()]:
                task = waiting.pop(future)
                if future.cancelled():
                    yield task, None, "the executor was closed before it was computed"
                    continue
                problem = future.exception()
                yield (task, None, _why(problem)) if problem else (task, future.result(), "")


def tasks_of(
    policies: Mapping[str, Any],
    seeds: Sequence[int],
    laws: Sequence[Laws],
    block: int,
    skip: frozenset[int] = frozenset(),
) -> Iterator[Task]:
    """Cut an ensemble into tasks: every country with every policy, `block` countries a task."""
    together = tuple(policies.items())
    total = len(laws) * len(seeds)
    for number, first in enumerate(range(0, total, block)):
        if number in skip:
            continue
        places = [divmod(place, len(seeds)) for place in range(first, min(first + block, total))]
        yield Task(
            number,
            together,
            tuple(RunKey(draw, seeds[seed]) for draw, seed in places),
            tuple(laws[draw] for draw, _ in places),
        )


def rows_of(task: Task, done: TaskResult) -> pd.DataFrame:
    """What came out of a task as a table, one row a run; failed runs have no numbers."""
    names = [name for name, _ in task.policies]
    frame = pd.DataFrame(done.scores.reshape(-1, len(SCORE_NAMES)), columns=list(SCORE_NAMES))
    frame.insert(0, "policy", np.repeat(names, len(task.countries)))
    frame.insert(1, "draw", [country.draw for country in task.countries] * len(names))
    frame.insert(2, "seed", [country.seed for country in task.countries] * len(names))
    return frame


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Scores of many countries under every policy: the result of `ensemble`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a run: ``policy``, ``draw``, ``seed``, and the scores.
    policies : dict from str to Policy
        The policies, in the order in which they were given.
    laws : tuple of Laws
        The laws of each draw.
    failures : tuple of Failure
        Runs that could not be computed; they are not in the table.
    """

    table: pd.DataFrame
    policies: Mapping[str, Any]
    laws: tuple[Laws, ...]
    failures: tuple[Failure, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """One row a run."""
        return self.table.set_index(KEYS)

    def by_policy(self, name: str) -> pd.DataFrame:
        """One score of all runs: rows are countries, columns policies.

        Raises
        ------
        ValueError
            If there is no such score.
        """
        one_of("name", name, SCORE_NAMES)
        wide = self.table.pivot(index=["draw", "seed"], columns="policy", values=name)
        return wide[[policy for policy in self.policies if policy in wide]]

    def spread(self, name: str) -> pd.DataFrame:
        """One score with its spread: mean, and the tenth, middle and ninetieth of 100 runs."""
        wide = self.by_policy(name)
        return pd.DataFrame(
            {
                "mean": wide.mean(),
                "low": wide.quantile(0.1),
                "median": wide.median(),
                "high": wide.quantile(0.9),
            }
        )

    def best_share(self, name: str) -> pd.Series:
        """In which share of the countries each policy is best by one score."""
        wide = self.by_policy(name).dropna()
        best = wide.idxmax(axis=1) if SCORE[name].better == "high" else wide.idxmin(axis=1)
        shares = best.value_counts(normalize=True)
        return shares.reindex(wide.columns, fill_value=0.0).rename("share_best")

    def retry_failed(self, executor: Executor | None = None) -> Ensemble:
        """Compute once more what has failed, and nothing else.

        Parameters
        ----------
        executor : concurrent.futures.Executor, optional
            Who computes it; without one, this process.

        Returns
        -------
        Ensemble
            With the runs that went well this time, and the failures that are left.
        """
        wanted: dict[RunKey, list[str]] = {}
        for failure in self.failures:
            wanted.setdefault(RunKey(failure.draw, failure.seed), []).append(failure.policy)
        tasks = (
            Task(
                number,
                tuple((name, self.policies[name]) for name in names),
                (country,),
                (self.laws[country.draw],),
            )
            for number, (country, names) in enumerate(wanted.items())
        )
        return _collected(tasks, self.policies, self.laws, executor, self.table)

    def summary(self) -> str:
        """One sentence: who is best by output at the end, and what is missing."""
        shares = self.best_share("output_60")
        first = str(shares.idxmax())
        number = len(self.by_policy("output_60").dropna())
        lost = f" {len(self.failures)} runs failed; the first: {self.failures[0]}." if (
            self.failures
        ) else ""  # fmt: skip
        return (
            f"In {number} simulated countries {first} has the largest output of year {LAST} most "
            f"often, in {shares.max():.0%} of them.{lost}"
        )


def ensemble(
    policies: Mapping[str, Any] = POLICIES,
    seeds: int | Sequence[int] = 30,
    laws: Laws | Sequence[Laws] | None = None,
    executor: Executor | None = None,
    block: int = BLOCK,
) -> Ensemble:
    """Score every policy in many countries.

    Parameters
    ----------
    policies : mapping from str to Policy
        The policies by name.
    seeds : int or sequence of int
        How many countries, or their seeds.
    laws : Laws, or sequence of Laws, optional
        The laws; of several, each is combined with each seed. See `draws.draw_laws`.
    executor : concurrent.futures.Executor, optional
        Who computes. Without one, this process. A ``ProcessPoolExecutor`` uses all cores. A Dask
        cluster, here or far away: ``Client(address).get_executor()``.
    block : int
        Countries in one task.

    Returns
    -------
    Ensemble
        Runs that failed are named in it, and ``retry_failed()`` computes only those.

    Raises
    ------
    ValueError
        If a parameter is out of range, or not one run could be computed.

    Notes
    -----
    Memory holds the scores, 15 numbers a run, and the countries of one task. No path is kept.

    Examples
    --------
    >>> found = ensemble({"none": None, "cluster": POLICIES["cluster"]}, seeds=5)
    >>> found.spread("output_60")["mean"].round(2).to_dict()
    {'none': 3.1, 'cluster': 4.28}
    """
    chosen, drawn = checked_seeds(seeds), checked_laws(laws)
    checked_policies(policies)
    whole_number("block", block, least=1, because="it counts the countries of a task")
    tasks = tasks_of(policies, chosen, drawn, block)
    found = _collected(tasks, policies, drawn, executor)
    if found.table.empty:
        raise ValueError(f"not one run could be computed. The first: {found.failures[0]}")
    return found


def checked_seeds(seeds: int | Sequence[int]) -> tuple[int, ...]:
    """Seeds as a tuple; a number of seeds stands for the first so many."""
    if isinstance(seeds, int | float | np.number):
        return tuple(range(whole_number("seeds", seeds, least=1, because="it counts countries")))
    found = tuple(
        whole_number("a seed", seed, least=0, because="it fixes a country") for seed in seeds
    )
    if not found or len(set(found)) < len(found):
        raise ValueError("seeds must hold at least one seed, and each only once")
    return found


def checked_laws(laws: Laws | Sequence[Laws] | None) -> tuple[Laws, ...]:
    """Laws as a tuple, one entry a draw."""
    found = tuple(laws) if isinstance(laws, Sequence) else (Laws() if laws is None else laws,)
    if not found or not all(isinstance(one, Laws) for one in found):
        raise ValueError("laws must hold at least one Laws: write Laws(), or draw_laws(60)")
    for one in found:
        if one.years <= LAST or one.shock_year >= one.years:
            raise ValueError(
                f"years must be at least {LAST + 1} and above shock_year (got {one.years}): the "
                f"last score is of year {LAST}"
            )
    return found


def _collected(
    tasks: Iterator[Task],
    policies: Mapping[str, Any],
    laws: tuple[Laws, ...],
    executor: Executor | None,
    before: pd.DataFrame | None = None,
) -> Ensemble:
    parts = [] if before is None else [before]
    failures: list[Failure] = []
    for task, done, why in as_completed(tasks, executor):
        if done is None:
            failures += all_failed(task, why)
            continue
        failures += done.failures
        rows = rows_of(task, done)
        parts.append(rows[rows[SCORE_NAMES[0]].notna()])
    order = {name: place for place, name in enumerate(policies)}
    failures.sort(key=lambda one: (order[one.policy], one.draw, one.seed))
    if not parts:
        return Ensemble(
            pd.DataFrame(columns=[*KEYS, *SCORE_NAMES]), policies, laws, tuple(failures)
        )
    table = pd.concat(parts, ignore_index=True)
    place = table["policy"].map(order)
    table = table.iloc[np.lexsort((table["seed"], table["draw"], place))].reset_index(drop=True)
    return Ensemble(table, policies, laws, tuple(failures))
