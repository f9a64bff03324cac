"""The graded set of lesson 07: wrong answers earn part of the points, and no shortcut earns all."""

from __future__ import annotations

import pytest

from course_lib.exercises import exercise_set, personal_set
from course_lib.exercises.industrial_clusters import (
    _alone,
    _found,
    _least_cost,
    _pays,
    _states,
)
from course_lib.exercises.personal_set import as_data
from course_lib.measures import ellison_glaeser, plant_herfindahl

WANTED = exercise_set("07_industrial_clusters")
STUDENTS = [f"s{number:03d}" for number in range(30)]


def points(name, student, answer):
    inputs = WANTED.inputs(name, student, secret="some")
    found = as_data(answer, inputs)
    return WANTED.question(name).judge(found, WANTED.task(name, student), inputs).points


def right(own, everyone, plants):
    total = sum(everyone)
    x = [one / total for one in everyone]
    raw = sum((s / sum(own) - one) ** 2 for s, one in zip(own, x, strict=True))
    lumps = sum((one / sum(plants)) ** 2 for one in plants)
    return (raw / (1 - sum(one**2 for one in x)) - lumps) / (1 - lumps)


def raw(own, everyone, plants):
    return sum((s / sum(own) - x / sum(everyone)) ** 2 for s, x in zip(own, everyone, strict=True))


class TestGamma:
    @pytest.mark.parametrize("student", STUDENTS[:10])
    def test_the_right_function(self, student):
        assert points("gamma", student, right) == 5

    @pytest.mark.parametrize("student", STUDENTS[:10])
    @pytest.mark.parametrize(
        "wrong,most",
        [
            (raw, 1),  # raw concentration does not know plants: the unit only
            (lambda own, everyone, plants: 0.0, 0),
            (lambda own, everyone, plants: right(own, everyone, [1] * len(plants)), 1),
            (lambda own, everyone, plants: right(own, [1] * len(everyone), plants), 3),
        ],
    )
    def test_almost_right_is_not_right(self, student, wrong, most):
        assert points("gamma", student, wrong) <= most

    def test_the_courses_own_measure_is_switched_off(self):
        import pandas as pd

        def borrowed(own, everyone, plants):
            shares = [one / sum(everyone) for one in everyone]
            table = pd.DataFrame({"i": own})
            lumps = plant_herfindahl(plants)
            return ellison_glaeser(table, [lumps], region_shares=shares)["gamma"].item()

        inputs = WANTED.inputs("gamma", "s1", secret="some")
        own, everyone, plants = inputs["values"][0]
        assert borrowed(own, everyone, plants) == pytest.approx(right(own, everyone, plants))
        report = personal_set("07_industrial_clusters", "s1").check("gamma", borrowed)
        assert "switched off while your own function is checked" in repr(report)


class TestRule:
    def test_right_and_wrong(self):
        for student in STUDENTS:
            task = WANTED.task("rule", student)
            answer = _found(task)
            assert points("rule", student, answer) == 6
            assert points("rule", student, answer | {"count": answer["count"] + 1}) == 4
            assert points("rule", student, answer | {"first": "Steel"}) <= 4
            assert points("rule", student, answer | {"rank": 99}) <= 4
            assert points("rule", student, answer | {"count": str(answer["count"])}) < 6
            assert points("rule", student, {}) == 0

    def test_two_decimals_are_enough(self):
        for student in STUDENTS:
            answer = _found(WANTED.task("rule", student))
            assert points("rule", student, answer | {"quotient": round(answer["quotient"], 2)}) == 6

    def test_the_largest_industry_is_seldom_the_answer(self):
        """Else the question would be answered without a quotient."""
        cells = _states()
        same = 0
        for student in STUDENTS:
            task = WANTED.task("rule", student)
            here = cells[cells["place"] == task["state"]]
            same += here.loc[here["employment"].idxmax(), "industry"] == _found(task)["first"]
        assert same <= 5

    def test_the_rule_matters(self):
        """Without its second and third part other counts come out."""
        same = 0
        for student in STUDENTS:
            task = WANTED.task("rule", student)
            cells = _states()
            here = cells[cells["place"] == task["state"]]
            loose = (here["location_quotient"] >= task["quotient"]).sum()
            same += loose == _found(task)["count"]
        assert same == 0


class TestAssociation:
    def test_one_means_alone_is_not_enough(self):
        for student in STUDENTS:
            task = WANTED.task("association", student)
            best = 0.0
            for step in range(1, 101):
                watching = {"detection": min(1.0, task["gossip"] + 0.01 * step), "fine": 0.0}
                fining = {"detection": task["gossip"], "fine": 0.3 * step}
                for one in (watching, fining):
                    best = max(best, points("association", student, one | {"alone": 9.0}))
            assert best == 1
            nothing = {"detection": task["gossip"], "fine": 0.0, "alone": 9.0}
            assert points("association", student, nothing) == 0

    def test_gossip_is_not_enough_and_the_budget_is(self):
        for student in STUDENTS:
            task = WANTED.task("association", student)
            assert not _pays(task, task["gossip"], 0.0)
            assert _least_cost(task) < task["budget"] < 1.15 * _least_cost(task) + 0.02

    def test_can_be_found_with_steps_of_a_hundredth_and_a_tenth(self):
        for student in STUDENTS:
            task = WANTED.task("association", student)
            best = max(
                points(
                    "association",
                    student,
                    {
                        "detection": round(task["gossip"] + 0.01 * step, 2),
                        "fine": tenths / 10,
                        "alone": round(_alone(task)["alone"], 3),
                    },
                )
                for step in range(0, 60, 1)
                for tenths in range(0, 120)
                if round(task["gossip"] + 0.01 * step, 2) <= 1
                and _pays(task, round(task["gossip"] + 0.01 * step, 2), tenths / 10)
            )
            assert best == 6

    @pytest.mark.parametrize("wrong", [float("inf"), -5.0, "0.5", True])
    def test_no_number_is_no_answer(self, wrong):
        for name in ("detection", "fine"):
            answer = {"detection": 0.5, "fine": 1.0, "alone": 0.5} | {name: wrong}
            try:
                assert points("association", "s1", answer) == 0
            except ValueError as refused:
                assert "not a number" in str(refused)
