"""A lesson as a slide show: its headings, first sentences, quotations, formulas, tables and labs.

The slides are a notebook in the course's own JupyterLab, one cell a slide, in letters that can be
read from the last row. Labs are live as soon as the cells have run; before that, and without a
kernel, their stored pictures show.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

#: What fits on a slide, in characters of running text.
SLIDE_HOLDS = 520
HEADING = re.compile(r"^(#+) (.+)$", re.M)
#: A question in italics, wherever it stands in its paragraph: the puzzle ends with one.
QUESTION = re.compile(r"(?<!\*)\*[A-Z][^*]*\?[^*]*\*(?!\*)")
#: What a student writes, or reads after class, is not shown.
LEFT_OUT = re.compile(r"raise NotImplementedError|^check = |\bcheck\(|my_progress\(", re.M)
NOT_ON_SLIDES = ("**Sources", "**Next", "[Back", "**Figures")

FIRST = """\
*Slides of this lesson.* Menu *Run*, then *Run All Cells*, makes the labs live. Then the arrow keys
go from slide to slide (press *Esc* first if you have clicked into a lab)."""

CSS = """\
.jp-Notebook { scroll-snap-type: y proximity; }
.jp-Notebook .jp-Cell { min-height: calc(100vh - 90px); scroll-snap-align: start;
  display: flex; flex-direction: column; justify-content: center; }
.jp-Notebook .jp-MarkdownCell { font-size: 28px; }
.jp-Notebook .jp-MarkdownCell .jp-RenderedHTMLCommon { font-size: 28px; line-height: 1.4;
  max-width: 1150px; }
.jp-Notebook .jp-MarkdownCell table { font-size: 24px !important; }
.jp-Notebook .jp-CodeCell .jp-Cell-inputWrapper { display: none; }
.jp-Notebook .jp-CodeCell .jp-OutputArea-child { zoom: 1.25; }
.jp-SideBar, .jp-cell-toolbar, .jp-Notebook .jp-Collapser { display: none !important; }
.jp-InputPrompt, .jp-OutputPrompt, .jp-Notebook-footer { display: none; }
/* It lies over the left 48 pixels of each output, where Play and the options of a quiz are. */
.jp-OutputArea-promptOverlay { display: none; }
"""

Cell = dict[str, Any]


def write_slides(lesson: Path, folder: Path) -> Path:
    """Write the slides of a lesson into a folder, and give the notebook's path."""
    book = json.loads(lesson.read_text("utf-8"))
    book["cells"] = list(slides(book["cells"]))
    path = folder / lesson.name
    path.write_text(json.dumps(book), "utf-8")
    return path


def slides(cells: list[Cell]) -> Iterator[Cell]:
    """The cells of the slide show, one a slide."""
    yield _slide("how-to", FIRST)
    heading = silent = waiting = ""
    for number, cell in enumerate(cells):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            if LEFT_OUT.search(source):
                continue
            if cell["outputs"]:
                yield cell | {"source": silent + source}
                silent = ""
            else:  # it shows nothing, so it runs with the next one that does
                silent += f"{source}\n"
            continue
        for part, (title, body) in enumerate(_sections(source)):
            heading = title or heading
            if title and not body:  # no slide with a heading alone: it stands above the next one
                waiting = f"{waiting}{title}\n\n"
                continue
            for page, text in enumerate(_pages(body)):
                top = f"{waiting}{heading}{' …' if page or not title else ''}"
                waiting = ""
                yield _slide(f"slide-{number}-{part}-{page}", f"{top}\n\n{text}".strip())
    if waiting:
        yield _slide("slide-last", waiting.strip())


def _slide(name: str, text: str) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def _sections(source: str) -> Iterator[tuple[str, str]]:
    """A cell's headings, each with the text below it; at first perhaps a text without one."""
    at = [0, *(found.start() for found in HEADING.finditer(source)), len(source)]
    for start, end in pairwise(at):
        head = HEADING.match(source[start:end])
        body = source[start + (head.end() if head else 0) : end].strip()
        if head or body:
            yield (head[0] if head else "", body)


def _pages(body: str) -> Iterator[str]:
    """A text in its short form, in pieces that fit on a slide."""
    page: list[str] = []
    for block in filter(None, (_short(block) for block in re.split(r"\n\s*\n", body))):
        if page and len("".join(page)) + len(block) > SLIDE_HOLDS:
            yield "\n\n".join(page)
            page = []
        page.append(block)
    yield "\n\n".join(page)


def _short(block: str) -> str:
    """What of a block of text goes on a slide: of running text the first sentence alone."""
    block = block.strip()
    if block.startswith(NOT_ON_SLIDES):
        return ""
    if block.startswith(("|", "$$", ">", "- ", "```")) or re.match(r"\d+\. |\*[^*]", block):
        return block  # a table, a formula, a quotation, a list, a question
    lead = re.match(r"\*\*[^*]+[.?:]\*\* ", block)  # **A lead.** and then the first sentence
    start = lead.end() if lead else 0
    end = re.search(r"[.?:](?=\s+[A-Z(*\"])|[.?:]$", block[start:])
    short = block[: start + end.end()] if end else block
    asked = QUESTION.findall(block)
    return "\n\n".join([short, *(question for question in asked if question not in short)])
