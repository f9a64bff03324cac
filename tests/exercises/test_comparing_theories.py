"""The graded set of lesson 09: no shortcut earns all, and what is asked for is there."""

from __future__ import annotations

from collections import Counter

import pytest

from course_lib.comparing_theories.claims import holds
from course_lib.exercises import exercise_set, personal_set
from course_lib.exercises.comparing_theories import BREAKERS, HARMLESS_LAWS, PARTS
from course_lib.exercises.personal_set import as_data
from course_lib.regional_economy.ensemble import ensemble
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import FOUR, mix
from course_lib.regional_economy.scorecard import scorecard

SET = exercise_set("09_comparing_theories")
STUDENTS = [f"s{number:03d}" for number in range(30)]


def points(name: str, student: str, answer: object) -> float:
    return SET.question(name).judge(answer, SET.task(name, student)).points


class TestRecipe:
    def test_the_goals_are_those_of_the_scorecard(self) -> None:
        task = SET.task("recipe", "s001")
        card = scorecard(FOUR, seed=task["seed"]).table
        assert task["output"] == pytest.approx(card["output_60"].max(), rel=1e-9)
        assert task["inequality"] == pytest.approx(card["inequality_50"].min(), rel=1e-9)

    def test_no_single_recipe_and_no_fixed_mix_is_enough(self) -> None:
        full = Counter()
        fixed = {
            "half and half": {"gradient": 0.5, "cluster": 0.5},
            "thirds": {"gradient": 0.34, "cluster": 0.33, "even spread": 0.33},
            "much cluster": {"gradient": 0.1, "cluster": 0.7, "even spread": 0.2},
            "two wishes": {"gradient": 0.2, "cluster": 0.5, "even spread": 0.3},
            "all wishes": {
                "gradient": 0.3,
                "cluster": 0.3,
                "even spread": 0.3,
                "production complex": 0.1,
            },
        }
        for student in STUDENTS:
            for name in PARTS:
                assert points("recipe", student, {name: 1.0}) == 0
            for name, one in fixed.items():
                full[name] += points("recipe", student, one) == 6
        assert full["half and half"] == 0
        assert max(full.values()) <= 0.6 * len(STUDENTS), full

    def test_parts_of_the_way_earn_part_of_the_points(self) -> None:
        task = SET.task("recipe", "s002")
        must = task["must"]
        wish = {must: task["least"]}
        rest = 1 - task["least"]
        rich = {"gradient": 0.0} | wish
        rich["gradient"] += rest / 2
        rich["cluster"] = rest / 2
        equal = {"even spread": 0.0, "cluster": 0.01} | wish
        equal["even spread"] += rest - 0.01
        card = scorecard(
            {
                name: mix({PARTS[part]: share for part, share in shares.items()})
                for name, shares in (("rich", rich), ("equal", equal))
            },
            seed=task["seed"],
        ).table
        assert card.loc["rich", "output_60"] > task["output"]
        assert card.loc["equal", "inequality_50"] < task["inequality"]
        assert points("recipe", "s002", rich) == 2
        assert points("recipe", "s002", equal) == 2

    @pytest.mark.parametrize(
        "wrong",
        [
            {},
            {"gradient": 0.5, "cluster": 0.4},
            {"gradient": 1.5, "cluster": -0.5},
            {"gradient": "0.5", "cluster": 0.5},
            {"gradient": float("nan"), "cluster": 0.5},
            {"luck": 0.5, "cluster": 0.5},
            {"gradient": True, "cluster": 0.0},
            [0.5, 0.5],
            "half and half",
        ],
    )
    def test_what_is_no_mix_earns_nothing(self, wrong: object) -> None:
        assert points("recipe", "s003", wrong) == 0

    def test_what_is_no_mix_is_told_its_own_numbers(self) -> None:
        mine = personal_set("09_comparing_theories", "s003")
        must, least = mine["recipe"]["must"], mine["recipe"]["least"]
        for answer, words in (
            ({"cluster": 0.5, must: 0.4}, "Your shares add up to 0.9, not to 1."),
            ({"luck": 0.5, must: 0.5}, "There is no part 'luck'. The parts are: gradient, "),
            ({"cluster": -0.5, must: 1.5}, "Cluster has the share -0.5: no part can get less"),
            ({"cluster": 1.0}, f"gets 0 of the budget, and your parliament wants it to get at "
             f"least {least:g}."),
            ({must: 1.0}, "A single recipe is no mix"),
        ):  # fmt: skip
            said = repr(mine.check("recipe", answer))
            assert said.count(words) == 1, said
            assert "Hint" not in said
        assert "the shares are a mix" in repr(
            mine.check("recipe", {"cluster": 1 - least, must: least})
        )


