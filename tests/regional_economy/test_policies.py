"""Where the money goes, and what a student reads whose policy is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.regional_economy.budget import Plan, for_all_runs, plan_of, spending, view_of
from course_lib.regional_economy.economy import nation, settle, with_output
from course_lib.regional_economy.history import play, years
from course_lib.regional_economy.laws import LINKS, Laws
from course_lib.regional_economy.policies import (
    FOUR,
    POLICIES,
    Cluster,
    EvenSpread,
    Gradient,
    GrowthPole,
    Mix,
    ProductionComplex,
    ScatteredPlants,
    WithShares,
    mix,
    rank,
    share_of,
)

SEEDS = (0, 1, 2)


@pytest.fixture(scope="module")
def start():
    return settle(SEEDS)


@pytest.fixture(scope="module")
def view(start):
    return view_of(with_output(start.state, start), start, 10)


def full(shares, view):
    return np.broadcast_to(shares, view.output.shape)


@pytest.mark.parametrize("policy", [one for one in POLICIES.values() if one])
def test_a_plan_is_the_same_for_one_run_and_for_all(policy, view) -> None:
    together = plan_of(policy, view)
    alone = plan_of(lambda now: policy(now), view)
    for name in ("plants", "knowledge", "planners"):
        np.testing.assert_allclose(
            full(getattr(together, name), view), full(getattr(alone, name), view)
        )
    total = nation(full(together.plants, view)) + nation(full(together.knowledge, view))
    np.testing.assert_allclose(total + together.institutions, 1)


class TestTheTheories:
    def test_gradient_moves_down_in_three_stages(self, start) -> None:
        states = dict(years(start, Gradient()))
        for year, wanted in ((5, (0.8, 0.2, 0.0)), (20, (0.3, 0.5, 0.2)), (49, (0.1, 0.4, 0.5))):
            now = view_of(states[year], start, year)
            plan = Gradient()(now)
            tiers = [(plan.plants * (now.tier == tier))[0].sum() for tier in (1, 2, 3)]
            np.testing.assert_allclose(tiers, 0.6 * np.array(wanted))
            assert (plan.knowledge * (now.tier == 1)).sum() == pytest.approx(0.4 * 3)

    def test_pole_is_the_largest_region_with_the_suppliers_of_its_sector(self, view) -> None:
        plants = GrowthPole()(view).plants[0]
        pole = view.start_output[0].sum(axis=1).argmax()
        assert plants.sum(axis=1).argmax() == pole
        wanted = 0.4 * LINKS[1]
        wanted[1] += 0.6
        np.testing.assert_allclose(plants[pole], wanted)
        assert (plants.sum(axis=1) > 0).sum() == 1
        assert (GrowthPole(poles=3)(view).plants[0].sum(axis=1) > 0).sum() == 3

    def test_complex_stands_inland_with_its_planned_mix(self, view) -> None:
        plan = ProductionComplex()(view)
        sites = plan.plants[0].sum(axis=1) > 0
        assert sites.sum() == 2
        assert not sites[:8].any()
        np.testing.assert_allclose(plan.plants[0].sum(axis=0), [0.3, 0.2, 0.15, 0.15, 0.2, 0])
        assert np.array_equal(plan.planners[0, :, 0], sites)

    def test_scattered_plants_are_the_same_plants_with_none_beside_another(self, view) -> None:
        plants = ScatteredPlants()(view).plants[0]
        np.testing.assert_allclose(plants.sum(axis=0), ProductionComplex()(view).plants[0].sum(0))
        assert ((plants > 0).sum(axis=1) <= 1).all()
        assert (plants > 0).sum() == 10

    def test_cluster_is_comparative_advantage_in_every_region(self, view) -> None:
        plan = Cluster()(view)
        chosen = plan.plants[0] > 0
        assert (chosen.sum(axis=1) == 1).all()
        relative = view.advantage[0] - view.advantage[0].mean(axis=0)
        assert np.array_equal(chosen.argmax(axis=1), relative.argmax(axis=1))
        absolute = view.advantage[0].argmax(axis=1)
        assert (chosen.argmax(axis=1) != absolute).any()  # the two are not the same
        assert not np.array_equal(Cluster(misreading=1.0)(view).plants[0] > 0, chosen)

    def test_even_spread_is_even(self, view) -> None:
        assert np.unique(full(EvenSpread()(view).plants, view)).size == 1

    def test_other_shares_move_no_plant_and_no_research(self, view) -> None:
        for name, policy in FOUR.items():
            plan, own = WithShares(policy, knowledge=0.4)(view), policy(view)
            np.testing.assert_allclose(
                share_of(full(plan.plants, view)), share_of(full(own.plants, view))
            )
            assert nation(full(plan.knowledge, view))[0, 0, 0] == pytest.approx(0.4)
            assert np.all(plan.institutions == own.institutions)
            where = own.knowledge if name in ("gradient", "cluster") else own.plants
            np.testing.assert_allclose(
                share_of(full(plan.knowledge, view)), share_of(full(where, view))
            )

    def test_one_share_is_changed_and_the_other_is_kept(self, view) -> None:
        cluster = Cluster()
        for plan, (knowledge, institutions) in (
            (WithShares(cluster)(view), (0.4, 0.2)),
            (WithShares(cluster, knowledge=0.0)(view), (0.0, 0.2)),
            (WithShares(cluster, institutions=0.0)(view), (0.4, 0.0)),
            (WithShares(cluster, 0.0, 0.0)(view), (0.0, 0.0)),
        ):
            assert nation(full(plan.knowledge, view))[0, 0, 0] == pytest.approx(knowledge)
            assert np.max(plan.institutions) == institutions
            left = 1 - knowledge - institutions
            assert nation(full(plan.plants, view))[0, 0, 0] == pytest.approx(left)

    def test_a_mix_is_the_sum_of_its_parts(self, view) -> None:
        both = mix({Gradient(): 0.25, Cluster(): 0.75})(view)
        one, other = Gradient()(view), Cluster()(view)
        np.testing.assert_allclose(both.plants, 0.25 * one.plants + 0.75 * other.plants)
        np.testing.assert_allclose(both.institutions, 0.15)
        np.testing.assert_allclose(both.partners, 1)
        whole = play(mix({Cluster(): 1.0, Gradient(): 0.0}), 4)
        np.testing.assert_allclose(whole.output, play(Cluster(), 4).output, rtol=1e-9)

    def test_flagships(self, view) -> None:
        for policy in (GrowthPole(), ProductionComplex(), ScatteredPlants(), Cluster()):
            assert (policy.flagship(view).sum(axis=(1, 2)) == 1).all()
        assert (ProductionComplex().flagship(view).any(axis=1)[:, 0]).all()  # its core plant


class TestWhatMoneyBuys:
    def test_taxes_pay_for_all_of_it(self, start) -> None:
        state = with_output(start.state, start)
        plan = plan_of(Cluster(), view_of(state, start, 7))
        bought = spending(plan, state, start, 7)
        money = 0.04 * nation(start.state.output) * 1.02**7
        np.testing.assert_allclose(bought.tax_rate * nation(state.output), money)
        np.testing.assert_allclose(nation(bought.plants), 0.4 * money)
        np.testing.assert_allclose(nation(bought.knowledge), 0.4 * 24 * 2 * 1.02**7)

    def test_institutions_go_a_tenth_of_the_way_with_a_fifth_of_the_budget(self, start) -> None:
        state = with_output(start.state, start)

        def gained(**plan):
            policy = Plan(plants=np.full((24, 6), (1 - plan["institutions"]) / 144), **plan)
            made = plan_of(lambda now: policy, view_of(state, start, 7))
            return spending(made, state, start, 7).institutions[0, 0]

        np.testing.assert_allclose(gained(institutions=0.2), [0.02] * 3)
        np.testing.assert_allclose(gained(institutions=0.6), [0.02] * 3)
        np.testing.assert_allclose(gained(institutions=0.1), [0.01] * 3)
        np.testing.assert_allclose(gained(institutions=0.2, partners=(1, 0, 0.5)), [0.02, 0, 0.01])
        np.testing.assert_allclose(gained(institutions=0.0, planners=1.0), [0, 0.02, 0])

    def test_total_budget_of_the_standard_laws(self) -> None:
        laws = Laws()
        years_of_policy = range(laws.policy_start, laws.policy_end)
        total = sum(laws.budget * (1 + laws.budget_growth) ** year for year in years_of_policy)
        assert total == pytest.approx(3.175, abs=5e-4)


def poorest_first(now):
    poorest = now.output_per_head == now.output_per_head.min()
    return Plan(plants=share_of(now.output * poorest))


class TestAStudentsPolicy:
    def test_of_two_lines_works(self) -> None:
        found = play(poorest_first, 2)
        assert found.policy == "poorest_first"
        np.testing.assert_allclose(found.money[5:50].sum(axis=1), 1)
        assert ((found.money[5:50] > 0).sum(axis=1) == 1).all()

    def test_marked_for_all_runs_is_the_same_and_sees_all_of_them(self) -> None:
        seen = []

        @for_all_runs
        def quick(now):
            seen.append(now.output.shape)
            lowest = now.output_per_head.min(axis=-2, keepdims=True)
            return Plan(plants=share_of(now.output * (now.output_per_head == lowest)))

        start = settle(SEEDS)
        *_, (_, slow) = years(start, poorest_first)
        *_, (_, fast) = years(start, quick)
        np.testing.assert_allclose(slow.output, fast.output)
        assert set(seen) == {(3, 24, 6)}

    @pytest.mark.parametrize(
        ("plan", "sentence"),
        [
            (lambda now: None, r"it returned nothing, not a Plan. End it with return Plan"),
            (lambda now: np.ones((24, 6)), "it returned a ndarray"),
            (lambda now: Plan(plants=np.full((24, 6), 0.01)), "add up to 1.44 of the budget.*does "
             "not have. Divide each by their total"),
            (lambda now: Plan(plants=np.full((24, 6), 0.005)), "add up to 0.72.*money is left"),
            (lambda now: Plan(), "add up to 0 of the budget"),
            (lambda now: Plan(plants=np.ones(24) / 24), r"shape \(24,\), and needs 24 rows"),
            (lambda now: Plan(plants=np.ones((6, 24)) / 144), r"shape \(6, 24\), and needs 24 row"),
            (lambda now: Plan(plants=np.ones((24, 1)) / 24), r"each of the 24 regions and 6 sect"),
            (lambda now: Plan(plants=1.0), "for each of the 24 regions and 6 sectors"),
            (lambda now: Plan(plants=share_of(now.output) * np.nan), "division by zero"),
            (lambda now: Plan(plants="all"), "plants must be numbers"),
            (lambda now: Plan(plants=2 * share_of(now.output), knowledge=-share_of(now.output)),
             "knowledge holds -.*less than nothing"),
            (lambda now: Plan(plants=share_of(now.output), institutions=0.5), "add up to 1.5"),
            (lambda now: Plan(plants=0.5 * share_of(now.output), institutions=0.5,
                              partners=(1, 2, 1)), "partners go from 0 to 1"),
            (lambda now: Plan(plants=share_of(now.output), planners=-1.0), "planners go from 0"),
        ],
    )  # fmt: skip
    def test_that_is_wrong_gets_a_sentence_to_act_on(self, plan, sentence) -> None:
        def mine(now):
            return plan(now)

        with pytest.raises(ValueError, match=sentence) as caught:
            play(mine, 2)
        assert "the policy mine, year 5" in str(caught.value)

    def test_cannot_change_the_country_that_it_sees(self) -> None:
        def mine(now):
            now.output[now.tier[:, 0] == 3] = 0
            return Plan(plants=share_of(now.output))

        @for_all_runs
        def quick(now):
            now.start_output[:] = 1.0
            return Plan(plants=share_of(now.output))

        start = settle([2])
        before = start.state.output.copy()
        with pytest.raises(ValueError, match=r"mine stopped in year 5 of seed 2 .*read-only"):
            list(years(start, mine))
        with pytest.raises(ValueError, match="read-only"):
            list(years(start, quick))
        assert np.array_equal(start.state.output, before)

    def test_inside_another_is_named_with_the_seed_of_the_country(self) -> None:
        def mine(now):
            return Plan(plants=0.5 * share_of(now.output))

        for policy in (mix({mine: 0.5, Cluster(): 0.5}), WithShares(mine)):
            with pytest.raises(ValueError, match="the policy mine, year 5, seed 11"):
                list(years(settle([11]), policy))

    def test_that_gives_to_nobody_is_told_so(self) -> None:
        def mine(now):
            return Plan(plants=share_of(now.output * (now.output_per_head > 1e9)))

        with pytest.raises(ValueError, match=r"seed 2 .*no region and sector meets the condition"):
            play(mine, 2)

    def test_that_stops_names_year_and_seed(self) -> None:
        def mine(now):
            return Plan(plants=now.outputs)

        with pytest.raises(ValueError, match="mine stopped in year 5 of seed 2 with AttributeErr"):
            play(mine, 2)

    def test_that_fails_for_all_runs_names_the_seed(self) -> None:
        @for_all_runs
        def mine(now):
            plants = share_of(now.output)
            plants[1] *= 2
            return Plan(plants=plants)

        with pytest.raises(ValueError, match=r"year 5, seed 11: plants.* add up to 2 of the"):
            list(years(settle([10, 11]), mine))


class TestBadParameters:
    @pytest.mark.parametrize(
        ("make", "sentence"),
        [
            (lambda: Gradient(research=1.2), "it is a share of the budget"),
            (lambda: GrowthPole(poles=0), "it counts regions"),
            (lambda: ProductionComplex(sites=40), "it counts regions inland"),
            (lambda: ScatteredPlants(sites=3), "five regions inland"),
            (lambda: Cluster(knowledge=0.7, institutions=0.5), "institutions must be"),
            (lambda: Cluster(partners=(1, 2)), "partners must be 3 numbers, for entrepreneurs"),
            (lambda: Cluster(partners=(1, 0, 9)), "the part of associations must be at least 0"),
            (lambda: WithShares(Gradient(), -1), "it is a share of the budget"),
            (lambda: mix({Gradient(): 0.5, Cluster(): 0.2}), "add up to 0.7, not to 1"),
            (lambda: mix({Gradient(): 1.5, Cluster(): -0.5}), "money is not owed"),
            (lambda: Mix(()), "add up to 0, not to 1"),
        ],
    )
    def test_get_a_sentence(self, make, sentence) -> None:
        with pytest.raises(ValueError, match=sentence):
            make()

    @pytest.mark.parametrize(("knowledge", "institutions"), [(0.8, 0.2), (0.7, 0.3), (1.0, 0.0)])
    def test_a_cluster_may_spend_nothing_on_plants(
        self, view, knowledge: float, institutions: float
    ) -> None:
        plan = plan_of(Cluster(knowledge, institutions), view)
        np.testing.assert_allclose(plan.plants, 0, atol=1e-12)
        np.testing.assert_allclose(nation(plan.knowledge), knowledge)

    def test_rank(self) -> None:
        assert rank(np.array([[3.0], [9.0], [5.0]])).ravel().tolist() == [2, 0, 1]
