"""Boundaries from a GeoJSON: Mexico's, as PySAL has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import libpysal
import numpy as np
import pandas as pd
import pytest

from course_lib.regions import Region, TableError, make_region
from course_lib.your_own_region import labs

SHAPES = Path(libpysal.__file__).parent / "examples" / "mexico" / "mexicojoin"


@pytest.fixture(scope="module")
def states() -> dict[str, Any]:
    """Mexico's boundaries as a GeoJSON, each area with a code and a name."""
    shapes, table = (libpysal.io.open(f"{SHAPES}.{kind}") for kind in ("shp", "dbf"))
    names = table.by_col("NAME")
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"{place:02}", "NAME_1": name},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[[list(point) for point in part]] for part in shape.parts],
            },
        }
        for place, (shape, name) in enumerate(zip(shapes, names, strict=True))
    ]
    shapes.close()
    table.close()
    return {"type": "FeatureCollection", "features": features}


def read(folder: Path, geojson: Any, **options: str) -> Region:
    (folder / "borders.geojson").write_text(json.dumps(geojson), "utf-8")
    names = [one["properties"]["NAME_1"] for one in geojson["features"]]
    jobs = pd.DataFrame(
        {"region": names, "mining": range(1, len(names) + 1), "trade": 7, "care": 3}
    )
    incomes = pd.DataFrame({"region": names, "2000": range(2, len(names) + 2)})
    places = {"file": "borders.geojson"} | options
    return make_region("Invented", incomes=incomes, jobs=jobs, places=places, folder=folder)


def test_who_shares_a_border_is_as_pysal_says(tmp_path: Path, states: dict[str, Any]) -> None:
    own = read(tmp_path, states)
    judge = libpysal.weights.Queen.from_shapefile(f"{SHAPES}.shp", silence_warnings=True)
    pairs = {(own.regions[a], own.regions[b]) for a, near in judge.neighbors.items() for b in near}
    assert own.neighbours is not None
    assert set(own.neighbours.itertuples(index=False, name=None)) == pairs
    assert "boundaries that share a point" in " ".join(str(own).split())
    assert "32 areas by 'NAME_1'" in " ".join(str(own).split())


def test_a_map_is_drawn_with_them(tmp_path: Path, states: dict[str, Any]) -> None:
    own = read(tmp_path, states)
    lab = labs.industry_map_lab(own)
    first = lab.canvas.pixels().copy()
    lab.set(industry="mining")
    assert (lab.canvas.pixels() != first).any()
    assert own.places is not None
    points = sum(len(ring) for areas in own.places.rings.values() for ring in areas)
    assert points < 8_000  # a step draws them all


def test_a_region_without_an_area_is_named(tmp_path: Path, states: dict[str, Any]) -> None:
    own = read(tmp_path, states)
    left = {**states, "features": states["features"][1:]}
    (tmp_path / "borders.geojson").write_text(json.dumps(left), "utf-8")
    fewer = make_region(
        "Invented",
        incomes=own.panel.T.rename_axis("region").reset_index(),
        places={"file": "borders.geojson"},
        folder=tmp_path,
    )
    assert f"not on the map: {own.regions[0]}" in " ".join(str(fewer).split())


@pytest.mark.parametrize(
    ("change", "options", "said"),
    [
        (lambda all_: all_.pop("features"), {}, "no GeoJSON of areas"),
        (lambda all_: all_["features"].clear(), {}, "holds no area"),
        (lambda all_: all_["features"][0].update(geometry=None), {}, "no GeoJSON of areas"),
        (
            lambda all_: all_["features"][3]["geometry"].update(type="Point"),
            {},
            "area 4: it is a Point and no Polygon",
        ),
        (
            lambda all_: all_["features"][1]["geometry"].update(coordinates=[[["a"]]]),
            {},
            "area 2: its coordinates are damaged",
        ),
        (lambda all_: None, {"region": "NAME"}, "the properties are 'code' and 'NAME_1'"),
        (lambda all_: None, {"region": "code"}, "none of its names is a region"),
    ],
)
def test_refusals(
    tmp_path: Path, states: dict[str, Any], change: Any, options: dict[str, str], said: str
) -> None:
    own = read(tmp_path, states)
    damaged = json.loads(json.dumps(states))
    change(damaged)
    (tmp_path / "borders.geojson").write_text(json.dumps(damaged), "utf-8")
    with pytest.raises(TableError, match=said):
        make_region(
            "Invented",
            incomes=own.panel.T.rename_axis("region").reset_index(),
            places={"file": "borders.geojson"} | options,
            folder=tmp_path,
        )


def test_a_city_inside_of_a_region_is_drawn_over_it(tmp_path: Path) -> None:
    def square(size: float) -> list[list[float]]:
        return [[-size, -size], [size, -size], [size, size], [-size, size], [-size, -size]]

    geojson = {
        "features": [
            {
                "properties": {"NAME_1": name},
                "geometry": {"type": "Polygon", "coordinates": [square(size)]},
            }
            for name, size in (("City", 1.0), ("Land around it", 4.0))
        ]
    }
    own = read(tmp_path, geojson)
    lab = labs.industry_map_lab(own)
    [blocks] = [one for one in lab.figure.axes[0].collections if len(one.get_paths()) == 2]
    widths = [np.ptp(path.vertices[:, 0]) for path in blocks.get_paths()]
    assert widths == sorted(widths, reverse=True)
