"""A third country's real figures, as a folder that anybody could have made."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from course_lib import datasets
from course_lib.regions.folder import read_region
from course_lib.regions.region import Region


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
