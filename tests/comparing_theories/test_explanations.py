"""What lesson 09 says of why: the named cause is changed alone, and of two causes both together."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from unittest import mock

import numpy as np
import pytest

from course_lib.comparing_theories.whose_assumption import (
    SAME_BOTH,
    SAME_KNOWLEDGE,
    whose_assumption,
)
from course_lib.regional_economy import budget, economy, history
from course_lib.regional_economy.budget import Plan, view_of
from course_lib.regional_economy.economy import learning_ability, nation, settle
from course_lib.regional_economy.history import play, years
from course_lib.regional_economy.laws import CONSUMER, CORE, Laws
from course_lib.regional_economy.policies import (
    FOUR,
    PLANNED_MIX,
    Cluster,
    EvenSpread,
    FirstStageGradient,
    Gradient,
    GrowthPole,
    ProductionComplex,
    WithShares,
    mix,
    rank,
    share_of,
)
from course_lib.regional_economy.scorecard import SCORE, score

FIVE = {"even spread": EvenSpread(), **FOUR}


def scores(policy, countries: int = 30, **laws) -> dict[str, float]:
    found = score(settle(range(countries), Laws(**laws)), policy)
    return {name: float(values.mean()) for name, values in found.items()}


def of_five(name: str, countries: int = 30, **laws) -> dict[str, float]:
    return {key: scores(policy, countries, **laws)[name] for key, policy in FIVE.items()}


class PlantsAndResearch:
    """The pole's plants, and money for research that goes elsewhere."""

    takes_all_runs = True

    def __init__(self, research: str) -> None:
        self.research = research

    def __call__(self, now):
        plants = GrowthPole()(now).plants
        evenly = share_of(np.ones_like(now.output))
        return Plan(
            plants=0.6 * plants, knowledge=0.4 * (plants if self.research == "there" else evenly)
        )


class ComplexAtTheCoast:
    """The two complexes on the sites of tier 1 that suit them best."""

    takes_all_runs = True

    def __call__(self, now):
        suits = 0.5 * now.advantage[..., CORE : CORE + 1] + now.advantage[..., :CONSUMER].mean(
            axis=-1, keepdims=True
        )
        sites = rank(np.where(now.tier == 1, suits, -np.inf)) < 2
        return Plan(plants=share_of(sites * PLANNED_MIX), planners=sites)


class WithoutPlanners:
    """The complexes, and nobody who plans them."""

    takes_all_runs = True

    def __call__(self, now):
        return Plan(plants=ProductionComplex()(now).plants)


# --- who did best, and when


def test_fixed_land_holds_back_the_pole_and_the_gradient_in_year_20() -> None:
    usual, more_capital = (
        of_five("output_20", **laws) for laws in ({}, {"capital_share": 0.45})
    )  # with 0.45, capital and labour together have the exponent 0.97
    assert max(usual, key=usual.__getitem__) == "even spread"
    for name in ("gradient", "growth pole"):
        assert usual[name] < usual["even spread"]
        assert more_capital[name] > more_capital["even spread"]


@pytest.mark.parametrize("law", ["learning", "urbanisation"])
def test_without_learning_or_urbanisation_the_pole_hardly_overtakes(law: str) -> None:
    def ahead(**laws) -> float:
        pole, spread = (
            scores(policy, **laws)["output_60"] for policy in (GrowthPole(), EvenSpread())
        )
        return pole / spread - 1

    assert ahead() > 0.03
    assert ahead(**{law: 0.0}) < 0.005


def test_the_complex_narrows_the_gap_by_its_place_and_is_unequal_by_its_few_sites() -> None:
    inland, coast = (
        scores(policy)["tier_gap_50"] for policy in (ProductionComplex(), ComplexAtTheCoast())
    )
    assert inland < scores(None)["tier_gap_50"] < coast
    two, eight = (scores(ProductionComplex(sites=sites))["inequality_50"] for sites in (2, 8))
    assert (round(two, 2), round(eight, 2)) == (0.26, 0.17)


def test_the_gap_opens_again_by_wear_and_by_endowments() -> None:
    for name in ("even spread", "gradient", "production complex", "cluster"):
        opened = {}
        for change, laws in (
            ("none", {}),
            ("wear", {"depreciation": 0.02}),
            ("endowments", {"endowments": (1.0, 1.0, 1.0)}),
        ):
            found = scores(FIVE[name], **laws)
            opened[change] = found["tier_gap_60"] - found["tier_gap_50"]
        assert opened["none"] > 0
        assert max(opened["wear"], opened["endowments"]) < 0.5 * opened["none"]


# --- the flagship


