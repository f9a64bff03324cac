"""The document's claims over thirty countries and over drawn laws, and the comparison table."""

from __future__ import annotations

import math

import pytest

from course_lib.comparing_theories.claims import CLAIM, CLAIMS, check_claims, holds
from course_lib.comparing_theories.comparison_table import ROWS, comparison_table
from course_lib.regional_economy.draws import RANGES, draw_laws
from course_lib.regional_economy.ensemble import ensemble
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import (
    FOUR,
    POLICIES,
    Cluster,
    FirstStageGradient,
    Gradient,
    WithShares,
)

# Shares over 30 seeds, and over 60 draws of laws with 3 seeds each, of an independent
# implementation. The draws of the second are others than ours.
SHARES = {
    "division of labour": (1.00, 1.00),
    "unbalanced pole": (1.00, 1.00),
    "unbalanced gradient": (1.00, 1.00),
    "gap narrows": (1.00, 0.90),
    "gap remains": (1.00, 0.80),
    "gap opens again": (1.00, None),
    "innovation": (0.97, 0.78),
    "latecomers": (1.00, 1.00),
    "more than a pile of plants": (1.00, 1.00),
    "fragile complex": (1.00, 1.00),
    "cluster grows most": (0.90, 0.58),
    "cluster ahead early": (0.00, None),
    "cluster at risk": (1.00, 1.00),
}


@pytest.fixture(scope="module")
def thirty():
    return ensemble(seeds=30)


@pytest.fixture(scope="module")
def drawn():
    return ensemble(seeds=3, laws=draw_laws(60))


@pytest.mark.parametrize("claim", SHARES)
def test_over_thirty_countries(thirty, claim: str) -> None:
    assert check_claims(thirty).loc[claim, "share"] == pytest.approx(SHARES[claim][0], abs=0.005)


@pytest.mark.parametrize("claim", [name for name, shares in SHARES.items() if shares[1]])
def test_over_drawn_laws_within_sampling_error(drawn, claim: str) -> None:
    wanted = SHARES[claim][1]
    found = check_claims(drawn, over="draws").loc[claim, "share"]
    spread = math.sqrt(2 * max(wanted * (1 - wanted), 0.02) / 60)  # two samples of 60
    assert abs(found - wanted) <= 3 * spread


def test_other_countries_have_other_shares(drawn) -> None:
    """Else a claim would be true of this economy whatever happens in it."""
    by_country, by_draw = check_claims(drawn), check_claims(drawn, over="draws")
    assert len(holds("innovation", drawn)) == 180
    assert by_draw.loc["innovation", "runs"] == 60
    assert by_country.loc["cluster grows most", "share"] < 0.9


NO_KNOWLEDGE, SAME_KNOWLEDGE, SAME_INSTITUTIONS, SAME_BOTH = (
    {name: policy and WithShares(policy, *shares) for name, policy in POLICIES.items()}
    for shares in ((0.0,), (0.4,), (None, 0.2), (0.4, 0.2))
)
NO_INSTITUTIONS = POLICIES | {"cluster": Cluster(institutions=0.0)}
ALIKE = Laws(endowments=(1.0, 1.0, 1.0))


@pytest.mark.parametrize(
    ("claim", "laws", "policies"),
    [
        ("agglomeration", Laws(advantage_spread=0.0), POLICIES),
        ("gap narrows", Laws(migration=0.0), POLICIES),
        ("gap remains", ALIKE, POLICIES | {"gradient": Gradient(research=0.0)}),
        ("innovation", Laws(), SAME_KNOWLEDGE),
        ("gap narrows", Laws(), POLICIES | {"gradient": FirstStageGradient()}),
        ("innovation", Laws(), NO_KNOWLEDGE),
        ("innovation", Laws(), NO_INSTITUTIONS),
        ("latecomers", Laws(), SAME_BOTH),
        ("cluster grows most", Laws(), SAME_KNOWLEDGE),
        ("cluster grows most", Laws(), SAME_INSTITUTIONS),
        ("cluster grows most", Laws(), NO_KNOWLEDGE),
        ("cluster grows most", Laws(), NO_INSTITUTIONS),
    ],
)
def test_a_claim_fails_without_what_it_leans_on(claim: str, laws: Laws, policies: dict) -> None:
    assert check_claims(ensemble(policies, 12, laws)).loc[claim, "share"] < 0.5


