"""Every lab of the course at the default and at the extremes of every control."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib import colors
from matplotlib.collections import PathCollection
from matplotlib.text import Text
from PIL import Image

from course_lib.dev.every_lab import every_lab
from course_lib.lab import Lab, Picture
from course_lib.lab.canvas import Canvas
from course_lib.lab.style import STORED_DENSITY
from tests.lab.examples import all_at_once, redrawn
from tests.lab.words import Words

# What a chart leaves outside of its axes on purpose, and why the reader is not misled.
CUT_ON_PURPOSE = {
    "gradient_transition.product_cycle_lab": "a cost far above the cheapest decides nothing",
}

# Labs without one number that counts most, and why.
NO_HEADLINE = {
    "california.profile_lab": "the answer is a list of industries",
    "comparing_theories.whose_assumption_lab": "the answer is an order of policies",
    "innovation_and_synergy.advantage_map_lab": "six advantages, none of which counts most",
    "policy_studio.region_type_lab": "the answer is a type of region",
}

PICTURES_OF_ONE_CONTROL = 2  # of all extremes, so many are drawn in full
WORDS_OF_ONE_CONTROL = 3  # ... and of so many it is seen where the words stand


LABS = every_lab()
CONTROLS = [(lab, control) for lab in sorted(LABS) for control in LABS[lab]().controls]

# One lab after the other, so that its figure need not be kept for long.
one_lab = pytest.mark.parametrize("name", sorted(LABS), scope="module")
one_control = pytest.mark.parametrize("handle", CONTROLS, ids="-".join, scope="module")


@lru_cache(2)
def _shared(name: str) -> Lab:
    return LABS[name]()


def lab_at_default(name: str) -> Lab:
    """A lab that the tests use again and again, as it stood at first: its figure costs time."""
    return _shared(name).reset()


def is_possible(lab: Lab, control: str, value: Any) -> bool:
    """Set one control of the lab, the others as at first, unless the model refuses."""
    lab.reset()
    try:
        lab.set(**{control: value})
    except ValueError:
        return False
    return True


def states(lab: Lab, control: str) -> Iterator[Any]:
    """The values at the edge of one control that the model takes, the lab set to each in turn."""
    for value in lab.controls[control].extremes():
        if is_possible(lab, control, value):
            yield value


def spaced(values: list[Any], most: int) -> list[Any]:
    """At most so many of the values: the first, the last, and some between."""
    chosen = np.linspace(0, len(values) - 1, min(most, len(values)))
    return [values[index] for index in chosen.round().astype(int)]


def a_few(values: list[Any]) -> list[Any]:
    return spaced(values, PICTURES_OF_ONE_CONTROL)


def assert_says_something(sentence: str) -> None:
    assert sentence.strip() == sentence != ""
    assert "\n" not in sentence
    assert sentence.endswith("."), sentence
    assert not re.search(r"\b(nan|inf|none|null)\b", sentence.lower()), sentence
    assert len(sentence) < 500, sentence


def test_there_are_labs() -> None:
    assert {room.split(".")[0] for room in LABS} >= {"start_here", "measuring_regions"}
    assert len(LABS) >= 6


@pytest.fixture(scope="module")
def numbers() -> dict[str, str]:
    """The number of each room's lesson."""
    books = (Path(__file__).parents[1] / "notebooks").glob("[01]*.ipynb")
    return {book.stem[3:]: book.stem[:2] for book in books}


def test_each_has_an_id_of_its_own(numbers: dict[str, str]) -> None:
    """A prediction is kept under the lesson's number and the lab's function, not its title."""
    for name in LABS:
        room, function = name.split(".")
        words = function.removesuffix("_lab").replace("_", " ")
        assert _shared(name).name == f"{numbers[room]} {words}"


def test_what_came_true_is_known_without_moving_the_lab() -> None:
    lab = LABS["start_here.growth_race_lab"]()
    values = dict(lab.values)
    told = lab.came_true()
    assert lab.values == values
    assert told == lab.settle()


@pytest.fixture(scope="module")
def code_of_notebooks() -> str:
    books = (Path(__file__).parents[1] / "notebooks").rglob("*.ipynb")
    cells = [cell for book in books for cell in json.loads(book.read_text("utf-8"))["cells"]]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.fixture(scope="module")
def stored_words() -> dict[str, list[str]]:
    """What each lab's stored output says: the text and the picture's alternative."""
    words: dict[str, list[str]] = {}
    for book in (Path(__file__).parents[1] / "notebooks").glob("*.ipynb"):
        for cell in json.loads(book.read_text("utf-8"))["cells"]:
            made = re.search(r"\b(\w+)\.(\w+_lab)\(\)\s*$", "".join(cell["source"]))
            for output in cell.get("outputs", ()) if made else ():
                if "image/png" in output.get("data", {}):
                    said = "".join(output["data"]["text/plain"])
                    alt = output["metadata"]["image/png"]["alt"]
                    words.setdefault(made.group(2), []).extend([said, alt])
    return words


