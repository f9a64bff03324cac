"""Personal variants: the same student always gets the same numbers, and no two get the same set."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

PRACTICE = "practice"  # the class of everybody who works alone


class Draws:
    """A row of random draws made from words.

    It gives the same draws on every computer and in every version of Python. The generators of
    `random` and of numpy do not promise that.

    Parameters
    ----------
    *words : str
        What the draws belong to: class, set, student, purpose.

    Examples
    --------
    >>> draws = Draws("practice", "01_measuring_regions", "s123")
    >>> draws.choice(["East", "Central", "West"])
    'East'
    >>> draws.between(1980, 2020, 5)
    2000
    """

    def __init__(self, *words: str):
        self._key = "\x1f".join(words)
        self._count = 0

    def fraction(self) -> float:
        """The next draw, from 0 to below 1."""
        self._count += 1
        digest = hashlib.sha256(f"{self._key}\x1f{self._count}".encode()).digest()
        return (int.from_bytes(digest[:8], "big") >> 11) / 2**53

    def choice(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[int(self.fraction() * len(options))]

    def sample(self, options: Sequence[T], number: int) -> list[T]:
        """As many different options as asked for, in the order in which they were drawn."""
        left = list(options)
        return [left.pop(int(self.fraction() * len(left))) for _ in range(number)]

    def between(self, low: float, high: float, step: float) -> float:
        """A value from low to high, both possible, in steps: whole if low and step are."""
        steps = round((high - low) / step)
        value = low + step * int(self.fraction() * (steps + 1))
        whole = float(low).is_integer() and float(step).is_integer()
        return int(value) if whole else round(value, 10)


def student_name(typed: object) -> str:
    """The student number as it is used everywhere: no blanks around it, small letters.

    It is the name of a folder as well, so a slash (``UG/12/034``) becomes a hyphen.

    Parameters
    ----------
    typed : object
        What the student wrote in the first cell.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If it is empty or holds something else than letters, digits, ``.``, ``_``, ``-`` or ``@``.

    Examples
    --------
    >>> student_name(" S-1234 ")
    's-1234'
    >>> student_name("UG/12/034")
    'ug-12-034'
    >>> student_name("")
    Traceback (most recent call last):
    ValueError: Write your student number between the quotation marks in the first cell, ...
    """
    text = str(typed) if typed is not None and typed is not ... else ""
    # One letter has one form: ü may also be written as u and two dots, and 1 as a wide １.
    name = unicodedata.normalize("NFKC", text).strip().lower().replace("/", "-")
    if not name:
        raise ValueError(
            "Write your student number between the quotation marks in the first cell, for example "
            'STUDENT = "s1234". Run that cell, then this one again.'
        )
    refused = sorted({char for char in name if not (char.isalnum() or char in "._-@")})
    if refused or name.startswith((".", "-")):
        characters = " ".join(repr(char) for char in refused or [name[0]])
        raise ValueError(
            f"The student number {name!r} holds {characters}. Use the number as it is on the class "
            "list: letters, digits, dot, underscore, hyphen or @."
        )
    return name
