"""Answers that are nearly the same, side by side: a question to whoever marks, not a verdict.

Words and code are compared by short sequences (as in Schleimer, Wilkerson and Aiken, "Winnowing",
SIGMOD 2003, without the choice of every n-th). An index of the sequences keeps it from comparing
everybody with everybody. What the released notebook says already counts for nobody.
"""

from __future__ import annotations

import html
import io
import json
import keyword
import re
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.grading.class_folder import ClassFolder

MODEL = "the model answer"
WORDS, TOKENS = 4, 8  # in one sequence
LEAST_WORDS, LEAST_TOKENS = 25, 40  # shorter answers are alike by chance
ALIKE_WORDS, ALIKE_CODE = 0.5, 0.9  # of the sequences of the shorter one
LONGEST = 20_000  # characters of one answer
MOST_SHARED = 30  # whoever shares a sequence with more than that is compared with the first
SHOWN = 4_000  # characters of one answer in the page


@dataclass(frozen=True)
class Alike:
    """Two answers that are nearly the same.

    Attributes
    ----------
    question : str
        The question.
    one, other : str
        Two students; `one` may be the model answer.
    share : float
        Which share of the shorter answer's sequences the other one has too, from 0 to 1.
    texts : tuple of str
        What the two wrote.
    """

    question: str
    one: str
    other: str
    share: float
    texts: tuple[str, str]


def alike_answers(folder: ClassFolder, set_name: str) -> list[Alike]:
    """Pairs of answers of a set that are nearly the same, the most alike first.

    Parameters
    ----------
    folder : ClassFolder
        The class.
    set_name : str
        The set.

    Returns
    -------
    list of Alike
    """
    released = answers_in(folder.released(set_name))
    model = answers_in(folder.master(set_name))
    everybody = {MODEL: model} | {
        student: answers_in(_best_copy(folder, set_name, student))
        for student in folder.students_with(set_name)
    }
    found: list[Alike] = []
    for question, (kind, given) in released.items():
        texts = {
            who: answers[question][1] for who, answers in everybody.items() if question in answers
        }
        found += compare(question, kind, texts, given)
    return sorted(found, key=lambda pair: (-pair.share, pair.question, pair.one, pair.other))


def _best_copy(folder: ClassFolder, set_name: str, student: str) -> Path:
    """The graded copy, in which lost cells are restored; else what was handed in."""
    graded = folder.graded(set_name, student)
    return graded if graded.is_file() else folder.submission(set_name, student)


def answers_in(path: Path) -> dict[str, tuple[str, str]]:
    """Kind and text of each answer cell of a notebook; nothing if it cannot be read."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return {
            str(cell["metadata"]["nbgrader"]["grade_id"]): (
                str(cell["cell_type"]),
                _without_markers("".join(cell["source"]))[:LONGEST],
            )
            for cell in cells
            if isinstance(cell, dict) and _about(cell).get("solution")
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _about(cell: dict[str, Any]) -> dict[str, Any]:
    about = cell.get("metadata", {}).get("nbgrader", {})
    return about if isinstance(about, dict) else {}


def _without_markers(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not re.match(r"\s*(###|===) ", line))


def compare(question: str, kind: str, texts: dict[str, str], given: str = "") -> list[Alike]:
    """Pairs among the answers to one question that are nearly the same.

    Parameters
    ----------
    question : str
        The question.
    kind : str
        ``code`` or ``markdown``.
    texts : dict
        The answer of each student; those before others are compared with all others.
    given : str
        What everybody got: it counts for nobody.

    Returns
    -------
    list of Alike

    Examples
    --------
    >>> words = "poorer provinces grew faster than richer ones because capital moved to them and "
    >>> words += "people moved away, which the figures of the zones show for these years too."
    >>> found = compare("q", "markdown", {"a": words, "b": words.upper()})
    >>> [(pair.one, pair.other, pair.share) for pair in found]
    [('a', 'b', 1.0)]
    """
    code = kind == "code"
    parts = {who: _tokens(text) if code else _words(text) for who, text in texts.items()}
    least, length = (LEAST_TOKENS, TOKENS) if code else (LEAST_WORDS, WORDS)
    common = _sequences(_tokens(given) if code else _words(given), length)
    own = {
        who: _sequences(words, length) - common
        for who, words in parts.items()
        if len(words) >= least
    }
    shared: Counter[tuple[str, str]] = Counter()
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for who, sequences in own.items():
        for sequence in sequences:
            before = holders[sequence]
            shared.update((other, who) for other in before[:MOST_SHARED])
            before.append(who)
    found = []
    for (one, other), number in shared.items():
        smaller = min(len(own[one]), len(own[other]))
        share = number / smaller
        if smaller >= least / 2 and share >= (ALIKE_CODE if code else ALIKE_WORDS):
            found.append(Alike(question, one, other, share, (texts[one], texts[other])))
    return found


def _words(text: str) -> list[str]:
    """The words of a text; a Chinese sentence has none, so each of its characters is one."""
    return re.findall(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]|[^\W_]+", text.casefold())


def _tokens(text: str) -> list[str]:
    """Code without its comments and its spaces, and with every name by order of appearance."""
    names: dict[str, str] = {}
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT,
                              tokenize.DEDENT, tokenize.ENDMARKER):  # fmt: skip
                continue
            word = token.string
            if token.type == tokenize.NAME and not keyword.iskeyword(word):
                word = names.setdefault(word, f"name{len(names)}")
            found.append(word)
    except (tokenize.TokenError, SyntaxError, ValueError):  # what does not run is compared as words
        return re.findall(r"\w+|[^\w\s]", text)
    return found


def _sequences(words: list[str], length: int) -> set[int]:
    return {hash(tuple(words[at : at + length])) for at in range(len(words) - length + 1)}


# --- for a person to read


def summary(pairs: list[Alike]) -> str:
    """Who is concerned, in a sentence."""
    if not pairs:
        return ""
    with_model = {pair.other for pair in pairs if pair.one == MODEL}
    others = {name for pair in pairs if pair.one != MODEL for name in (pair.one, pair.other)}
    said = []
    if with_model:
        said.append(f"{len(with_model)} with the model answer")
    if others:
        said.append(f"{len(others)} with each other")
    return f"Answers that are nearly the same: {' and '.join(said)}. Look at them, and ask."


def as_page(set_name: str, pairs: Iterable[Alike]) -> str:
    """The pairs side by side, as a page that runs and loads nothing."""
    rows = [
        f"<h2>{html.escape(pair.question)}: {html.escape(pair.one)} and {html.escape(pair.other)}"
        f" ({pair.share:.0%})</h2><div>"
        + "".join(f"<pre>{html.escape(text[:SHOWN])}</pre>" for text in pair.texts)
        + "</div>"
        for pair in pairs
    ]
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8">'
        f"<title>Alike in {html.escape(set_name)}</title>"
        "<style>body{font-family:sans-serif;margin:2em}div{display:grid;grid-template-columns:1fr "
        "1fr;gap:1em}pre{white-space:pre-wrap;background:#f4f4f4;padding:1em}</style>"
        f"<h1>{html.escape(set_name)}: answers that are nearly the same</h1><p>The number is the "
        "share of the shorter answer's word sequences that the other one has too. A short right "
        "answer in code can be found twice; so can a quotation. This is a question to you, and no "
        "finding about anybody.</p>" + "".join(rows) + "</html>\n"
    )
