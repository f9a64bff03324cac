"""Transport costs that fall and rise: the path follows the equilibria, and history decides."""

import numpy as np
import pytest

from course_lib.agglomeration.core_periphery import break_point, core_periphery, sustain_point
from course_lib.agglomeration.transport_history import YEARS, transport_history


def test_workers_gather_after_the_break_point_and_stay_until_the_sustain_point():
    there = transport_history()
    assert there.share[there.cost > sustain_point()] == pytest.approx(0.5, abs=0.03)
    assert there.share[-1] == 1
    for last, end in ((1.7, 1), (1.8, 1), (1.9, 0.5)):
        assert transport_history(last_cost=last).share[-1] == pytest.approx(end, abs=0.02)
    assert there.axe.break_point == break_point()


def test_no_step_goes_towards_the_lower_wage():
    found = transport_history(start_share=0.7, last_cost=2.2)
    for year in range(0, YEARS, 7):
        moved = found.share[year + 1] - found.share[year]
        now = core_periphery(transport_cost=float(found.cost[year]))
        gap = np.interp(found.share[year], now.share, now.wage_gap)
        if abs(gap) > 1e-3 and 0 < found.share[year] < 1:
            assert np.sign(moved) == np.sign(gap)


def test_regions_can_change_places():
    one, two = transport_history(0.52), transport_history(0.48)
    assert one.share == pytest.approx(1 - two.share)


def test_evenness_that_cannot_last_says_why_it_is_still_there():
    on_its_tip = transport_history(start_share=0.5)
    assert "50% of the workers" in on_its_tip.summary()
    assert on_its_tip.summary().endswith("can last (nobody has moved first).")
    slow = transport_history(year=40).summary()
    assert slow.endswith("can last (close to evenness the gathering is slow).")
    assert transport_history().summary().endswith("either region, can last.")


def test_playing_the_years_looks_at_one_history():
    first, later = transport_history(year=10), transport_history(year=90)
    assert first.share is later.share
    with pytest.raises(ValueError, match="read-only"):
        first.share[0] = 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first_cost": 1}, "first_cost must be above 1"),
        ({"year": 161}, "from 0 to 160"),
        ({"mu": 0.8}, "a black hole"),
        ({"speed": 0}, "speed must be above 0"),
        ({"start_share": -0.1}, "a share of the workers"),
    ],
)
def test_refusals_say_what_to_do(wrong, said):
    with pytest.raises(ValueError, match=said):
        transport_history(**wrong)