@one_lab
def test_its_stored_picture_gives_nothing_away(
    name: str, stored_words: dict[str, list[str]]
) -> None:
    lab = lab_at_default(name)
    if lab.predict is None:
        pytest.skip("this lab asks for no prediction")
    shown = lab.shown_before[1]
    assert {*stored_words.get(name.split(".")[1], ())} <= {shown}


@one_lab
def test_stands_in_a_notebook(name: str, code_of_notebooks: str) -> None:
    make = name.split(".")[1]
    assert re.search(rf"\b{make}\(", code_of_notebooks), f"no notebook shows {make}()"


def test_labs_without_a_number_that_counts_are_known() -> None:
    assert {name for name in LABS if _shared(name).headline is None} == set(NO_HEADLINE)


@one_lab
class TestAtTheDefault:
    def test_number_that_counts_is_a_number(self, name: str) -> None:
        lab = lab_at_default(name)
        if lab.headline is None:
            pytest.skip(NO_HEADLINE[name])
        assert lab.headline.words(lab.result) != "none"
        assert len(lab.headline.label_with_unit) <= 2 * 34  # two lines beside the axis of a sweep

    def test_says_and_tabulates_what_it_shows(self, name: str) -> None:
        lab = lab_at_default(name)
        assert_says_something(lab.sentence)
        table = lab.to_frame()
        assert isinstance(table, pd.DataFrame)
        assert not table.empty

    def test_result_keeps_the_contract(self, name: str) -> None:
        result = lab_at_default(name).result
        assert {result: "a result can be looked up"}[result]
        assert (result == result) is True
        with pytest.raises(AttributeError):
            result.something_new = 1
        table = result.to_frame()
        assert None not in table.index.names
        for column in table.columns.to_flat_index():
            for part in column if isinstance(column, tuple) else [column]:
                assert re.fullmatch(r"[a-z0-9_]+", str(part)), part
        table.iloc[:, 0] = table.iloc[0, 0]  # the caller's own copy
        pd.testing.assert_frame_equal(result.to_frame(), LABS[name]().to_frame())
        for method in (type(result).to_frame, type(result).summary):
            assert method.__doc__, f"{method.__qualname__} has no docstring"

    def test_same_again_from_the_start(self, name: str) -> None:
        lab, again = lab_at_default(name), LABS[name]()
        assert again.sentence == lab.sentence
        pd.testing.assert_frame_equal(again.to_frame(), lab.to_frame())

    def test_prediction_is_settled_by_the_model(self, name: str) -> None:
        lab = lab_at_default(name)
        if lab.predict is None:
            pytest.skip("this lab asks for no prediction")
        assert lab.settle() in lab.predict.options
        assert lab.values == lab.defaults | lab.predict.setting
        assert lab.values != lab.defaults  # or there would be nothing to compare
        texts = list(lab.predict.choices.values())
        assert len(set(texts)) == len(texts)
        assert lab.predict.question.endswith(("?", "..."))
        assert lab.predict.because.endswith(".")

    def test_shows_itself_live_and_without_a_kernel(self, name: str) -> None:
        lab = LABS[name]()
        data, metadata = lab._repr_mimebundle_()
        assert set(data) == {
            "application/vnd.jupyter.widget-view+json",
            "image/png",
            "text/plain",
        }
        shown = lab.sentence if lab.predict is None else lab.shown_before[1]
        assert data["text/plain"] == metadata["image/png"]["alt"] == shown
        assert len(data["image/png"]) < 250_000
        with Image.open(io.BytesIO(base64.b64decode(data["image/png"]))) as image:
            # Some releases of Matplotlib cut off where others round.
            assert abs(image.size[0] - lab.size[0] * 100 * STORED_DENSITY) <= 1
            picture = np.asarray(image.convert("L"))
        caption = picture[round(lab.size[1] * 100 * STORED_DENSITY) :]
        assert caption.min() < 100  # the sentence is written there,
        assert (caption[:, -4:] > 250).all()  # and not cut off at the right
        assert (caption[-4:] > 250).all()  # or below

    def test_copied_python_shows_what_the_lab_shows(self, name: str) -> None:
        lab = lab_at_default(name)
        *made, shown = lab.python().splitlines()
        scope: dict[str, Any] = {}
        with redirect_stdout(io.StringIO()) as printed:
            exec("\n".join(made), scope)
        seen = eval(shown, scope)
        if isinstance(seen, Picture):
            assert seen.sentence == lab.sentence
            differ = (seen.canvas.pixels() != lab.canvas.pixels()).any(axis=-1)
            assert differ.mean() < 1e-3  # words that lie over a line
        else:
            assert printed.getvalue().strip() == lab.sentence
            pd.testing.assert_frame_equal(seen, lab.to_frame())

    def test_locked_and_gives_nothing_away_until_a_prediction_is_committed(self, name: str) -> None:
        lab = LABS[name]()
        if lab.predict is None:
            assert not any(button.disabled for button in lab.panel.toolbar.children)
            return
        ran = []
        model = lab.model

        def watched(**values: Any) -> Any:
            ran.append(values)
            return model(**values)

        lab.model = watched
        data, metadata = lab._repr_mimebundle_()
        seen = [
            data["text/plain"],
            metadata["image/png"]["alt"],
            lab.panel.sentence.value,
            lab.panel.picture.tooltip,
        ]
        before = lab.predict.before
        assert bool(ran) == (before is not None)  # nothing is seen of a model that has not run
        assert all(values == lab.defaults | dict(before or {}) for values in ran)
        pictures = {lab.panel.picture.value}
        if before is None or lab.values_before != lab.defaults:  # the author shows that state
            assert not any(lab.sentence in words for words in seen)
            assert lab.canvas.jpeg() not in pictures
        lab.settle()
        assert not any(lab.sentence in words for words in seen)
        lab.kept = None
        assert lab.canvas.jpeg() not in pictures
        lab.reset()
        buttons = lab.panel.toolbar.children
        assert all(button.disabled for button in buttons)
        lab.panel.options.value = next(iter(lab.predict.choices))
        lab.panel.reason.value = "Because."
        lab.panel.commit.click()
        lab.panel.settle.click()
        assert lab.predict.answers in lab.panel.outcome.value
        assert lab.panel.answer.value == lab.panel.message.value == ""
        assert not any(button.disabled for button in buttons)

    def test_words_on_the_picture_can_be_read(self, name: str) -> None:
        """Contrast of at least 4.5, on white or on the colour that a word stands on."""
        lab = lab_at_default(name)
        canvas = lab.canvas
        picture = canvas.pixels()
        for text in canvas.figure.findobj(Text):
            if not (text.get_visible() and text.get_text().strip()):
                continue
            colour = text.get_color()
            if contrast(colour, "white") < 4.5:
                behind = commonest_colour(picture, text)
                assert contrast(colour, behind) >= 4.5, f"{text.get_text()!r} in {colour}"
            assert text.get_fontsize() >= 9, text.get_text()


