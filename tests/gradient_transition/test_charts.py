"""What the charts of lesson 04 draw: the right numbers on the right artists."""

import io

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from course_lib.gradient_transition import charts
from course_lib.gradient_transition.belts import MUNICIPALITIES
from course_lib.gradient_transition.catch_up import catch_up
from course_lib.gradient_transition.china_belts import china_belts
from course_lib.gradient_transition.convergence import noise_experiment
from course_lib.gradient_transition.country_convergence import china_convergence, us_convergence
from course_lib.gradient_transition.country_mobility import country_mobility
from course_lib.gradient_transition.country_panels import CHINA, US, panel_of
from course_lib.gradient_transition.diffusion_frame import STEPS, diffusion_frame
from course_lib.gradient_transition.flying_geese import flying_geese
from course_lib.gradient_transition.product_cycle import product_cycle
from course_lib.gradient_transition.tiers_and_wages import tiers_and_wages
from course_lib.lab.marks import cell_image
from course_lib.maps import CHINA_PROVINCES, US_STATES


def drawn(chart, *results, panels=(1, 1)):
    """The axes of a chart after it was updated with each result in turn."""
    axes = Figure(figsize=(9, 4), dpi=50).subplots(*panels)
    update = chart(axes)
    for result in results:
        update(result)
    return axes


def words(axes):
    """What is written on the axes by the chart itself, empty texts left out."""
    return [text.get_text() for text in axes.texts if text.get_text()]


def labelled(axes, label):
    (line,) = [line for line in axes.lines if line.get_label() == label]
    return line


def lines_through(axes, x, y):
    """How many lines of the axes have exactly these points."""
    return sum(
        len(line.get_xdata()) == len(x)
        and np.allclose(line.get_xdata(), x)
        and np.allclose(line.get_ydata(), y, equal_nan=True)
        for line in axes.lines
    )


class TestCostCurves:
    def test_costs_the_cheapest_and_the_moves(self):
        result = product_cycle()
        axes = drawn(charts.cost_curves, result)
        for tier, name in enumerate(charts.TIERS):
            assert np.array_equal(labelled(axes, name).get_ydata(), result.unit_cost[:, tier])
        cheapest = labelled(axes, "cheapest place").get_ydata()
        assert np.array_equal(cheapest, result.unit_cost.min(axis=1))
        assert [word for word in words(axes) if "." in word] == ["16.1", "23.0"]

    def test_strip_says_who_makes_it(self):
        axes = drawn(charts.cost_curves, product_cycle())
        assert [word for word in words(axes) if len(word) == 1] == ["1", "2", "3"]
        assert lines_through(axes, [0, 16.0943791], [-1, -1]) == 1
        assert lines_through(axes, [23.0258509, 60], [-1, -1]) == 1

    def test_leapfrogged_tier_has_no_part_of_the_strip(self):
        axes = drawn(charts.cost_curves, product_cycle(), product_cycle(skill_penalty=(1, 3.5, 4)))
        assert set(words(axes)) == {"1", "3", "20.1", "tier 2 never makes it"}

    def test_move_beyond_the_axis_is_announced(self):
        axes = drawn(charts.cost_curves, product_cycle(maturing=0.02))
        assert [word for word in words(axes) if "→" in word] == ["80.5 →", "115.1 →"]

    def test_top_tier_that_is_never_used(self):
        axes = drawn(charts.cost_curves, product_cycle((5, 1, 0.5), (2, 2.1, 6)))
        assert "tier 1 never makes it" in words(axes)


class TestGeese:
    @pytest.mark.parametrize("goods", [1, 4, charts.MOST_GOODS])
    def test_a_hump_for_each_good_in_each_tier(self, goods):
        result = flying_geese(goods=goods)
        axes = drawn(charts.geese, flying_geese(goods=5), result, panels=(3, 1))
        for tier, one in enumerate(axes):
            humps = [line for line in one.lines if len(line.get_xdata())]
            assert len(humps) == goods
            for good, hump in enumerate(humps):
                seen = np.nan_to_num(hump.get_ydata())
                assert np.allclose(seen, result.output[:, good, tier], atol=0.002)

    def test_years_of_the_tops(self):
        result = flying_geese()
        axes = drawn(charts.geese, result, panels=(3, 1))
        for tier, one in enumerate(axes):
            tops = result.time[result.output[:, [0, -1], tier].argmax(axis=0)]
            assert words(one) == [f"{top:.0f}" for top in tops]


