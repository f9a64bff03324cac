"""Ensembles: the same scores whoever computes them, and nothing lost when something dies."""

from __future__ import annotations

import linecache
import multiprocessing
import os
import signal
import sys
import threading
import time
import types
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from pickle import PicklingError
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course_lib.regional_economy.draws import draw_laws
from course_lib.regional_economy.ensemble import (
    SCORE_NAMES,
    RunKey,
    Task,
    _why,
    as_completed,
    ensemble,
    run_task,
    tasks_of,
)
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import FOUR, POLICIES, mix
from course_lib.regional_economy.scorecard import scorecard
from course_lib.regional_economy.sweep import read_sweep, sweep
from tests.regional_economy.policies_of_students import (
    KillsItsWorker,
    by_output,
    fails_in_one_country,
)

FEW = {"no policy": None, "cluster": POLICIES["cluster"], "by output": by_output}
LAWS = draw_laws(4)


def processes(number: int = 2) -> ProcessPoolExecutor:
    # Spawned, so that they know only what they import: as on another computer.
    return ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn"))


class BackToFront(Executor):
    """Computes nothing before all is handed in, and then the last task first."""

    def __init__(self, number: int):
        self.number, self.given = number, list[tuple[Future[Any], Any, Any]]()

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.given.append((future, function, arguments))
        if len(self.given) == self.number:
            for waiting, do, with_these in reversed(self.given):
                waiting.set_result(do(*with_these))
        return future


@pytest.fixture(scope="module")
def alone() -> pd.DataFrame:
    return ensemble(FEW, seeds=6, laws=LAWS, block=5).to_frame()


class TestScores:
    def test_are_those_of_single_countries(self, alone) -> None:
        for draw, seed in ((0, 0), (3, 5)):
            card = scorecard(FEW, seed, LAWS[draw]).to_frame()
            for policy in FEW:
                np.testing.assert_allclose(
                    alone.loc[(policy, draw, seed)], card.loc[policy], rtol=1e-8
                )

    def test_come_in_the_order_that_was_asked_for(self, alone) -> None:
        wanted = pd.MultiIndex.from_product(
            [list(FEW), range(4), range(6)], names=["policy", "draw", "seed"]
        )
        assert alone.index.equals(wanted)
        assert list(alone) == list(SCORE_NAMES)

    def test_are_spread(self) -> None:
        found = ensemble(seeds=20)
        wide = found.by_policy("output_60")
        assert wide.shape == (20, 7)
        spread = found.spread("output_60")
        assert ((spread["low"] < spread["median"]) & (spread["median"] < spread["high"])).all()
        assert spread["mean"]["cluster"] == pytest.approx(wide["cluster"].mean())
        shares = found.best_share("inequality_50")
        assert shares.sum() == pytest.approx(1)
        assert shares["even spread"] == 1  # less is better
        assert "20 simulated countries cluster has" in found.summary()


class TestExecutors:
    def test_give_the_same_to_the_last_digit(self, alone) -> None:
        tasks = 5  # 24 countries in blocks of 5
        with processes() as some, ThreadPoolExecutor(3) as threads:
            for executor in (some, threads, BackToFront(tasks)):
                found = ensemble(FEW, seeds=6, laws=LAWS, block=5, executor=executor)
                pd.testing.assert_frame_equal(found.to_frame(), alone, check_exact=True)

    def test_only_so_many_tasks_are_handed_out_at_a_time(self) -> None:
        waiting, most = 0, 0
        lock = threading.Lock()

        class Counts(ThreadPoolExecutor):
            def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
                nonlocal waiting, most
                with lock:
                    waiting += 1
                    most = max(most, waiting)
                future = super().submit(function, *arguments, **named)
                future.add_done_callback(back)
                return future

        def back(_: Any) -> None:
            nonlocal waiting
            with lock:
                waiting -= 1

        tasks = tasks_of({"no policy": None}, range(30), [Laws()], block=3)
        with Counts(2) as executor:
            done = list(as_completed(tasks, executor, ahead=4))
        assert len(done) == 10
        assert most <= 4


