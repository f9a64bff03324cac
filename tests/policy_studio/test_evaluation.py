"""Four ways of asking, where the answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.policy_studio.evaluation import (
    CHOSEN,
    NEAR,
    PICKS,
    REGIONS,
    WAYS,
    evaluation,
    signed,
)

ANY = {
    "effect": st.floats(0, 2),
    "displaced": st.floats(0, 1),
    "picks": st.sampled_from(PICKS),
    "seed": st.integers(0, 1000),
}


@settings(max_examples=25)
@given(**ANY)
def test_an_effect_moves_every_estimate_by_itself(effect, displaced, picks, seed) -> None:
    with_it, without = (evaluation(one, displaced, picks, seed).estimates for one in (effect, 0.0))
    lost = effect * displaced * CHOSEN / (REGIONS - CHOSEN)
    for way in WAYS:
        counts_others = way != "chosen, before and after"
        moved = with_it[way] - without[way]
        assert moved == pytest.approx(effect + lost * counts_others, abs=1e-9)


@settings(max_examples=25)
@given(**ANY)
def test_the_country_as_a_whole_gains_what_is_not_displaced(effect, displaced, picks, seed) -> None:
    with_it, without = (evaluation(one, displaced, picks, seed) for one in (effect, 0.0))
    gained = (with_it.after - without.after).sum()
    assert gained == pytest.approx(CHOSEN * with_it.for_the_country, abs=1e-6)


@pytest.mark.parametrize("picks", PICKS)
def test_difference_in_differences_is_the_regression(picks: str) -> None:
    import statsmodels.api as sm

    found = evaluation(0.7, 0.3, picks, 5)
    growth = np.concatenate([found.before, found.after])
    later = np.repeat([0.0, 1.0], REGIONS)
    chosen = np.tile(found.chosen, 2).astype(float)
    design = sm.add_constant(np.column_stack([later, chosen, later * chosen]))
    fit = sm.OLS(growth, design).fit()
    assert found.estimates["difference in differences"] == pytest.approx(fit.params[3])
    change = sm.OLS(found.after - found.before, sm.add_constant(found.chosen.astype(float)))
    error = change.fit(cov_type="HC3").bse[1]
    assert found.standard_errors["difference in differences"] == pytest.approx(error, rel=0.02)


@pytest.mark.parametrize("picks", PICKS)
def test_who_is_chosen(picks: str) -> None:
    found = evaluation(picks=picks)
    assert found.chosen.sum() == CHOSEN
    assert found.barely.sum() == found.runner_up.sum() == NEAR
    assert (found.barely <= found.chosen).all()
    assert not (found.runner_up & found.chosen).any()
    if picks == "the growing":
        assert found.before[found.chosen].min() >= found.before[found.runner_up].max()
        assert found.before[found.barely].max() <= found.before[found.chosen].max()
    if picks == "the lagging":
        assert found.before[found.chosen].max() <= found.before[found.runner_up].min()


def test_by_lot_all_ways_are_right_on_average_and_else_only_one_is() -> None:
    """Expected values: luck has variance 1 and trends 0.64, so 0.61 of what was unusual is luck."""

    def mean(picks: str, way: str) -> float:
        return float(np.mean([evaluation(0.0, 0.0, picks, s).estimates[way] for s in range(60)]))

    for way in WAYS:
        assert abs(mean("by lot", way)) < 0.1
    # Mean of the upper quarter of a normal is 1.271 standard deviations; of the rest, a third less.
    spread = np.sqrt(0.8**2 + 1.0)
    above = 1.271 * spread
    apart = above * (1 + 1 / 3)
    kept = 0.64 / 1.64
    for picks, sign in (("the growing", 1), ("the lagging", -1)):
        assert mean(picks, "chosen less all others") == pytest.approx(sign * kept * apart, abs=0.05)
        fallen = mean(picks, "difference in differences")
        assert fallen == pytest.approx(-sign * (1 - kept) * apart, abs=0.05)
        before_after = mean(picks, "chosen, before and after")
        assert before_after == pytest.approx(-sign * (1 - kept) * above, abs=0.05)
        assert abs(mean(picks, "barely chosen less runners-up")) < 0.15


def test_the_chart_has_room_for_every_bar() -> None:
    from course_lib.policy_studio.charts import ESTIMATE_RANGE

    for picks in PICKS:
        for effect, displaced in ((0.0, 0.0), (2.0, 1.0)):
            for seed in range(20):
                found = evaluation(effect, displaced, picks, seed)
                for way, estimate in found.estimates.items():
                    bar = 2 * found.standard_errors[way]
                    assert ESTIMATE_RANGE[0] < estimate - bar
                    assert estimate + bar < 4.6  # the numbers stand from there


def test_narrow_comparisons_have_wide_bars() -> None:
    errors = evaluation().standard_errors
    assert errors["barely chosen less runners-up"] > 2 * errors["chosen less all others"]


def test_kept_arrays_cannot_be_changed_and_signs_are_shown() -> None:
    with pytest.raises(ValueError, match="read-only"):
        evaluation().after[0] = 1
    assert (signed(0), signed(-1.5)) == ("+0.00", "−1.50")
    assert "by lot" in evaluation().summary()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"effect": 3}, "points of growth a year"),
        ({"displaced": -0.1}, "it is a share"),
        ({"picks": "friends"}, "picks must be one of"),
        ({"seed": -1}, "it fixes trends and luck"),
    ],
)
def test_bad_input_gets_a_sentence(wrong: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        evaluation(**wrong)
