"""Pictures: what is drawn quickly is what would be drawn slowly, after any path of updates."""

from __future__ import annotations

import gc
import io
import subprocess
import sys

import matplotlib
import numpy as np
import pytest
from matplotlib.collections import LineCollection
from PIL import Image

from course_lib.lab import Picture, draw
from course_lib.lab.canvas import Canvas, _caption
from course_lib.lab.style import DENSITY, POINTS_PER_INCH, STORED_DENSITY
from tests.lab.examples import all_at_once, changed_pixels, redrawn

GRID = np.arange(16.0).reshape(4, 4)


# --- charts of every kind that a lesson may draw. Each gets a whole number from 0 to 5.


def line(axes):
    (curve,) = axes.plot([], [])
    axes.set(xlim=(-1, 6), ylim=(-1, 30))
    return lambda k: curve.set_data(range(6), [x * k for x in range(6)])


def limits(axes):
    (curve,) = axes.plot([], [])
    axes.set(xlim=(-1, 6))

    def update(k):
        curve.set_data(range(6), [x * k for x in range(6)])
        axes.set_ylim(-1, 6 * k + 1)

    return update


def own_scale(axes):
    """A chart that lets matplotlib find the limits."""
    (curve,) = axes.plot([], [])

    def update(k):
        curve.set_data(range(6), [1 + x * k for x in range(6)])
        axes.relim()
        axes.autoscale_view()

    return update


def title(axes):
    axes.plot([1, 2], [1, 2])
    return lambda k: axes.set_title(f"year {1990 + k}")


def title_of_all(axes):
    axes.plot([1, 2], [1, 2])
    return lambda k: axes.figure.suptitle(f"year {1990 + k}")


def axis_label_and_ticks(axes):
    def update(k):
        axes.set_xlabel(f"{k} years")
        axes.set_xticks(np.linspace(0, 1, k + 2))

    return update


def scale(axes):
    (curve,) = axes.plot([1, 2, 3], [1, 10, 100])
    axes.set(xlim=(0, 4), ylim=(0.5, 200))

    def update(k):
        axes.set_yscale("log" if k % 2 else "linear")
        curve.set_ydata([1, 10 + k, 100 + k])

    return update


def grid(axes):
    return lambda k: axes.grid(k % 2 == 0)


def points(axes):
    dots = axes.scatter([0, 1], [0, 1], s=200)
    axes.set(xlim=(-3, 9), ylim=(-3, 9))
    return lambda k: dots.set_offsets([[k, 1], [1, k + 2]])


def colours_of_points(axes):
    dots = axes.scatter([0, 1, 2], [0, 1, 2], c=[0, 1, 2], vmin=0, vmax=10, s=200)
    axes.set(xlim=(-3, 9), ylim=(-3, 9))
    return lambda k: dots.set_array([k, 2 * k, 0])


def mesh(axes):
    squares = axes.pcolormesh(GRID, vmin=0, vmax=100)
    return lambda k: squares.set_array(GRID * k)