@one_control
class TestAtTheExtremes:
    def test_works_or_says_why_not(self, handle: tuple[str, str]) -> None:
        name, control = handle
        lab = lab_at_default(name)
        possible = 0
        for value in lab.controls[control].extremes():
            lab.reset()
            before = dict(lab.values)
            try:
                lab.set(**{control: value})
            except ValueError as refusal:
                said = str(refusal)
                assert len(said) > 30, said
                assert re.search(r"[\w.?)]$", said), said  # the panel adds a missing full stop
                assert lab.values == before
                continue
            possible += 1
            assert_says_something(lab.sentence)
            assert not lab.to_frame().empty
            again = lab.model(**lab.values)
            assert again.summary() == lab.sentence
        assert possible > 0, f"{name} refuses every extreme of {control}"

    def test_changes_the_picture_or_the_sentence(self, handle: tuple[str, str]) -> None:
        name, control = handle
        lab = lab_at_default(name)
        seen = {lab.sentence + str(hash(lab.canvas.jpeg()))}
        for _ in states(lab, control):
            seen.add(lab.sentence + str(hash(lab.canvas.jpeg())))
            if len(seen) > 1:
                return
        pytest.fail(f"{control} changes nothing that can be seen or read")

    def test_quick_picture_is_the_whole_picture(self, handle: tuple[str, str]) -> None:
        """What a step leaves standing in the background has indeed not changed."""
        name, control = handle
        lab = lab_at_default(name)
        lab.canvas.pixels()
        possible = list(states(lab, control))
        for value in a_few(possible):
            lab.reset().set(**{control: value})
            canvas = lab.canvas
            quick = canvas.pixels().copy()
            assert np.array_equal(quick, redrawn(canvas)), value
        # All at once, matplotlib puts words over a line instead of under it: no more.
        differ = (quick != all_at_once(canvas)).any(axis=-1)
        assert differ.mean() < 5e-4

    def test_same_picture_on_the_way_back(self, handle: tuple[str, str]) -> None:
        name, control = handle
        lab = lab_at_default(name)
        for _ in states(lab, control):
            lab.canvas.pixels()
            break
        first = lab.reset().canvas.pixels().copy()
        for _ in zip(range(2), states(lab, control), strict=False):
            lab.canvas.pixels()
        assert np.array_equal(lab.reset().canvas.pixels(), first)

    def test_kept_state_is_drawn_with_every_other(self, handle: tuple[str, str]) -> None:
        name, control = handle
        lab = lab_at_default(name)
        possible = a_few(list(states(lab, control)))
        for kept, value in pairwise([*possible[:1], *possible[-1:]]):
            lab.reset().set(**{control: kept}).keep().set(**{control: value})
            with_ghost = lab.canvas.pixels().copy()
            lab.canvas.figure.stale = True
            assert np.array_equal(lab.canvas.pixels(), with_ghost)
        lab.reset()

    def test_nothing_leaves_the_axes_unseen(self, handle: tuple[str, str]) -> None:
        name, control = handle
        if name in CUT_ON_PURPOSE:
            pytest.skip(CUT_ON_PURPOSE[name])
        lab = lab_at_default(name)
        possible = list(states(lab, control))
        for value in a_few(possible):
            lab.reset().set(**{control: value})
            assert outside(lab.canvas) == [], value

    def test_words_stand_clear_of_ticks_axes_and_edges(self, handle: tuple[str, str]) -> None:
        name, control = handle
        lab = lab_at_default(name)
        words = Words(lab.canvas)
        misplaced = {"at first": words.misplaced()}
        for value in spaced(lab.controls[control].extremes(), WORDS_OF_ONE_CONTROL):
            if is_possible(lab, control, value):
                assert lab.canvas is words.canvas
                misplaced[repr(value)] = words.misplaced()
        assert {state: problems for state, problems in misplaced.items() if problems} == {}

    def test_copied_python_makes_an_equal_result(self, handle: tuple[str, str]) -> None:
        name, control = handle
        lab = lab_at_default(name)
        possible = list(states(lab, control))
        for value in [*possible[:1], *possible[-1:]]:
            lab.reset().set(**{control: value})
            scope: dict[str, Any] = {}
            made, _ = lab.python().split("\ndraw(" if "\ndraw(" in lab.python() else "\nprint(")
            exec(made, scope)
            assert scope["result"].summary() == lab.sentence
            pd.testing.assert_frame_equal(scope["result"].to_frame(), lab.to_frame())


