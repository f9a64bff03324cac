"""The models on real figures, as the labs use them, against the models that they wrap."""

import doctest

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import datasets, measures
from course_lib.gradient_transition import diffusion_frame, panels, tiers_and_wages
from course_lib.gradient_transition.belts import MUNICIPALITIES, belts
from course_lib.gradient_transition.china_belts import china_belts
from course_lib.gradient_transition.convergence import convergence
from course_lib.gradient_transition.country_convergence import china_convergence, us_convergence
from course_lib.gradient_transition.country_mobility import country_mobility
from course_lib.gradient_transition.country_panels import CHINA, US, panel_of
from course_lib.gradient_transition.diffusion import diffusion
from course_lib.gradient_transition.innovation_transfer import innovation_transfer, three_tiers


@pytest.mark.parametrize("module", [panels, tiers_and_wages, diffusion_frame])
def test_examples_run(module):
    results = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert results.attempted > 0
    assert results.failed == 0


class TestChinaBelts:
    @pytest.mark.parametrize("scheme", datasets.REGION_SCHEMES)
    def test_is_the_model_with_a_year(self, scheme):
        found = china_belts(2005, scheme, municipalities=False, spread_back=5)
        wanted = belts(
            datasets.china_provinces(),
            datasets.REGION_SCHEMES[scheme],
            municipalities=False,
            spread_back=5,
        )
        pd.testing.assert_frame_equal(found.to_frame(), wanted.to_frame())
        assert found.belts.years[found.now] == 2005

    def test_relative_output_is_over_the_country(self):
        table = datasets.china_provinces().query("year == 1995")
        country = table["gdp"].sum() / table["population"].sum()
        west = table.query("belts_1986 == 'West'")
        found = china_belts(1995)
        column = found.belts.belts.index("West")
        assert found.relative[found.now, column] == pytest.approx(
            west["gdp"].sum() / west["population"].sum() / country
        )

    def test_sentence_says_what_was_changed(self):
        assert "in 1978" not in china_belts(1978).summary()
        changed = china_belts(2005, municipalities=False, spread_back=10).summary()
        assert "without Beijing, Shanghai, Tianjin" in changed
        assert "spread back over 10 years" in changed
        assert "(1.40 in 1978)" in changed

    def test_refusals_say_what_to_do(self):
        with pytest.raises(ValueError, match="1978 to 2023"):
            china_belts(1970)
        with pytest.raises(ValueError, match="scheme is one of three belts"):
            china_belts(scheme="belts")


periods = st.tuples(st.integers(1929, 2008), st.integers(1, 80)).map(
    lambda pair: (pair[0], min(2009, pair[0] + pair[1]))
)


class TestConvergence:
    @settings(max_examples=25, deadline=None)
    @given(periods, st.sets(st.sampled_from(["Nevada", "Ohio", "Delaware"])))
    def test_is_the_model_on_the_states(self, period, leave_out):
        found = us_convergence(*period, tuple(leave_out))
        wanted = convergence(panel_of(US), *period, tuple(leave_out))
        assert found.convergence.summary() == wanted.summary()
        pd.testing.assert_frame_equal(found.to_frame(), wanted.to_frame())
        pd.testing.assert_series_equal(found.convergence.sigma, wanted.sigma)

    def test_share_of_the_gap_that_the_line_closes(self):
        found = us_convergence()
        speed = found.convergence.beta.speed
        assert found.gap_closed == pytest.approx(1 - np.exp(-80 * speed))

    def test_known_values(self):
        # Nominal income per head of 48 states: slope, speed, sigma.
        long = us_convergence(1929, 2009)
        assert long.convergence.beta.slope == pytest.approx(-0.00915, abs=5e-6)
        assert long.convergence.beta.speed == pytest.approx(0.01647, abs=5e-6)
        assert long.sigma.loc[[1929, 1950, 2009]].round(4).tolist() == [0.3655, 0.2325, 0.1376]

    def test_two_decades_tell_nothing(self):
        decades = [(start, start + 10) for start in range(1930, 2000, 10)]
        silent = [
            period
            for period in decades
            if not us_convergence(*period).convergence.beta.is_significant
        ]
        assert silent == [(1980, 1990), (1990, 2000)]

    def test_china_converges_and_its_spread_does_not_without_three_cities(self):
        found = china_convergence(leave_out=MUNICIPALITIES)
        assert found.convergence.beta.is_significant
        assert found.convergence.beta.slope < china_convergence().convergence.beta.slope < 0
        assert found.sigma.loc[[1978, 2023]].round(3).tolist() == [0.277, 0.282]

    def test_refusals_say_what_to_do(self):
        with pytest.raises(ValueError, match="end must come after start"):
            us_convergence(1950, 1950)
        with pytest.raises(ValueError, match="1929 to 2009"):
            us_convergence(1900, 1950)
        with pytest.raises(ValueError, match="'Guam', which is none of US states"):
            us_convergence(leave_out=("Guam",))
        with pytest.raises(ValueError, match="at least three regions"):
            china_convergence(leave_out=tuple(panel_of(CHINA).columns[2:]))


