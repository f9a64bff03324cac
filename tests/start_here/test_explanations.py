"""Why one region catches up when it does: each named cause is changed alone."""

import pytest

from course_lib.start_here.growth_race import growth_race


def years(**changed):
    return growth_race(**changed).catch_up_year


def test_the_difference_of_the_rates_counts():
    assert years(poor_growth=6) == pytest.approx(years() / 2, rel=0.02)
    # Both rates higher, the same difference: nearly the same time. The ratio is not the cause.
    assert years(rich_growth=4, poor_growth=6) == pytest.approx(years(), rel=0.03)
    assert years(rich_growth=1, poor_growth=2) == pytest.approx(2 * years(), rel=0.02)


def test_if_the_rich_region_waited_fourfold_would_do():
    grows_fourfold = years(rich_growth=0)
    assert round(grows_fourfold) == 35
    assert 1.04**grows_fourfold == pytest.approx(4)
    assert years() > 2 * grows_fourfold
