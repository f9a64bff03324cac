"""A claimed share, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.pearl_river_delta.market_share import market_share

share = st.floats(0, 1)


def test_it_is_counted_in_lamps():
    """100 lamps are counted as sold at home; 20 per cent of all sales are missed: 125 are sold."""
    sold_by_the_town = 60
    at_home = sold_by_the_town - 20  # a third goes abroad
    made_here = at_home - 10  # a quarter of those is made elsewhere
    found = market_share(0.6, 1 / 3, 0.25, 0.2)
    assert found.share == pytest.approx(made_here / 125)


@given(share, share, share, st.floats(0, 0.99))
def test_no_step_adds(claimed, abroad, elsewhere, missed):
    steps = market_share(claimed, abroad, elsewhere, missed).steps.to_list()
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == claimed
    assert steps[-1] >= 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("claimed", 60, "claimed must be at least 0 and at most 1"),
        ("sold_abroad", -0.1, "sold_abroad must be at least 0"),
        ("made_elsewhere", "some", "made_elsewhere must be at least 0"),
        ("not_counted", 1, "not_counted must be at least 0 and below 1"),
    ],
)
def test_bad_input_gets_a_sentence(name, value, sentence):
    with pytest.raises(ValueError, match=sentence):
        market_share(**{name: value})
