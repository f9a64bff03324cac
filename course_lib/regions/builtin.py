"""The countries whose figures the lessons show, in the form of a person's own region."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from course_lib import datasets
from course_lib.maps import CHINA_PROVINCES, US_STATES, Tiles
from course_lib.regions.make import make_region
from course_lib.regions.region import Region

WHOLE_COUNTRY, ALL_INDUSTRIES = "United States, all states", "All jobs"


@lru_cache(maxsize=2)
def united_states(industries: bool = False) -> Region:
    """The states of the US: incomes 1929-2009, neighbours, tiles, and jobs.

    Parameters
    ----------
    industries : bool
        Jobs of 2019 in about 80 industries with the published totals, some cells withheld. Else
        those of 13 sectors in 2001, 2010 and 2019 in 34 states, none withheld.

    Returns
    -------
    Region

    Examples
    --------
    >>> united_states().panel.shape, united_states().jobs.years
    ((81, 48), [2001, 2010, 2019])
    """
    choice = "True" if industries else ""
    return make_region(
        "US states",
        incomes={
            "table": datasets.us_income(),
            "region": "state",
            "per_head": "income_per_head",
            "groups": ["census_region"],
        },
        jobs=_us_industries() if industries else _us_sectors(),
        neighbours={"table": datasets.us_state_neighbours(), "region": "state"},
        places=_tile_table(US_STATES),
        source="US Bureau of Economic Analysis; US Census Bureau: County Business Patterns",
        currency="US dollars, current prices",
        licence="public domain",
        caveats=datasets.describe("us_income").caveats,
        python=("from course_lib.regions import united_states", f"united_states({choice})"),
    )


def _us_sectors() -> dict[str, object]:
    return {
        "table": datasets.us_sector_employment(),
        "region": "state",
        "industry": "sector",
        "jobs": "employment",
    }


def _us_industries() -> dict[str, object]:
    table = datasets.us_industry_employment()
    jobs = table.pivot(index="state", columns="industry", values="employment")
    of_state = table.groupby("state")["state_employment"].first()
    of_industry = table.groupby("industry")["us_employment"].first()
    jobs.loc[WHOLE_COUNTRY] = of_industry
    jobs[ALL_INDUSTRIES] = pd.concat([of_state, pd.Series({WHOLE_COUNTRY: of_state.sum()})])
    return {
        "table": jobs.assign(year=2019),
        "region": "state",
        "totals": [WHOLE_COUNTRY],
        "total_industries": [ALL_INDUSTRIES],
    }


@lru_cache(maxsize=1)
def china() -> Region:
    """The provinces of China: output and people 1978-2023, three groupings, tiles.

    Returns
    -------
    Region

    Examples
    --------
    >>> china().panel.shape, list(china().groups)
    ((46, 31), ['belts_1986', 'regions_2000', 'regions_2005'])
    """
    return make_region(
        "China's provinces",
        incomes={
            "table": datasets.china_provinces(),
            "region": "province",
            "per_head": "gdp_per_head",
            "people": "population",
            "groups": list(datasets.REGION_SCHEMES.values()),
        },
        flows=_china_flows(),
        places=_tile_table(CHINA_PROVINCES),
        source="National Bureau of Statistics of China",
        currency="yuan, current prices",
        caveats=datasets.describe("china_provinces").caveats,
        python=("from course_lib.regions import china", "china()"),
    )


def _china_flows() -> dict[str, object]:
    """The square table as an office prints it: sectors, value added below, output at the right."""
    block = {name: rows for name, rows in datasets.china_input_output().groupby("block")}
    sectors = block["intermediate"]["seller"].unique()
    square = block["intermediate"].pivot(index="seller", columns="buyer", values="flow")
    square = square.loc[sectors, sectors]
    square["Gross output"] = block["gross output"].set_index("seller")["flow"]
    square.loc["Value added"] = block["value added"].groupby("buyer")["flow"].sum()
    return {
        "table": square.rename_axis(index="sector", columns=None),
        "output": "Gross output",
        "value_added": "Value added",
    }


def _tile_table(tiles: Tiles) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "region": tiles.names,
            "label": tiles.labels,
            "column": tiles.columns,
            "row": tiles.rows,
        }
    )
