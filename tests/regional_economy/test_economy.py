"""The economy against an independent implementation, and its identities.

`reference_paths.npz` holds regional output of ten countries under three sets of laws and every
policy, and of two countries under each shock. It was written by another implementation of the
same equations, which plays one country at a time; to seven digits, in the years that it names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.regional_economy import economy
from course_lib.regional_economy.economy import (
    NO_SPENDING,
    Spending,
    diffusion,
    investment,
    learning_ability,
    migrate,
    nation,
    near_by,
    next_year,
    region,
    research,
    settle,
    suppliers_here,
    with_output,
)
from course_lib.regional_economy.history import play, years
from course_lib.regional_economy.laws import LINKS, Laws, stack_laws
from course_lib.regional_economy.policies import (
    POLICIES,
    Cluster,
    Gradient,
    GrowthPole,
    ProductionComplex,
    WithShares,
)

REFERENCE = np.load(Path(__file__).with_name("reference_paths.npz"))
SEEDS = range(10)

STRONG = Laws(
    urbanisation=0.11,
    localisation=0.02,
    migration=0.06,
    complementarity=0.3,
    mobile_saving=0.5,
    advantage_spread=0.35,
    budget=0.06,
    diffusion=0.02,
    demand_pull=0.2,
    supplier_size=0.7,
    reach=0.5,
)
OTHER = Laws(
    regions=30,
    migration=0.0,
    research_yield=0.005,
    learning=0.05,
    depreciation=0.08,
    labour_adjustment=0.5,
    between_sectors=0.2,
    between_regions=0.1,
    budget_growth=0.01,
    own_progress=0.01,
    institutions_start=0.5,
    institutions_goal=0.8,
    capital_share=0.3,
    labour_share=0.5,
)
WORLDS: dict[str, tuple[Laws, dict[str, Any]]] = {
    "standard": (Laws(), POLICIES),
    "strong": (
        STRONG,
        POLICIES
        | {
            "growth pole": GrowthPole(poles=2),
            "production complex": ProductionComplex(sites=1),
            "cluster": Cluster(misreading=0.5),
        },
    ),
    "same_research": (
        OTHER,
        # Of the gradient: its research goes where its plants are, as that of all others.
        {
            name: policy and WithShares(policy, 0.4, 0.0)
            for name, policy in (POLICIES | {"gradient": Gradient(research=0.0)}).items()
        },
    ),
}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("world", WORLDS)
def test_regional_output_is_that_of_the_independent_implementation(world: str, policy: str) -> None:
    laws, policies = WORLDS[world]
    wanted = REFERENCE[f"{world}/{policy}"]  # seeds, years, regions
    found = [
        region(state.output)[:, :, 0]
        for year, state in years(settle(SEEDS, laws), policies[policy])
        if year in REFERENCE["years"]
    ]
    np.testing.assert_allclose(np.stack(found, axis=1), wanted, rtol=1e-6)


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("shock", ["flagship plant", "largest sector"])
def test_so_it_is_after_a_shock(shock: str, policy: str) -> None:
    wanted = REFERENCE[f"{shock}/{policy}"]
    for seed in (0, 1):
        found = play(POLICIES[policy], seed, shock=shock)
        path = found.output.sum(axis=2)[REFERENCE["years"]]
        share = wanted[seed] / wanted[seed][0].sum()
        np.testing.assert_allclose(path, share, rtol=1e-6)


class TestRuns:
    def test_a_run_does_not_depend_on_the_others_beside_it(self) -> None:
        together = settle([3, 1, 4, 15])
        alone = settle([4])
        for policy in (POLICIES["cluster"], POLICIES["gradient"]):
            *_, (_, one) = years(alone, policy)
            *_, (_, all_four) = years(together, policy)
            np.testing.assert_allclose(all_four.output[2], one.output[0], rtol=1e-9)

    def test_laws_may_differ_from_run_to_run(self) -> None:
        laws = [Laws(), STRONG, Laws(migration=0.08, budget=0.02)]
        mixed = settle([5, 5, 6], laws)
        *_, (_, together) = years(mixed, POLICIES["cluster"])
        for number, seed in enumerate((5, 5, 6)):
            *_, (_, alone) = years(settle([seed], laws[number]), POLICIES["cluster"])
            np.testing.assert_allclose(together.output[number], alone.output[0], rtol=1e-9)

    def test_the_country_is_the_same_under_every_policy(self) -> None:
        first, second = play(POLICIES["gradient"], 7), play(POLICIES["cluster"], 7)
        assert np.array_equal(first.place, second.place)
        assert np.array_equal(first.output[:5], second.output[:5])  # before the policy starts

    def test_a_start_is_not_changed_by_playing(self) -> None:
        start = settle([2])
        before = start.state.capital.copy()
        list(years(start, POLICIES["growth pole"]))
        assert np.array_equal(start.state.capital, before)


@pytest.fixture(scope="module")
def start():
    return settle([0, 1, 2])


class TestTerms:
    def test_all_arrays_keep_one_order_of_memory(self, start) -> None:
        """Two orders in one sum would make every later year several times as slow."""
        for policy in POLICIES.values():
            *_, (_, state) = years(start, policy)
            for name, value in vars(state).items():
                assert value is None or value.flags.f_contiguous, name

    def test_needs_of_each_sector_add_up_to_one(self) -> None:
        np.testing.assert_allclose(LINKS.sum(axis=1), 1, rtol=1e-12)
        assert (np.diag(LINKS) == 0).all()

    def test_suppliers_all_there_or_one_missing(self) -> None:
        even = np.zeros((1, 3, 6))
        np.testing.assert_allclose(suppliers_here(even, Laws()), 1)
        lacking = even.copy()
        lacking[0, 0, 0] = np.log(0.5)  # the core of one region is half as large as its buyers
        here = suppliers_here(lacking, Laws())
        np.testing.assert_allclose(here[0, 0, 1:], 0.5 ** LINKS[1:, 0])
        assert here[0, 0, 0] == pytest.approx(1)  # a small buyer finds all it needs

    @given(st.floats(-3, 3), st.integers(0, 5))
    @settings(max_examples=30)
    def test_suppliers_are_a_share_and_scale_does_not_matter(
        self, size: float, sector: int
    ) -> None:
        log_capital = np.linspace(-1, 1, 12).reshape(1, 2, 6)
        here = suppliers_here(log_capital, Laws())
        assert ((here > 0) & (here <= 1 + 1e-12)).all()
        np.testing.assert_allclose(suppliers_here(log_capital + size, Laws()), here)
        more = log_capital.copy()
        more[..., sector] += 1
        others = [place for place in range(6) if place != sector]
        assert (suppliers_here(more, Laws())[..., others] >= here[..., others] - 1e-12).all()

    def test_switched_off_a_term_adds_nothing(self) -> None:
        log_capital = np.linspace(-1, 1, 12).reshape(1, 2, 6)
        assert not economy.complementarity(log_capital, Laws(complementarity=0.0)).any()
        assert not economy.localisation(log_capital, Laws(localisation=0.0)).any()
        assert not economy.urbanisation(np.exp(log_capital), Laws(urbanisation=0.0)).any()

    @given(st.floats(0, 0.3), st.floats(0, 1))
    @settings(max_examples=20)
    def test_savings_and_the_budget_are_invested_and_nothing_else(self, tax, mobile) -> None:
        start = settle([0, 1])
        output, capital = start.state.output, start.state.capital
        plants = np.full_like(output, 0.01)
        spent = Spending(tax_rate=tax, plants=plants)
        new = investment(output, capital, start.saving, spent, Laws(mobile_saving=mobile))
        saved = start.saving * (1 - tax) * output
        np.testing.assert_allclose(nation(new), nation(saved) + nation(plants))

    def test_mobile_savings_go_where_the_return_is_high(self, start) -> None:
        laws = Laws(mobile_saving=1.0)
        output, capital = start.state.output, start.state.capital
        new = investment(output, capital, start.saving, NO_SPENDING, laws)
        rate, back = new / capital, output / capital
        best, worst = back[0].argmax(), back[0].argmin()
        assert rate[0].ravel()[best] == rate[0].max()
        assert rate[0].ravel()[worst] == rate[0].min()

    def test_people_are_kept_and_move_to_higher_wages(self, start) -> None:
        people, output = start.state.people, start.state.output
        after = migrate(people, output, Laws())
        np.testing.assert_allclose(nation(after), 24)
        wage = region(output) / people
        assert after[0].ravel()[wage[0].argmax()] > people[0].ravel()[wage[0].argmax()]
        assert after[0].ravel()[wage[0].argmin()] < people[0].ravel()[wage[0].argmin()]
        np.testing.assert_allclose(migrate(people, output, Laws(migration=0.0)), people)

    def test_one_hand_cannot_clap(self) -> None:
        hands = np.array([[[0.4, 0.4, 0.4], [0.6, 0.6, 0.6], [1.0, 1.0, 0.0]]])
        np.testing.assert_allclose(learning_ability(hands, Laws())[0, :, 0], [1, 1.5, 0])

    def test_four_times_the_knowledge_money_has_twice_the_result(self) -> None:
        assert research(4.0, Laws()) == pytest.approx(2 * research(1.0, Laws()))
        assert research(0.0, Laws()) == 0

    def test_the_best_region_learns_nothing_from_others(self, start) -> None:
        chance = np.random.default_rng(1)
        technology = chance.standard_normal(start.state.technology.shape)
        learnt = diffusion(technology, start.countries, Laws())
        assert (learnt >= 0).all()
        assert (learnt[technology == technology.max(axis=1, keepdims=True)] == 0).all()
        assert (learnt > 0).sum() == learnt.size - 3 * 6

    def test_near_by_is_a_sum_over_regions(self, start) -> None:
        nearness, output = start.countries.nearness, start.state.output
        np.testing.assert_allclose(nearness, nearness.swapaxes(1, 2))
        np.testing.assert_allclose(np.diagonal(nearness, axis1=1, axis2=2), 1)
        by_hand = sum(nearness[1, 5, q] * output[1, q] for q in range(24))
        np.testing.assert_allclose(near_by(output, nearness)[1, 5], by_hand)

    def test_workers_are_shared_out_and_output_follows_the_formula(self, start) -> None:
        state = with_output(start.state, start)
        np.testing.assert_allclose(region(state.labour_share), 1)
        laws, capital = start.laws, start.state.capital
        log_tfp = economy.productivity(
            start.state, np.log(capital), start.countries, laws
        ) + economy.demand_pull(start.state, start)
        labour = state.people * state.labour_share
        output = np.exp(log_tfp) * capital**laws.capital_share * labour**laws.labour_share
        np.testing.assert_allclose(state.output, output)

    def test_learning_by_doing_adds_up_to_the_growth_of_experience(self, start) -> None:
        laws = Laws(own_progress=0.0, diffusion=0.0)
        begun = settle([0], laws)
        state = begun.state
        for _ in range(10):
            state = next_year(with_output(state, begun), begun)
        grown = np.log(state.experience / begun.state.experience)
        np.testing.assert_allclose(state.invented, laws.learning * grown, rtol=1e-9)
        np.testing.assert_allclose(
            state.technology, begun.state.technology + state.invented, rtol=1e-9
        )


class TestBadInput:
    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"regions": 25}, "multiple of 3"),
            ({"regions": 3}, "a country needs room for sites"),
            ({"migration": -0.1}, "it is a rate per year"),
            ({"migration": "much"}, "migration must be at least 0"),
            ({"urbanisation": 0.5}, "growth explodes"),
            ({"capital_share": 0.6}, "land is fixed"),
            ({"policy_end": 3}, "it comes after"),
            ({"endowments": (1, 0.5)}, "one for each tier"),
            ({"endowments": (1, 0.5, 0)}, "skill is never zero"),
            ({"years": 1}, "it counts the years"),
        ],
    )
    def test_laws_say_what_to_do(self, wrong: dict[str, Any], sentence: str) -> None:
        with pytest.raises(ValueError, match=sentence):
            Laws(**wrong)

    def test_seeds_and_laws_must_go_together(self) -> None:
        with pytest.raises(ValueError, match="2 laws for 3 seeds"):
            settle([1, 2, 3], [Laws(), Laws()])
        with pytest.raises(ValueError, match="without one there is no country"):
            settle([])
        with pytest.raises(ValueError, match="it fixes chance"):
            settle([-1])
        with pytest.raises(ValueError, match="need the same regions"):
            stack_laws([Laws(), Laws(regions=30)])

    def test_a_play_says_what_shocks_there_are(self) -> None:
        with pytest.raises(ValueError, match="'flagship plant'"):
            play(shock="earthquake")
        with pytest.raises(ValueError, match="it fixes the country"):
            play(seed=1.5)


class TestPlay:
    def test_says_and_tabulates_what_it_is(self) -> None:
        found = play(POLICIES["cluster"], 3)
        assert found.total[0] == pytest.approx(1)
        frame = found.to_frame()
        assert len(frame) == 61 * 24
        assert frame.loc[60, "output"].sum() == pytest.approx(found.total[-1])
        assert "under cluster" in found.summary()
        people = found.people[-1]
        mean = (found.per_head[-1] * people).sum() / people.sum()
        assert mean == pytest.approx(1)

    def test_money_is_the_plans_and_only_in_its_years(self) -> None:
        found = play(POLICIES["cluster"])
        assert not found.money[:5].any()
        assert not found.money[50:].any()
        np.testing.assert_allclose(found.money[5:50].sum(axis=1), 0.8)  # 0.2 for institutions
        assert not play(None).money.any()

    def test_a_shock_strikes_after_its_year(self) -> None:
        calm, struck = play(seed=1), play(seed=1, shock="largest sector")
        assert np.array_equal(calm.output[:31], struck.output[:31])
        assert struck.total[31] < 0.95 * calm.total[31]
        assert "struck by a shock" in struck.summary()
