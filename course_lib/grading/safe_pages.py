"""Pages that show what a student wrote, and run nothing of it: in feedback and in formgrader."""

from __future__ import annotations

import html
import re
from typing import Any

import nh3
from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html
from nbconvert.preprocessors import Preprocessor

PICTURES = ("image/png", "image/jpeg")
# Markdown is cleaned when it becomes HTML.
SHOWN = (*PICTURES, "text/plain", "text/html", "text/latex", "text/markdown")
TAGS = set(
    re.findall(
        r"\w+",
        "a abbr b blockquote br caption code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li ol "
        "p pre s small span strong sub sup table tbody td tfoot th thead tr u ul",
    )
)
#: How nbgrader's name of a cell may look: templates write it into a page as it is.
NAME = re.compile(r"[\w.-]+")
ABOUT_THE_NOTEBOOK = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}


def clean(text: str) -> str:
    """HTML without anything that runs or loads.

    Examples
    --------
    >>> clean('<b onclick="attack()">bold</b><script>attack()</script> a < b')
    '<b>bold</b> a &lt; b'
    """
    return nh3.clean(
        text,
        tags=TAGS,
        attributes={"*": {"class"}, "a": {"href", "title"}},
        url_schemes={"http", "https", "mailto"},
        clean_content_tags={"script", "style"},
    )


def make_outputs_safe(nb: Any) -> None:
    """Leave out, in place, what could run in a reader's browser."""
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            if "data" not in output:
                continue
            kept = {name: value for name, value in output["data"].items() if name in SHOWN}
            if "text/html" in kept:
                kept["text/html"] = clean(kept["text/html"])
            output["data"] = type(output)(kept)
            # The width of a picture, for one, stands in the page without quotation marks.
            output["metadata"] = type(output)()


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
        cell.pop("attachments", None)
        if not NAME.fullmatch(str(cell.get("id", "cell"))):
            cell.id = f"cell-{number}"
        if cell.cell_type == "raw":
            cell.cell_type, cell.source = "markdown", html.escape(cell.source)


class SafeNotebook(Preprocessor):
    """`make_safe` as a step of nbconvert's, for formgrader: nbgrader_config.py names it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        make_safe(nb)
        return nb, resources


@pass_context
def safe_markdown(context: Any, source: str) -> str:
    """Markdown as HTML, cleaned: for formgrader, in place of nbconvert's filter of this name."""
    return clean(markdown2html(source))


class SafePage(HTMLExporter):
    """nbconvert's HTML, whose Markdown may hold no script."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML, cleaned."""
        return clean(super().markdown2html(context, source))
