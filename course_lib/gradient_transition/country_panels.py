"""The two countries on whose figures the models of this lesson are tried."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from course_lib import datasets
from course_lib.parameters import one_of

US, CHINA = "US states", "China's provinces"
COUNTRIES = (US, CHINA)


def panel_of(country: str) -> pd.DataFrame:
    """Income or output per head of a country's regions: rows years, columns regions.

    Parameters
    ----------
    country : {"US states", "China's provinces"}
        Whose regions.

    Returns
    -------
    pandas.DataFrame, shape (n_years, n_regions)
        US dollars (income) or yuan (output) per head, at the prices of each year. Your own copy.

    Examples
    --------
    >>> panel_of("US states").shape, panel_of("China's provinces").shape
    ((81, 48), (46, 31))
    """
    return _panel(one_of("country", country, COUNTRIES)).copy()


@lru_cache(maxsize=2)
def _panel(country: str) -> pd.DataFrame:
    if country == US:
        return datasets.us_income().pivot(index="year", columns="state", values="income_per_head")
    return datasets.china_provinces().pivot(index="year", columns="province", values="gdp_per_head")
