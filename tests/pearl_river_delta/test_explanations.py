"""Why the simulated delta of lesson 11 gives what it gives: each cause is changed alone."""

import pytest

from course_lib.pearl_river_delta.simulated_delta import simulated_delta


@pytest.mark.parametrize("specialisation", [0.0, 0.3, 0.9])
def test_the_first_blow_is_the_same_because_the_industry_is_as_large(specialisation):
    assert simulated_delta(specialisation).fall == pytest.approx(simulated_delta(0.0).fall)


def test_more_people_leave_because_few_others_can_hire():
    diverse, specialised = simulated_delta(0.0), simulated_delta(0.9)
    assert specialised.gone > 2 * diverse.gone
    # If other industries hire nobody anywhere, as many leave with any mix of the towns.
    nobody = [simulated_delta(mix, hiring=0.0).gone for mix in (0.0, 0.9)]
    assert nobody[1] == pytest.approx(nobody[0], rel=0.02)
    # And if nobody who waits leaves, nobody is gone.
    assert simulated_delta(0.9, leaving=0.0).gone == 0


def test_specialising_pays_only_if_size_adds_enough():
    assert simulated_delta(0.9, gain=0.05).ahead > 0 > simulated_delta(0.9, gain=0.02).ahead
    # Without a shock the gain alone decides.
    assert simulated_delta(0.9, gain=0.05, orders_lost=0.0).ahead > 0
    assert simulated_delta(0.9, gain=0.0, orders_lost=0.0).ahead == pytest.approx(0)
