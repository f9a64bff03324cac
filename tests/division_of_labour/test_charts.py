"""What the charts of lesson 03 draw: the right numbers on the right artists."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from course_lib.division_of_labour import charts
from course_lib.division_of_labour.continuum import continuum
from course_lib.division_of_labour.ricardo import ricardo
from course_lib.division_of_labour.trade_costs import trade_costs
from course_lib.division_of_labour.us_shift_share import us_shift_share


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


class TestTwoStates:
    def test_a_point_for_each_sector(self):
        pair = us_shift_share("Maryland"), us_shift_share("North Carolina")
        axes = drawn(charts.two_states, pair)
        rows = [label.get_text() for label in axes.get_yticklabels()]
        assert rows[0] == "Manufacturing"
        for name, result in zip(("Maryland", "North Carolina"), pair, strict=True):
            points = labelled(axes, f"{name} (all sectors: +14.7%)")
            np.testing.assert_allclose(points.get_xdata(), 100 * result.detail["growth"][rows])


class TestTwoRegions:
    def test_frontier_points_and_gain(self):
        result = ricardo()
        axes = drawn(charts.two_regions, ricardo(workers=3), result, panels=(1, 3))
        for row, (one, gain) in enumerate(zip(axes, ("+9.5%", "+6.1%"), strict=False)):
            assert one.get_title() == result.regions[row]
            first, second = 1000 / result.labour[row]
            assert labelled(one, "alone").get_xydata().tolist() == [[0, second], [first, 0]]
            made = labelled(one, "makes").get_xydata()[0]
            assert made.tolist() == result.production[row].tolist()
            used = labelled(one, "uses, trading").get_xydata()[0]
            assert used.tolist() == result.consumption[row].tolist()
            assert words(one) == ["gain by trade", gain]

    def test_what_is_used_lies_on_the_line_of_trade(self):
        result = ricardo((60, 200), (200, 60), workers=0.5)
        axes = drawn(charts.two_regions, result, panels=(1, 3))
        for row, one in enumerate(axes[:2]):
            (x0, y0), (x1, y1) = labelled(one, "by trade").get_xydata()
            x, y = result.consumption[row]
            assert y0 + (y1 - y0) * (x - x0) / (x1 - x0) == pytest.approx(y)

    def test_costs_and_price(self):
        axes = drawn(charts.two_regions, ricardo(), panels=(1, 3))
        assert set(words(axes[2])) >= {"0.833", "1.125", "1.000", "0.80"}
        assert axes[2].get_title() == "one load of cloth,\nin loads of wine"

    def test_no_reason_to_trade(self):
        axes = drawn(charts.two_regions, ricardo(), ricardo((90, 80)), panels=(1, 3))
        assert len(labelled(axes[0], "by trade").get_xdata()) == 0
        assert words(axes[2]).count("1.125") == 2
        assert words(axes[2])[-1] == "1.00"  # the wage: equal regions, equal wages
        assert "+9.5%" not in words(axes[0])


class TestBorder:
    def test_borders_lie_on_the_wage_line(self):
        result = continuum(trade_cost=1.65)
        left, _ = drawn(charts.border, continuum(), result, panels=(1, 2))
        crosses = [line for line in left.lines if line.get_marker() == "o"]
        assert crosses[0].get_xdata() == pytest.approx([result.last_sold, result.last_made])
        assert set(words(left)) >= {"1.15", "18%", "50%", "32%"}
        for name, place in (("selling", "last_sold"), ("own use", "last_made")):
            line = labelled(left, f"home's advantage for {name}")
            at = np.interp(getattr(result, place), line.get_xdata(), line.get_ydata())
            assert at == pytest.approx(result.relative_wage, rel=1e-3)
        curve = labelled(left, "home sells as much as it buys")
        at = np.interp(result.last_sold, curve.get_xdata(), curve.get_ydata())
        assert at == pytest.approx(result.relative_wage, rel=1e-2)

    def test_gains(self):
        result = continuum(trade_cost=1.65)
        _, right = drawn(charts.border, result, panels=(1, 2))
        assert set(words(right)) == {"home", "away", "+10.6%", "+3.4%"}
        dots = [line for line in right.lines if line.get_marker() in ("o", "s")]
        assert [float(dot.get_ydata()[0]) for dot in dots] == pytest.approx(
            [1 + result.gain_home, 1 + result.gain_away]
        )
        home = labelled(right, "home")
        at = np.interp(1.65, home.get_xdata(), home.get_ydata())
        assert at == pytest.approx(1 + result.gain_home, rel=1e-4)

    def test_no_trade(self):
        left, _ = drawn(charts.border, continuum(), continuum(trade_cost=3), panels=(1, 2))
        assert words(left)[-1] == "100%"
        assert "no trade" in words(left)
        assert len(labelled(left, "home sells as much as it buys").get_xdata()) == 0


class TestWhoGains:
    def test_numbers(self):
        result = trade_costs(relative_labour=4)
        left, right = drawn(charts.who_gains, trade_costs(), result, panels=(1, 2))
        numbers = [word for word in words(left)[-6:] if "%" in word]
        assert numbers == ["+31.0%", "38%", "+3.8%", "14%"]
        dots = [line for line in right.lines if line.get_marker() == "o"]
        assert [float(dot.get_xdata()[0]) for dot in dots] == [2.0, 1.25]
        assert [float(dot.get_ydata()[0]) for dot in dots] == pytest.approx(
            [1 + result.before.gain_home, 1 + result.after.gain_home]
        )


class TestShiftShareMap:
    def test_parts_and_bars(self):
        result = us_shift_share("Texas")
        left, right = drawn(charts.shift_share_map, us_shift_share(), result, panels=(1, 2))
        assert {"Texas", "+36.4%", "+15.6%", "+1.1%", "+19.7%"} <= set(words(left))
        widths = [bar.get_width() for bar in right.patches]
        assert widths == pytest.approx((100 * result.detail["regional"]).tolist())
        assert [label.get_text() for label in right.get_yticklabels()] == list(result.detail.index)

    def test_a_bar_for_each_group(self):
        result = us_shift_share("Texas", sectors="goods and services")
        _, right = drawn(charts.shift_share_map, us_shift_share(), result, panels=(1, 2))
        rows = [label.get_text() for label in right.get_yticklabels()]
        assert [row for row in rows if row] == ["Goods", "Services"]
        widths = [bar.get_width() for bar in right.patches]
        assert widths[:2] == pytest.approx((100 * result.detail["regional"]).tolist())
        assert not any(widths[2:])

    def test_the_other_part(self):
        result = us_shift_share("Texas", shown="industry mix")
        left, right = drawn(charts.shift_share_map, us_shift_share(), result, panels=(1, 2))
        assert right.get_title() == "industry mix by sector"
        assert left.get_title().startswith("industry mix")
        widths = [bar.get_width() for bar in right.patches]
        assert widths == pytest.approx((100 * result.detail["industry_mix"]).tolist())
