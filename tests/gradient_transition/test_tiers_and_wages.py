"""Two models side by side, against each of them."""

import numpy as np
import pytest

from course_lib.gradient_transition import tiers_and_wages
from course_lib.gradient_transition.innovation_transfer import innovation_transfer, three_tiers


class TestTiersAndWages:
    @pytest.mark.parametrize("transfer", [0.01, 0.02, 0.12])
    def test_both_views_agree_on_the_top(self, transfer):
        found = tiers_and_wages.tiers_and_wages(transfer_1=transfer)
        top = np.interp(found.tiers.time, found.wages.time, found.wages.north_share)
        assert found.tiers.shares[:, 0] == pytest.approx(top, abs=1e-9)
        assert found.tiers.steady_shares[0] == pytest.approx(found.wages.steady_share)

    def test_is_the_two_models_side_by_side(self):
        found = tiers_and_wages.tiers_and_wages(0.04, 0.06, 0.03, labour_below=3.0, start_share=0.8)
        wages = innovation_transfer(0.04, 0.06, labour_south=3.0, start_share=0.8)
        assert np.array_equal(found.wages.wage_ratio, wages.wage_ratio)
        tiers = three_tiers(0.04, 0.06, 0.03, 100, (0.8, 1 - 0.8, 0.0))
        assert np.array_equal(found.tiers.shares, tiers.shares)
        assert found.to_frame()["wage_ratio"].iloc[-1] == pytest.approx(wages.wage_ratio[-1])

    @pytest.mark.parametrize(
        ("parameters", "said"),
        [
            ({}, "stays 1.90 times the wage below."),
            ({"transfer_1": 0.12}, "equal from year 16 on, and still the top has goods of its own"),
            ({"transfer_1": 0.10}, "equal in the limit, and still the top has goods of its own"),
            ({"transfer_1": 0.12, "start_share": 0.2}, "equal from the start"),
            (
                {"innovation": 0.0},
                "0% of goods can be made only in tier 1, 0% also in tier 2 and 100% in all",
            ),
        ],
    )
    def test_sentence_claims_no_more_than_the_model(self, parameters, said):
        sentence = tiers_and_wages.tiers_and_wages(**parameters).summary()
        assert said in sentence

    def test_without_invention_the_top_keeps_nothing(self):
        found = tiers_and_wages.tiers_and_wages(innovation=0.0)
        assert found.tiers.steady_shares[0] == 0
        assert "goods of its own" not in found.summary()
