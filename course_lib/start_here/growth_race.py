"""Two regions, two rates of growth: when does the poorer one catch up?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from course_lib.parameters import number, whole_number

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class GrowthRace:
    """Incomes of two regions that grow at constant rates.

    Attributes
    ----------
    year : ndarray of int, shape (n_years,)
        Years from now.
    rich, poor : ndarray of float, shape (n_years,)
        Income per head; the poor region starts at 1.
    catch_up_year : float or None
        Years until both are equal; None if the poor region starts lower and does not grow faster.
    """

    year: np.ndarray
    rich: np.ndarray
    poor: np.ndarray
    catch_up_year: float | None

    def to_frame(self) -> pd.DataFrame:
        """One row a year: income of the rich and of the poor region."""
        import pandas as pd

        return pd.DataFrame(
            {"rich": self.rich, "poor": self.poor}, index=pd.Index(self.year, name="year")
        )

    def summary(self) -> str:
        """One sentence: how far apart they start, and when the poor region catches up."""
        if self.catch_up_year == 0:
            return "Both regions start with the same income, so there is nothing to catch up with."
        start = f"The rich region starts at {self.rich[0]:.3g} times the poor one's income"
        if self.catch_up_year is None:
            return f"{start}, and the poor region never catches up: it does not grow faster."
        return f"{start}; the poor region catches up after {self.catch_up_year:.1f} years."


def growth_race(
    ratio: float = 4.0, rich_growth: float = 2.0, poor_growth: float = 4.0, horizon: int = 120
) -> GrowthRace:
    """Let two regions grow at constant rates, one from a lower start.

    The poor region's income is ``(1 + g_p) ** t`` and the rich one's ``ratio * (1 + g_r) ** t``.
    They are equal at ``t = ln(ratio) / (ln(1 + g_p) - ln(1 + g_r))``.

    Parameters
    ----------
    ratio : float
        Income of the rich region over that of the poor one at the start, at least 1.
    rich_growth, poor_growth : float
        Growth of income per head, per cent a year, above -100.
    horizon : int
        Number of years to follow, at least 1.

    Returns
    -------
    GrowthRace
        Incomes by year and the year of catching up.

    Raises
    ------
    ValueError
        If a parameter is outside of what is said above.

    Examples
    --------
    >>> print(growth_race(ratio=4, rich_growth=2, poor_growth=4).summary())
    The rich region starts at 4 times the poor one's income; the poor region catches up
    after 71.4 years.
    """
    ratio = number(
        "ratio", ratio, least=1, because="it is the rich region's income over the poor one's"
    )
    rich_growth, poor_growth = (
        number(
            name,
            growth,
            above=-100,
            because="it is per cent a year, and a region cannot lose all that it has, or more",
        )
        for name, growth in (("rich_growth", rich_growth), ("poor_growth", poor_growth))
    )
    horizon = whole_number("horizon", horizon, least=1, because="it counts years")
    year = np.arange(horizon + 1, dtype=np.int64)  # in a browser an integer has 32 bits
    rich_factor, poor_factor = 1 + rich_growth / 100, 1 + poor_growth / 100
    catch_up_year = None
    if ratio == 1:
        catch_up_year = 0.0
    elif poor_factor > rich_factor:
        catch_up_year = float(np.log(ratio) / (np.log(poor_factor) - np.log(rich_factor)))
    return GrowthRace(year, ratio * rich_factor**year, poor_factor**year, catch_up_year)
