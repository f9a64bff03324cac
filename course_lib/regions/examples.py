"""A third country's real figures, as a folder that anybody could have made; and invented ones."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from course_lib import datasets
from course_lib.regions.folder import read_region
from course_lib.regions.make import make_region
from course_lib.regions.region import Region

WITHHELD_BELOW = 2_500
"""Jobs: the invented office keeps smaller cells secret."""


def mexico_folder() -> Path:
    """The folder with the tables of Mexico's states.

    Examples
    --------
    >>> sorted(path.name for path in mexico_folder().iterdir())
    ['incomes.csv', 'neighbours.csv', 'places.csv', 'region.toml']
    """
    return datasets.folder_of("mexico")


@lru_cache(maxsize=1)
def mexico() -> Region:
    """Mexico's 32 states: income per head at seven dates from 1940 to 2000.

    Returns
    -------
    Region

    Notes
    -----
    From the example data of PySAL (BSD 3-Clause), used in Rey and Sastre Gutiérrez (2010). There
    are neither people nor jobs in it.

    References
    ----------
    Rey, S. J. and Sastre Gutiérrez, M. L. (2010). Interregional inequality dynamics in Mexico.
    *Spatial Economic Analysis* 5(3), 277-298.

    Examples
    --------
    >>> mexico().panel.loc[2000, ["Chiapas", "Distrito Federal"]].tolist()
    [8684.0, 54349.0]
    """
    found = read_region(mexico_folder())
    return replace(found, python=("from course_lib.regions import mexico", "mexico()"))


INVENTED = "Invented regions (simulated)"
_SHAPE = (4, 3)  # of its tiles, columns and rows
_REGIONS = (
    "Arden", "Belmor", "Corvay", "Dunmere", "Eskdal", "Farrow",
    "Gelmar", "Harrun", "Istren", "Jorvel", "Kestra", "Lorvik",
)  # fmt: skip
_INDUSTRIES = {
    # share of the nation's jobs at the first date, and growth until the second
    "Farming": (0.12, -0.25), "Fishing": (0.01, -0.30), "Mining": (0.04, -0.40),
    "Food": (0.08, 0.00), "Clothing": (0.07, -0.35), "Machinery": (0.11, 0.05),
    "Building": (0.10, 0.10), "Trade": (0.25, 0.12), "Software": (0.04, 0.80),
    "Care": (0.18, 0.30),
}  # fmt: skip
_AT_HOME = {"Mining": "Eskdal", "Clothing": "Jorvel", "Machinery": "Gelmar", "Software": "Corvay",
            "Fishing": "Lorvik"}  # fmt: skip
_FLOWS = ("Farming", "Mining", "Food", "Machinery", "Building", "Services")


@lru_cache(maxsize=1)
def invented_country() -> Region:
    """Twelve regions of a country that does not exist: simulated, for trying labs only.

    Incomes at nine dates with people and two groups, jobs of ten industries at two dates with
    totals and withheld cells, an input-output table, tiles and neighbours. All drawn by chance
    with a fixed seed around shares that were chosen by hand.

    Returns
    -------
    Region

    Examples
    --------
    >>> country = invented_country()
    >>> country.panel.shape, country.jobs.years, len(country.flows.flows)
    ((9, 12), [2010, 2020], 6)
    >>> print(country.summary())  # doctest: +ELLIPSIS
    Invented regions (simulated), 12 regions. Source: simulated by this course...
    """
    chance = np.random.default_rng(13)
    size = np.round(chance.lognormal(0, 0.5, len(_REGIONS)) * 400) * 1000
    tiles = _tiles()
    return make_region(
        INVENTED,
        incomes={
            "table": _incomes(chance, size),
            "groups": ["side"],
        },
        jobs={
            "table": _jobs(chance, size),
            "totals": ["Whole country"],
            "total_industries": ["All industries"],
        },
        flows={"table": _flows(chance), "output": "Output", "value_added": "Value added"},
        neighbours=_borders(tiles),
        places=tiles,
        source="simulated by this course: no office has published these figures",
        currency="money per head",
        licence="MIT",
        caveats=("Everything in it is invented. Nothing follows from it for any country.",),
        python=("from course_lib.regions import invented_country", "invented_country()"),
    )


def _tiles() -> pd.DataFrame:
    places = range(len(_REGIONS))
    return pd.DataFrame(
        {
            "region": _REGIONS,
            "label": [name[:2] for name in _REGIONS],
            "column": [place % _SHAPE[0] for place in places],
            "row": [place // _SHAPE[0] for place in places],
        }
    )


def _borders(tiles: pd.DataFrame) -> pd.DataFrame:
    """Tiles that share a side."""
    where = zip(tiles["column"].tolist(), tiles["row"].tolist(), strict=True)
    at = dict(zip(where, tiles["region"].tolist(), strict=True))
    pairs = [
        (name, at[column + right, row + down])
        for (column, row), name in at.items()
        for right, down in ((1, 0), (0, 1))
        if (column + right, row + down) in at
    ]
    return pd.DataFrame(pairs, columns=["region", "neighbour"])


def _incomes(chance: np.random.Generator, size: np.ndarray) -> pd.DataFrame:
    start = 20_000 * chance.lognormal(0, 0.3, len(_REGIONS))
    rows = []
    for place, name in enumerate(_REGIONS):
        income = start[place]
        for year in range(1980, 2021, 5):
            side = "Coast" if place % _SHAPE[0] < _SHAPE[0] // 2 else "Inland"
            rows.append((name, side, year, round(income), 2 * size[place]))
            # poorer ones grow a little faster, and chance moves all
            growth = 0.12 - 0.06 * np.log(income / 20_000) + 0.08 * chance.standard_normal()
            income *= np.exp(growth)
    return pd.DataFrame(rows, columns=["region", "side", "year", "per_head", "people"])


def _jobs(chance: np.random.Generator, size: np.ndarray) -> pd.DataFrame:
    """As an office prints it: a column an industry, totals at the edge, small cells withheld."""
    share = np.array([first for first, _ in _INDUSTRIES.values()])
    growth = np.array([change for _, change in _INDUSTRIES.values()])
    mix = chance.lognormal(0, 0.35, (len(_REGIONS), len(share)))
    for industry, home in _AT_HOME.items():
        mix[_REGIONS.index(home), list(_INDUSTRIES).index(industry)] *= 6
    first = size[:, None] * share * mix
    own = 0.12 * chance.standard_normal(mix.shape)
    blocks = []
    for year, cells in ((2010, first), (2020, first * (1 + growth) * np.exp(own))):
        block = pd.DataFrame(np.round(cells, -1), _REGIONS, list(_INDUSTRIES))
        block.loc["Whole country"] = block.sum()
        block["All industries"] = block.sum(axis=1)
        told = block.astype(int).astype(str)
        told[block < WITHHELD_BELOW] = "(D)"
        blocks.append(told.rename_axis("region").reset_index().assign(year=year))
    return pd.concat(blocks)


def _flows(chance: np.random.Generator) -> pd.DataFrame:
    inputs = chance.uniform(0.01, 0.12, (len(_FLOWS), len(_FLOWS)))
    inputs[_FLOWS.index("Farming"), _FLOWS.index("Food")] = 0.35
    inputs[_FLOWS.index("Mining"), _FLOWS.index("Machinery")] = 0.20
    wanted = chance.uniform(50, 400, len(_FLOWS))
    output = np.linalg.solve(np.eye(len(_FLOWS)) - inputs, wanted)
    table = pd.DataFrame(np.round(inputs * output), list(_FLOWS), list(_FLOWS))
    output = np.round(output)
    table.loc["Value added"] = output - table.sum()
    table["Output"] = pd.Series(output, list(_FLOWS))
    return table.rename_axis("sector").reset_index()
