"""The ripple of an order: suppliers buy from suppliers, round by round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.growth_poles.china_table import china_table
from course_lib.growth_poles.input_output import InputOutput
from course_lib.parameters import whole_number

ORDER = 100.0
"""Size of the order: 100 yuan of final demand."""

ROUNDS = 12
"""After so many rounds less than half a yuan is left, in every sector of China's table."""


@dataclass(frozen=True, eq=False)
class Ripple:
    """What an order for one sector's goods calls up: the result of `ripple`.

    Attributes
    ----------
    sector : str
        The sector that gets the order.
    step : int
        Rounds that have taken place.
    table : InputOutput
        The table of all sectors.
    rounds : numpy.ndarray of float, shape (ROUNDS + 1, n_sectors)
        Output that each sector makes in each round, in yuan; round 0 is the order itself.
    """

    sector: str
    step: int
    table: InputOutput
    rounds: np.ndarray

    @property
    def multiplier(self) -> float:
        """Output of all sectors together for one yuan of the order, when all has been bought."""
        return float(self.table.output_multipliers[self.table.position(self.sector)])

    @property
    def so_far(self) -> float:
        """Output of all sectors together up to now, in yuan, the order included."""
        return float(self.rounds[: self.step + 1].sum())

    @property
    def income(self) -> float:
        """Income at home (value added of all sectors) for the whole order, in yuan."""
        at = self.table.position(self.sector)
        return float(ORDER * self.table.value_added_multipliers[at])

    @property
    def income_per_round(self) -> np.ndarray:
        """Income at home out of each round's turnover, in yuan, shape (ROUNDS + 1,)."""
        return self.rounds @ self.table.value_added_coefficients

    @property
    def imports_per_round(self) -> np.ndarray:
        """What each round pays for inputs from abroad, in yuan, shape (ROUNDS + 1,)."""
        passed_on = self.rounds @ self.table.technical_coefficients.sum(axis=0)
        return self.rounds.sum(axis=1) - self.income_per_round - passed_on

    @property
    def by_sector(self) -> pd.Series:
        """What each sector has made up to now, in yuan, the largest first."""
        made = pd.Series(self.rounds[: self.step + 1].sum(axis=0), index=self.table.sectors)
        return made.sort_values(ascending=False, kind="stable")

    def to_frame(self) -> pd.DataFrame:
        """One row a sector: linkages, and what it has made for the order up to now."""
        columns = ["share_of_output", "multiplier", "income_at_home", "backward", "forward"]
        frame = self.table.to_frame()[columns]
        frame["made_for_the_order"] = self.rounds[: self.step + 1].sum(axis=0)
        return frame

    def summary(self) -> str:
        """One sentence: what the order has called up so far and in the end, and where it stands."""
        at = self.table.position(self.sector)
        backward, forward = self.table.backward[at], self.table.forward[at]
        whole = ORDER * self.multiplier
        return (
            f"{ORDER:.0f} yuan are spent on {self.sector}: {_rounds(self.step)}, all sectors "
            f"together have turned over {self.so_far:.0f} yuan ({whole:.0f} in the end, "
            f"{whole - ORDER:.0f} of it at suppliers), and "
            f"{self.income_per_round[: self.step + 1].sum():.1f} yuan have become income at home "
            f"({self.income:.1f} in the end); its backward linkage is {backward:.2f}, its forward "
            f"linkage {forward:.2f}."
        )


def ripple(sector: str = "ICT, finance & business services", step: int = ROUNDS) -> Ripple:
    """Spend 100 yuan on one sector's goods, and follow what its suppliers buy, round by round.

    Parameters
    ----------
    sector : str
        A sector of China's table of 2020: see `course_lib.growth_poles.china_table.sector_names`.
    step : int
        Rounds that take place, 0 to 12.

    Returns
    -------
    Ripple

    Raises
    ------
    ValueError
        If there is no such sector, or no such round.

    Notes
    -----
    Round 0 is the order, :math:`f`. In round 1 the sector buys its inputs, :math:`A f`; in round
    2 the suppliers buy theirs, :math:`A^2 f`, and so on. All rounds add up to :math:`(I-A)^{-1} f`.
    Each round's turnover is value added, imported inputs, and what is passed on to the next round.
    So value added and imports of all rounds add up to the order itself, and no more.

    Examples
    --------
    >>> found = ripple("Construction")
    >>> print(found.summary())
    100 yuan are spent on Construction: after 12 rounds, all sectors together have turned over 277
    yuan (277 in the end, 177 of it at suppliers), and 90.1 yuan have become income at home (90.2
    in the end); its backward linkage is 1.14, its forward linkage 0.41.

    The suppliers that make most for it:

    >>> list(found.by_sector.index[1:4])
    ['ICT, finance & business services', 'Metals', 'Ores & building materials']
    """
    table = china_table()
    at = table.position(sector)
    step = whole_number("step", step, least=0, most=ROUNDS, because="it counts rounds")
    rounds = np.zeros((ROUNDS + 1, len(table.sectors)))
    rounds[0, at] = ORDER
    for number in range(1, ROUNDS + 1):
        rounds[number] = table.technical_coefficients @ rounds[number - 1]
    rounds.flags.writeable = False
    return Ripple(sector, step, table, rounds)


def _rounds(step: int) -> str:
    return {0: "before any supplier has bought", 1: "after 1 round"}.get(
        step, f"after {step} rounds"
    )
