"""Hypothetical extraction: what would be missing if one sector were taken out of the table?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.growth_poles.china_table import china_table
from course_lib.growth_poles.input_output import InputOutput


@dataclass(frozen=True, eq=False)
class Extraction:
    """China without one sector: the result of `extraction`.

    Attributes
    ----------
    sector : str
        The sector that is taken out.
    table : InputOutput
        The table with it.
    lost : numpy.ndarray of float, shape (n_sectors,)
        What each sector makes less, 100 million yuan; of the extracted one, all it made.
    """

    sector: str
    table: InputOutput
    lost: np.ndarray

    @property
    def own_share(self) -> float:
        """The sector's own output as a share of all output."""
        return float(self.table.output[self.table.position(self.sector)] / self.table.output.sum())

    @property
    def total_share(self) -> float:
        """All that is lost, as a share of all output."""
        return float(self.lost.sum() / self.table.output.sum())

    @property
    def own_income_share(self) -> float:
        """The sector's own value added as a share of that of all sectors."""
        at = self.table.position(self.sector)
        income = self.table.value_added_coefficients * self.table.output
        return float(income[at] / income.sum())

    @property
    def total_income_share(self) -> float:
        """Value added that is lost in all sectors, as a share of all of it."""
        rates = self.table.value_added_coefficients
        return float(rates @ self.lost / (rates @ self.table.output))

    @property
    def amplification(self) -> float:
        """All that is lost over the sector's own output."""
        return self.total_share / self.own_share

    def to_frame(self) -> pd.DataFrame:
        """One row a sector: what it loses, and that as a share of its own output."""
        return pd.DataFrame(
            {"lost": self.lost, "share_of_own_output": self.lost / self.table.output},
            index=pd.Index(self.table.sectors, name="sector"),
        )

    def summary(self) -> str:
        """One sentence: the loss, the sector's own part, and who is hit hardest."""
        shares = self.to_frame()["share_of_own_output"].drop(self.sector)
        return (
            f"Without {self.sector} China would turn over {self.total_share:.1%} less and have "
            f"{self.total_income_share:.1%} less income; the sector alone makes "
            f"{self.own_share:.1%} of turnover and {self.own_income_share:.1%} of income; hit "
            f"hardest is {shares.idxmax()}, by {shares.max():.1%}."
        )


def extraction(sector: str = "Construction") -> Extraction:
    """Take a sector out of China's table: what it buys, what it sells, and its final demand.

    Parameters
    ----------
    sector : str
        A sector of China's table of 2020.

    Returns
    -------
    Extraction

    Raises
    ------
    ValueError
        If there is no such sector.

    Notes
    -----
    What is missing is *demand*: suppliers lose a buyer. Those who bought from the sector are
    taken to get the same goods from abroad. So the method does not show a chain that breaks for
    want of a part. In closed form the loss is :math:`T_k = m_k x_k / l_{kk}`, with the multiplier
    :math:`m_k` and output :math:`x_k`. It counts gross output, so the yarn in the yarn, in the
    cloth and in the coat. The loss of income (value added) counts each yuan once.

    References
    ----------
    Miller, R. E. and Lahr, M. L. (2001). A taxonomy of extractions. In M. L. Lahr and R. E. Miller
    (eds), *Regional Science Perspectives in Economic Analysis*. Elsevier, 407-441.

    Examples
    --------
    >>> print(extraction("Coal").summary())
    Without Coal China would turn over 1.5% less and have 1.8% less income; the sector alone makes
    0.9% of turnover and 1.2% of income; hit hardest is Electricity & water, by 2.2%.
    """
    table = china_table()
    lost = table.output - table.output_without(sector)
    lost.flags.writeable = False
    return Extraction(sector, table, lost)
