"""Propose which cells of a lesson are slides, and write it into their metadata.

`python -m course_lib.cli.mark_slides notebooks/04_*.ipynb` marks a lesson that has no marks yet;
a marked one stays as it is unless ``--again`` is said. What it proposes is there to be changed by
hand: from then on the notebook's own cells decide.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from course_lib.cli.slides import FOLDED, LEFT_OUT

FEWEST, MOST = 25, 40
#: A slide that goes on under a heading and has fewer characters is left out.
HALF_A_THOUGHT = 110
#: The longest piece of a list on a slide, in characters.
LONGEST = 700
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
#: A question in italics: the puzzle ends with one.
QUESTION = re.compile(r"(?<!\*)\*[A-Z][^*]*\?[^*]*\*(?!\*)")
NOT_SHOWN = ("**Sources", "**Next", "[Back", "**Figures", "**Terms", "**Time", "*Help with", "<")
#: A table, a formula, a quotation, a list.
WHOLE = ("|", "$$", ">", "- ", "1. ", "```")
SENTENCE = re.compile(r".+?[.?:](?=\s+[A-Z*\"(\[]|\s*$)", re.DOTALL)
#: What students write is not shown: an answer in code, a report.
WRITTEN = re.compile(rf"{LEFT_OUT.pattern}|_form\(", re.MULTILINE)
Cell = dict[str, Any]


def propose(cells: list[Cell]) -> dict[int, Any]:
    """The marks of a lesson, by the cell's number: 25 to 40 slides with the one that opens them."""
    for holds in range(300, 1300, 50):
        for words in (330, 220, 140, 90):
            found = dict(_marks(cells, holds, words))
            if FEWEST <= _count(found) <= MOST:
                return found
    return found


def _count(found: dict[int, Any]) -> int:
    return 1 + sum(1 if mark is True else len(mark) for mark in found.values())


def _marks(cells: list[Cell], holds: int, words: int) -> Iterator[tuple[int, Any]]:
    optional, waiting, heading = False, "", ""
    for number, cell in enumerate(cells):
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            shown = re.search(r"_(lab|quiz)\(", source) or '"image/png"' in json.dumps(
                cell["outputs"]
            )
            if not optional and cell["outputs"] and shown and not WRITTEN.search(source):
                yield number, True
                waiting = ""
            continue
        made = []
        for title, body in _sections(FOLDED.sub("", source)):
            if title:
                optional = "optional" in title.lower() or (optional and title.startswith("####"))
                heading, waiting = title, "" if optional else title
            if optional or "Check yourself" in heading:  # quizzes are shown, what is written is not
                continue
            for page in _pages(body, holds, words):
                if len(page) < HALF_A_THOUGHT and not page.endswith(("?", "?*")):
                    continue
                top = waiting or f"{heading} (continued)"
                made.append(f"{top}\n\n{page}".strip())
                waiting = ""
        if made:
            yield number, made


def _sections(source: str) -> Iterator[tuple[str, str]]:
    at = [0, *(found.start() for found in HEADING.finditer(source)), len(source)]
    for start, end in pairwise(at):
        head = HEADING.match(source[start:end])
        body = source[start + (head.end() if head else 0) : end].strip()
        if head or body:
            yield (head[0] if head else "", body)


def _pages(body: str, holds: int, words: int) -> Iterator[str]:
    page: list[str] = []
    blocks = [
        part
        for block in re.split(r"\n\s*\n", body)
        if (short := _short(block, words))
        for part in _items(short)
    ]
    for block, after in pairwise([*blocks, ""]):
        if block.endswith(":") and not after.startswith(WHOLE):
            continue  # what it announces is not shown
        if page and len("".join(page)) + len(block) > holds and not page[-1].endswith(":"):
            yield "\n\n".join(page)
            page = []
        page.append(block)
    if page:
        yield "\n\n".join(page)


def _items(block: str) -> Iterator[str]:
    """A long list in several pieces, any other block whole."""
    if len(block) <= LONGEST or not block.startswith(("- ", "1. ")):
        yield block
        return
    piece = ""
    for item in re.split(r"\n(?=- |\d+\. )", block):
        if piece and len(piece) + len(item) > LONGEST:
            yield piece
            piece = ""
        piece = f"{piece}\n{item}".strip()
    yield piece


def _short(block: str, words: int) -> str:
    """A block whole if it is a table, formula, list, quotation or question; else sentences."""
    block = block.strip()
    if not block or block.startswith(NOT_SHOWN):
        return ""
    if block.startswith(WHOLE) or QUESTION.fullmatch(block):
        return block
    lead = QUESTION.match(block)
    asked = [found[0] for found in QUESTION.finditer(block, lead.end() if lead else 0)]
    for question in asked:
        block = block.replace(question, "")
    kept = ""
    for sentence in SENTENCE.findall(block):
        if kept and len(kept) + len(sentence) > words:
            break
        kept += sentence
    return "\n\n".join(filter(None, [kept.strip() or block.strip(), *asked]))


def main(paths: list[str], again: bool) -> None:
    """Mark these lessons."""
    for path in map(Path, paths):
        book = json.loads(path.read_text("utf-8"))
        cells = book["cells"]
        if not again and any("slide" in cell["metadata"] for cell in cells):
            print(f"{path.name}: is marked already.")
            continue
        found = propose(cells)
        for number, cell in enumerate(cells):
            cell["metadata"].pop("slide", None)
            if number in found:
                cell["metadata"]["slide"] = found[number]
        path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", "utf-8")
        print(f"{path.name}: {_count(found)} slides.")


if __name__ == "__main__":
    main([one for one in sys.argv[1:] if one != "--again"], "--again" in sys.argv)
