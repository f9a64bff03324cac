"""The puzzle: China's programme for the West began in 2000. What happened, compared with whom?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from course_lib.datasets import china_relative_output

BEGAN = 2000
REGIONS = ("East", "Northeast", "Central", "West")


@dataclass(frozen=True, eq=False)
class WesternProgramme:
    """Output per head of China's four regions, country = 1: the result of `western_programme`.

    Attributes
    ----------
    path : pandas.DataFrame
        Rows are years, columns the regions.
    """

    path: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row a year, one column a region."""
        return self.path.rename(columns=str.lower)

    def summary(self) -> str:
        """One sentence: each region in the first year, when the programme began, and last."""
        first, last = self.path.index[0], self.path.index[-1]
        parts = []
        for region in REGIONS:
            begin, then, now = (float(self.path[region][year]) for year in (first, BEGAN, last))
            parts.append(f"{region} {begin:.2f}, {then:.2f} and {now:.2f}")
        return (
            f"Output per head in {first}, {BEGAN} and {last}, where China has 1: "
            f"{'; '.join(parts)}."
        )


def western_programme() -> WesternProgramme:
    """Look up output per head of China's four regions, relative to the whole country.

    Returns
    -------
    WesternProgramme
        1978 to 2023, at current prices, with the regions of 2005.

    Examples
    --------
    >>> western_programme().path.loc[[2000, 2023], "West"].round(2).tolist()
    [0.62, 0.79]
    """
    return WesternProgramme(china_relative_output("regions_2005")[list(REGIONS)])
