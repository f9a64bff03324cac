"""A lesson on paper: one page of HTML that prints from any browser and loads nothing.

The words are the notebook's own, without its code. A lab is a question with room to write, because
paper cannot move; the teacher's copy has what came true, why, and the picture.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from course_lib.lab import Lab, Quiz

ASKED = re.compile(r"\b(?:labs|questions)\.(\w+_(?:lab|quiz))\(\)")
#: Cells for someone who types: checks, and the student's own progress.
AT_THE_COMPUTER = re.compile(r"raise NotImplementedError|\bcheck\w*\(|my_progress\(|_check\(\)")
ANSWER = re.compile(r"<details><summary>Compare with ours.*?</details>", re.DOTALL)
FOLDED = re.compile(r"<details\b[^>]*>\s*<summary\b[^>]*>(.*?)</summary>(.*?)</details>", re.DOTALL)
TO_A_LESSON = re.compile(r'<a href="(?!https?://)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
ANCHOR = re.compile(r'<a class="anchor-link".*?</a>', re.DOTALL)
NEVER_RUN = re.compile(r"<(style|script)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 11pt/1.42 Georgia, "Times New Roman", serif; color: #111; background: #fff;
  max-width: 46em; margin: 1.5em auto; padding: 0 1em; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; break-after: avoid; }
h1 { font-size: 1.7em; } h2 { font-size: 1.3em; margin-top: 1.4em; } h3 { font-size: 1.08em; }
table { border-collapse: collapse; margin: .6em 0; font-size: .9em; break-inside: avoid; }
th, td { border-bottom: 1px solid #bbb; padding: .15em .8em .15em 0; text-align: left;
  vertical-align: top; }
blockquote { border-left: 3px solid #777; margin: .8em 0; padding-left: .9em; }
img { max-width: 100%; max-height: 11cm; }
figure { margin: .8em 0; break-inside: avoid; }
figcaption { font-size: .88em; color: #333; }
pre { white-space: pre-wrap; font-size: .85em; }
math[display=block] { margin: .6em 0; font-size: 1.1em; }
.asked, .folded { border: 1px solid #777; border-radius: 4px; padding: .5em .9em; margin: 1em 0; }
.asked ul { list-style: none; padding-left: 0; break-inside: avoid; }
.room { border-bottom: 1px solid #999; height: 1.9em; }
.answer { border-left: 4px solid #1f6f43; padding-left: .8em; margin: .6em 0; }
@media print { body { margin: 0; padding: 0; max-width: none; } a { color: inherit; } }
"""
ONE_SHEET = """
@page { size: A4; margin: 12mm 14mm; }
body { font-size: 10pt; line-height: 1.3; }
h1 { font-size: 1.4em; margin: 0 0 .3em; } h2 { font-size: 1.12em; margin: .7em 0 .2em; }
table { font-size: .86em; } p, ul, table { margin: .35em 0; }
math[display=block] { font-size: 1em; margin: .35em 0; }
"""

Cell = dict[str, Any]


def handout(lesson: Path, *, answers: bool = False) -> str:
    """A lesson as a page for paper.

    Parameters
    ----------
    lesson : Path
        The notebook.
    answers : bool
        Whether it is the teacher's copy.

    Returns
    -------
    str
        The page.
    """
    cells = _cells(lesson)
    title = _title(cells) + (" (with answers)" if answers else "")
    parts = "".join(_part(cell, lesson.stem[3:], answers) for cell in cells)
    return _page(title, parts, STYLE)


def summary(lesson: Path) -> str:
    """A lesson on one sheet: its question, its formulas with their symbols, its last minute."""
    cells = _cells(lesson)
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    parts = [f"<h1>{html.escape(_title(cells))}</h1>"]
    parts += [_words(asked, answers=False) for asked in _puzzle(texts)]
    formulas = [block for text in texts for block in _formulas(text)]
    if formulas:
        parts += ["<h2>Formulas</h2>", *(_words(one, answers=False) for one in formulas)]
    for text in texts:
        for section in re.split(r"^(?=## )|^(?=\*\*Next)", text, flags=re.MULTILINE):
            if section.startswith("## In one minute"):
                parts.append(_words(section, answers=False))
    return _page(_title(cells), "".join(parts), STYLE + ONE_SHEET)


def _cells(lesson: Path) -> list[Cell]:
    found: list[Cell] = json.loads(lesson.read_text("utf-8"))["cells"]
    return found


def _title(cells: list[Cell]) -> str:
    return "".join(cells[0]["source"]).partition("\n")[0].lstrip("# ")


