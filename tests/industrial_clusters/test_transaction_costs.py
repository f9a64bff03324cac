"""Market, network, hierarchy: the worked switches, a search over all forms, sentences."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.industrial_clusters.transaction_costs import FORMS, transaction_costs


def test_worked_switches():
    assert transaction_costs().band == pytest.approx((5, 16.66666667))
    assert transaction_costs().start.tolist() == [10, 20, 40]


@settings(max_examples=60)
@given(st.floats(0, 40), st.floats(0, 0.5), st.floats(0, 0.5))
def test_the_band_is_where_the_network_is_cheapest(specificity, trust, courts):
    found = transaction_costs(specificity, trust, courts)
    costs = [
        10 + 4 * (1 - trust) * (1 - courts) * specificity,
        20 + 2 * (1 - trust) * specificity,
        40 + 0.8 * specificity,
    ]
    assert found.cost_now == pytest.approx(costs)
    assert found.best == FORMS[int(np.argmin(costs))]
    first, last = found.band
    if first + 1e-6 < specificity < last - 1e-6:
        assert found.best == "network"
    elif specificity < first - 1e-6 or specificity > last + 1e-6:
        assert found.best != "network"


def test_trust_widens_the_band():
    widths = [transaction_costs(trust=trust).width for trust in (0, 0.1, 0.2, 0.3, 0.4, 0.5)]
    assert widths == sorted(widths)
    assert widths[0] == pytest.approx(11.66666667)
    assert widths[3] == pytest.approx(20 / 0.6 - 10 / 1.4)


def test_courts_do_for_the_market_what_trust_does_for_both():
    courts = transaction_costs(courts=0.2)
    assert courts.band[0] > transaction_costs().band[0]
    assert courts.band[1] == transaction_costs().band[1]
    assert courts.width < transaction_costs().width


def test_trust_without_end():
    found = transaction_costs(trust=0.7)
    assert math.isinf(found.band[1])
    assert "from a specificity of 16.7 on" in found.summary()


def test_no_band_at_all():
    found = transaction_costs(courts=0.6)
    assert found.width == 0
    assert "cheapest at no specificity" in found.summary()


def test_table():
    table = transaction_costs().to_frame()
    assert list(table) == list(FORMS)
    assert table.index.name == "specificity"
    assert table.loc[20].tolist() == pytest.approx([90, 60, 56])


@pytest.mark.parametrize(
    "wrong,sentence",
    [
        ({"specificity": -1}, "specificity must be at least 0"),
        ({"trust": 1}, "trust must be at least 0 and below 1"),
        ({"courts": "good"}, "courts must be at least 0 and below 1"),
        ({"market": 3}, "market must be two numbers"),
        ({"market": (0, 4)}, "market must be above 0"),
        ({"network": (50, 2)}, "first numbers must rise and the second ones fall"),
    ],
)
def test_sentences(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        transaction_costs(**wrong)
