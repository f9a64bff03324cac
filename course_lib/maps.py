"""Maps without boundaries: every region is a tile of the same size, near where it lies.

A tile shows a region's figure by colour; its size says nothing, so that a large empty province
does not shout down a small full one. The layouts are schematic and our own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from course_lib.lab import style

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

ROOM_FOR_LABEL = 0.34  # the upper part of a tile carries the label, on white

_US_STATES = """
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. .. .. .. VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT ..
CA UT CO NE MO KY WV VA MD DE ..
.. AZ NM KS AR TN NC SC DC .. ..
.. .. .. OK LA MS AL GA .. .. ..
HI .. .. TX .. .. .. .. FL .. ..
"""

_CHINA_PROVINCES = """
.. .. .. .. .. .. .. HL
.. .. .. NM .. BJ LN JL
XJ GS NX SX HE TJ .. ..
.. QH SN HA SD .. .. ..
XZ SC CQ HB AH JS .. ..
.. YN GZ HN JX ZJ SH ..
.. .. GX GD FJ .. .. ..
.. .. .. HI .. .. .. ..
"""

_US_NAMES = (
    "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|"
    "DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|"
    "IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|"
    "MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|"
    "NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|"
    "NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|"
    "RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|"
    "VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming"
)

# The two letters of ISO 3166-2:CN
_CHINA_NAMES = (
    "AH Anhui|BJ Beijing|CQ Chongqing|FJ Fujian|GD Guangdong|GS Gansu|GX Guangxi|GZ Guizhou|"
    "HA Henan|HB Hubei|HE Hebei|HI Hainan|HL Heilongjiang|HN Hunan|JL Jilin|JS Jiangsu|"
    "JX Jiangxi|LN Liaoning|NM Inner Mongolia|NX Ningxia|QH Qinghai|SC Sichuan|SD Shandong|"
    "SH Shanghai|SN Shaanxi|SX Shanxi|TJ Tianjin|XJ Xinjiang|XZ Tibet|YN Yunnan|ZJ Zhejiang"
)


@dataclass(frozen=True)
class Tiles:
    """Where the regions of a country stand on a tile map.

    Attributes
    ----------
    title : str
        What the map shows.
    names : tuple of str
        The regions' names, as in the tables of `course_lib.datasets`.
    labels : tuple of str
        Two letters for each region.
    columns, rows : tuple of int
        Place of each region, counted from the north-west corner.
    """

    title: str
    names: tuple[str, ...]
    labels: tuple[str, ...]
    columns: tuple[int, ...]
    rows: tuple[int, ...]


def _tiles(title: str, layout: str, names: str) -> Tiles:
    places = {
        label: (row, column)
        for row, line in enumerate(layout.split("\n")[1:-1])
        for column, label in enumerate(line.split())
        if label != ".."
    }
    pairs = [tuple(pair.split(" ", 1)) for pair in names.split("|")]
    return Tiles(
        title,
        tuple(name for _, name in pairs),
        tuple(label for label, _ in pairs),
        tuple(places[label][1] for label, _ in pairs),
        tuple(places[label][0] for label, _ in pairs),
    )


US_STATES = _tiles("US states", _US_STATES, _US_NAMES)
CHINA_PROVINCES = _tiles("China's provinces", _CHINA_PROVINCES, _CHINA_NAMES)


def tile_map(
    axes: Axes,
    tiles: Tiles,
    low: float,
    high: float,
    label: str,
    scale: Literal["sequential", "diverging"] = "sequential",
    colour_bar: bool = True,
) -> Callable[[Mapping[str, float] | pd.Series], None]:
    """Draw a map of equal tiles; return how to colour it.

    Parameters
    ----------
    axes : matplotlib Axes
        Where to draw.
    tiles : Tiles
        `US_STATES` or `CHINA_PROVINCES`.
    low, high : float
        Ends of the colour scale, in the unit of the values. Values beyond them take the colour
        of the end.
    label : str
        What the colour means, with its unit: written at the colour bar.
    scale : {"sequential", "diverging"}
        "diverging" has its pale middle half-way between `low` and `high`.
    colour_bar : bool
        Whether to draw the scale; the second of two equal maps can do without.

    Returns
    -------
    callable
        ``update(values)`` takes a mapping or a Series from region to number. A region without a
        number stays white: no figure is not a zero.

    Raises
    ------
    ValueError
        If `low` is not below `high`, or (in ``update``) if a region is not on the map.

    Examples
    --------
    >>> from course_lib.lab import draw
    >>> def income(axes):
    ...     return tile_map(axes, US_STATES, 0, 2, "income, nation = 1")
    >>> draw(income, {"Utah": 0.9}, "Utah is below the nation.")
    Utah is below the nation.
    """
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import Normalize

    if not low < high:
        raise ValueError(f"The colour scale needs low below high (got {low:g} and {high:g}).")
    colours = colormaps[style.SEQUENTIAL if scale == "sequential" else style.DIVERGING]
    norm = Normalize(low, high, clip=True)

    squares = [_square(column, row) for column, row in zip(tiles.columns, tiles.rows, strict=True)]
    blocks = PolyCollection(squares, facecolors="white", edgecolors=style.GREY, linewidths=0.6)
    axes.add_collection(blocks)
    for name, column, row in zip(tiles.labels, tiles.columns, tiles.rows, strict=True):
        # Beneath the blocks, which they do not touch: so a step need not draw them again.
        place: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "zorder": blocks.get_zorder() - 0.1,
        }
        axes.text(column + 0.5, row + 0.15, name, fontsize=9, color=style.INK, **place)
    axes.set(
        xlim=(-0.1, max(tiles.columns) + 1.1),
        ylim=(max(tiles.rows) + 1.1, -0.1),
        aspect="equal",
        title=tiles.title,
    )
    axes.axis("off")
    if colour_bar:
        axes.figure.colorbar(
            ScalarMappable(norm, colours), ax=axes, label=label, shrink=0.75, extend="both"
        )

    known = set(tiles.names)

    def update(values: Mapping[str, float] | pd.Series) -> None:
        named = list(values.keys())
        if len(set(named)) < len(named):
            twice = next(name for name in named if named.count(name) > 1)
            raise ValueError(f"{twice!r} is there twice: a tile can have one colour only.")
        strangers = set(named) - known
        if strangers:
            raise ValueError(
                f"{min(strangers, key=str)!r} is not on the map {tiles.title!r}: "
                "use the names of course_lib.datasets."
            )
        numbers = np.array([values.get(name, np.nan) for name in tiles.names], dtype=float)
        painted = colours(norm(np.nan_to_num(numbers)))
        missing = np.isnan(numbers)
        painted[missing] = 1.0  # white
        blocks.set_facecolor(painted)
        blocks.set_edgecolor(np.where(missing, style.PALE, style.GREY).tolist())

    return update


def _square(column: int, row: int) -> list[tuple[float, float]]:
    left, right = column + 0.05, column + 0.95
    top, bottom = row + ROOM_FOR_LABEL, row + 0.97
    return [(left, top), (right, top), (right, bottom), (left, bottom)]
