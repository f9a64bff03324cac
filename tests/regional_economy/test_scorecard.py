"""Scores: against the measures of the course, and the values of thirty countries."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from course_lib.measures import krugman_specialisation
from course_lib.measures import williamson as measured
from course_lib.regional_economy.economy import region, settle, with_output
from course_lib.regional_economy.history import play, years
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import (
    FOUR,
    POLICIES,
    Cluster,
    Gradient,
    GrowthPole,
    WithShares,
)
from course_lib.regional_economy.scorecard import (
    SCORE,
    SCORE_NAMES,
    krugman_index,
    score,
    scorecard,
    tier_gap,
    williamson,
)

# Means of the seeds 0 to 29, to the printed digits: no policy, even spread, gradient, growth pole,
# production complex, scattered plants, cluster. Computed by an independent implementation.
THIRTY = {
    "output_20": (1.474, 1.647, 1.613, 1.605, 1.563, 1.517, 1.568),
    "output_50": (2.587, 3.075, 3.390, 3.082, 2.841, 2.651, 3.430),
    "output_60": (3.098, 3.492, 4.121, 3.629, 3.307, 3.121, 4.300),
    "inequality_20": (0.209, 0.130, 0.239, 0.336, 0.260, 0.174, 0.191),
    "inequality_50": (0.194, 0.100, 0.222, 0.336, 0.261, 0.157, 0.183),
    "tier_gap_20": (1.869, 1.371, 2.099, 2.110, 1.383, 1.505, 1.706),
    "tier_gap_50": (2.018, 1.283, 1.643, 2.434, 1.227, 1.444, 1.727),
    "tier_gap_60": (2.056, 1.490, 1.965, 2.373, 1.378, 1.687, 1.964),
    "specialisation_50": (0.686, 0.505, 0.735, 0.694, 0.674, 0.778, 1.016),
    "innovation_50": (0.495, 0.492, 0.657, 0.522, 0.500, 0.491, 0.716),
    "technology_3_50": (-0.043, -0.009, -0.026, -0.040, -0.023, -0.031, 0.072),
    "amplification": (1.01, 1.03, 1.00, 1.65, 1.50, 1.01, 1.00),
    "linked_loss": (-1.7, -0.5, -2.5, 3.5, 8.7, -2.5, -2.5),
    "sector_loss": (26.2, 22.7, 27.6, 24.7, 26.1, 28.1, 30.9),
}
ORDER = ("no policy", "even spread", "gradient", "growth pole", "production complex",
         "scattered plants", "cluster")  # fmt: skip


@pytest.fixture(scope="module")
def thirty() -> dict[str, dict[str, np.ndarray]]:
    start = settle(range(30))
    return {name: score(start, policy) for name, policy in POLICIES.items()}


@pytest.mark.parametrize("name", THIRTY)
def test_thirty_countries(thirty, name: str) -> None:
    digits = {"amplification": 2, "linked_loss": 1, "sector_loss": 1}.get(name, 3)
    for policy, wanted in zip(ORDER, THIRTY[name], strict=True):
        assert thirty[policy][name].mean() == pytest.approx(wanted, abs=0.51 * 10**-digits), policy


class TestMeasures:
    @pytest.fixture(scope="class", name="state")
    @classmethod
    def _state(cls):
        start = settle([4, 5])
        return start, with_output(start.state, start)

    def test_are_those_of_the_course(self, state) -> None:
        _, now = state
        made = region(now.output)
        for run in (0, 1):
            per_head = (made / now.people)[run, :, 0]
            assert williamson(made / now.people, now.people)[run] == pytest.approx(
                measured(per_head, now.people[run, :, 0])
            )
            table = pd.DataFrame(now.output[run])
            assert krugman_index(now.output)[run] == pytest.approx(
                krugman_specialisation(table).mean()
            )

    def test_tier_gap_is_output_per_head(self, state) -> None:
        start, now = state
        made, people = now.output[1].sum(axis=1), now.people[1, :, 0]
        wanted = (made[:8].sum() / people[:8].sum()) / (made[16:].sum() / people[16:].sum())
        found = tier_gap(region(now.output), now.people, start.countries.tier)
        assert found[1] == pytest.approx(wanted)


class TestResilience:
    @pytest.mark.parametrize("policy", ["growth pole", "production complex", "cluster"])
    def test_is_the_year_after_the_shock_beside_the_same_year_without_it(self, policy) -> None:
        calm, failed, collapsed = (
            play(POLICIES[policy], 3, shock=shock).output[31]
            for shock in ("none", "flagship plant", "largest sector")
        )
        found = score(settle([3]), POLICIES[policy])
        lost = calm - failed
        host, sector = np.unravel_index(lost.argmax(), lost.shape)
        assert found["amplification"][0] == pytest.approx(lost[host].sum() / lost[host, sector])
        others = np.arange(6) != sector
        linked = 100 * (1 - failed[host, others].sum() / calm[host, others].sum())
        assert found["linked_loss"][0] == pytest.approx(linked)
        worst = 100 * (1 - collapsed.sum(axis=1) / calm.sum(axis=1)).max()
        assert found["sector_loss"][0] == pytest.approx(worst)


class TestWhatDecidesTheRanking:
    """The statements of the lesson's part 6, each with its numbers."""

    @staticmethod
    def output(policy, seeds=12, **laws):
        return score(settle(range(seeds), Laws(**laws)), policy)["output_60"].mean()

    def test_without_money_for_either_the_cluster_is_last(self) -> None:
        wanted = {"growth pole": 3.553, "even spread": 3.463, "gradient": 3.318,
                  "production complex": 3.286, "cluster": 3.149}  # fmt: skip
        for name, value in wanted.items():
            assert self.output(WithShares(POLICIES[name], 0.0, 0.0)) == pytest.approx(
                value, abs=6e-4
            )

    def test_with_the_same_knowledge_money_the_pole_leads(self) -> None:
        wanted = {"growth pole": 4.714, "even spread": 3.668, "production complex": 3.521}
        for name, value in wanted.items():
            assert self.output(WithShares(POLICIES[name], 0.4)) == pytest.approx(value, abs=6e-4)
        without = self.output(WithShares(Cluster(), 0.4, 0.0))
        assert without == pytest.approx(3.484, abs=6e-4)
        for name in ("gradient", "cluster"):  # they have these 40 per cent already
            assert self.output(WithShares(POLICIES[name], 0.4)) == pytest.approx(
                self.output(POLICIES[name])
            )

    def test_strong_urbanisation_turns_the_first_two_round(self) -> None:
        strong = {"urbanisation": 0.14}
        assert self.output(Gradient(), 30, **strong) > self.output(Cluster(), 30, **strong)
        assert self.output(Gradient(), 30) < self.output(Cluster(), 30)

    def test_six_countries_of_sixty_regions_mislead(self) -> None:
        few = [self.output(policy, 6, regions=60) for policy in (Gradient(), Cluster())]
        many = [self.output(policy, 30, regions=60) for policy in (Gradient(), Cluster())]
        assert few == pytest.approx([4.72, 4.63], abs=0.006)
        assert many == pytest.approx([4.29, 4.47], abs=0.006)

    def test_without_migration_the_pole_is_last(self) -> None:
        outputs = {
            name: self.output(policy, 30, migration=0.0) for name, policy in POLICIES.items()
        }
        assert outputs["growth pole"] == pytest.approx(2.92, abs=0.015)
        rivals = [*FOUR, "even spread"]
        assert min(rivals, key=outputs.__getitem__) == "growth pole"

    def test_partners_add_more_the_more_of_the_others_are_there(self) -> None:
        found = [self.output(Cluster(partners=(1.0,) * n + (0.0,) * (3 - n))) for n in (0, 1, 2, 3)]
        assert found == pytest.approx([3.444, 3.650, 3.906, 4.232], abs=6e-4)
        assert (np.diff(found, n=2) > 0).all()

    def test_a_planner_who_errs_has_a_smaller_lead(self) -> None:
        assert self.output(Gradient(), 20) < self.output(Cluster(misreading=1.0), 20)
        assert self.output(Cluster(misreading=1.0), 20) < self.output(Cluster(), 20)

    def test_research_of_the_pole_costs_equality(self) -> None:
        start = settle(range(12))
        plain, clever = (
            score(start, policy)["inequality_50"].mean()
            for policy in (GrowthPole(), WithShares(GrowthPole(), 0.4))
        )
        assert clever > plain
        assert clever == pytest.approx(0.442, abs=6e-4)