def test_in_country_0_the_largest_cluster_is_a_large_plant_at_the_coast() -> None:
    start = settle([0])
    found = {}
    for name in ("cluster", "production complex"):
        state = dict(years(start, FOUR[name]))[30]
        hit = FOUR[name].flagship(view_of(state, start, 30))
        share = float((nation(state.output * hit) / nation(state.output))[0, 0, 0])
        tier = int((start.countries.tier * hit.any(axis=-1, keepdims=True)).max())
        calm, failed = (play(FOUR[name], 0, shock=shock).total[31] for shock in
                        ("none", "flagship plant"))  # fmt: skip
        found[name] = (tier, share, 100 * (1 - failed / calm))
    assert [found[name][0] for name in ("cluster", "production complex")] == [1, 3]
    assert found["cluster"][1] > 4 * found["production complex"][1]
    assert [round(found[name][2], 1) for name in ("cluster", "production complex")] == [3.6, 1.1]


def test_what_is_lost_beside_the_flagship_hangs_on_suppliers_near_by() -> None:
    for policy, lost in ((ProductionComplex(), 8.7), (GrowthPole(), 3.5)):
        assert scores(policy)["linked_loss"] == pytest.approx(lost, abs=0.06)
        assert scores(policy, complementarity=0.0)["linked_loss"] < 0


def test_beside_a_failed_flagship_others_gain_its_workers() -> None:
    for policy in (Cluster(), Gradient()):
        assert scores(policy)["linked_loss"] == pytest.approx(-2.5, abs=0.06)
        assert scores(policy, labour_adjustment=0.01)["linked_loss"] > 0


# --- plants and people


def test_the_gap_narrows_only_if_plants_and_people_move() -> None:
    change = {}
    for (plants, policy), (people, migration) in product(
        ((True, Gradient()), (False, FirstStageGradient())), ((True, 0.03), (False, 0.0))
    ):
        found = score(settle(range(30), Laws(migration=migration)), policy)
        early, late = found["tier_gap_20"], found["tier_gap_50"]
        change[plants, people] = float(late.mean() - early.mean())
        narrower = {(True, True): 30, (True, False): 1}.get((plants, people), 0)
        assert (late < early).sum() == narrower
    without_plants = change[False, True] - change[True, True]
    without_people = change[True, False] - change[True, True]
    assert round(without_plants, 2) == 1.08
    assert round(without_people, 2) == 0.57


# --- knowledge, institutions, and both


def two_by_two() -> dict[tuple[float, float], float]:
    return {
        shares: scores(WithShares(Cluster(), *shares), 20)["output_60"]
        for shares in product((0.0, 0.4), (0.0, 0.2))
    }


def interaction(found: dict[tuple[float, float], float]) -> float:
    return found[0.4, 0.2] - found[0.4, 0.0] - found[0.0, 0.2] + found[0.0, 0.0]


def test_without_either_another_is_first_and_without_both_the_cluster_is_last() -> None:
    found = two_by_two()
    rivals = {name: scores(FIVE[name], 20)["output_60"] for name in FIVE if name != "cluster"}
    no_research = rivals | {"gradient": scores(Gradient(research=0.0), 20)["output_60"]}
    ranks = {
        shares: 1 + sum(other > output for other in (no_research if shares[0] == 0 else
                                                     rivals).values())
        for shares, output in found.items()
    }  # fmt: skip
    assert ranks == {(0.4, 0.2): 1, (0.0, 0.2): 2, (0.4, 0.0): 3, (0.0, 0.0): 5}


def test_institutions_multiply_research_and_that_makes_the_interaction() -> None:
    usual = interaction(two_by_two())
    spending = budget.spending

    def research_without_institutions(plan, state, start, year):
        spent = spending(plan, state, start, year)
        ability = learning_ability(state.institutions + spent.institutions, start.laws)
        return replace(spent, knowledge=spent.knowledge / ability**2)  # the root takes it back

    with mock.patch.object(history, "spending", research_without_institutions):
        left = interaction(two_by_two())
    assert (round(usual, 2), round(left, 2)) == (0.35, 0.07)


def test_the_pole_leads_because_its_research_stands_where_most_is_made() -> None:
    found = whose_assumption(SAME_KNOWLEDGE)
    assert (found.first(found.after), found.rank("cluster")) == ("growth pole", 2)
    there, evenly = (
        scores(PlantsAndResearch(where), 20)["output_60"] for where in ("there", "evenly")
    )
    assert (round(there, 2), round(evenly, 2)) == (4.82, 3.80)
    assert evenly < found.to_frame().loc["cluster", "mean_after"]


def test_with_the_same_shares_of_both_the_plants_alone_differ() -> None:
    after = whose_assumption(SAME_BOTH).to_frame()["mean_after"]
    assert after["cluster"] < after["even spread"] < after["growth pole"]

    class OneSector:
        """An even spread over the regions, in one and the same place of each region's sectors."""

        takes_all_runs = True

        def __call__(self, now):
            own = Cluster(knowledge=0.0, institutions=0.0)(now).plants > 0
            with_suppliers = own + 0.0 * now.output + 0.2  # some of each sector beside the best
            plants = share_of(with_suppliers)
            return Plan(plants=0.4 * plants, knowledge=0.4 * plants, institutions=0.2)

    assert scores(OneSector(), 20)["output_60"] > after["cluster"]


