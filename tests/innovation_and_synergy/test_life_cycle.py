"""The life of a cluster: solved again by scipy, its long run, and its phases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from course_lib.innovation_and_synergy.life_cycle import PHASES, life_cycle

lives = st.fixed_dictionaries(
    {
        "growth": st.floats(0.1, 0.4),
        "imitation": st.floats(0.0004, 0.001),
        "openness": st.floats(0.0, 0.06),
    }
)


@settings(max_examples=25)
@given(lives)
def test_as_a_general_solver_finds_it(life):
    found = life_cycle(**life, opened=life["openness"])

    def change(_, state):
        firms, variety = state
        return [
            life["growth"] * firms * (variety - 0.4),
            life["openness"] * (1 - variety) - life["imitation"] * firms * variety,
        ]

    other = solve_ivp(change, (0, 120), [5, 1], t_eval=found.time, rtol=1e-9, atol=1e-9)
    assert found.firms == pytest.approx(other.y[0], rel=1e-4, abs=1e-4)
    assert found.variety == pytest.approx(other.y[1], abs=1e-4)


def test_long_run_is_the_closed_form_whatever_the_speed():
    for growth in (0.1, 0.4):
        found = life_cycle(growth=growth, horizon=1000)
        assert found.firms[-1] == pytest.approx(0.02 * 0.6 / (0.0005 * 0.4), rel=1e-3)
        assert found.variety[-1] == pytest.approx(0.4, abs=1e-3)


def test_a_closed_cluster_dies():
    assert life_cycle(openness=0.0, opened=0.0, horizon=300).firms[-1] < 0.01


def test_opening_renews():
    closed, opened = life_cycle(), life_cycle(opened=0.06)
    before = closed.time < 60
    assert (closed.firms[before] == opened.firms[before]).all()
    assert opened.firms[-1] > 3 * closed.firms[-1]
    assert PHASES[opened.phase[-1]] == "renewal"


@given(lives)
def test_phases_come_in_order_up_to_the_first_decline(life):
    found = life_cycle(**life)
    until = np.flatnonzero(found.phase >= PHASES.index("decline"))
    first = found.phase[: until[0]] if len(until) else found.phase
    assert (np.diff(first) >= 0).all()
    assert ((found.variety >= 0) & (found.variety <= 1)).all()
    assert (found.firms > 0).all()
    later = slice(int(until[0]), None) if len(until) else slice(0, 0)
    shrinks = found.variety[later] <= found.least_variety
    assert (shrinks == (found.phase[later] == PHASES.index("decline"))).all()


def test_table_has_one_row_a_year():
    table = life_cycle(horizon=50).to_frame()
    assert table.index.tolist() == list(range(51))
    assert set(table["phase"]) <= set(PHASES)


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({"growth": 0}, "growth must be above 0 and at most 2"),
        (
            {"growth": 2, "imitation": 0.1, "openness": 1, "opened": 1, "least_variety": 0.001},
            "variety changes too fast to be followed",
        ),
        ({"imitation": 0}, "imitation must be above 0"),
        ({"openness": -0.1}, "openness must be at least 0"),
        ({"opened": 2}, "opened must be at least 0 and at most 1"),
        ({"least_variety": 1.0}, "least_variety must be above 0 and below 1"),
        ({"horizon": 0}, "horizon must be a whole number from 1 to 1000"),
        ({"renewal_year": 2.5}, "renewal_year must be a whole number of at least 0"),
    ],
)
def test_bad_input_gets_a_sentence(given_, sentence):
    with pytest.raises(ValueError, match=sentence):
        life_cycle(**given_)
