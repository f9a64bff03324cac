"""What the pictures of lesson 08 show is what the results say."""

import numpy as np
import pytest

from course_lib.innovation_and_synergy import charts, labs
from course_lib.innovation_and_synergy.advantage_map import SPOKES, advantage_map
from course_lib.innovation_and_synergy.life_cycle import PHASES, life_cycle
from course_lib.innovation_and_synergy.metro_invention import metro_invention
from course_lib.innovation_and_synergy.pipelines import SHAPES, pipelines
from course_lib.innovation_and_synergy.synergy import synergy
from course_lib.lab.canvas import Canvas


def axes_of(lab):
    return lab.figure.axes


def words(axes):
    return [text.get_text() for text in axes.texts if text.get_text()]


def test_bars_of_the_puzzle_are_the_rates():
    found = metro_invention()
    figure = Canvas(charts.invention, (9, 4), (1, 2)).show(found).figure
    left, right = figure.axes
    rate = found.per_thousand_jobs
    drawn = [bar.get_width() for bar in right.patches]
    assert drawn[:6] == pytest.approx(rate.iloc[:6].tolist())
    assert drawn[6] == pytest.approx(rate.median())
    assert drawn[7:] == pytest.approx(rate.iloc[-2:].tolist())
    assert f"49. {rate.index[-1]}" in words(right)
    assert "all 100 1.7" in words(left)


def test_dot_marks_where_the_latecomers_have_caught_up():
    lab = labs.latecomers_lab().set(spillover=0.5, absorption=1.0)
    left, right = axes_of(lab)
    (dot,) = [line for line in left.lines if line.get_marker() == "o"]
    assert dot.get_xdata()[0] == pytest.approx(lab.result.catch_up_year)
    assert any("within a tenth from year 21" in word for word in words(left))
    assert {"775", "700"} <= set(words(right))
    lab.set(absorption=0.5)
    assert any("not within a tenth by year 40" in word for word in words(axes_of(lab)[0]))


@pytest.mark.parametrize("shape", SHAPES)
def test_network_draws_every_firm_once_and_every_tie(shape):
    lab = labs.pipelines_lab().set(shape=shape, buzz=0.5, linked=2)
    left, _ = axes_of(lab)
    (dots,) = left.collections
    assert len(dots.get_offsets()) == 9
    assert dots.get_array().tolist() == lab.result.long_run.tolist()
    ties, pipes = left.lines
    strokes = [int(np.isnan(line.get_xdata()).sum()) for line in (ties, pipes)]
    expected = {"ring": 9, "line": 8, "star": 8, "everybody": 36}[shape]
    assert strokes == [expected, 2]
    assert words(left) == [f"{100 * known:.0f}" for known in lab.result.long_run]


def test_fewer_firms_leave_no_words_behind():
    canvas = Canvas(charts.network, (9, 4), (1, 2)).show(pipelines(firms=9))
    canvas.show(pipelines(firms=5, linked=5))
    assert len(words(canvas.figure.axes[0])) == 5


def test_markers_of_the_hands_lie_on_their_curves():
    lab = labs.synergy_lab()
    left, right = axes_of(lab)
    found = synergy((0.5, 0.4, 0.1))
    curves = [line for line in left.lines if len(line.get_xdata()) > 2]
    dots = [line for line in left.lines if len(line.get_xdata()) == 1]
    for curve, dot, strength in zip(curves, dots, found.partners, strict=True):
        assert dot.get_xdata()[0] == strength
        on_curve = np.interp(strength, curve.get_xdata(), curve.get_ydata())
        assert on_curve == pytest.approx(dot.get_ydata()[0])
    assert [bar.get_width() for bar in right.patches] == pytest.approx(found.gains.tolist())


def test_one_spoke_is_marked_as_the_shortest():
    lab = labs.advantage_map_lab().set(trust=0.05)
    _, right = axes_of(lab)
    marked = [word for word in words(right) if "shortest" in word]
    assert marked == ["0.05 (shortest)"]
    assert words(right).index(marked[0]) == SPOKES.index("trust and reputation")
    assert [bar.get_width() for bar in right.patches] == pytest.approx(
        advantage_map(trust=0.05).lengths.tolist()
    )


def test_strip_of_phases_covers_all_years_once():
    found = life_cycle(growth=0.4)
    figure = Canvas(charts.life, (9, 4), (1, 2)).show(found).figure
    left, _ = figure.axes
    strips = [line for line in left.lines if line.get_linewidth() == 17]
    shown = sum(np.isfinite(line.get_ydata()).astype(int) for line in strips)
    assert len(strips) == len(PHASES)
    assert (shown == 1).all()
    assert {"1", "3", "decline", "renewal"} <= set(words(left))


def test_longest_run():
    inside = np.array([True, False, True, True, True, False, True])
    assert charts._longest_run(inside) == (2, 4)
    assert charts._longest_run(np.zeros(4, bool)) == (0, 0)
