"""Real figures for the measures, from the data that libpysal brings along."""

import pandas as pd
import pytest

CENSUS_REGIONS = {
    "Northeast": "Connecticut, Maine, Massachusetts, New Hampshire, New Jersey, New York, "
    "Pennsylvania, Rhode Island, Vermont",
    "Midwest": "Illinois, Indiana, Iowa, Kansas, Michigan, Minnesota, Missouri, Nebraska, "
    "North Dakota, Ohio, South Dakota, Wisconsin",
    "South": "Alabama, Arkansas, Delaware, Florida, Georgia, Kentucky, Louisiana, Maryland, "
    "Mississippi, North Carolina, Oklahoma, South Carolina, Tennessee, Texas, Virginia, "
    "West Virginia",
    "West": "Arizona, California, Colorado, Idaho, Montana, Nevada, New Mexico, Oregon, Utah, "
    "Washington, Wyoming",
}


@pytest.fixture(scope="session")
def us_income() -> pd.DataFrame:
    """Income per head of 48 states, dollars; rows the years 1929-2009, columns states."""
    import libpysal

    table = pd.read_csv(libpysal.examples.get_path("usjoin.csv"))
    wide = table.drop(columns="STATE_FIPS").set_index("Name").T
    return wide.set_axis(wide.index.astype(int)).rename_axis(index="year", columns="state")


@pytest.fixture(scope="session")
def census_region(us_income: pd.DataFrame) -> pd.Series:
    """The Census Bureau's four regions."""
    region = {
        state: name for name, states in CENSUS_REGIONS.items() for state in states.split(", ")
    }
    assert set(region) == set(us_income.columns)
    return pd.Series(region, name="region")


@pytest.fixture(scope="session")
def us_weights():
    """Which of the 48 states share a border, as PySAL's weights, row-standardised."""
    import libpysal

    file = libpysal.io.open(libpysal.examples.get_path("states48.gal"))
    weights = file.read()
    file.close()
    weights.transform = "r"
    return weights


@pytest.fixture(scope="session")
def us_neighbours(us_income: pd.DataFrame, us_weights) -> pd.DataFrame:
    """The same as pairs of names."""
    names = list(us_income.columns)
    pairs = [
        (names[int(state)], names[int(other)])
        for state, others in us_weights.neighbors.items()
        for other in others
    ]
    return pd.DataFrame(pairs, columns=["state", "neighbour"])