def test_the_pole_takes_people_from_its_neighbours_and_leaves_them_better_paid() -> None:
    """Output and output per head of the five nearest regions, beside no policy, per cent."""
    start = settle(range(30))
    nearest = np.argsort(-start.countries.nearness, axis=2)[:, :, 1:6]
    poles = region(start.state.output)[:, :, 0].argmax(axis=1)
    pick = (np.arange(30)[:, np.newaxis], nearest[np.arange(30), poles])
    found = {}
    for name in ("growth pole", "no policy"):
        for year, state in years(start, POLICIES[name]):
            if year in (20, 60):
                made = region(state.output)[:, :, 0][pick].sum(axis=1)
                found[name, year] = made, made / state.people[:, :, 0][pick].sum(axis=1)
    wanted = {20: (-1.3, 0.2), 60: (-3.9, 7.2)}
    for year, values in wanted.items():
        for kind, value in enumerate(values):
            ratio = found["growth pole", year][kind] / found["no policy", year][kind]
            assert 100 * (ratio.mean() - 1) == pytest.approx(value, abs=0.06)


class TestScorecard:
    def test_is_one_country_and_says_who_is_best(self) -> None:
        found = scorecard(POLICIES, seed=3)
        assert list(found.to_frame()) == list(SCORE_NAMES)
        assert list(found.to_frame().index) == list(POLICIES)
        assert found.best("inequality_50") == "even spread"
        assert found.best("output_20") == "even spread"
        assert "seed 3" in found.summary()
        last = list(years(settle([3]), POLICIES["cluster"]))[-1][1]
        first = next(years(settle([3]), POLICIES["cluster"]))[1]
        wanted = last.output.sum() / first.output.sum()
        assert found.table.loc["cluster", "output_60"] == pytest.approx(wanted)

    def test_says_what_is_wrong(self) -> None:
        with pytest.raises(ValueError, match="at least one policy"):
            scorecard({})
        with pytest.raises(ValueError, match="the last score is of year 60"):
            scorecard(FOUR, laws=Laws(years=40))
        with pytest.raises(ValueError, match="'output_20'"):
            scorecard(FOUR).best("happiness")

    def test_every_score_is_described(self) -> None:
        assert set(SCORE) == set(SCORE_NAMES)
        assert {one.better for one in SCORE.values()} == {"high", "low"}
