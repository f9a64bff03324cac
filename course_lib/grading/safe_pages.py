"""Pages that show what a student wrote, and run nothing of it: in feedback and in formgrader.

One sanitiser cleans all HTML, wherever it is shown. What one cell may hold of a page is bounded, so
that no page takes longer to make than a teacher waits.
"""

from __future__ import annotations

import html
import re
import signal
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any
from urllib.parse import quote

import nh3
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html
from nbconvert.preprocessors import Preprocessor

from course_lib.grading.pictures import PICTURES, picture_of

# Markdown is cleaned when it becomes HTML.
SHOWN = (*PICTURES, "text/plain", "text/html", "text/latex", "text/markdown")
TAGS = set(
    re.findall(
        r"\w+",
        "a abbr b blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i img kbd li "
        "ol p pre s small span strong sub sup table tbody td tfoot th thead tr u ul",
    )
)
#: How nbgrader's name of a cell may look: templates write it into a page as it is.
NAME = re.compile(r"[\w.-]+")
ABOUT_THE_NOTEBOOK = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
LONGEST_WORDS = 10_000  # characters of Markdown that are set; longer ones are shown as they are
LONGEST = 200_000  # characters of one cell or output that are shown
LONGEST_PAGE = 1_500_000  # characters of all of them
MOST_CELLS = 1_000
MOST_OUTPUTS = 200  # of one cell
DEEPEST = 60  # elements in elements
SECONDS = 5  # for one cell
CUT = "\n[The rest is not shown here: it is too long. It is in the notebook.]"
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
#: Elements that need no end, so that they make nothing deeper.
FLAT = {"br", "hr", "img", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot"}
A_PICTURE = re.compile(r'src="picture:(\d{1,3})"')
NO_PICTURE = "[a picture that cannot be shown]"


def clean(text: str) -> str:
    """HTML without anything that runs, loads, looks like the page's own, or leads into it.

    Examples
    --------
    >>> clean('<b class="x" onclick="attack()">bold</b><script>attack()</script> a < b')
    '<b>bold</b> a &lt; b'
    """
    if len(text) > 2 * LONGEST or _depth(text) > DEEPEST:
        return as_it_is(text)
    cleaned = nh3.clean(
        text,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "img": {"src", "alt"}},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "picture"},
        clean_content_tags={"script", "style"},
    )
    return re.sub(r"<img(?![^<>]{0,300}src=)[^<>]*>", "", cleaned)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """An attribute that may stay: a link to elsewhere, or one of the cell's own pictures."""
    if name == "href":
        return value if re.match(r"(?:https?://|mailto:)", value) else None
    if name == "src":
        return value if re.fullmatch(r"picture:\d{1,3}", value) else None
    return value[:200]


def _depth(text: str) -> int:
    """How deep elements lie in each other at most, if none ends by itself."""
    deepest = now = 0
    for found in TAG.finditer(text):
        if found[2].lower() in FLAT:
            continue
        now += -1 if found[1] else 1
        deepest = max(deepest, now)
    return deepest


def as_it_is(text: str) -> str:
    """A text as a person typed it, cut to a length that a page can hold."""
    return f"<pre>{html.escape(cut(text))}</pre>"


def cut(text: str, longest: int = LONGEST) -> str:
    """A text, or its beginning and a sentence if it is too long."""
    return text if len(text) <= longest else text[:longest] + CUT


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Give up after some seconds, where this can be done: on Unix, in the main thread.

    Raises
    ------
    TimeoutError
        If it takes longer.
    """
    if not hasattr(signal, "setitimer") or (
        threading.current_thread() is not threading.main_thread()
    ):
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        raise TimeoutError("it took too long")

    before = signal.signal(signal.SIGALRM, stop)
    began = time.monotonic()
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # of a limit around this one
            signal.setitimer(signal.ITIMER_REAL, max(0.01, left - (time.monotonic() - began)))


def make_outputs_safe(nb: Any) -> None:
    """Leave out, in place, what could run in a reader's browser or fill it."""
    for cell in nb.cells:
        if "outputs" in cell and len(cell.outputs) > MOST_OUTPUTS:
            cell.outputs = cell.outputs[:MOST_OUTPUTS]
        for output in cell.get("outputs", []):
            for name in ("text", "evalue", "ename"):
                if name in output:
                    output[name] = cut(_whole(output[name]))
            if "traceback" in output:
                output["traceback"] = [cut(_whole(line), 20_000) for line in output["traceback"]]
            if "data" not in output:
                continue
            kept = {
                name: cut(_whole(value))
                for name, value in output["data"].items()
                if name in SHOWN and name not in PICTURES
            }
            if found := picture_of(output["data"]):
                kept |= dict([found])
            if "text/html" in kept:
                kept["text/html"] = clean(kept["text/html"])
            output["data"] = type(output)(kept)
            # The width of a picture, for one, stands in the page without quotation marks.
            output["metadata"] = type(output)()


