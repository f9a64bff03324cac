"""What the charts of lesson 06 draw: the right numbers on the right artists."""

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure

from course_lib.production_complexes import charts
from course_lib.production_complexes.china_roles import china_roles
from course_lib.production_complexes.cycles import CYCLES, IRON_AND_STEEL, TIMBER
from course_lib.production_complexes.fragility import chain
from course_lib.production_complexes.linear_programs import product_mix
from course_lib.production_complexes.relation_chart import relation_chart
from course_lib.production_complexes.sequencing import six_projects
from course_lib.production_complexes.siting import KILOMETRES, shared_or_alone
from course_lib.production_complexes.size import complex_size


def drawn(chart, *results, panels=(1, 1)):
    """The axes of a chart after it was updated with each result in turn."""
    axes = Figure(figsize=(9, 4), dpi=50).subplots(*panels)
    update = chart(axes)
    for result in results:
        update(result)
    return axes


def words(axes):
    return [text.get_text() for text in axes.texts if text.get_text()]


def pieces(line):
    """How many curves a line with gaps consists of."""
    x = np.asarray(line.get_xdata(), dtype=float)
    return int(np.isnan(x).sum()) if np.isfinite(x).any() else 0


class TestRelationChart:
    def test_a_box_for_each_plant_and_an_arrow_for_each_pair(self):
        axes = drawn(charts.relation_chart, relation_chart(TIMBER), relation_chart(IRON_AND_STEEL))
        heads, boxes = (c for c in axes.collections if isinstance(c, PolyCollection))
        assert len(boxes.get_paths()) == 11
        assert len(heads.get_paths()) == sum(pieces(line) for line in axes.lines[:3]) == 14
        said = words(axes)
        assert {"core", "main", "supplementary", "service", "ore mine"} <= set(said)
        assert "furniture works" not in said

    def test_a_dot_for_each_plant_that_falls(self):
        chart = relation_chart(IRON_AND_STEEL)
        dots = drawn(charts.relation_chart, chart).lines[3]
        assert np.isfinite(dots.get_xdata()).sum() == sum(chart.takes_with_it.values())

    def test_circles_and_missing_goods_have_a_line_of_their_own(self):
        whole, circle, missing = drawn(charts.relation_chart, relation_chart(TIMBER)).lines[:3]
        assert (pieces(circle), pieces(missing)) == (2, 0)
        assert circle.get_linestyle() != whole.get_linestyle()
        plan = [*IRON_AND_STEEL, "stopped: power station"]
        axes = drawn(charts.relation_chart, relation_chart(plan))
        assert pieces(axes.lines[2]) == 5  # two of the station's, three of those it takes with it
        assert {"power station\nOUT OF ORDER", "steelworks\nno power"} <= set(words(axes))
        assert "cement works\nno buyer" in words(axes)

    @pytest.mark.parametrize("name", CYCLES)
    def test_boxes_do_not_touch_and_lie_in_the_picture(self, name):
        chart = relation_chart(CYCLES[name])
        places, _ = charts._drawing(chart.plan.core, chart.plan.deliveries)
        assert set(places) == set(chart.plan.plants)
        for plant, (x, y) in places.items():
            assert charts.BOX[0] / 2 <= x <= charts.WIDTH - charts.BOX[0] / 2
            assert charts.BOX[1] / 2 <= y <= charts.HEIGHT - charts.BOX[1] / 2
            for other, (u, v) in places.items():
                if other != plant:
                    assert abs(x - u) >= charts.BOX[0] or abs(y - v) >= charts.BOX[1]

    def test_the_largest_plans_have_room_too(self):
        column = ["core: c", *(f"c > p{i}: goods" for i in range(8))]
        services = ["core: c", "c > m: goods", *(f"s{i} > m: good {i}" for i in range(12))]
        for plan in (column, services):
            chart = relation_chart(plan)
            places, _ = charts._drawing(chart.plan.core, chart.plan.deliveries)
            high = sorted({y for _, y in places.values()})
            assert min(high) > 0
            assert max(high) < charts.HEIGHT
            if plan is services:
                assert np.diff(high).min() > charts.BOX[1]

    def test_arrows_begin_and_end_at_their_boxes(self):
        chart = relation_chart(IRON_AND_STEEL)
        places, curves = charts._drawing(chart.plan.core, chart.plan.deliveries)
        for (seller, buyer), way in curves.items():
            for point, plant in ((way[0], seller), (way[-1], buyer)):
                off = np.abs(point - np.array(places[plant])) / (np.array(charts.BOX) / 2)
                assert off.max() == pytest.approx(1)

    def test_china_is_drawn_as_a_relation_chart(self):
        said = words(drawn(charts.china_roles, china_roles("Metals", 0.05)))
        assert {"Metals", "Coal", "Power and water", "Business services"} <= set(said)


