"""The graded set of lesson 11: what almost right answers and shortcuts earn."""

from collections import Counter

import pytest

from course_lib.exercises import exercise_set
from course_lib.exercises.pearl_river_delta import _claims_found, _delta, _even_gain, _gap, _people
from course_lib.exercises.personal_set import as_data
from course_lib.growth_poles.guangdong import gap_per_head

STUDENTS = [f"s{number:03d}" for number in range(50)]
SET = exercise_set("11_pearl_river_delta")


def test_people_is_the_inverse_of_the_lessons_gap():
    for output, people in ((0.8, 0.54), (0.5, 0.5), (0.3, 0.1)):
        gap = gap_per_head(output, people)
        assert _gap(output, people) == pytest.approx(gap)
        assert _people(output, gap) == pytest.approx(people)


@pytest.mark.parametrize(
    ("function", "points"),
    [
        (lambda output, gap: output / gap, 2),
        (lambda output, gap: output, 1),
        (lambda output, gap: output * gap / (output * gap + 1 - output), 1),
        (lambda output, gap: 0.5, 0),
    ],
)
def test_almost_right_people(function, points):
    question = SET.question("people")
    for student in STUDENTS[:10]:
        inputs = SET.inputs("people", student, secret="some")
        assert question.judge(as_data(function, inputs), {}, inputs).points == points


def test_every_verdict_is_drawn_for_each_claim():
    found = [_claims_found(SET.task("claims", student)) for student in STUDENTS]
    assert min(Counter(one["a"] for one in found).values()) >= 12
    assert set(Counter(one["b"] for one in found)) == {"true", "false", "cannot be said"}
    assert min(Counter(one["b"] for one in found).values()) >= 6
    assert min(Counter(one["c"] for one in found).values()) >= 15


@pytest.mark.parametrize("always", ["true", "false", "cannot be said"])
def test_one_verdict_for_all_earns_little(always):
    answer = {"share_then": 0.1, "share_now": 0.2, "a": always, "b": always, "c": always}
    points = [
        SET.question("claims").judge(answer, SET.task("claims", student)).points
        for student in STUDENTS
    ]
    assert max(points) <= 4
    assert sum(points) / len(points) < 2.7


@pytest.mark.parametrize("answer", [None, "true", {"a": "true"}, {"share_then": "nan"}, [0.1]])
def test_no_answer_to_the_claims_is_an_error(answer):
    assert SET.question("claims").judge(answer, SET.task("claims", "s001")).points == 0


def test_the_design_has_a_window_that_steps_of_a_hundredth_find_and_extremes_miss():
    question = SET.question("design")
    for student in STUDENTS:
        task = SET.task("design", student)
        full = [
            step
            for step in range(101)
            if question.judge({"specialisation": step / 100}, task).points == 4
        ]
        assert 3 <= len(full) <= 12
        for extreme in (0.0, 0.2, 0.9, 1.0):  # 0.2 stands in the answer cell
            assert question.judge({"specialisation": extreme}, task).points <= 1


def test_the_even_gain_is_even():
    for student in STUDENTS[:10]:
        task = SET.task("design", student)
        even = _even_gain(task["orders_lost"], task["lasts"], task["seed"])
        assert abs(_delta(task, 0.9, even).ahead) < 1e-5
        assert _delta(task, 0.9, even - 0.001).ahead < 0 < _delta(task, 0.9, even + 0.001).ahead
        answer = {"specialisation": 0.5, "even_gain": round(even, 4)}
        low = SET.question("design").judge({"specialisation": 0.5}, task).points
        assert SET.question("design").judge(answer, task).points == low + 2


@pytest.mark.parametrize("wrong", ["0.5", float("nan"), -0.1, 1.5, None, True])
def test_a_specialisation_that_is_none(wrong):
    task = SET.task("design", "s001")
    assert SET.question("design").judge({"specialisation": wrong}, task).points == 0


def test_one_specialisation_for_everybody_serves_few():
    tasks = [SET.task("design", f"s{number:03d}") for number in range(100)]
    question = SET.question("design")
    for step in range(30, 90, 3):
        answer = {"specialisation": step / 100}
        assert sum(question.judge(answer, task).points == 4 for task in tasks) < 100 / 3