class TestFailures:
    def test_are_named_with_their_seeds_and_the_rest_is_kept(self) -> None:
        policies = {"cluster": POLICIES["cluster"], "careless": fails_in_one_country}
        found = ensemble(policies, seeds=12, block=5)
        largest = [
            int(scorecard_start(seed).state.output[0].sum(axis=1).argmax()) for seed in range(12)
        ]
        wrong = [seed for seed in range(12) if largest[seed] >= 4]
        assert wrong
        assert [one.seed for one in found.failures] == wrong
        assert f"careless, draw 0, seed {wrong[0]}: " in found.summary()
        assert "is not on my list" in str(found.failures[0])
        assert len(found.table) == 24 - len(wrong)

    def test_can_be_computed_again_alone(self) -> None:
        broken = {"cluster": POLICIES["cluster"], "careless": fails_in_one_country}
        found = ensemble(broken, seeds=12, block=5)
        assert len(found.retry_failed().failures) == len(found.failures)  # it fails again
        found.policies["careless"] = by_output  # the student mends it
        whole = found.retry_failed()
        assert whole.failures == ()
        right = ensemble({"cluster": POLICIES["cluster"], "careless": by_output}, seeds=12, block=5)
        for failure in found.failures:
            key = ("careless", failure.draw, failure.seed)
            np.testing.assert_allclose(
                whole.to_frame().loc[key], right.to_frame().loc[key], rtol=1e-8
            )
        assert whole.to_frame().index.equals(right.to_frame().index)

    def test_of_everything_is_an_error_with_the_sentence(self) -> None:
        with pytest.raises(ValueError, match=r"not one run could be computed.*it returned nothing"):
            ensemble({"mine": lambda now: None}, seeds=3)

    def test_of_an_explosion_are_failures_not_numbers(self) -> None:
        explosive = Laws(urbanisation=0.2, localisation=0.15, learning=1.0, complementarity=5.0)
        found = ensemble(FOUR, seeds=2, laws=[Laws(), explosive])
        assert np.isfinite(found.to_frame().to_numpy()).all()

    def test_a_policy_that_cannot_travel_is_told_where_to_go(self) -> None:
        def local(now):
            return by_output(now)

        with (
            processes(1) as executor,
            pytest.raises(ValueError, match=r"Write the policy into a file of its own, mine.py"),
        ):
            ensemble({"mine": local}, seeds=2, executor=executor)

    @pytest.mark.parametrize(
        "error",
        [
            AttributeError("Can't pickle local object 'TestFailures.local'"),  # until Python 3.12
            AttributeError("Can't get local object 'TestFailures.local'"),  # from 3.13 on
            PicklingError("Can't pickle local object <function local at 0x7f>"),  # from 3.14 on
            TypeError("cannot pickle '_thread.lock' object"),
        ],
        ids=lambda error: type(error).__name__,
    )
    def test_so_it_is_in_the_words_of_every_python(self, error: Exception) -> None:
        assert "Write the policy into a file of its own, mine.py" in _why(error)
        assert "mine.py" not in _why(AttributeError("'Country' object has no attribute 'size'"))

    def test_a_killed_process_loses_only_what_it_had_and_that_comes_again(
        self, tmp_path: Path
    ) -> None:
        """A pool of processes breaks when one is killed; what was done before is kept."""
        policies = {"cluster": POLICIES["cluster"], "killer": KillsItsWorker(tmp_path, survives=1)}
        with processes(1) as executor:
            found = ensemble(policies, seeds=8, block=4, executor=executor)
        assert "abruptly" in found.failures[0].why
        assert (len(found.table), len(found.failures)) == (8, 8)
        assert {one.seed for one in found.failures} == {4, 5, 6, 7}
        whole = found.retry_failed()  # now nobody is killed
        assert whole.failures == ()
        assert len(whole.table) == 2 * 8

    def test_of_an_executor_that_closes_leaves_what_was_done(self) -> None:
        class Closes(ThreadPoolExecutor):
            given = 0

            def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
                future = super().submit(function, *arguments, **named)
                self.given += 1
                if self.given == 1:
                    future.result()
                if self.given == 4:
                    threading.Thread(target=self.shutdown, kwargs={"cancel_futures": True}).start()
                return future

        with Closes(1) as executor:
            found = ensemble(FEW, seeds=100, block=25, executor=executor)
        assert len(found.table) >= 75
        assert found.failures
        assert {one.why for one in found.failures} == {
            "the executor was closed before it was computed"
        }
        assert len(found.retry_failed().table) == 300

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"seeds": 0}, "it counts countries"),
            ({"seeds": 2.5}, "it counts countries"),
            ({"seeds": [1, 1]}, "each only once"),
            ({"seeds": [-1]}, "it fixes a country"),
            ({"laws": []}, "at least one Laws"),
            ({"laws": ["mild"]}, "at least one Laws"),
            ({"laws": 3}, "at least one Laws"),
            ({"laws": Laws(years=50)}, "the last score is of year 60"),
            ({"policies": {}}, "at least one policy"),
            ({"policies": [by_output]}, "at least one policy"),
            ({"block": 0}, "it counts the countries of a task"),
        ],
    )
    def test_bad_input_gets_a_sentence(self, wrong: dict[str, Any], sentence: str) -> None:
        with pytest.raises(ValueError, match=sentence):
            ensemble(**wrong)


