"""Names and counts as they stand in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable


def listed(names: Iterable[object], last: str = " and ", most: int | None = None) -> str:
    """Several names in a sentence: "a, b and c".

    Parameters
    ----------
    names : iterable
        What is named; anything that ``str`` makes a word of. Of no names it makes no words.
    last : str
        What stands before the last name.
    most : int, optional
        How many are named at most; the rest are counted.

    Examples
    --------
    >>> listed(["steel", "coal", "ore"])
    'steel, coal and ore'
    >>> listed([1, 2], last=" or ")
    '1 or 2'
    >>> listed(["steel", "coal", "ore"], most=1)
    'steel and 2 more'
    """
    words = [str(name) for name in names]
    if most is not None and len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return last.join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def agreeing(count: float, singular: str, plural: str = "") -> str:
    """Return the form of a noun or verb that agrees with a count.

    Parameters
    ----------
    count : number
        Only 1 is singular.
    singular, plural : str
        Both forms; without the second, an "s" is added to the first.

    Examples
    --------
    >>> agreeing(2, "family", "families")
    'families'
    """
    return singular if count == 1 else plural or f"{singular}s"


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return a count and its noun.

    Parameters
    ----------
    count : int
        How many; from 1,000 on with commas.
    singular, plural : str
        As in `agreeing`.

    Examples
    --------
    >>> counted(1, "firm")
    '1 firm'
    >>> counted(2_000, "firm")
    '2,000 firms'
    """
    return f"{count:,} {agreeing(count, singular, plural)}"


def count_words(text: str) -> int:
    """Number of words; a Chinese character counts as one.

    Examples
    --------
    >>> count_words("A pole, 50 km away."), count_words("珠江三角洲")
    (5, 5)
    """
    return len(
        re.findall(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:[-'’.][^\W_\u3400-\u9fff]+)*", text)
    )
