"""The simulated delta: nobody gets lost, and what depends on what."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.pearl_river_delta.simulated_delta import (
    INDUSTRIES,
    SHOCK,
    TOWNS,
    TOWNS_EACH,
    YEARS,
    simulated_delta,
)

parameters = st.fixed_dictionaries(
    {
        "specialisation": st.floats(0, 1),
        "orders_lost": st.floats(0, 0.9),
        "lasts": st.integers(1, 15),
        "gain": st.floats(0, 0.2),
        "hiring": st.floats(0, 0.2),
        "leaving": st.floats(0, 1),
        "seed": st.integers(0, 1000),
    }
)


@settings(max_examples=60)
@given(parameters)
def test_nobody_gets_lost(given):
    found = simulated_delta(**given)
    everybody = found.jobs + found.jobless + found.left
    np.testing.assert_allclose(everybody, everybody[:, :1] * np.ones(YEARS + 1))
    assert everybody[:, 0].sum() == pytest.approx(100)
    for part in (found.jobs, found.jobless, found.left):
        assert (part >= -1e-12).all()
    assert (np.diff(found.left, axis=1) >= -1e-12).all()


@settings(max_examples=30)
@given(parameters)
def test_the_first_blow_to_the_delta_does_not_depend_on_specialisation(given):
    diverse = simulated_delta(**{**given, "specialisation": 0.0})
    assert simulated_delta(**given).fall == pytest.approx(diverse.fall)
    np.testing.assert_allclose(simulated_delta(**given).diverse_output, diverse.output)


def by_hand(h, lost, last, gain, hiring, leaving, seed):
    """Town by town and industry by industry, with loops."""
    size = np.random.default_rng(seed).lognormal(0, 0.5, TOWNS)
    size = 100 * size / size.sum()
    mix = [sum(size[i * TOWNS_EACH : (i + 1) * TOWNS_EACH]) / 100 for i in range(INDUSTRIES)]
    jobs_at_end, gone, output = [], 0.0, [0.0] * (YEARS + 1)
    for town in range(TOWNS):
        jobs = [
            size[town] * ((1 - h) * mix[i] + (h if i == town // TOWNS_EACH else 0))
            for i in range(INDUSTRIES)
        ]
        normal, jobless = jobs[0], 0.0
        for year in range(YEARS + 1):
            if year == SHOCK:
                jobless = lost * normal
                jobs[0] = normal - jobless
            if year > SHOCK:
                if year >= SHOCK + last:
                    back = min(jobless, normal - jobs[0])
                    jobs[0] += back
                    jobless -= back
                others = sum(jobs[1:])
                hired = min(jobless, hiring * others)
                for i in range(1, INDUSTRIES):
                    jobs[i] += hired * jobs[i] / others if others else 0.0
                jobless -= hired
                gone += leaving * jobless
                jobless *= 1 - leaving
            output[year] += sum(n ** (1 + gain) for n in jobs)
        jobs_at_end.append(sum(jobs))
    return jobs_at_end, gone, np.array(output)


@pytest.mark.parametrize("h", [0.0, 0.45, 1.0])
def test_the_history_by_hand(h):
    found = simulated_delta(h, 0.6, 4, 0.08, 0.05, 0.2, 11)
    jobs, gone, output = by_hand(h, 0.6, 4, 0.08, 0.05, 0.2, 11)
    np.testing.assert_allclose(found.jobs[:, -1], jobs)
    assert found.gone == pytest.approx(gone)
    np.testing.assert_allclose(found.output / found.output[0], output / output[0])


def test_who_bears_the_shock():
    diverse, specialised = simulated_delta(), simulated_delta(0.9)
    assert round(diverse.fall, 2) == round(specialised.fall, 2) == 0.09
    assert round(diverse.fall_of_worst, 2) == 0.09
    assert round(specialised.fall_of_worst, 2) == 0.46
    assert (round(diverse.gone, 1), round(specialised.gone, 1)) == (2.6, 7.3)


def test_the_better_delta_depends_on_the_gain():
    ahead = {gain: simulated_delta(0.9, gain=gain).ahead for gain in (0.0, 0.02, 0.05)}
    assert ahead[0.0] < ahead[0.02] < 0 < ahead[0.05]
    assert round(100 * ahead[0.0], 1) == -3.5
    assert round(100 * ahead[0.05], 1) == 3.1


def test_without_a_shock_nothing_happens():
    found = simulated_delta(0.7, orders_lost=0)
    assert (found.jobs == found.jobs[:, :1]).all()
    assert found.gone == 0
    assert found.fall == 0


def test_a_long_loss_drives_more_people_away():
    gone = [simulated_delta(0.9, lasts=lasts).gone for lasts in range(1, 16)]
    assert (np.diff(gone) >= -1e-12).all()


def test_arrays_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        simulated_delta().jobs[0, 0] = 1


def test_it_says_that_it_is_simulated():
    assert simulated_delta().summary().startswith("Simulated: ")
    assert "equal to that of" in simulated_delta().summary()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("specialisation", 2, "specialisation must be at least 0 and at most 1"),
        ("orders_lost", 1, r"orders_lost must be at least 0 and at most 0\.9"),
        ("lasts", 0, "lasts must be a whole number from 1 to 15"),
        ("gain", -1, r"gain must be at least 0 and at most 0\.2"),
        ("hiring", 1, r"hiring must be at least 0 and at most 0\.2"),
        ("leaving", "all", "leaving must be at least 0 and at most 1"),
        ("seed", -2, "seed must be a whole number of at least 0"),
    ],
)
def test_bad_input_gets_a_sentence(name, value, sentence):
    with pytest.raises(ValueError, match=sentence):
        simulated_delta(**{name: value})