class TestSharesAndWages:
    def test_shares_and_where_they_go(self):
        result = tiers_and_wages()
        left, right = drawn(charts.shares_and_wages, result, panels=(1, 2))
        for tier, name in enumerate(charts.TIERS):
            assert np.array_equal(labelled(left, name).get_ydata(), result.tiers.shares[:, tier])
        assert words(left) == ["71%", "18%", "11%"]
        assert words(right) == ["equal wages", "goes to 1.90"]
        assert lines_through(right, result.wages.time, result.wages.wage_ratio) == 1

    def test_year_of_equal_wages(self):
        _, right = drawn(charts.shares_and_wages, tiers_and_wages(transfer_1=0.12), panels=(1, 2))
        assert "equal from year 16" in words(right)
        # The top's share of goods, .9 at first and i / (i + t) in the end, comes down to its share
        # of workers, a third, at the speed i + t.
        end = 0.05 / 0.17
        when = np.log((0.9 - end) / (1 / 3 - end)) / 0.17
        assert round(when) == 16
        assert lines_through(right, [when], [1]) == 1

    def test_wages_equal_in_the_limit_only(self):
        # (i/t)(LS/LN) = 1 exactly: closer and closer, and never there.
        result = tiers_and_wages(innovation=0.05, transfer_1=0.10)
        _, right = drawn(charts.shares_and_wages, result, panels=(1, 2))
        assert "goes to 1" in words(right)

    def test_numbers_at_the_ends_do_not_touch(self):
        result = tiers_and_wages(innovation=0.05, transfer_1=0.1, transfer_2=0.05)
        left, _ = drawn(charts.shares_and_wages, result, panels=(1, 2))
        heights = sorted(text.get_position()[1] for text in left.texts)
        assert np.diff(heights).min() >= 0.07 - 1e-6


class TestFollowers:
    def test_paths_and_the_long_run(self):
        result = catch_up()
        axes = drawn(charts.followers, result)
        first, second = axes.lines[:2]
        assert np.array_equal(first.get_ydata(), result.nelson_phelps)
        assert np.array_equal(second.get_ydata(), result.lucas)
        assert "goes to 0.67" in words(axes)
        assert lines_through(axes, [0, 150], [2 / 3, 2 / 3]) == 1

    def test_marker_where_half_of_the_gap_is_closed(self):
        result = catch_up()
        axes = drawn(charts.followers, result)
        assert lines_through(axes, [result.years_to_halve_lucas], [0.6]) == 1
        # With a faster frontier the first follower never comes so far: its marker goes.
        axes = drawn(charts.followers, result, catch_up(frontier_growth=0.04))
        halves = [line for line in axes.lines if list(line.get_ydata()) == [0.6]]
        assert len(halves) == 1


CONVERGENCE = {
    US: charts.convergence(US_STATES, 1929, 2009, [0.3, 1, 2.4], 0.5),
    CHINA: charts.convergence(CHINA_PROVINCES, 1978, 2023, [0.3, 1, 8], 0.7),
}