def colour_bar(axes):
    squares = axes.pcolormesh(GRID, vmin=0, vmax=100)
    axes.figure.colorbar(squares, ax=axes)

    def update(k):
        squares.set_array(GRID * k)
        squares.set_clim(0, 20 + 20 * (k // 2))

    return update


def map_with_towns(axes):
    """An image under a name, a place and a frame that never change."""
    image = axes.imshow(GRID, vmin=0, vmax=100)
    axes.plot([1, 2], [1, 2], "o", color="white")
    axes.text(1, 2, "TOWN", color="white", fontsize=20)
    axes.grid(False)
    return lambda k: image.set_data(GRID * k)


def map_without_frame(axes):
    image = axes.imshow(GRID, vmin=0, vmax=100)
    axes.axis("off")
    return lambda k: image.set_data(GRID * k)


def words(axes):
    note = axes.text(0.5, 0.5, "")

    def update(k):
        note.set_text("" if k == 2 else f"number {k}")
        note.set_position((0.1 * k, 0.5))

    return update


def arrow(axes):
    """Where an annotation points does not set matplotlib's flag."""
    note = axes.annotate("here", (0.1, 0.1), xytext=(5, 7), arrowprops={"arrowstyle": "->"})
    axes.set(xlim=(-1, 9), ylim=(-1, 9))

    def update(k):
        note.xy = (k, k)

    return update


def endless_line(axes):
    ray = axes.axline((0, 0), slope=1)
    axes.set(xlim=(-1, 9), ylim=(-1, 9))
    return lambda k: ray.set_slope(1 + k)


def legend(axes):
    lines = [axes.plot([0, 1], [i, i], label="")[0] for i in range(2)]
    axes.set(xlim=(-1, 9), ylim=(-1, 4))

    def update(k):
        for number, one in enumerate(lines):
            one.set_label(f"{k * (number + 1)} firms")
        axes.legend(loc="center right")

    return update


def words_in_a_legend(axes):
    axes.plot([0, 1], [0, 0], label="one")
    axes.set(xlim=(-1, 9), ylim=(-1, 4))
    entry = axes.legend(loc="center right").get_texts()[0]
    return lambda k: entry.set_text(f"{k} firms")


def bars_under_words(axes):
    bars = axes.bar(range(3), [0.0] * 3)
    axes.axhline(2, color="black")
    axes.text(1, 1, "as many as before", ha="center")
    axes.set(ylim=(0, 12))

    def update(k):
        for number, bar in enumerate(bars):
            bar.set_height(k * (number + 1) / 2)

    return update


def band_over_line(axes):
    """A collection that is put in place of the last one, over a line that stands still."""
    axes.plot([0, 6], [5, 5])
    axes.set(xlim=(-1, 7), ylim=(-1, 11))
    held = []

    def update(k):
        for old in held:
            old.remove()
        held[:] = [axes.fill_between([0, 6], 0, k * 2, alpha=0.5, color="tab:red")]

    return update


def replaced(axes):
    axes.set(xlim=(-1, 7), ylim=(-1, 11))
    held = []

    def update(k):
        for old in held:
            old.remove()
        held[:] = [axes.plot([0, 6], [k, 5], color="red", linewidth=4)[0], axes.text(1, k, str(k))]

    return update


def more_and_fewer(axes):
    axes.set(xlim=(-1, 7), ylim=(-1, 11))

    def update(k):
        while len(axes.lines) > k:
            axes.lines[-1].remove()
        while len(axes.lines) < k:
            axes.plot([0, 6], [len(axes.lines)] * 2, color="tab:blue")

    return update


def hidden(axes):
    (curve,) = axes.plot([0, 1], [1, 0])
    note = axes.text(0.3, 0.8, "odd", visible=False)

    def update(k):
        note.set_visible(k % 2 == 1)
        curve.set_visible(k > 2)

    return update


def upright(axes):
    rule = axes.axvline(0)
    span = axes.axhspan(0, 1, alpha=0.3)
    axes.set(xlim=(-1, 7), ylim=(-1, 7))

    def update(k):
        rule.set_xdata([k, k])
        span.set_height(k)

    return update


def network(axes):
    edges = LineCollection([[(0, 0), (1, 1)], [(0, 1), (1, 0)]])
    axes.add_collection(edges)
    axes.set(xlim=(-1, 7), ylim=(-1, 7))

    def update(k):
        edges.set_linewidths([k, 5 - k])
        edges.set_segments([[(0, 0), (k, k)], [(0, 1), (1, k)]])

    return update


def arrows(axes):
    flow = axes.quiver([0, 2], [0, 2], [1, 1], [1, 1], scale=20)
    axes.set(xlim=(-1, 7), ylim=(-1, 7))
    return lambda k: flow.set_UVC([k, 1], [1, -k])


def contours(axes):
    held = []

    def update(k):
        for old in held:
            old.remove()
        held[:] = [axes.contour(GRID + k * GRID.T, levels=[5, 20, 40])]

    return update


def window_in_window(axes):
    inner = axes.inset_axes((0.5, 0.5, 0.4, 0.4))
    (curve,) = inner.plot([], [])
    inner.set(xlim=(0, 1), ylim=(0, 6))
    return lambda k: curve.set_data([0, 1], [k, k])


def two_scales(axes):
    other = axes.twinx()
    other.grid(False)
    bars = axes.bar([1, 2], [0, 0], color="tab:orange")
    (curve,) = other.plot([], [], linewidth=5)
    axes.set(xlim=(0, 3), ylim=(0, 12))
    other.set(ylim=(0, 12))

    def update(k):
        curve.set_data([0.2, 2.8], [k, k])
        for bar in bars:
            bar.set_height(2 * k)

    return update


ONE_PANEL = [
    line,
    limits,
    own_scale,
    title,
    title_of_all,
    axis_label_and_ticks,
    scale,
    grid,
    points,
    colours_of_points,
    mesh,
    colour_bar,
    map_with_towns,
    map_without_frame,
    words,
    arrow,
    endless_line,
    legend,
    words_in_a_legend,
    bars_under_words,
    band_over_line,
    replaced,
    more_and_fewer,
    hidden,
    upright,
    network,
    arrows,
    contours,
    window_in_window,
    two_scales,
]
# Here the frame of the second axes crosses the lines of the first: matplotlib alone would draw it
# over them. The number of pixels, at most, by which a quick picture may differ for that.
CROSSING = {two_scales: 8}


def small(chart, panels=(1, 1)) -> Canvas:
    return Canvas(chart, (2.4, 1.6), panels)


class TestSameAsAFullDraw:
    @pytest.mark.parametrize("chart", ONE_PANEL)
    def test_after_any_path(self, chart):
        canvas = small(chart)
        ends = []
        for path in ("0142", "1", "5033"):
            for k in path:
                canvas.show(int(k))
            quick = canvas.pixels().copy()
            assert changed_pixels(quick, redrawn(canvas)) == 0, path
            assert changed_pixels(quick, all_at_once(canvas)) <= CROSSING.get(chart, 0), path
            ends.append(quick)
        # Or else one and the same picture would have been compared with itself.
        assert changed_pixels(ends[0], ends[1]) > 0

    def test_two_panels_of_which_one_is_put_away(self):
        def chart(axes):
            updates = [line(axes[0]), map_with_towns(axes[1])]

            def update(k):
                for one in updates:
                    one(k)
                axes[1].set_visible(k != 3)

            return update

        canvas = small(chart, (1, 2))
        for k in (1, 2, 3):
            canvas.show(k)
        quick = canvas.pixels().copy()
        assert changed_pixels(quick, all_at_once(canvas)) == 0
        assert (quick[:, quick.shape[1] // 2 + 40 :] == 255).all()  # nothing of the map is left
        canvas.show(4)
        quick = canvas.pixels().copy()
        assert changed_pixels(quick, all_at_once(canvas)) == 0

    def test_a_line_needs_no_full_draw_but_the_first(self):
        canvas = small(line)
        for k in (0, 1, 2, 3, 4, 5, 0, 3):
            canvas.show(k)
        assert canvas.full_draws == 1

    def test_a_step_that_fails_leaves_no_trace_on_the_next_one(self):
        def chart(axes):
            update = line(axes)

            def fragile(k):
                axes.set_title(str(k))
                if k == 3:
                    raise RuntimeError("three")
                update(k)

            return fragile

        canvas = small(chart)
        wanted = [canvas.show(k).pixels().copy() for k in (0, 1, 2)][-1]
        with pytest.raises(RuntimeError):
            canvas.show(3)
        assert changed_pixels(canvas.show(2).pixels(), wanted) == 0


class TestGhost:
    def test_lies_faintly_under_the_present_picture(self):
        def chart(axes):
            (curve,) = axes.plot([], [], color="black", linewidth=8)
            axes.set(xlim=(-1, 6), ylim=(-1, 6))
            axes.grid(False)
            return lambda k: curve.set_data([0, 5], [k, 3])

        canvas = small(chart)
        for k in (1, 5):
            canvas.show(k)
        alone = canvas.pixels().astype(int)
        both = canvas.show(5, ghost=1).pixels().astype(int)
        added = (alone[..., 0] == 255) & (both[..., 0] < 255)
        assert 300 < added.sum() < 20_000
        assert both[added].min() > 100  # nowhere darker than grey ...
        assert (both[alone[..., 0] == 0] == alone[alone[..., 0] == 0]).all()  # ... and beneath

    @pytest.mark.parametrize("chart", ONE_PANEL)
    def test_leaves_the_present_drawing_as_it_was_and_survives_a_new_background(self, chart):
        canvas = small(chart)
        for k in (1, 4, 2, 4):
            canvas.show(k)
        alone = canvas.show(4).pixels().copy()
        limits_before = [(axes.get_xlim(), axes.get_ylim()) for axes in canvas.figure.axes]
        quick = canvas.show(4, ghost=1).pixels().copy()
        assert [(axes.get_xlim(), axes.get_ylim()) for axes in canvas.figure.axes] == limits_before
        assert changed_pixels(canvas.show(4).pixels(), alone) == 0

        canvas.show(2, ghost=1)
        assert changed_pixels(canvas.show(4, ghost=1).pixels(), quick) == 0
        canvas.figure.stale = True
        assert changed_pixels(canvas.show(4, ghost=1).pixels(), quick) == 0

    @pytest.mark.parametrize("chart", [line, points, bars_under_words, replaced, band_over_line])
    def test_is_there_from_the_first_draw(self, chart):
        """A lab that was settled before it was shown draws both states at once."""
        alone = small(chart).show(5).pixels().copy()
        both = small(chart).show(5, ghost=1).pixels().copy()
        assert changed_pixels(alone, both) > 50

    def test_does_not_hide_a_drawing_that_is_made_anew_each_time(self):
        def red(picture):
            return int(((picture[..., 0] > 200) & (picture[..., 1] < 60)).sum())

        canvas = small(replaced)
        canvas.show(1)
        alone = red(canvas.show(5).pixels())
        assert alone > 300
        assert red(canvas.show(5, ghost=1).pixels()) == alone

    def test_uses_the_scale_of_the_present(self):
        canvas = small(limits)
        canvas.show(5)
        canvas.show(1, ghost=5)
        assert canvas.figure.axes[0].get_ylim() == (-1, 7)

    def test_lets_a_chart_go_on_finding_its_own_scale(self):
        canvas = small(own_scale)
        canvas.show(1, ghost=2)
        canvas.show(5, ghost=2)
        assert canvas.figure.axes[0].get_ylim()[1] > 26

    def test_shows_no_words_twice(self):
        canvas = small(words)
        canvas.show(1)
        alone = canvas.show(5).pixels().copy()
        assert changed_pixels(canvas.show(5, ghost=1).pixels(), alone) == 0

    def test_is_fainter_than_what_is_faint_already(self):
        def chart(axes):
            (curve,) = axes.plot([], [], color="black", linewidth=8, alpha=0.2)
            axes.set(xlim=(-1, 6), ylim=(-1, 6))
            axes.grid(False)
            return lambda k: curve.set_data([0, 5], [k, k])

        canvas = small(chart)
        canvas.show(1)
        canvas.show(4)
        picture = canvas.show(4, ghost=1).pixels()
        place = canvas.figure.axes[0].transData.transform([(2.5, 1), (2.5, 4)]).astype(int)
        ghost, present = (int(picture[picture.shape[0] - y, x, 0]) for x, y in place)
        assert present < ghost < 255

    def test_a_ghost_that_cannot_be_drawn_leaves_the_scale_alone(self):
        def chart(axes):
            update = limits(axes)

            def fragile(k):
                update(k)
                if k == 3:
                    raise RuntimeError("three")

            return fragile

        canvas = small(chart)
        canvas.show(1)
        with pytest.raises(RuntimeError):
            canvas.show(1, ghost=3)
        assert canvas.figure.axes[0].get_ylim() == (-1, 7)


class TestWhatIsStored:
    def test_png_is_valid_and_as_wide_as_promised(self):
        canvas = Canvas(line, (3, 2)).show(2)
        for density in (DENSITY, STORED_DENSITY):
            content = canvas.png(density=density)
            Image.open(io.BytesIO(content)).verify()
            width, height = Image.open(io.BytesIO(content)).size
            assert (width, height) == (
                round(3 * POINTS_PER_INCH * density),
                round(2 * POINTS_PER_INCH * density),
            )

    def test_same_picture_same_bytes(self):
        one, other = (Canvas(line, (3, 2)).show(2) for _ in range(2))
        assert one.png("A line.", STORED_DENSITY) == other.png("A line.", STORED_DENSITY)
        assert one.png() != other.show(3).png()

    def test_jpeg_shows_the_same_colours(self):
        canvas = Canvas(map_with_towns, (3, 2)).show(2)
        image = np.asarray(Image.open(io.BytesIO(canvas.jpeg())), dtype=float)
        difference = np.abs(image - canvas.pixels()[..., :3].astype(float))
        assert image.shape == canvas.pixels().shape[:2] + (3,)
        assert difference.mean() < 2

    def test_a_caption_stands_beneath_and_leaves_the_picture_alone(self):
        canvas = Canvas(line, (3, 2)).show(2)
        bare = np.asarray(Image.open(io.BytesIO(canvas.png())))
        with_caption = np.asarray(Image.open(io.BytesIO(canvas.png("The line rises."))))
        assert (with_caption[: len(bare)] == bare).all()
        below = with_caption[len(bare) :]
        assert below.min() < 100
        assert (below[-4:] == 255).all()
        assert (below[:, -4:] == 255).all()

    def test_a_long_caption_is_wrapped(self):
        one, many = (np.asarray(_caption("region " * number, 9)) for number in (3, 90))
        assert many.shape[0] > 3 * one.shape[0]
        assert many.shape[1] == one.shape[1]
        assert (many[:, -4:] == 255).all()

    def test_money_is_no_formula(self):
        """Between two dollar signs matplotlib would read mathematics: italic, without spaces."""

        def width(words: str) -> int:
            return int(np.flatnonzero((np.asarray(_caption(words, 9)) < 200).any(axis=(0, 2)))[-1])

        assert abs(width("from $5 a year to $6") - width("from £5 a year to £6")) < 10

    def test_drawing_imports_no_pyplot_and_changes_no_settings(self):
        code = (
            "import sys, matplotlib\n"
            "before = list(dict.items(matplotlib.rcParams))\n"
            "from tests.lab.examples import open_lab\n"
            "lab = open_lab()\n"
            "lab.keep().set(years=3)._repr_mimebundle_()\n"
            "assert 'matplotlib.pyplot' not in sys.modules\n"
            "assert list(dict.items(matplotlib.rcParams)) == before\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-2000:]

    def test_the_settings_of_the_caller_do_not_show(self):
        plain = Canvas(line, (3, 2)).show(2).pixels().copy()
        with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 30, "axes.grid": False}):
            assert changed_pixels(Canvas(line, (3, 2)).show(2).pixels(), plain) == 0


@pytest.mark.parametrize("chart", [line, replaced, colours_of_points])
def test_memory_does_not_grow(chart):
    canvas = Canvas(chart, (1.0, 0.7))

    def steps(number):
        for step in range(number):
            canvas.show(step % 6, ghost=1 if step % 3 else None)
        gc.collect()
        return len(gc.get_objects())

    before = steps(30)
    assert steps(200) - before < 200  # less than one object a step


class TestDraw:
    def test_shows_itself_with_its_sentence(self):
        picture = draw(line, 2, "The line rises.", size=(3, 2))
        assert isinstance(picture, Picture)
        assert repr(picture) == "The line rises."
        data, metadata = picture._repr_mimebundle_()
        assert data["text/plain"] == metadata["image/png"]["alt"] == "The line rises."
        assert metadata["image/png"]["width"] == 300

    def test_asks_the_result_for_its_sentence(self):
        class Two:
            def summary(self):
                return "It is two."

        assert draw(lambda axes: lambda result: None, Two(), size=(2, 2)).sentence == "It is two."

    def test_saves_a_file(self, tmp_path):
        path = tmp_path / "line.png"
        draw(line, 2, "The line rises.", size=(3, 2)).save(str(path))
        with Image.open(path) as image:
            assert image.size == (600, 400)

    def test_figure_is_matplotlibs(self):
        picture = draw(line, 2, "The line rises.", size=(3, 2))
        assert isinstance(picture.figure, matplotlib.figure.Figure)
        assert list(picture.figure.axes[0].lines[0].get_ydata()) == [0, 2, 4, 6, 8, 10]
