"""The course's own functions refuse while a student's function is judged, and work again after."""

from __future__ import annotations

import inspect
import sys
import warnings
from functools import partial
from types import FunctionType, ModuleType

import numpy as np
import pytest

from course_lib import measures
from course_lib.exercises import SETS, exercise_set, personal_set
from course_lib.exercises.blocked import blocked
from course_lib.measures import theil as bound_earlier

REFUSAL = "switched off while your own function is checked"
PUBLIC = [name for name in measures.__all__ if isinstance(getattr(measures, name), FunctionType)]
COURSE = ("course_lib.measures",)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_measure_refuses_whatever_it_is_given(name: str) -> None:
    with blocked(COURSE):
        for given in ((), ([1.0, 2.0],), ([1.0, 2.0], [1.0, 2.0], 3)):
            with pytest.raises(RuntimeError, match=REFUSAL):
                getattr(measures, name)(*given)


def test_names_bound_earlier_refuse_and_work_again() -> None:
    wrapped = partial(bound_earlier, weights=[1, 1])
    right = bound_earlier([1.0, 3.0])
    with blocked(COURSE):
        for function in (bound_earlier, measures.theil, lambda values: wrapped(values)):
            with pytest.raises(RuntimeError, match=REFUSAL):
                function([1.0, 3.0])
    assert bound_earlier([1.0, 3.0]) == wrapped([1.0, 3.0]) == right


def test_they_work_again_after_an_error_and_after_blocks_in_blocks() -> None:
    with pytest.raises(KeyError), blocked(COURSE):
        raise KeyError("a student's error")
    assert bound_earlier([1.0, 1.0]) == 0
    with blocked(COURSE):
        with blocked(COURSE):
            pass
        with pytest.raises(RuntimeError, match=REFUSAL):
            bound_earlier([1.0, 1.0])
    assert bound_earlier([1.0, 1.0]) == 0


def test_signatures_and_other_rooms_stay_as_they_are() -> None:
    from course_lib.datasets import us_income

    before = inspect.signature(bound_earlier)
    with blocked(COURSE):
        assert len(us_income()) == 3888
    assert inspect.signature(bound_earlier) == before


def test_without_modules_nothing_is_blocked() -> None:
    with blocked(()):
        assert bound_earlier([1.0, 1.0]) == 0


def test_a_module_that_is_imported_only_inside_refuses_as_well() -> None:
    def borrowed(incomes, people):
        from course_lib.gradient_transition.belts import belts

        return belts()

    report = repr(personal_set("01_measuring_regions", "s1").check("theil", borrowed))
    assert REFUSAL in report


def test_methods_properties_and_cached_functions_refuse_as_well() -> None:
    from course_lib.california.employment import jobs_of
    from course_lib.comparing_theories.score_spread import LABELS, ScoreSpread
    from course_lib.regional_economy.scorecard import Score

    def borrowed(scores, low_is_good):
        label = next(label for label in LABELS if ("inequality" in label) == low_is_good)
        names = tuple("abcdefgh")[: len(scores[0])]
        return ScoreSpread(label, "", np.array(scores), names, (0, 1)).wins.tolist()

    mine = personal_set("09_comparing_theories", "s1")
    assert borrowed([[3, 1], [2, 5], [4, 1]], False) == pytest.approx([2 / 3, 1 / 3])
    assert REFUSAL in repr(mine.check("wins", borrowed))
    spread = ScoreSpread("output, year 60", "", np.eye(2), ("a", "b"), (0, 1))
    jobs_of.cache_clear()  # as if nobody had asked before
    with blocked(["course_lib.comparing_theories", "course_lib.california"]):
        for call in (spread.summary, lambda: spread.wins, lambda: jobs_of("Los Angeles")):
            with pytest.raises(RuntimeError, match=REFUSAL):
                call()
        one = Score("a", "b", "c", "high", "e")  # what Python itself calls goes on
        assert hash(one) == hash(Score("a", "b", "c", "high", "e"))
    assert spread.win("a") == 0.5
    assert jobs_of("Los Angeles") > 5e6


def test_a_generator_refuses_at_its_first_value_and_stays_a_generator() -> None:
    module = ModuleType("course_lib.of_this_test")
    exec("def numbers(start=3):\n    yield start\n    yield from range(start)", vars(module))
    sys.modules[module.__name__] = module
    try:
        with warnings.catch_warnings(), blocked([module.__name__]):
            warnings.simplefilter("error")  # Python 3.13 warns of code of another kind
            assert inspect.isgeneratorfunction(module.numbers)
            for call in (module.numbers, lambda: module.numbers(7)):
                with pytest.raises(RuntimeError, match=REFUSAL):
                    next(call())
        assert list(module.numbers()) == [3, 0, 1, 2]
    finally:
        del sys.modules[module.__name__]


@pytest.mark.parametrize("set_name", SETS)
def test_the_judges_own_formula_is_no_answer_either(
    set_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = exercise_set(set_name)
    question = wanted.questions[0]
    module = __import__(SETS[set_name], fromlist=["x"])
    own = getattr(module, f"_{question.name}")
    mine = personal_set(set_name, "s1")
    assert REFUSAL in repr(mine.check(question.name, own))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert mine.check(question.name, lambda *given: own(*given)) == 0


def test_what_a_student_sees_is_a_sentence_that_says_what_to_do() -> None:
    mine = personal_set("01_measuring_regions", "s1")
    report = repr(mine.check("theil", lambda incomes, people: bound_earlier(incomes, people)))
    assert "Your answer stopped with RuntimeError: this function of the course is" in report
    assert "write the calculation yourself, with numpy." in report