def _whole(value: object) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def make_safe(nb: Any) -> None:
    """Leave out, in place, all that a template would write into a page as it is.

    Markdown stays what it was. It is cleaned when it becomes HTML.
    """
    make_outputs_safe(nb)
    nb.metadata = type(nb)(ABOUT_THE_NOTEBOOK)
    for number, cell in enumerate(nb.cells):
        about = cell.metadata.get("nbgrader")
        named = bool(about and NAME.fullmatch(str(about.get("grade_id", ""))))
        cell.metadata = type(cell)({"nbgrader": about} if named else {})
        keep_pictures(cell)
        if not NAME.fullmatch(str(cell.get("id", "cell"))):
            cell.id = f"cell-{number}"
        cell.source = cut(cell.source)
        if cell.cell_type == "raw":
            cell.cell_type, cell.source = "markdown", html.escape(cell.source)
    shorten(nb)


def keep_pictures(cell: Any) -> None:
    """Keep the PNG and JPEG pictures that were pasted into a cell, and name them in its words.

    In the words stands ``picture:1`` in place of ``attachment:...``. The picture itself takes that
    place when the words have become HTML and are clean.
    """
    attachments = cell.pop("attachments", None)
    if cell.cell_type != "markdown" or "attachment:" not in cell.source:
        return
    given = attachments.items() if isinstance(attachments, Mapping) else ()
    pictures = {str(name): picture_of(forms) for name, forms in list(given)[:20]}
    kept: dict[str, dict[str, str]] = {}
    for number, name in enumerate(sorted(pictures, key=len, reverse=True), start=1):
        found, place = pictures[name], 0
        if found is not None:
            place, kept[f"{number}"] = number, dict([found])
        for written in {name, quote(name), name.replace(" ", "%20")}:
            cell.source = cell.source.replace(f"attachment:{written}", f"picture:{place}")
    # What is not there would end the page with an error.
    cell.source = cell.source.replace("attachment:", "picture:")
    if kept:
        cell.attachments = type(cell)(kept)


def shorten(nb: Any) -> None:
    """Take out, in place, the end of a notebook that no page can hold."""
    left = LONGEST_PAGE
    for number, cell in enumerate(nb.cells):
        outputs = cell.get("outputs", [])
        left -= len(cell.source) + sum(_length(output) for output in outputs)
        if left > 0 and number < MOST_CELLS:
            continue
        cell.source = cut(cell.source, 2_000)
        if outputs:
            cell.outputs = outputs[-2:] if "nbgrader" in cell.metadata else []
            cell.source += f"\n# {CUT.strip()}"


def _length(output: Any) -> int:
    data = output.get("data", {})
    texts = [value for name, value in data.items() if name not in PICTURES]
    parts = [*texts, output.get("text", ""), output.get("evalue", ""), output.get("traceback", [])]
    return sum(len(_whole(part)) for part in parts)


class SafeNotebook(Preprocessor):
    """`make_safe` as a step of nbconvert's, for formgrader: nbgrader_config.py names it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        make_safe(nb)
        return nb, resources


@pass_context
def safe_markdown(context: Any, source: str) -> str:
    """Markdown as HTML, cleaned: for formgrader, in place of nbconvert's filter of this name."""
    return words_as_html(source, _attachments(context))


def words_as_html(source: str, pictures: Mapping[str, Any]) -> str:
    """A student's Markdown as HTML: cleaned, with its pictures, and in a bounded time.

    Parameters
    ----------
    source : str
        Markdown, in which ``picture:1`` names a picture.
    pictures : mapping
        Number -> {MIME type: base64}.
    """
    if len(source) > LONGEST_WORDS or _depth(source) > DEEPEST:
        return as_it_is(source)
    try:
        with time_limit(SECONDS):
            page = clean(markdown2html(source.replace("attachment:", "attachment :")))
    except Exception:  # whatever a text does to the parser of Markdown
        return as_it_is(source)

    def shown(found: re.Match[str]) -> str:
        (mime, data), *_ = dict(pictures.get(found[1], {})).items() or [("", "")]
        return f'src="data:{mime};base64,{data}"' if data else f'alt="{NO_PICTURE}"'

    return A_PICTURE.sub(shown, page)


def _attachments(context: Any) -> Mapping[str, Any]:
    cell = context.get("cell", {})
    found = cell.get("attachments", {}) if hasattr(cell, "get") else {}
    return found if isinstance(found, Mapping) else {}


class SafePage(HTMLExporter):
    """nbconvert's HTML, whose Markdown may hold no script."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML, cleaned."""
        return words_as_html(source, _attachments(context))