class TestMobility:
    @pytest.mark.parametrize("country", panels.COUNTRIES)
    @pytest.mark.parametrize("drawn", panels.CLASSES)
    def test_is_the_measure_on_the_panel(self, country, drawn):
        found = country_mobility(country, drawn, 4)
        wanted = measures.income_mobility(panel_of(country), 4, panels.CLASSES[drawn])
        pd.testing.assert_frame_equal(found.counts, wanted.counts)

    def test_ranks_give_the_sizes_of_the_classes_back(self):
        found = country_mobility(CHINA, "anew in each year", 5)
        assert found.steady_state.tolist() == pytest.approx([7 / 31, *[6 / 31] * 4])

    def test_refusals_say_what_to_do(self):
        with pytest.raises(ValueError, match="country is one of"):
            country_mobility("France")
        with pytest.raises(ValueError, match="classes_drawn is one of"):
            country_mobility(classes_drawn="pooled")


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
        assert found.to_frame()["wage ratio"].iloc[-1] == pytest.approx(wages.wage_ratio[-1])

    @pytest.mark.parametrize(
        ("parameters", "said"),
        [
            ({}, "stays 1.90 times the wage below."),
            ({"transfer_1": 0.12}, "equal from year 16 on, and still the top has goods of its own"),
            ({"transfer_1": 0.10}, "equal in the limit, and still the top has goods of its own"),
            ({"transfer_1": 0.12, "start_share": 0.2}, "equal from the start"),
            ({"innovation": 0.0}, "tier 1 makes 0% of goods, tier 2 0% and tier 3 100%"),
        ],
    )
    def test_sentence_claims_no_more_than_the_model(self, parameters, said):
        sentence = tiers_and_wages.tiers_and_wages(**parameters).summary()
        assert said in sentence

    def test_without_invention_the_top_keeps_nothing(self):
        found = tiers_and_wages.tiers_and_wages(innovation=0.0)
        assert found.tiers.steady_shares[0] == 0
        assert "goods of its own" not in found.summary()


class TestDiffusionFrame:
    def test_is_one_frame_of_the_run(self):
        found = diffusion_frame.diffusion_frame(30, "hierarchical", permeability=0.2)
        run = diffusion("hierarchical", barrier=50, permeability=0.2)
        assert np.array_equal(found.run.adoption_step, run.adoption_step)
        assert found.share == run.share[30]

    def test_moving_the_step_makes_no_new_run(self):
        first = diffusion_frame.diffusion_frame(10)
        assert diffusion_frame.diffusion_frame(90).run is first.run
        assert diffusion_frame.diffusion_frame(90, permeability=0.5).run is not first.run
        assert diffusion_frame.diffusion_frame(90, seed=5).run is not first.run

    def test_towns_come_in_their_order(self):
        found = diffusion_frame.diffusion_frame(100, "hierarchical")
        steps = [found.steps_of_towns[name] for name in found.towns_reached]
        assert steps == sorted(steps)
        assert len(steps) == 10
        assert "100% of the map" in found.summary()

    def test_a_barrier_holds_the_news_back(self):
        opened, closed = (
            diffusion_frame.diffusion_frame(100, permeability=share) for share in (1, 0)
        )
        assert closed.share < opened.share
        assert "with a barrier:" in closed.summary()

    def test_a_barrier_that_lets_all_through_is_none(self):
        open_wall = diffusion(barrier=50, permeability=1.0)
        assert np.array_equal(
            diffusion_frame.diffusion_frame().run.adoption_step, open_wall.adoption_step
        )

    def test_refusals_say_what_to_do(self):
        with pytest.raises(ValueError, match="whole number from 0 to 100"):
            diffusion_frame.diffusion_frame(101)


def test_one_region_may_be_left_out_by_its_name() -> None:
    one, several = us_convergence(leave_out="Utah"), us_convergence(leave_out=("Utah",))
    assert one.summary() == several.summary() != us_convergence().summary()
    with pytest.raises(ValueError, match="'Utopia'"):
        us_convergence(leave_out="Utopia")


def test_what_is_kept_for_the_next_time_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        china_belts(1990).belts.theil[:] = 9
    mine = panel_of("US states")
    mine["Utah"] = 1.0
    assert panel_of("US states")["Utah"].max() > 1.0