def _puzzle(texts: list[str]) -> list[str]:
    """The paragraph of the lesson's second part that asks the question in italics."""
    parts = "\n\n".join(texts).split("\n## ")
    blocks = re.split(r"\n\s*\n", parts[2]) if len(parts) > 2 else []
    return [block for block in blocks if re.search(r"(?<!\*)\*[A-Z][^*]*\?\*", block)][-1:]


def _formulas(text: str) -> Iterator[str]:
    """The displayed formulas of a text, each with the table of symbols that follows it."""
    text = FOLDED.sub("", text)
    blocks = re.split(r"\n\s*\n", text)
    for number, block in enumerate(blocks):
        if block.strip().startswith("$$") or (re.match(r"\|\s*symbol", block.strip()) and number):
            yield block


def _part(cell: Cell, room: str, answers: bool) -> str:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        return _words(source, answers=answers)
    if AT_THE_COMPUTER.search(source):
        return ""
    if asked := ASKED.search(source):
        kind = "labs" if asked[1].endswith("_lab") else "questions"
        made = getattr(import_module(f"course_lib.{room}.{kind}"), asked[1])()
        return _lab(made, cell, answers) if isinstance(made, Lab) else _quiz(made, answers)
    return "".join(_output(output) for output in cell["outputs"])


def _words(source: str, *, answers: bool) -> str:
    """Markdown as HTML, with its answers or without them."""
    from nbconvert.filters import markdown2html

    found = re.sub(r"\s*" + ANSWER.pattern, "", source, flags=re.DOTALL) if not answers else source
    made = ANCHOR.sub("", str(markdown2html(found)))
    return _opened(made)


def _opened(made: str) -> str:
    """HTML with what is folded open, and links to other lessons as words: paper has neither."""
    made = FOLDED.sub(r'<div class="folded"><b>\1</b>\2</div>', made)
    return TO_A_LESSON.sub(r"\1", made)


def _lab(lab: Lab, cell: Cell, answers: bool) -> str:
    """A lab as a question with room to write; on the teacher's copy with its outcome."""
    title = f"<h3>{html.escape(lab.title)}</h3>"
    prediction = lab.predict
    if prediction is None:  # nothing to give away
        return f"{title}{''.join(_output(output) for output in cell['outputs'])}"
    came_true = lab.settle() if answers else ""
    shown = _figure(lab.canvas.png(), lab.sentence) if answers else ""
    if prediction.before is not None and not answers:
        shown = "".join(_output(output) for output in cell["outputs"])
    because = f"<p>{html.escape(prediction.because)}</p>" if prediction.because else ""
    told = f'<div class="answer">{because}</div>' if answers else '<div class="room"></div>' * 2
    return (
        f'<div class="asked">{title}<p>{html.escape(prediction.question)}</p>{shown}'
        f"{_options(prediction.choices, came_true)}<p>Why? One sentence.</p>{told}</div>"
    )


def _quiz(quiz: Quiz, answers: bool) -> str:
    reasons = "".join(
        f"<li><b>{html.escape(option)}</b>: {html.escape(reason)}</li>"
        for option, reason in quiz.options.items()
    )
    told = f'<div class="answer"><ul>{reasons}</ul></div>' if answers else ""
    words = {option: option for option in quiz.options}
    return (
        f'<div class="asked"><h3>Quiz</h3><p>{html.escape(quiz.question)}</p>'
        f"{_options(words, quiz.answer if answers else '')}{told}</div>"
    )


def _options(words: dict[str, str], came_true: str) -> str:
    """The options as boxes to tick."""
    items = "".join(
        f"<li>&#9745; <b>{html.escape(text)}</b></li>"
        if option == came_true
        else f"<li>&#9744; {html.escape(text)}</li>"
        for option, text in words.items()
    )
    return f"<ul>{items}</ul>"


def _output(output: dict[str, Any]) -> str:
    if output["output_type"] == "stream":
        return f"<pre>{html.escape(''.join(output['text']))}</pre>"
    data = output.get("data", {})
    if "image/png" in data:
        alt = str(output["metadata"]["image/png"]["alt"])
        return _figure(base64.b64decode("".join(data["image/png"])), alt)
    if "text/html" in data:
        return _opened(NEVER_RUN.sub("", "".join(data["text/html"])))
    return f"<pre>{html.escape(''.join(data.get('text/plain', '')))}</pre>"


def _figure(png: bytes, alt: str) -> str:
    picture = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    words = html.escape(alt, quote=True)
    return f'<figure><img src="{picture}" alt="{words}"><figcaption>{words}</figcaption></figure>'


def _page(title: str, body: str, style: str) -> str:
    """A page whose formulas a browser sets by itself."""
    from course_lib.grading.formulas import without_loading

    return without_loading(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
        f"<style>{style}</style></head><body><main>{body}</main></body></html>\n"
    )
