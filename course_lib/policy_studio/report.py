"""The capstone report: what a student wrote, as one page that can be printed or saved as a PDF.

The page holds its pictures and needs no internet. It is made here, without another program, so it
works in the browser as well.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd

from course_lib.lab import Lab
from course_lib.lab.canvas import Canvas
from course_lib.lab.words_table import in_words
from course_lib.policy_studio.new_file import file_name, write_new
from course_lib.sentence import count_words, counted


@dataclass(frozen=True)
class Part:
    """One part of the report.

    Attributes
    ----------
    heading : str
        Its heading.
    asks : str
        What is to be answered.
    points : int
        What it is worth.
    earns : str
        What earns the points.
    least_words : int
        Fewer words than this can hardly answer it.
    """

    heading: str
    asks: str
    points: int
    earns: str
    least_words: int


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "region": Part(
            "The region and its type",
            "Which region? Which type is it most like, and which figures say so?",
            4,
            "a type, with two figures that have a year and a source; a second type that was "
            "considered, or a reason why the types do not fit",
            40,
        ),
        "strategy": Part(
            "The strategy",
            "Which of the five points of 4.2, or what else, and by which mechanism?",
            4,
            "one strategy, named; a mechanism from the lessons, in steps that could each fail",
            40,
        ),
        "assumption": Part(
            "What it assumes",
            "Which assumption carries the strategy? How would you find out that it is wrong?",
            4,
            "the assumption that matters most, and a figure that would speak against it",
            30,
        ),
        "evidence": Part(
            "The evidence",
            "What has been found where it was tried? Compared with what?",
            4,
            "a study, with what it compared and what it found; why it may not hold in this region",
            40,
        ),
        "risk": Part(
            "Risk, and who bears it",
            "What can go wrong? Who gains and who loses, here and elsewhere?",
            3,
            "a risk that belongs to this strategy, who bears it, and losses in other regions",
            30,
        ),
        "game": Part(
            "What the game showed, and what it did not",
            "What happened in your game? Which result would another country or voter change?",
            3,
            "a number from the game, and one thing that it cannot show about the region",
            30,
        ),
        "advice": Part(
            "The advice",
            "What should be done, and when would you stop it? Doing nothing is an answer.",
            2,
            "advice that follows from the parts above, and a sign by which to stop",
            30,
        ),
    }
)
"""The parts of the report, in order; their points are the rubric."""

STYLE = """
@page { size: A4; margin: 22mm 20mm; }
body { font: 11pt/1.45 Georgia, "Times New Roman", "Noto Serif", "Noto Serif CJK SC", serif;
       color: #222; max-width: 170mm; margin: 12mm auto; padding: 0 5mm; overflow-wrap: anywhere; }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 13pt; margin: 8mm 0 2mm; break-after: avoid; }
p { margin: 0 0 2.5mm; orphans: 3; widows: 3; }
.by, .missing, figcaption { color: #555; }
.missing { font-style: italic; }
figure { margin: 5mm 0; break-inside: avoid; }
figure img { width: 100%; height: auto; }
figcaption { font-size: 9.5pt; }
table { border-collapse: collapse; width: 100%; font-size: 9pt; margin: 3mm 0; }
th, td { border-bottom: 0.3mm solid #bbb; padding: 1mm 1.5mm; text-align: left;
         vertical-align: top; overflow-wrap: normal; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""


@dataclass(frozen=True, eq=False)
class Report:
    """A capstone report: the result of `report`.

    Attributes
    ----------
    title, author : str
        As the student wrote them; empty if not yet.
    answers : dict from str to str
        One for each of `PARTS`; empty if there is none yet.
    pictures : tuple of (bytes, str)
        Each picture as PNG, and the sentence that says what to see.
    tables : tuple of (str, DataFrame)
        Each table with its caption.
    """

    title: str
    author: str
    answers: Mapping[str, str]
    pictures: tuple[tuple[bytes, str], ...]
    tables: tuple[tuple[str, pd.DataFrame], ...]

    @property
    def words(self) -> int:
        """Number of words in all answers; a Chinese character counts as one."""
        return sum(map(count_words, self.answers.values()))

    @property
    def missing(self) -> list[str]:
        """What is missing or very short, one sentence each."""
        said = [] if self.author else ["Your name is missing."]
        said += [] if self.title else ["The title is missing."]
        for name, part in PARTS.items():
            words = count_words(self.answers[name])
            if words == 0:
                said.append(f"“{part.heading}” is empty.")
            elif words < part.least_words:
                said.append(
                    f"“{part.heading}” has {counted(words, 'word')}: can it answer the question?"
                )
        return said

    def to_frame(self) -> pd.DataFrame:
        """The rubric: one row a part, with its points and the words so far."""
        return pd.DataFrame(
            {
                "points": [part.points for part in PARTS.values()],
                "earns": [part.earns for part in PARTS.values()],
                "words": [count_words(self.answers[name]) for name in PARTS],
            },
            index=pd.Index([part.heading for part in PARTS.values()], name="part"),
        )

    def summary(self) -> str:
        """One sentence: how much there is, and what is missing."""
        done = sum(bool(answer) for answer in self.answers.values())
        left = " ".join(self.missing)
        return (
            f"Your report has {done} of {len(PARTS)} parts, {self.words} words and "
            f"{len(self.pictures)} pictures.{' ' + left if left else ''}"
        )

    def html(self) -> str:
        """The whole page."""
        title = escape(self.title or "A capstone report")
        by = f'<p class="by">{escape(self.author)}</p>' if self.author else ""
        parts = "".join(
            f"<section><h2>{escape(part.heading)}</h2>{_paragraphs(self.answers[name])}</section>"
            for name, part in PARTS.items()
        )
        pictures = "".join(
            f'<figure><img alt="{escape(says)}" src="data:image/png;base64,'
            f'{base64.b64encode(png).decode()}"><figcaption>{escape(says)}</figcaption></figure>'
            for png, says in self.pictures
        )
        said = {says for _, says in self.pictures}
        tables = "".join(
            ("" if caption in said else f'<p class="by">{escape(caption)}</p>') + _table(table)
            for caption, table in self.tables
        )
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title><style>{STYLE}</style></head>\n"
            f"<body><main><h1>{title}</h1>{by}{parts}"
            f"{'<h2>Pictures and tables</h2>' if pictures or tables else ''}{pictures}{tables}"
            "</main></body></html>\n"
        )

    def save(self, folder: str | Path = ".") -> str:
        """Write the page to a file of its own.

        Parameters
        ----------
        folder : str or Path
            Where to.

        Returns
        -------
        str
            Where it is, and how to make a PDF of it. A file that is there stays as it is.

        Raises
        ------
        ValueError
            If the file cannot be written.
        """
        if not any(self.answers.values()):
            return "Nothing is saved yet: none of your answers is written."
        stem = f"capstone_{file_name(self.author)}"
        said = write_new(Path(folder), stem, "html", self.html(), "Your report and its pictures")
        left = " ".join(self.missing)
        return (
            f"{said} Open it in a browser, and print it there to save it as a PDF."
            f"{' ' + left if left else ''}"
        )

    def __repr__(self) -> str:
        return self.summary()


def report(
    answers: Mapping[str, Any], *, author: Any = "", title: Any = "", shows: Sequence[Any] = ()
) -> Report:
    """Put a student's answers together as a report.

    Parameters
    ----------
    answers : mapping from str to str
        The student's text for each of `PARTS`. An empty line begins a new paragraph. The form of
        `course_lib.policy_studio.forms` has author and title in it as well.
    author, title : str
        The student's name, and the title.
    shows : sequence of Lab, Picture, or result
        What goes with it: a lab or a picture as it stands, or a result with a table. What a lab
        keeps in sight is left out, since nobody on paper knows what it was.

    Returns
    -------
    Report
        ``report(...).save()`` writes the page.

    Raises
    ------
    ValueError
        If a part has no such name, an answer is no text, or something cannot be shown.

    Examples
    --------
    >>> report({"region": "Sacramento."}, author="Ada", title="Sacramento").missing[0]
    '“The region and its type” has 1 word: can it answer the question?'
    """
    if not isinstance(answers, Mapping):
        raise ValueError(
            f"answers must be a dictionary from parts to texts (got {type(answers).__name__})"
        )
    author, title = answers.get("author", author), answers.get("title", title)
    for name in answers:
        if name not in (*PARTS, "author", "title"):
            raise ValueError(f"there is no part {name!r}. The parts are: {', '.join(PARTS)}")
    written = {name: _text(f"the part {name}", answers.get(name, "")) for name in PARTS}
    pictures, tables = [], []
    for shown in shows:
        if isinstance(shown, Lab):
            alone = Canvas(shown.chart, shown.size, shown.panels).show(shown.result)
            pictures.append((alone.png(), shown.sentence))
        elif hasattr(shown, "canvas"):
            pictures.append((shown.canvas.png(), repr(shown)))
        elif hasattr(shown, "to_frame") and hasattr(shown, "summary"):
            tables.append((shown.summary(), shown.to_frame()))
        else:
            raise ValueError(
                f"a {type(shown).__name__} cannot go into the report: give labs, pictures, or "
                "results of models"
            )
    name, head = _text("author", author), _text("title", title)
    return Report(head, name, written, tuple(pictures), tuple(tables))


def _text(name: str, value: Any) -> str:
    if value is ... or value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(
            f"{name} must be text between quotation marks (got {type(value).__name__})"
        )
    return value.strip()


def _paragraphs(text: str) -> str:
    if not text:
        return '<p class="missing">Not answered.</p>'
    blocks = re.split(r"\n\s*\n", text)
    return "".join(f"<p>{escape(' '.join(block.split()))}</p>" for block in blocks)


def _table(table: pd.DataFrame) -> str:
    """A table for paper: two decimals, words as headings, and no column of noughts."""
    tidy = table.reset_index().round(2)
    used = [name for name in tidy if not (tidy[name] == 0).all()]
    return str(in_words(tidy[used]).to_html(border=0, escape=True, index=False))


def rubric() -> pd.DataFrame:
    """What each part of the report is worth, and what earns it.

    Returns
    -------
    pandas.DataFrame
        One row a part.
    """
    return pd.DataFrame(
        {
            "asks": [part.asks for part in PARTS.values()],
            "points": [part.points for part in PARTS.values()],
            "earns": [part.earns for part in PARTS.values()],
        },
        index=pd.Index(PARTS, name="part"),
    )