def scorecard_start(seed: int) -> Any:
    from course_lib.regional_economy.economy import settle

    return settle([seed])


# --- a cluster of Dask, with real worker processes


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    from dask.distributed import Client, LocalCluster

    quiet = {"silence_logs": 50, "dashboard_address": None}
    with (
        LocalCluster(n_workers=3, threads_per_worker=1, processes=True, **quiet) as cluster,
        Client(cluster) as found,
    ):
        yield found


class TestDask:
    def test_the_scores_are_the_same_to_the_last_digit(self, client, alone) -> None:
        found = ensemble(FEW, seeds=6, laws=LAWS, block=5, executor=client.get_executor())
        pd.testing.assert_frame_equal(found.to_frame(), alone, check_exact=True)

    def test_a_worker_that_is_killed_while_it_works_loses_nothing(
        self, client, tmp_path: Path
    ) -> None:
        """The worker kills itself in the middle of a country, as a system without memory does."""
        killer = KillsItsWorker(tmp_path, survives=2)
        policies = {"cluster": POLICIES["cluster"], "killer": killer}
        mark, before = killer.mark, _workers(client)
        found = ensemble(policies, seeds=12, block=2, executor=client.get_executor())
        assert int(mark.read_text()) in before  # one of the workers was indeed killed
        assert int(mark.read_text()) not in _workers(client)
        assert found.failures == ()
        calm = ensemble(policies, seeds=12, block=2)
        pd.testing.assert_frame_equal(found.to_frame(), calm.to_frame(), check_exact=True)

    def test_nor_does_one_that_is_killed_from_outside(self, client) -> None:
        victim = next(iter(_workers(client)))
        killed = threading.Timer(0.3, os.kill, (victim, signal.SIGKILL))
        killed.start()
        found = ensemble(FEW, seeds=150, laws=LAWS, block=10, executor=client.get_executor())
        killed.join()
        assert found.failures == ()
        assert len(found.table) == 3 * 600
        deadline = time.monotonic() + 30
        while victim in _workers(client) and time.monotonic() < deadline:
            time.sleep(0.2)
        assert victim not in _workers(client)

    def test_a_failed_run_names_its_seed_there_too(self, client) -> None:
        policies = {"cluster": POLICIES["cluster"], "careless": fails_in_one_country}
        here = ensemble(policies, seeds=12, block=5)
        there = ensemble(policies, seeds=12, block=5, executor=client.get_executor())
        assert there.failures == here.failures
        assert len(there.retry_failed(client.get_executor()).failures) == len(here.failures)


def _workers(client: Any) -> set[int]:
    return set(client.run(os.getpid).values())


# --- sweeps


