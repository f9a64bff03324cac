"""A lesson as slides: what each cell of the notebook says in its metadata is shown, nothing else.

A cell's metadata say ``"slide"``. For words it is a list: the texts of its slides, in Markdown. For
code it is true: its output is a slide. What has no such mark is not shown; its words are the
speaker's notes of the slide before it, and its code runs unseen. The page
(`labextensions/course-page`) shows one slide at a time, as large as fits.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

#: Minutes in a lecture: to speak words, to predict and discuss a lab, to answer a quiz.
WORDS_A_MINUTE, LAB_MINUTES, QUIZ_MINUTES = 130, 4.0, 1.5
FOLDED = re.compile(r"<details\b.*?</details>", re.DOTALL)
#: What a student writes, or reads after class, does not run in the room.
LEFT_OUT = re.compile(r"raise NotImplementedError|^check = |\bcheck\(|my_progress\(", re.MULTILINE)

FIRST = """\
# {title}

→ and ← go from slide to slide, **F** fills the screen, **N** opens the speaker's notes in a second
window. After a click into a lab, *Esc* gives the keys back to the slides."""

CSS = """\
#jp-top-panel, #jp-menu-panel, #jp-bottom-panel, .jp-SideBar, .jp-NotebookPanel-toolbar,
.jp-cell-toolbar, .jp-Notebook .jp-Collapser, .jp-InputPrompt, .jp-OutputPrompt,
.jp-Notebook-footer, .jp-CodeCell .jp-Cell-inputWrapper,
.jp-OutputArea-promptOverlay { display: none !important; }
.lm-Panel, .lm-DockPanel, .jp-Notebook { contain: none !important; transform: none !important; }
.course-deck { position: fixed !important; inset: 0 !important; width: 100vw !important;
  height: 100vh !important; z-index: 1000; background: var(--jp-layout-color0);
  contain: none !important; transform: none !important; }
.course-deck .jp-WindowedPanel-outer { position: fixed !important; inset: 0 0 34px 0 !important;
  width: auto !important; height: auto !important; overflow: hidden auto !important;
  padding: 10px 3vw 0 !important; contain: none !important; }
.course-deck .jp-WindowedPanel-inner, .course-deck .jp-WindowedPanel-viewport {
  position: static !important; min-height: 0 !important; height: auto !important;
  transform: none !important; padding: 0 !important; contain: none !important; }
.course-deck .jp-Cell { display: none !important; }
.course-deck .jp-Cell.course-now { display: block !important; padding: 0 !important;
  border: none !important; contain: none !important; }
.course-deck .jp-Cell.course-now .jp-RenderedHTMLCommon { padding-right: 0; }
.course-deck .jp-MarkdownCell .jp-RenderedHTMLCommon { font-size: 26px; line-height: 1.35; }
.course-deck .jp-MarkdownCell table { font-size: 22px !important; }
.course-vote .course-lab:has(.course-tally) .course-lab-body,
.course-picture .course-lab-question { display: none !important; }
.course-bar { position: fixed; inset: auto 0 0 0; height: 34px; z-index: 1001; display: flex;
  gap: .4em; align-items: center; padding: 0 1em; background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
  font: 15px system-ui, sans-serif; border-top: 1px solid #ccc; }
.course-bar progress { flex: 1; height: 8px; }
.course-bar button { font: inherit; padding: 2px .7em; }
"""

Cell = dict[str, Any]


def write_slides(lesson: Path, folder: Path) -> Path:
    """Write the slides of a lesson into a folder, and give the notebook's path."""
    book = json.loads(lesson.read_text("utf-8"))
    book["cells"] = slides(book["cells"])
    book["metadata"]["course_slides"] = True
    path = folder / lesson.name
    path.write_text(json.dumps(book), "utf-8")
    return path


def slides(cells: list[Cell]) -> list[Cell]:
    """The cells of the slide show, one a slide, with their notes and minutes.

    Code without a mark stays between them, so that it runs; the page does not show it.
    """
    title = "".join(cells[0]["source"]).partition("\n")[0].lstrip("# ")
    made = [_slide("how-to", FIRST.format(title=title))]
    last = made[0]
    for cell in cells:
        source = "".join(cell["source"])
        mark = cell["metadata"].get("slide")
        if cell["cell_type"] == "markdown":
            texts = [_slide(f"{cell['id'][:60]}-{at}", text) for at, text in enumerate(mark or [])]
            words = FOLDED.sub("", source).strip()
            (texts[0] if texts else last)["metadata"]["course_notes"] += f"\n\n{words}"
            made += texts
            last = texts[-1] if texts else last
        elif mark:
            last = cell | {"metadata": {"course_notes": ""}}
            made.append(last)
        elif not LEFT_OUT.search(source):
            made.append(cell | {"metadata": {"course_silent": True}})
    for cell in made:
        if "course_notes" in cell["metadata"]:
            cell["metadata"]["course_minutes"] = _minutes(cell)
    return made


def _slide(name: str, text: str) -> Cell:
    metadata = {"course_notes": ""}
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": text}


def _minutes(slide: Cell) -> float:
    """How long a slide takes, to half a minute."""
    source = "".join(slide["source"])
    words = slide["metadata"]["course_notes"] or source
    spoken = len(words.split()) / WORDS_A_MINUTE
    if slide["cell_type"] == "code":
        spoken += LAB_MINUTES if "_lab(" in source else 0
        spoken += QUIZ_MINUTES if "_quiz(" in source else 0
    return max(0.5, round(2 * spoken) / 2)