class TestConvergence:
    @pytest.mark.parametrize(
        ("country", "result"),
        [
            (US, us_convergence()),
            (US, us_convergence(1940, 1950)),
            (CHINA, china_convergence()),
            (CHINA, china_convergence(leave_out=MUNICIPALITIES)),
        ],
    )
    def test_points_line_and_sigma(self, country, result):
        left, right = drawn(CONVERGENCE[country], result, panels=(1, 2))
        panel = panel_of(country).drop(columns=list(result.convergence.left_out))
        first = panel.loc[result.convergence.start]
        last = panel.loc[result.convergence.end]
        start = first / np.exp(np.log(first).mean())
        growth = (last / first) / np.exp(np.log(last / first).mean())
        assert lines_through(left, start, growth) == 1
        # The line of the chart is the line that numpy fits to these logarithms.
        slope, intercept = np.polyfit(np.log(start), np.log(growth), 1)
        assert intercept == pytest.approx(0, abs=1e-12)
        ends = np.array([start.min(), start.max()])
        assert lines_through(left, ends, ends**slope) == 1
        sigma = np.log(panel).std(axis=1, ddof=0)
        assert lines_through(right, sigma.index, sigma) >= 1
        years = [result.convergence.start, result.convergence.end]
        assert words(right) == [f"{sigma[years[0]]:.3f} → {sigma[years[1]]:.3f}"]

    def test_speed_is_written_only_where_it_is_significant(self):
        left, _ = drawn(CONVERGENCE[US], us_convergence(), panels=(1, 2))
        assert "1.65%" in words(left)
        left, _ = drawn(
            CONVERGENCE[US], us_convergence(), us_convergence(1980, 1990), panels=(1, 2)
        )
        assert "may be 0" in words(left)
        assert "1.65%" not in words(left)

    def test_line_that_is_not_significant_is_dashed(self):
        left, _ = drawn(CONVERGENCE[US], us_convergence(1980, 1990), panels=(1, 2))
        (line,) = [one for one in left.lines if one.get_linewidth() > 2.5 and len(one.get_xdata())]
        assert line.is_dashed()

    def test_names_belong_to_the_points_beside_them(self):
        result = us_convergence()
        left, _ = drawn(CONVERGENCE[US], result, panels=(1, 2))
        named = {text.get_text(): text.get_position() for text in left.texts}
        labels = dict(zip(US_STATES.labels, US_STATES.names, strict=True))
        regions = list(result.convergence.regions)
        found = [sign for sign in named if sign in labels]
        assert len(found) == charts.OUTLIERS
        for sign in found:
            place = regions.index(labels[sign])
            assert named[sign][1] == pytest.approx(result.growth_factor[place])
            assert named[sign][0] > result.start_level[place]


class TestNoise:
    def test_paths_sigma_and_goal(self):
        result = noise_experiment(start_spread=0.4)
        left, right = drawn(charts.noise, result, panels=(1, 2))
        (paths,) = left.lines
        income = np.array(paths.get_ydata()).reshape(24, -1)
        assert np.array_equal(income[:, :-1], result.log_income.T[::2])
        assert np.isnan(income[:, -1]).all()
        assert np.array_equal(labelled(right, "as simulated").get_ydata(), result.sigma)
        assert np.array_equal(labelled(right, "expected").get_ydata(), result.expected_sigma)
        assert "goes to 0.15" in words(right)
        assert words(left) == [f"speed found: {result.beta.speed:.1%}"]


class TestMobility:
    @pytest.mark.parametrize("classes", [3, 5, charts.MOST_CLASSES])
    def test_chances_and_shares(self, classes):
        result = country_mobility(US, classes=classes)
        left, right = drawn(charts.mobility, country_mobility(), result, panels=(1, 2))
        chance = result.transitions.to_numpy()
        assert len(words(left)) == (chance > 0).sum()
        for text in left.texts:
            if text.get_text():
                column, row = (np.array(text.get_position()) * classes).astype(int)
                wanted = f"{100 * chance[row, column]:.0f}" if chance[row, column] >= 0.01 else "<1"
                assert text.get_text() == wanted
        heights = [bar.get_height() for bar in right.patches]
        assert heights[:classes] == pytest.approx(result.steady_state.to_list())
        assert not any(heights[classes:])
        shares = [line.get_ydata() for line in right.lines]
        for seen, year in zip(shares, (1929, 2009), strict=True):
            counts = result.class_of.loc[year].value_counts().reindex(range(1, classes + 1))
            assert seen == pytest.approx(counts.fillna(0).to_numpy() / 48)
        assert {"● 1929", "■ 2009"} <= set(words(right))