class TestSweep:
    def test_writes_what_an_ensemble_finds(self, tmp_path: Path, alone) -> None:
        done = sweep(tmp_path / "all", FEW, seeds=6, laws=LAWS, block=5)
        assert (done.runs, done.computed, done.found) == (72, 72, 0)
        assert len(list((tmp_path / "all" / "scores").iterdir())) == 5
        found = read_sweep(tmp_path / "all")
        assert (found["failure"] == "").all()
        table = found.drop(columns="failure").set_index(["policy", "draw", "seed"])
        pd.testing.assert_frame_equal(table.loc[alone.index], alone, check_exact=True)
        assert list(read_sweep(tmp_path / "all", ["seed", "output_60"])) == ["seed", "output_60"]
        stored = pd.read_parquet(tmp_path / "all" / "laws.parquet")
        assert stored["migration"].tolist() == [one.migration for one in LAWS]
        assert "72 of 72 runs are in all" in done.summary()

    def test_goes_on_after_an_interruption(self, tmp_path: Path, alone) -> None:
        class Interrupted(ThreadPoolExecutor):
            given = 0

            def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
                self.given += 1
                if self.given == 4:
                    raise KeyboardInterrupt
                return super().submit(function, *arguments, **named)

        place = tmp_path / "broken"
        with Interrupted(1) as executor, pytest.raises(KeyboardInterrupt):
            sweep(place, FEW, seeds=6, laws=LAWS, block=5, executor=executor)
        # What was handed out and not yet written is computed again.
        (place / "scores" / "000001.parquet.99.part").write_bytes(b"half a file")
        first = sweep(place, FEW, seeds=6, laws=LAWS, block=5)
        assert first.computed + first.found == 72
        second = sweep(place, FEW, seeds=6, laws=LAWS, block=5)
        assert (second.computed, second.found) == (0, 72)
        table = read_sweep(place).drop(columns="failure").set_index(["policy", "draw", "seed"])
        pd.testing.assert_frame_equal(table.loc[alone.index], alone, check_exact=True)

    def test_files_that_are_there_are_not_computed_again(self, tmp_path: Path) -> None:
        sweep(tmp_path, FEW, seeds=6, block=2)
        lost = tmp_path / "scores" / "000001.parquet"
        kept = tmp_path / "scores" / "000002.parquet"
        before, lost_bytes = kept.stat().st_mtime_ns, pd.read_parquet(lost)
        lost.unlink()
        again = sweep(tmp_path, FEW, seeds=6, block=2)
        assert (again.computed, again.found) == (6, 12)
        assert kept.stat().st_mtime_ns == before
        pd.testing.assert_frame_equal(pd.read_parquet(lost), lost_bytes, check_exact=True)

    def test_keeps_failed_runs_with_the_reason(self, tmp_path: Path) -> None:
        done = sweep(tmp_path, {"careless": fails_in_one_country}, seeds=12, block=6)
        found = read_sweep(tmp_path)
        failed = found[found["failure"] != ""]
        assert failed["seed"].tolist() == [one.seed for one in done.failures]
        assert failed["output_60"].isna().all()
        assert "failed, the first: careless, draw 0, seed" in done.summary()

    def test_does_not_mix_two_sweeps_in_one_folder(self, tmp_path: Path) -> None:
        sweep(tmp_path, FEW, seeds=3)
        for other in ({"seeds": 4}, {"seeds": 3, "laws": Laws(migration=0.0)}):
            with pytest.raises(ValueError, match="holds another sweep"):
                sweep(tmp_path, FEW, **other)
        with pytest.raises(ValueError, match="holds another sweep"):
            sweep(tmp_path, FOUR, seeds=3)
        with pytest.raises(ValueError, match="there is no sweep in nothing"):
            read_sweep(tmp_path / "nothing")

    def test_a_policy_that_was_changed_is_another_sweep(self, tmp_path: Path) -> None:
        """Else the scores of two versions of a student's policy would lie in one folder."""
        file = tmp_path / "mine.py"
        text = (
            "from course_lib.regional_economy.policies import Plan, share_of\n"
            "def mine(now):\n    return Plan(plants=share_of(now.output ** 1))\n"
            "class Mine:\n    takes_all_runs = True\n"
            "    def __init__(self, power):\n        self.power = power\n"
            "    def __call__(self, now):\n"
            "        return Plan(plants=share_of(now.output ** self.power))\n"
        )

        def policies(text: str, power: int = 1) -> dict[str, Any]:
            file.write_text(text)
            linecache.checkcache(str(file))
            module = types.ModuleType("mine")
            module.__file__ = str(file)
            sys.modules["mine"] = module
            exec(compile(text, str(file), "exec"), vars(module))
            return {
                "mine": module.mine,
                "mixed": mix({module.mine: 0.5, module.Mine(power): 0.5}),
            }

        place = tmp_path / "sweep"
        try:
            sweep(place, policies(text), seeds=2)
            assert sweep(place, policies(text), seeds=2).found == 4  # other objects, same policies
            for changed, power in ((text.replace("** 1", "** 2"), 1), (text, 2)):
                with pytest.raises(ValueError, match="holds another sweep"):
                    sweep(place, policies(changed, power), seeds=2)
        finally:
            del sys.modules["mine"]

    def test_goes_over_a_dask_cluster(self, tmp_path: Path, client, alone) -> None:
        done = sweep(tmp_path, FEW, seeds=6, laws=LAWS, block=5, executor=client.get_executor())
        assert done.computed == 72
        table = read_sweep(tmp_path).drop(columns="failure").set_index(["policy", "draw", "seed"])
        pd.testing.assert_frame_equal(table.loc[alone.index], alone, check_exact=True)

    def test_says_what_to_install(self, tmp_path: Path, monkeypatch) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(ModuleNotFoundError, match="uv sync --extra scale"):
            sweep(tmp_path, FEW, seeds=3)


def test_a_task_is_plain_data_that_can_be_run_anywhere() -> None:
    import pickle

    task = Task(0, tuple(FEW.items()), (RunKey(0, 7),), (Laws(),))
    there = run_task(pickle.loads(pickle.dumps(task)))
    assert np.array_equal(there.scores, run_task(task).scores)


def test_neither_dask_nor_pyarrow_is_imported_before_it_is_needed() -> None:
    import subprocess
    import sys

    code = (
        "import sys, numpy, pandas\n"  # pandas itself looks for pyarrow
        "before = {*sys.modules}\n"
        "import course_lib.regional_economy.ensemble, course_lib.regional_economy.sweep\n"
        "late = {'dask', 'distributed', 'pyarrow', 'multiprocessing'}\n"
        "assert not late & ({*sys.modules} - before)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
