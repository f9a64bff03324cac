"""The graded set of lesson 12: what almost right answers and shortcuts earn."""

from collections import Counter

import numpy as np
import pytest

from course_lib.exercises import exercise_set, personal_set
from course_lib.exercises.personal_set import as_data
from course_lib.exercises.policy_studio import (
    _effect,
    _figures_found,
    _found_in,
    _reached,
    _tried,
)
from course_lib.policy_studio.game import play_game
from course_lib.policy_studio.moves import USES

SET = exercise_set("12_policy_studio")
STUDENTS = [f"s{number:03d}" for number in range(50)]
MANY = [f"s{number:03d}" for number in range(200)]


def ascending(scores, after, places, nearest):
    return _effect([-score for score in scores], after, places, nearest)


def all_others(scores, after, places, nearest):
    line = sorted(scores)[-places]
    chosen = [one for one, score in zip(after, scores, strict=True) if score >= line]
    others = [one for one, score in zip(after, scores, strict=True) if score < line]
    return sum(chosen) / len(chosen) - sum(others) / len(others)


def unsorted(scores, after, places, nearest):
    chosen, missed = after[places - nearest : places], after[places : places + nearest]
    return sum(chosen) / nearest - sum(missed) / nearest


@pytest.mark.parametrize(
    ("function", "most"),
    [
        (ascending, 3),
        (all_others, 3),
        (unsorted, 2),
        (lambda *given: 0.0, 0),
        (lambda *given: 1.5, 0),
        (lambda scores, after, places, nearest: sum(after), 1),
    ],
)
def test_almost_right_effects(function, most):
    question = SET.question("effect")
    for student in STUDENTS[:20]:
        inputs = SET.inputs("effect", student, secret="some")
        assert question.judge(as_data(function, inputs), {}, inputs).points <= most


def test_the_example_of_the_task():
    assert _effect([9, 3, 7, 5], [1.0, 2.0, 3.0, 4.5], 3, 1) == 4.5 - 2.0


def test_figures_agree_with_the_lessons_puzzle():
    from course_lib.policy_studio.western_programme import western_programme

    path = western_programme().path
    task = {"region": "West", "others": "Central", "first": 1990, "began": 2000, "last": 2020,
            "left_out": "Tibet"}  # fmt: skip
    found = _figures_found(task)
    for name, (start, end) in {"before": (1990, 1999), "after": (2000, 2020)}.items():
        ratio = path.loc[end, "West"] / path.loc[start, "West"]
        assert found[name] == pytest.approx(100 * (ratio ** (1 / (end - start)) - 1))


def test_rounded_figures_pass_and_shares_do_not():
    question = SET.question("figures")
    for student in STUDENTS[:20]:
        task = SET.task("figures", student)
        right = _figures_found(task)
        rounded = {name: round(value, 2) for name, value in right.items()}
        assert question.judge(rounded, task).points == 6
        shares = {name: value / 100 for name, value in right.items()}
        assert question.judge(shares, task).points <= 1
        assert personal_set("12_policy_studio", student).check("figures", shares).passed == 0
        levels = right | {"did": right["after"] - right["before"]}
        assert question.judge(levels, task).points <= 4


def test_both_signs_are_drawn_and_a_province_matters():
    found = [_figures_found(SET.task("figures", student)) for student in MANY]
    assert 50 < sum(one["did"] > 0 for one in found) < 150
    assert sum(abs(one["did"] - one["without"]) > 0.03 for one in found) > 150


def test_no_fixed_government_serves_more_than_a_tenth():
    """Whoever hands in one and the same programme, whatever the task."""
    tried = np.array(_tried())
    full = np.zeros((len(tried), len(MANY)), dtype=bool)
    for column, student in enumerate(MANY):
        task = SET.task("government", student)
        found = _found_in(task["seed"])
        full[:, column] = (
            (tried[:, list(USES).index(task["must"])] >= task["least"])
            & (found["elections_won"] >= task["elections"])
            & (found["inequality"] <= task["inequality"])
            & (found["output"] >= task["output"])
        )
    assert full.any(axis=0).all()  # each task can be done
    assert full.mean(axis=1).max() <= 0.1
    assert np.median(full.sum(axis=0)) <= 2


def test_the_judge_plays_as_the_lesson_does():
    task = SET.task("government", "s003")
    moves = [{task["must"]: 0.4, "networks": 0.6}] * 6
    game = play_game(moves, task["seed"])
    assert _reached(moves, task) == {
        "elections": game.elections_won >= task["elections"],
        "inequality": game.inequality[-1] <= task["inequality"],
        "output": game.output[-1] >= task["output"],
    }


def test_all_wishes_are_drawn():
    wishes = Counter(SET.task("government", student)["must"] for student in MANY)
    assert set(wishes) == set(USES) - {"networks"}
    assert min(wishes.values()) > 15


@pytest.mark.parametrize(
    "answer",
    [None, "knowledge", [], [{"knowledge": 1}] * 5, [{"bribes": 1}] * 6, {"knowledge": 1}, [1] * 6],
)
def test_no_government_is_no_error(answer):
    assert SET.question("government").judge(answer, SET.task("government", "s1")).points == 0


def test_a_government_against_parliament_is_told_so():
    mine = personal_set("12_policy_studio", "s1")
    said = repr(mine.check("government", [{"networks": 1.0}] * 6))
    assert f"Term 1 gives 0% to {mine['government']['must']}" in said
    assert said.count("parliament wants at least 15%") == 1
