"""China's belts, one year in detail: what the lab of the belts shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib import datasets
from course_lib.caching import read_only
from course_lib.datasets import REGION_SCHEMES
from course_lib.gradient_transition.belts import Belts, belts
from course_lib.parameters import one_of, year_in


@dataclass(frozen=True, eq=False)
class ChinaBelts:
    """China's belts, one year in detail: the result of `china_belts`.

    Attributes
    ----------
    belts : Belts
        The figures of all years.
    year : int
        The year in detail.
    scheme : str
        How the regions are drawn, in words.
    """

    belts: Belts
    year: int
    scheme: str

    @property
    def now(self) -> int:
        """Place of the year in the arrays of `belts`."""
        return int(np.searchsorted(self.belts.years, self.year))

    @property
    def relative(self) -> np.ndarray:
        """Output per head of each belt, the country = 1, shape (n_years, n_belts)."""
        per_head = self.belts.gdp_per_head
        country = (per_head * self.belts.population_share).sum(axis=1, keepdims=True)
        return per_head / country

    def to_frame(self) -> pd.DataFrame:
        """One row a year: output per head of each belt, the ratio, Theil and Williamson."""
        return self.belts.to_frame()

    def summary(self) -> str:
        """One sentence: the gap in the year, beside that of the first year."""
        found, now = self.belts, self.now
        between = found.between[now] / found.theil[now]

        def first(value: float, form: str) -> str:
            return "" if now == 0 else f" ({value:{form}} in {found.years[0]})"

        text = (
            f"{self.year}, {self.scheme}: output per head in the East is "
            f"{found.east_west[now]:.2f} times that in the West{first(found.east_west[0], '.2f')}; "
            f"Theil's index between provinces is {found.theil[now]:.3f}"
            f"{first(found.theil[0], '.3f')}, {between:.0%} of it between the regions; "
            f"Williamson's coefficient is {found.williamson[now]:.3f}"
            f"{first(found.williamson[0], '.3f')}"
        )
        if found.left_out:
            text += "; without " + ", ".join(found.left_out)
        if found.spread_back:
            text += f"; jumps of population spread back over {found.spread_back} years"
        return text + "."


def china_belts(
    year: int = 1978,
    scheme: str = "three belts (1986)",
    municipalities: bool = True,
    spread_back: int = 0,
) -> ChinaBelts:
    """Look at the gap between China's belts in one year, and at all years around it.

    Parameters
    ----------
    year : int
        1978 to 2023.
    scheme : {"three belts (1986)", "three regions (2000)", "four regions (2005)"}
        How the regions are drawn.
    municipalities : bool
        Whether Beijing, Shanghai and Tianjin count.
    spread_back : int
        Years over which jumps of population are spread back, 0 to 20; 0 leaves the population as
        published. A thought experiment, see `population_jumps.without_jumps`.

    Returns
    -------
    ChinaBelts
        The figures of all years, and the year in detail.

    Raises
    ------
    ValueError
        If the table has no such year, or there is no such scheme.

    Examples
    --------
    >>> found = china_belts(1990)
    >>> found.belts.at(found.year)[["east_west", "theil"]].round(3).tolist()
    [1.863, 0.085]
    """
    scheme = one_of("scheme", scheme, REGION_SCHEMES)
    found = _belts(REGION_SCHEMES[scheme], bool(municipalities), spread_back)
    return ChinaBelts(found, year_in(found.years, "year", year), scheme)


@lru_cache(maxsize=128)
def _belts(column: str, municipalities: bool, spread_back: int) -> Belts:
    """All years at once: then moving the year costs nothing."""
    found = belts(_provinces(), column, municipalities=municipalities, spread_back=spread_back)  # type: ignore[arg-type]
    return read_only(found)


@lru_cache(maxsize=1)
def _provinces() -> pd.DataFrame:
    return datasets.china_provinces()
