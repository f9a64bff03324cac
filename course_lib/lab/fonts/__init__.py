"""The font with the Chinese characters that matplotlib's own font lacks."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib.resources import as_file, files

FAMILIES = ["DejaVu Sans", "Course Sans Fallback"]


@lru_cache(1)
def families() -> list[str]:
    """The families of a picture's font: a sign that the first lacks is taken from the second.

    The second holds the characters of GB 2312, so that a name in Chinese is drawn on every
    computer, also in a browser, where no font of the system can be reached.

    Examples
    --------
    >>> families()
    ['DejaVu Sans', 'Course Sans Fallback']
    """
    from matplotlib import font_manager  # reads the list of fonts, which only a picture needs

    with as_file(files("course_lib.lab.fonts") / "CourseSansFallback.ttf") as file:
        font_manager.fontManager.addfont(file)
    known = font_manager.fontManager.ttflist
    # It stands for its own bold as well, or matplotlib would complain of each bold word.
    known += [replace(known[-1], weight=weight) for weight in (600, 700)]
    return FAMILIES


def not_drawable(text: str) -> str:
    """The signs of a text that neither family has, each once.

    Examples
    --------
    >>> not_drawable("Team 珠江队, 50 km²"), not_drawable("ᚠ and ᚢ")
    ('', 'ᚠᚢ')
    """
    wanted = {sign for sign in text if ord(sign) > 0x7F}
    return "".join(sorted(sign for sign in wanted if ord(sign) not in _drawable()))


@lru_cache(1)
def _drawable() -> frozenset[int]:
    from matplotlib import font_manager, ft2font

    found: set[int] = set()
    for family in families():
        file = font_manager.findfont(font_manager.FontProperties(family=[family]))
        found |= ft2font.FT2Font(file).get_charmap().keys()
    return frozenset(found)
