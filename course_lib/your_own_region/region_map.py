"""A map of any country: boundaries, tiles or points, as given; else no map, and it says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from course_lib.lab import style
from course_lib.maps import Tiles, tile_map
from course_lib.regions import Region

MOST_TILES = 120
"""Smaller tiles have no room for a label: then the map is drawn with points."""


def tiles_of(region: Region) -> Tiles:
    """The region's tiles, as `course_lib.maps.tile_map` takes them; without places all at one.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> tiles_of(mexico()).labels[:2]
    ('AGU', 'BCN')
    """
    places = region.places
    names = list(places.x.index) if places is not None else region.regions
    at = (
        [places.x.astype(int), places.y.astype(int)]
        if places is not None and places.kind == "tiles"
        else [pd.Series(0, index=names)] * 2
    )
    return Tiles(
        region.title,
        tuple(names),
        tuple(region.labels.get(name, str(name)[:3]) for name in names),
        *(tuple(int(place) for place in one) for one in at),
    )


def map_on(
    region: Region,
    low: float,
    high: float,
    label: str,
    scale: Literal["sequential", "diverging"] = "diverging",
) -> Callable[[Axes], Callable[[Any], None]]:
    """Return what draws the region's map on axes, and returns how to colour it.

    A region that is not on the map is left out of it; what is said under the lab names all.

    Parameters
    ----------
    region : Region
        A country's own tables.
    low, high : float
        Ends of the scale of colours.
    label : str
        What the colour means.
    scale : {"sequential", "diverging"}
        "diverging" has its pale middle half-way between `low` and `high`.
    """

    def draw_on(axes: Axes) -> Callable[[Any], None]:
        places = region.places
        if places is None:
            return _no_map(axes, label)
        if places.kind == "tiles" and len(places.x) <= MOST_TILES:
            paint = tile_map(axes, tiles_of(region), low, high, label, scale)
            known = list(places.x.index)
            return lambda values: paint(values[values.index.isin(known)])
        if places.kind == "areas":
            return _areas(axes, region, low, high, label, scale)
        return _points(axes, region, low, high, label, scale)

    return draw_on


def _no_map(axes: Axes, label: str) -> Callable[[Any], None]:
    axes.axis("off")
    axes.text(
        0.5,
        0.5,
        f"No map of the {label}:\nregion.toml names no [places].\nThe bars show the regions.",
        ha="center",
        va="center",
        color=style.GREY,
        transform=axes.transAxes,
    )
    return lambda values: None


def _areas(
    axes: Axes, region: Region, low: float, high: float, label: str, scale: str
) -> Callable[[Any], None]:
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import Normalize

    places = region.places
    assert places is not None, "map_on draws nothing where there are no places"
    colours = colormaps[style.SEQUENTIAL if scale == "sequential" else style.DIVERGING]
    norm = Normalize(low, high, clip=True)
    rings = [(name, ring) for name, areas in places.rings.items() for ring in areas]
    # The largest first: a city that lies inside of another region is drawn over it.
    rings.sort(key=lambda pair: -float(np.prod(np.ptp(pair[1], axis=0))))
    blocks = PolyCollection(
        [ring for _, ring in rings], facecolors="white", edgecolors=style.GREY, linewidths=0.4
    )
    axes.add_collection(blocks)
    every = np.concatenate([ring for _, ring in rings])
    (left, bottom), (right, top) = every.min(axis=0), every.max(axis=0)
    axes.set(xlim=(left, right), ylim=(bottom, top), title=region.title)
    on_globe = abs(every[:, 0]).max() <= 360 and abs(every[:, 1]).max() <= 90
    # A degree of longitude is shorter than one of latitude, away from the equator.
    axes.set_aspect(1 / np.cos(np.deg2rad(min(80.0, abs(bottom + top) / 2))) if on_globe else 1)
    axes.axis("off")
    figure = axes.figure
    figure.colorbar(ScalarMappable(norm, colours), ax=axes, label=label, shrink=0.75, extend="both")
    names = pd.Index([name for name, _ in rings])

    def paint(values: Any) -> None:
        numbers = values.reindex(names).to_numpy(dtype=float)
        painted = colours(norm(np.nan_to_num(numbers)))
        painted[np.isnan(numbers)] = 1.0
        blocks.set_facecolor(painted)

    return paint


def _points(
    axes: Axes, region: Region, low: float, high: float, label: str, scale: str
) -> Callable[[Any], None]:
    from matplotlib import colormaps
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    places = region.places
    assert places is not None, "map_on draws nothing where there are no places"
    colours = colormaps[style.SEQUENTIAL if scale == "sequential" else style.DIVERGING]
    norm = Normalize(low, high, clip=True)
    x, y = places.x.to_numpy(), places.y.to_numpy()
    if places.kind == "tiles":
        y = -y
    size = float(np.clip(9000 / max(len(x), 1), 6, 160))
    dots = axes.scatter(x, y, s=size, c="white", edgecolors=style.GREY, linewidths=0.5)
    # A degree of longitude is shorter than one of latitude, away from the equator.
    stretch = 1 / np.cos(np.deg2rad(np.clip(y.mean(), -80, 80))) if places.kind == "points" else 1
    across = 0.06 * max(np.ptp(x), 1e-6)
    up = 0.06 * max(np.ptp(y), 1e-6)
    axes.set(xlim=(x.min() - across, x.max() + across), ylim=(y.min() - up, y.max() + up))
    axes.set_aspect(stretch)
    axes.set_title(f"{region.title} (a point each: no tiles are given)", fontsize=10)
    axes.axis("off")
    figure = axes.figure
    figure.colorbar(ScalarMappable(norm, colours), ax=axes, label=label, shrink=0.75, extend="both")
    names = pd.Index(places.x.index)

    def paint(values: Any) -> None:
        numbers = values.reindex(names).to_numpy(dtype=float)
        painted = colours(norm(np.nan_to_num(numbers)))
        painted[np.isnan(numbers)] = 1.0
        dots.set_facecolor(painted)

    return paint