def test_without_migration_the_gap_narrows_in_one_of_thirty_countries() -> None:
    assert holds("gap narrows", ensemble(seeds=30, laws=Laws(migration=0.0))).sum() == 1


@pytest.mark.parametrize(
    "laws", [Laws(complementarity=0.0), Laws(localisation=0.0), Laws(urbanisation=0.0)]
)
def test_no_single_law_makes_a_complex_a_pile_of_plants(laws: Laws) -> None:
    share = check_claims(ensemble(seeds=12, laws=laws)).loc["more than a pile of plants", "share"]
    assert share > 0.9


def test_runs_that_failed_are_neither_for_nor_against_a_claim() -> None:
    def fails_in_two(now):
        if now.seeds[0] < 2:
            raise IndexError("not on my list")
        return Gradient()(now)

    def never(now):
        raise IndexError("not on my list")

    some = ensemble(POLICIES | {"gradient": fails_in_two}, seeds=5)
    assert len(some.failures) == 2
    assert len(holds("gap narrows", some)) == 3
    assert comparison_table(some).loc["unequal", "gradient"] == 1
    with pytest.raises(ValueError, match=r"no run of gradient could be computed.*not on my list"):
        check_claims(ensemble(POLICIES | {"gradient": never}, seeds=5))


def test_a_claim_needs_all_policies() -> None:
    some = ensemble(FOUR, seeds=5)
    with pytest.raises(ValueError, match=r"lacks the policy 'no policy'.*POLICIES \| "):
        check_claims(some)
    with pytest.raises(ValueError, match="claim must be one of"):
        holds("all is well", some)
    assert CLAIM.keys() == {claim.name for claim in CLAIMS}
    with_more = ensemble(POLICIES | {"mine": FOUR["cluster"]}, seeds=5)
    assert check_claims(with_more).loc["latecomers", "share"] == 1


class TestComparisonTable:
    def test_of_thirty_countries(self, thirty) -> None:
        table = comparison_table(thirty)
        assert list(table.index) == list(ROWS)
        assert list(table) == list(FOUR)
        assert (table.loc["specialised"] == 1).all()
        assert table.loc["unequal"].tolist() == [1, 1, 1, 0]
        assert table.loc["latecomers", "cluster"] == 1
        # Every cell is clear: true in three quarters of the countries, or in less than one.
        assert ((table > 0.75) | (table < 0.25)).all(axis=None)

    def test_is_made_of_thirty_countries_if_no_others_are_given(self, thirty) -> None:
        assert comparison_table().equals(comparison_table(thirty))


class TestDraws:
    def test_lie_in_their_ranges_and_come_again(self) -> None:
        laws = draw_laws(200)
        for name, (low, high) in RANGES.items():
            values = [getattr(one, name) for one in laws]
            assert low <= min(values) < low + 0.1 * (high - low)
            assert high - 0.1 * (high - low) < max(values) <= high
        assert draw_laws(5) == laws[:5]
        assert draw_laws(5, seed=1) != laws[:5]
        assert laws[0].regions == 24

    def test_say_what_can_be_drawn(self) -> None:
        with pytest.raises(ValueError, match="a law to draw must be one of"):
            draw_laws(3, ranges={"regions": (18, 30)})
        with pytest.raises(ValueError, match="it counts draws"):
            draw_laws(0)
        for ranges, sentence in (
            ({}, "at least one law"),
            ({"migration": (0.5,)}, "must be two numbers, lowest and highest"),
            ({"migration": (0.5, 0.1)}, "must go from low to high"),
            ({"migration": (0.0, 2.0)}, "migration must be at least 0 and at most 1 .got 2.0"),
            ({"migration": ("a", 1.0)}, "migration must be at least 0 and at most 1 .got 'a'"),
        ):
            with pytest.raises(ValueError, match=sentence):
                draw_laws(2, ranges=ranges)
