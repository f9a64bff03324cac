"""A text in lines of a given width, in any script."""

from __future__ import annotations

import re
import textwrap
import unicodedata


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines; one may break between Chinese characters, which are twice as wide.

    Parameters
    ----------
    text : str
        The text.
    width : int
        Width of a line, in Latin letters.

    Examples
    --------
    >>> wrapped("Team Delta wins", 10)
    ['Team Delta', 'wins']
    >>> wrapped("珠江队赢了 six", 8)
    ['珠江队赢', '了 six']
    """
    if all(_width(sign) == 1 for sign in text):
        return textwrap.wrap(text, width=width)
    lines, used = [""], 0
    for piece in re.findall(r"\s+|[^\s\u2e80-\u9fff\uf900-\uffef]+|.", text):
        wide = sum(map(_width, piece))
        if used and used + wide > width:
            lines.append("")
            used = 0
        if not (piece.isspace() and used == 0):
            lines[-1] += piece
            used += wide
    return [line.rstrip() for line in lines if line.strip()]


def _width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
