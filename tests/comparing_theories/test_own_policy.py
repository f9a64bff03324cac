"""A student's policy stands in all labs of the lesson, and says in a sentence what is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.comparing_theories import labs
from course_lib.comparing_theories.own_policy import MINE, SEEN, Own, policy_card
from course_lib.comparing_theories.score_spread import score_spread
from course_lib.comparing_theories.two_policies import two_policies
from course_lib.comparing_theories.whose_assumption import NO_KNOWLEDGE, whose_assumption
from course_lib.regional_economy.budget import View, view_of
from course_lib.regional_economy.economy import settle
from course_lib.regional_economy.policies import EvenSpread, Plan, share_of

LABS = (labs.two_policies_lab, labs.score_spread_lab, labs.whose_assumption_lab)


def even(now: View) -> Plan:
    return Plan(plants=share_of(np.ones(now.output.shape)))


def half_research(now: View) -> Plan:
    both = 0.5 * share_of(now.output)
    return Plan(plants=both, knowledge=both)


def test_a_copy_of_even_spread_does_what_even_spread_does():
    found = two_policies(year=60, left="even spread", right=MINE, mine=even)
    np.testing.assert_allclose(found.left.board["output"], found.right.board["output"], rtol=1e-12)
    spread = score_spread(countries=5, mine=even)
    place = spread.policies.index("even spread")
    np.testing.assert_allclose(spread.values[:, place], spread.values[:, -1], rtol=1e-12)
    assert spread.policies[-1] == MINE


def test_the_others_are_what_they_were():
    alone, beside = score_spread(countries=5), score_spread(countries=5, mine=even)
    np.testing.assert_array_equal(alone.values, beside.values[:, :-1])


def test_a_change_of_assumption_changes_ones_own_policy_as_well():
    found = whose_assumption(NO_KNOWLEDGE, mine=half_research)
    assert found.policies[-1] == MINE
    assert (found.after[:, -1] != found.before[:, -1]).all()
    as_plants = whose_assumption(mine=lambda now: Plan(plants=share_of(now.output)))
    np.testing.assert_allclose(found.after[:, -1], as_plants.before[:, -1], rtol=1e-12)


@pytest.mark.parametrize("lab", LABS, ids=lambda lab: lab.__name__)
def test_each_lab_shows_it_and_asks_nothing(lab):
    made = lab(mine=half_research)
    assert made.predict is None
    assert MINE in made.sentence
    words = [text.get_text() for axes in made.figure.axes for text in axes.texts]
    ticks = [label.get_text() for axes in made.figure.axes for label in axes.get_yticklabels()]
    assert any(MINE in one for one in words + ticks)
    assert "mine=half_research" in made.python()


def test_a_policy_that_is_written_anew_is_another_one():
    def mine(now):
        return Plan(plants=share_of(now.output))

    before = two_policies(year=60, right=MINE, mine=mine)

    def mine(now):  # as a student runs the cell again
        return Plan(knowledge=share_of(now.output))

    after = two_policies(year=60, right=MINE, mine=mine)
    assert before.at(before.right, "output") != after.at(after.right, "output")


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        (lambda now: None, "it returned nothing, not a Plan"),
        (lambda now: Plan(plants=0.1 * share_of(now.output)), "add up to 0.1 of the budget"),
        (lambda now: now.nothing, "stopped in year 5 of seed 0 with AttributeError"),
        (lambda now: 1 / 0, "ZeroDivisionError"),
    ],
)
def test_what_is_wrong_is_said_with_the_year(policy, sentence):
    with pytest.raises(ValueError, match=sentence):
        two_policies(right=MINE, mine=policy)


def test_what_is_no_policy_is_refused():
    with pytest.raises(ValueError, match="without brackets behind it: mine=my_policy"):
        labs.two_policies_lab(mine=Plan(institutions=1.0))
    with pytest.raises(ValueError, match="right must be"):
        two_policies(right=MINE)


def test_a_policy_for_all_runs_is_played_at_once():
    assert Own(EvenSpread()).takes_all_runs
    assert not Own(even).takes_all_runs


def test_the_card_names_what_there_is_with_its_size():
    start = settle([0])
    view = view_of(start.state, start, 5).run(0)
    for name, (size, _) in SEEN.items():
        value = getattr(view, name)
        if size == "a number":
            assert np.ndim(value) == 0
        else:
            assert size == " x ".join(map(str, value.shape))
    assert list(policy_card().frame.index) == [f"now.{name}" for name in SEEN]