def test_institutions_are_worth_less_without_learning_by_doing() -> None:
    worth = {}
    for learning in (0.1, 0.0):
        with_them, without = (
            scores(policy, 20, learning=learning)["output_60"]
            for policy in (Cluster(), WithShares(Cluster(), institutions=0.0))
        )
        worth[learning] = 100 * (with_them / without - 1)
    assert [round(worth[learning]) for learning in (0.1, 0.0)] == [22, 5]
    found = whose_assumption("nobody learns by doing")
    assert found.first(found.after) == "gradient"


def test_without_planners_the_complex_makes_less() -> None:
    outputs = [scores(policy, 20)["output_60"] for policy in (ProductionComplex(),
               WithoutPlanners())]  # fmt: skip
    assert [round(output, 2) for output in outputs] == [3.29, 3.27]


def test_the_square_root_rewards_whoever_splits_research() -> None:
    def straight(knowledge, laws):
        return laws.research_yield * np.asarray(knowledge)

    with mock.patch.object(economy, "research", straight):
        found = {name: scores(FOUR[name], 20)["output_60"] for name in ("gradient", "cluster")}
    assert {name: round(value, 2) for name, value in found.items()} == {
        "gradient": 10.84,
        "cluster": 4.48,
    }


def test_the_pole_needs_workers_from_elsewhere() -> None:
    found = whose_assumption("people do not move").to_frame()
    assert found["rank_before"]["growth pole"] == 3
    assert found["rank_after"]["growth pole"] == 5


def test_the_steps_rise_with_the_geometric_mean() -> None:
    hands = [Cluster(partners=[1.0] * n + [0.0] * (3 - n)) for n in range(4)]

    def ordinary(institutions, laws):
        return institutions.mean(axis=-1, keepdims=True) / laws.institutions_start

    usual = np.diff([round(scores(hand, 12)["output_60"], 3) for hand in hands])
    with mock.patch.object(economy, "learning_ability", ordinary):
        plain = np.diff([round(scores(hand, 12)["output_60"], 3) for hand in hands])
    assert plain.round(3).tolist() == [0.234, 0.261, 0.293]
    assert usual[-1] - usual[0] > 2 * (plain[-1] - plain[0])


# --- innovation of those who "ignore" it


def test_weights_of_output_make_the_innovation_of_pole_and_complex() -> None:
    start = settle(range(30))
    weighted, plain = {}, {}
    for name in ("even spread", "growth pole", "production complex"):
        state = dict(years(start, FIVE[name]))[50]
        of_country = nation(state.invented * state.output) / nation(state.output)
        weighted[name], plain[name] = float(of_country.mean()), float(state.invented.mean())
    for name in ("growth pole", "production complex"):
        assert weighted[name] > weighted["even spread"]
        assert plain[name] < plain["even spread"]
    assert [round(value, 2) for value in plain.values()] == [0.44, 0.42, 0.43]
    without = scores(WithoutPlanners())["innovation_50"]
    lead, left = (
        value - weighted["even spread"] for value in (weighted["production complex"], without)
    )
    assert left / lead == pytest.approx(0.25, abs=0.07)


# --- how good can a mix be?


def best_of_mixes(gradient=None, cluster=None, **laws) -> float:
    """By how much the best of three mixes is ahead of the better pure recipe."""
    pair = (gradient or Gradient(), cluster or Cluster())
    found = [
        scores(mix({pair[0]: part, pair[1]: 1 - part}), 10, **laws)["output_60"]
        for part in (0.0, 0.25, 0.5, 0.75, 1.0)
    ]
    return max(found[1:-1]) - max(found[0], found[-1])


def test_a_mix_needs_research_of_the_one_and_institutions_of_the_other() -> None:
    assert round(best_of_mixes(), 2) == 0.32
    assert best_of_mixes(gradient=Gradient(research=0.0)) < 0
    assert best_of_mixes(cluster=Cluster(institutions=0.0)) < 0


def test_the_ceiling_of_institutions_puts_the_best_mix_in_the_middle() -> None:
    """Slower, and to a goal further off: nearly in proportion, and as strong after 45 years."""
    with mock.patch.object(budget, "BUILDING_UP", 0.0088):
        state = dict(years(settle([0], Laws(institutions_goal=1.0)), Cluster()))[50]
        assert float(state.institutions.mean()) == pytest.approx(0.598, abs=0.002)
        assert round(best_of_mixes(institutions_goal=1.0), 2) == 0.08


# --- predictions


def test_the_ranking_changes_with_the_laws() -> None:
    from course_lib.comparing_theories.score_spread import DRAWN, score_spread

    usual, drawn = (score_spread(laws=laws).win("cluster") for laws in ("as they are", DRAWN))
    assert usual > 0.85
    assert drawn < 0.75
    assert SCORE["output_60"].better == "high"