def test_plants_stand_above_their_sites_and_squares_are_what_is_paid():
    left, right = drawn(charts.two_rules, shared_or_alone(), panels=(1, 2))
    where = {t.get_text(): t.get_position()[0] for t in left.texts[1:5]}
    assert where == dict.fromkeys(("smelter", "rolling mill", "wire works", "power station"), 400)
    squares = [line for line in left.lines if line.get_marker() == "s"]
    assert [len(line.get_xdata()) for line in squares] == [1, 4]
    assert list(left.get_xticks()) == list(KILOMETRES)
    dots = next(line for line in right.lines if line.get_marker() == "o")
    assert list(dots.get_ydata()) == pytest.approx([177, 263])
    assert {"177.0", "263.0"} <= set(words(right))


def test_the_best_corner_and_the_shadow_prices():
    left, right = drawn(charts.product_mix, product_mix(), panels=(1, 2))
    best = next(line for line in left.lines if line.get_marker() == "o")
    assert (best.get_xdata()[0], best.get_ydata()[0]) == pytest.approx((2, 6))
    assert [bar.get_height() for bar in right.patches] == pytest.approx([0, 1.5, 1], abs=1e-9)
    (area,) = left.collections
    corners = area.get_paths()[0].vertices
    assert corners[:, 0].max() == pytest.approx(4)
    assert corners[:, 1].max() == pytest.approx(6)


def test_sizes_are_marked_and_too_large_ones_announced():
    _, right = drawn(charts.size_of_complex, complex_size(), panels=(1, 2))
    dot = next(line for line in right.lines if line.get_marker() == "o")
    assert (dot.get_xdata()[0], dot.get_ydata()[0]) == pytest.approx((65, 9.6))
    assert words(right) == ["65 plants"]
    _, right = drawn(charts.size_of_complex, complex_size(congestion=0), panels=(1, 2))
    assert words(right) == ["larger than the picture"]


def test_three_orders_and_all_values():
    left, right = drawn(charts.building_orders, six_projects(), panels=(1, 2))
    rows = [[t.get_text() for t in left.texts[row * 6 : row * 6 + 6]] for row in range(3)]
    assert rows[0][:3] == ["road", "dam", "smelter"]
    assert rows[1][1] == "housing"
    assert words(right) == ["best 100.0", "greedy 96.0", "worst 94.1", "yours 99.4"]
    assert len(right.lines[0].get_xdata()) == 15
    heights = [t.get_position()[1] for t in right.texts]
    assert np.diff(sorted(heights)).min() >= 3.5


def test_a_limit_beyond_the_picture_is_not_drawn():
    left, _ = drawn(charts.product_mix, product_mix((4, 12, 18)), panels=(1, 2))
    assert list(left.lines[0].get_xdata()) == [4, 4]
    left, _ = drawn(charts.product_mix, product_mix((10, 30, 18)), panels=(1, 2))
    assert np.isnan(left.lines[0].get_xdata()).all()
    assert np.isnan(left.lines[1].get_ydata()).all()


def test_one_day_and_all_numbers_of_suppliers():
    result = chain(4, 0.6, 2, 0.05, seed=4)
    left, right = drawn(charts.chain, result, panels=(1, 2))
    shown = {line.get_label(): len(line.get_xdata()) for line in left.lines}
    assert (shown["works"], shown["is down"]) == (result.day.sum(), (~result.day).sum())
    assert ("the chain works" in words(left)) is result.works_on_the_day
    heights = [bar.get_height() for bar in right.patches]
    assert heights == pytest.approx(list(1000 * result.by_suppliers))