class TestClaim:
    def test_all_claims_are_drawn_and_stand_at_first(self) -> None:
        drawn = Counter(SET.task("claim", student)["claim"] for student in STUDENTS)
        assert set(drawn) == set(BREAKERS)
        task = SET.task("claim", "s004")
        seeds = range(task["first"], task["first"] + 10)
        share = holds(task["claim"], ensemble(seeds=seeds)).mean()
        assert share == pytest.approx(task["stands"])
        assert share >= 0.9

    def test_the_share_is_that_of_the_course(self) -> None:
        for student in STUDENTS[:4]:
            task = SET.task("claim", student)
            (law,) = BREAKERS[task["claim"]]
            seeds = range(task["first"], task["first"] + 10)
            changed = ensemble(seeds=seeds, laws=Laws(**{law: 0.0}))
            share = float(holds(task["claim"], changed).mean())
            answer = {"law": law, "value": 0.0, "share": share, "harmless": "between_regions"}
            assert points("claim", student, answer) == 6
            assert points("claim", student, answer | {"share": share + 0.1}) == 4
            assert points("claim", student, answer | {"harmless": law}) == 5
            assert points("claim", student, answer | {"law": "budget_growth"}) < 4

    def test_a_law_that_breaks_one_claim_does_not_break_all(self) -> None:
        for law in HARMLESS_LAWS:
            answer = {"law": law, "value": 0.0, "share": -1, "harmless": ""}
            assert any(points("claim", student, answer) < 3 for student in STUDENTS), law

    @pytest.mark.parametrize(
        "wrong",
        [
            {"law": "luck", "value": 0.0},
            {"law": "migration", "value": -1.0},
            {"law": "migration", "value": "0"},
            {"law": "regions", "value": 30},
            {"law": "localisation", "value": 9.0},
            {},
            3,
        ],
    )
    def test_a_law_that_is_none_earns_nothing(self, wrong: object) -> None:
        assert points("claim", "s005", wrong) == 0

    def test_a_wrong_law_gets_the_sentence_of_the_laws(self) -> None:
        mine = personal_set("09_comparing_theories", "s005")
        report = repr(mine.check("claim", {"law": "migration", "value": -1.0}))
        assert "it is a rate per year" in report
        assert "There is no law" in repr(mine.check("claim", {"law": "luck", "value": 1.0}))

    def test_a_law_under_which_nothing_can_be_computed_breaks_no_claim(self) -> None:
        student = next(
            one for one in STUDENTS if SET.task("claim", one)["claim"] == "cluster grows most"
        )
        for value in (0.58, 0.6, 1.0):  # in some countries, in all under one policy, in all
            answer = {"law": "learning", "value": value, "share": 0.0, "harmless": "migration"}
            assert points("claim", student, answer) <= 2
            said = repr(personal_set("09_comparing_theories", student).check("claim", answer))
            assert "could be computed" in said or "the economy explodes under" in said
            assert "is missing from your dictionary" not in said


class TestWins:
    def test_usual_mistakes_earn_part(self) -> None:
        inputs = SET.inputs("wins", "s006", secret="some")

        def judged(function) -> float:
            return SET.question("wins").judge(as_data(function, inputs), {}, inputs).points

        def means(scores, low_is_good):
            policies = range(len(scores[0]))
            mean = [sum(row[place] for row in scores) for place in policies]
            best = min(mean) if low_is_good else max(mean)
            return [1.0 if value == best else 0.0 for value in mean]

        def deaf(scores, low_is_good):
            best = [row.index(max(row)) for row in scores]
            return [best.count(place) / len(scores) for place in range(len(scores[0]))]

        def counts(scores, low_is_good):
            choose = min if low_is_good else max
            best = [row.index(choose(row)) for row in scores]
            return [best.count(place) for place in range(len(scores[0]))]

        assert judged(lambda scores, low_is_good: [1 / len(scores[0])] * len(scores[0])) <= 2
        assert judged(means) <= 3
        assert judged(deaf) <= 2
        assert judged(counts) == 0