class TestNews:
    def test_map_course_and_steps(self):
        result = diffusion_frame(step=20, mode="hierarchical")
        left, right = drawn(charts.news, diffusion_frame(), result, panels=(1, 2))
        (image,) = left.images
        told = (image.get_array()[..., :3] != 244).any(axis=-1)
        assert np.array_equal(told, result.run.adopters(20))
        assert lines_through(right, range(STEPS + 1), result.run.share) == 1
        assert lines_through(right, [20], [result.share]) == 1
        assert [word for word in words(right) if word.isdigit()] == ["0", "1", "10"]
        assert "9%" in words(right)

    def test_towns_that_have_the_news_are_marked(self):
        result = diffusion_frame(step=20)
        left, _ = drawn(charts.news, result, panels=(1, 2))
        (reached,) = [line for line in left.lines if line.get_marker() == "o"]
        assert list(zip(*reached.get_data(), strict=True)) == [(30.5, 50.5), (30.5, 58.5)]

    def test_barrier_with_its_gap(self):
        left, _ = drawn(charts.news, diffusion_frame(permeability=0), panels=(1, 2))
        assert lines_through(left, [50] * 5, [0, 45, np.nan, 55, 100]) == 1
        left, _ = drawn(
            charts.news, diffusion_frame(permeability=0), diffusion_frame(), panels=(1, 2)
        )
        assert lines_through(left, [50] * 5, [0, 45, np.nan, 55, 100]) == 0

    def test_cells_stand_where_they_belong(self):
        """Against matplotlib's own image: the same cells in the same corner."""
        cells = np.full((4, 5, 4), 255, dtype=np.uint8)
        cells[0, 0] = cells[3, 1] = (200, 0, 0, 255)
        cells[1, 4] = (0, 0, 200, 255)

        def picture(draw):
            figure = Figure(figsize=(3, 2), dpi=100)
            axes = figure.add_axes((0, 0, 1, 1))
            axes.axis("off")
            draw(axes)
            axes.set(xlim=(0, 5), ylim=(4, 0))
            file = io.BytesIO()
            figure.savefig(file, format="png")
            return np.asarray(Image.open(file).convert("RGB")).astype(int)

        quick = picture(lambda axes: cell_image(axes, (0, 5, 4, 0)).set_data(cells))
        known = picture(
            lambda axes: axes.imshow(
                cells, extent=(0, 5, 4, 0), aspect="auto", interpolation="nearest"
            )
        )
        assert (quick != known).any(axis=-1).mean() < 0.01  # the edge of a cell, a pixel wide
        assert tuple(quick[10, 10]) == (200, 0, 0)


class TestChinaBelts:
    @pytest.mark.parametrize(
        "result",
        [
            china_belts(),
            china_belts(2023, "four regions (2005)"),
            china_belts(1990, municipalities=False),
            china_belts(2005, spread_back=20),
        ],
        ids=lambda result: result.summary()[:30],
    )
    def test_curves_and_numbers(self, result):
        axes = drawn(charts.china_belts, china_belts(2010, "four regions (2005)"), result,
                     panels=(1, 3))  # fmt: skip
        left, middle, right = axes
        found, now = result.belts, result.now
        for belt in range(len(found.belts)):
            assert lines_through(left, found.years, result.relative[:, belt]) == 1
        assert lines_through(left, found.years, found.east_west) == 1
        for label, series in (
            ("all", found.theil),
            ("between", found.between),
            ("within", found.within),
        ):
            assert np.array_equal(labelled(middle, label).get_ydata(), series)
        assert lines_through(right, found.years, found.williamson) == 1
        assert set(found.belts) | {str(result.year)} < set(words(left))
        assert f"{found.east_west[now]:.2f}" in words(left)
        assert words(middle) == [f"{found.theil[now]:.3f}"]
        assert words(right) == [f"{found.williamson[now]:.3f}"]

    def test_a_belt_that_the_scheme_does_not_have_is_not_named(self):
        left = drawn(
            charts.china_belts, china_belts(2000, "four regions (2005)"), china_belts(),
            panels=(1, 3),
        )[0]  # fmt: skip
        assert "Northeast" not in words(left)

    def test_names_at_the_ends_do_not_touch(self):
        left = drawn(charts.china_belts, china_belts(2023, "four regions (2005)"), panels=(1, 3))[0]
        heights = sorted(
            text.get_position()[1] for text in left.texts if text.get_position()[0] == 2025
        )
        assert len(heights) == 5
        assert np.diff(heights).min() >= 0.14 - 1e-6


def test_nothing_is_written_too_small():
    for axes in (
        drawn(charts.cost_curves, product_cycle()),
        *drawn(charts.news, diffusion_frame(), panels=(1, 2)),
        *drawn(charts.mobility, country_mobility(), panels=(1, 2)),
        *drawn(CONVERGENCE[US], us_convergence(), panels=(1, 2)),
    ):
        assert min(text.get_fontsize() for text in axes.findobj(Text)) >= 8