# --- how the tests look at a picture


def outside(canvas: Canvas) -> list[str]:
    """Lines, points and bars of which a part lies beyond the limits of their axes.

    Of what moves only: a line that stands still (a diagonal, a rule) may end where it likes.
    """
    found = []
    for axes in canvas._axes():
        drawn = [
            *((line, line.get_xydata()) for line in axes.lines),
            *(
                (dots, np.asarray(dots.get_offsets()))
                for dots in axes.collections
                if isinstance(dots, PathCollection)
            ),
            *((bar, bar.get_patch_transform().transform([(0, 0), (1, 1)])) for bar in axes.patches),
        ]
        for artist, points in drawn:
            by_data = (
                axes.transData in (artist.get_transform(), artist.get_data_transform())
                if (hasattr(artist, "get_data_transform"))
                else artist.get_transform().contains_branch(axes.transData)
            )
            if not (artist.get_animated() and artist.get_visible() and by_data and len(points)):
                continue
            where = axes.transAxes.inverted().transform(axes.transData.transform(points))
            where = where[np.isfinite(where).all(axis=1)]
            if len(where) and (where.min() < -0.05 or where.max() > 1.05):
                found.append(f"{artist} from {where.min():.2f} to {where.max():.2f} of the axes")
    return found


def contrast(colour: Any, other: Any) -> float:
    """As in the Web Content Accessibility Guidelines 2.1."""

    def luminance(one: Any) -> float:
        parts = np.array(colors.to_rgb(one))
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def commonest_colour(picture: np.ndarray, text: Text) -> tuple[float, ...]:
    """The colour that a word stands on: the commonest but its own, unless there is no other."""
    box = text.get_window_extent()
    height = picture.shape[0]
    rows = slice(max(0, int(height - box.y1)), max(1, int(height - box.y0)))
    pixels = picture[rows, max(0, int(box.x0)) : int(box.x1), :3].reshape(-1, 3)
    own = (np.abs(pixels - 255 * np.array(colors.to_rgb(text.get_color()))) < 8).all(axis=1)
    if own.mean() < 0.8:  # letters leave more than that of their box free
        pixels = pixels[~own]
    found, counts = np.unique(pixels, axis=0, return_counts=True)
    return tuple(found[counts.argmax()] / 255)
