"""Boundaries from a GeoJSON, drawn without further packages, and who shares one."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from course_lib.regions.refusal import TableError
from course_lib.regions.region import Places
from course_lib.sentence import counted, listed

SUFFIXES = {".geojson", ".json"}
FINEST = 0.004
"""Points nearer to each other than this part of the map's width are drawn as one."""


def is_geojson(table: Any) -> bool:
    """Whether [places] names a GeoJSON.

    Examples
    --------
    >>> is_geojson({"file": "states.geojson"}), is_geojson({"file": "places.csv"})
    (True, False)
    """
    file = table.get("file", "") if isinstance(table, dict) else table
    return isinstance(file, str | Path) and Path(file).suffix.lower() in SUFFIXES


def read_borders(
    table: Any, folder: Path | None, names: list[str], said: list[tuple[str, str]]
) -> tuple[Places, pd.DataFrame]:
    """Read boundaries, and who shares one.

    Parameters
    ----------
    table : dict or path
        ``file``, and ``region``: the property that holds the names; by default the one whose
        values are names of regions.
    folder : Path, optional
        Where the file is looked for.
    names : list of str
        The regions of the other tables.
    said : list
        Where it is written what was understood.

    Returns
    -------
    Places
        Rings of each region, and their middles.
    neighbours : pandas.DataFrame
        Two columns, ``region`` and ``neighbour``: pairs whose boundaries share a point.

    Raises
    ------
    TableError
        If the file is no GeoJSON of areas, or none of its names is known.
    """
    options = table if isinstance(table, dict) else {"file": table}
    path = Path(options["file"]) if folder is None else folder / str(options["file"])
    features = _features(path)
    key = _property(path.name, features, names, str(options.get("region", "")))
    known = set(names)
    rings: dict[str, list[np.ndarray]] = {}
    for place, feature in enumerate(features, 1):
        name = _text(feature, key)
        if name in known:
            rings.setdefault(name, []).extend(_rings(path.name, place, feature["geometry"]))
    rings = {name: rings[name] for name in names if name in rings}
    neighbours = _neighbours(rings)
    missing = [name for name in names if name not in rings]
    said.append(("places", f"{path.name} (GeoJSON), {counted(len(features), 'area')} by {key!r}."))
    if missing:
        said.append(("places", f"Not in it, so not on the map: {listed(missing, most=6)}."))
    said.append(("places", "Maps are drawn with boundaries."))
    middles = {name: _middle(areas) for name, areas in rings.items()}
    x, y = (pd.Series({name: at[side] for name, at in middles.items()}) for side in (0, 1))
    return Places("areas", x, y, _coarser(rings)), neighbours


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text("utf-8-sig"))
        features = content["features"]
        assert all(isinstance(one["properties"], dict) and one["geometry"] for one in features)
    except FileNotFoundError as error:
        raise TableError(f"There is no file {path.name} in {path.parent}.") from error
    except (OSError, ValueError, KeyError, TypeError, AssertionError) as error:
        raise TableError(
            f"{path.name} is no GeoJSON of areas: it needs a list of features, each with "
            "properties and a geometry. Export it again as GeoJSON."
        ) from error
    if not features:
        raise TableError(f"{path.name} holds no area.")
    return list(features)


def _text(feature: dict[str, Any], key: str) -> str:
    value = feature["properties"].get(key)
    return "" if value is None else str(value).strip()


def _property(file: str, features: list[dict[str, Any]], names: list[str], told: str) -> str:
    """The property that holds the names of regions."""
    keys = list(dict.fromkeys(key for one in features for key in one["properties"]))
    if told and told not in keys:
        raise TableError(
            f"{file}: region.toml says that names stand in {told!r}, but the properties are "
            f"{listed(map(repr, keys), most=12)}."
        )
    known = set(names)
    hits = {
        key: len(known & {_text(one, key) for one in features})
        for key in ([told] if told else keys)
    }
    best = max(hits, key=lambda key: hits[key], default="")
    if not best or hits[best] == 0:
        examples = listed([repr(_text(features[0], key)) for key in hits], most=6)
        raise TableError(
            f"{file}: none of its names is a region of the other tables, such as {names[0]!r}. Its "
            f"first area has {examples}. Use the same names in both, or the same codes."
        )
    return best


def _rings(file: str, place: int, geometry: dict[str, Any]) -> list[np.ndarray]:
    """The outer rings of an area. Holes are left out: what lies in one is drawn over it."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise TableError(
            f"{file}, area {place}: it is a {kind} and no Polygon. Choose the file of areas."
        )
    areas: Any = [coordinates] if kind == "Polygon" else coordinates
    try:
        found = [np.array(area[0], dtype=np.float64)[:, :2] for area in areas]
    except (ValueError, IndexError, TypeError, KeyError) as error:
        raise TableError(f"{file}, area {place}: its coordinates are damaged.") from error
    if not all(len(ring) >= 3 and np.isfinite(ring).all() for ring in found):
        raise TableError(f"{file}, area {place}: its coordinates are damaged.")
    return found


def _neighbours(rings: dict[str, list[np.ndarray]]) -> pd.DataFrame:
    """Pairs of regions of which a point of the boundary is the same."""
    at: dict[tuple[float, float], set[str]] = defaultdict(set)
    for name, areas in rings.items():
        for ring in areas:
            for point in map(tuple, ring.tolist()):
                at[point].add(name)
    order = {name: place for place, name in enumerate(rings)}
    pairs = {
        (one, other) for there in at.values() if len(there) > 1 for one in there for other in there
    }
    rows = sorted(
        ((one, other) for one, other in pairs if one != other),
        key=lambda pair: (order[pair[0]], order[pair[1]]),
    )
    return pd.DataFrame(rows, columns=["region", "neighbour"])


def _middle(areas: list[np.ndarray]) -> tuple[float, float]:
    """The middle of the largest ring's box: near enough for a label."""
    largest = max(areas, key=lambda ring: float(np.prod(np.ptp(ring, axis=0))))
    middle = (largest.min(axis=0) + largest.max(axis=0)) / 2
    return float(middle[0]), float(middle[1])


def _coarser(rings: dict[str, list[np.ndarray]]) -> dict[str, list[np.ndarray]]:
    """Fewer points, as far as the picture cannot show them: a step draws them all."""
    every = np.concatenate([ring for areas in rings.values() for ring in areas])
    nearest = FINEST * float(np.ptp(every, axis=0).max())
    found = {}
    for name, areas in rings.items():
        thinner = [_thinned(ring, nearest) for ring in areas]
        # Islands that are smaller than a point go, but no region goes as a whole.
        large = [ring for ring in thinner if len(ring) >= 3]
        found[name] = large or [max(areas, key=len)]
    return found


def _thinned(ring: np.ndarray, nearest: float) -> np.ndarray:
    kept = [0]
    for place in range(1, len(ring)):
        if np.abs(ring[place] - ring[kept[-1]]).max() >= nearest:
            kept.append(place)
    return ring[kept]
