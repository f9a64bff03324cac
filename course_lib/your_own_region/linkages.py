"""What does a sector set in motion, and what would go with it? For any input-output table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.growth_poles.input_output import InputOutput, input_output
from course_lib.parameters import one_of
from course_lib.regions import Region

ORDER = 100.0
"""Size of the order, in the table's unit."""

CALLED_UP, LOST = "what an order calls up", "what is lost without it"
ASKS = {
    CALLED_UP: f"turnover for an order of {ORDER:.0f}, sector by sector",
    LOST: "loss without it, % of each sector's output",
}
"""What the bars can show, and their heading."""


@dataclass(frozen=True, eq=False)
class OwnLinkages:
    """One sector of an input-output table: the result of `own_linkages`.

    Attributes
    ----------
    sector, asks : str
        Which sector, and what the bars show.
    table : InputOutput
        The table of all sectors.
    effect : pandas.Series
        By sector, the largest first: turnover for an order of 100, or the loss of output without
        the sector, in per cent of each other sector's output.
    """

    sector: str
    asks: str
    table: InputOutput
    effect: pd.Series

    @property
    def heading(self) -> str:
        """What the bars show."""
        return ASKS[self.asks]

    @property
    def multiplier(self) -> float:
        """Turnover of all sectors for one unit of final demand for the sector."""
        return float(self.table.output_multipliers[self.table.position(self.sector)])

    def to_frame(self) -> pd.DataFrame:
        """One row a sector: linkages, loss by extraction, and the effect that is shown."""
        return self.table.to_frame().assign(effect=self.effect)

    def summary(self) -> str:
        """One sentence: what an order calls up, where it stands, and what is lost without it."""
        table, at = self.table, self.table.position(self.sector)
        text = (
            f"{self.sector}: an order of {ORDER:.0f} makes all sectors together turn "
            f"over {ORDER * self.multiplier:.0f}"
        )
        if table.value_added is not None:
            income = ORDER * table.value_added_multipliers[at]
            text += f", and {income:.0f} become income at home"
        lost = table.extraction_loss[at] / table.output.sum()
        return (
            f"{text}; backward linkage {table.backward[at]:.2f}, forward linkage "
            f"{table.forward[at]:.2f}. Without the sector {lost:.1%} of all output "
            "would go, its own included."
        )


def own_linkages(region: Region, sector: str = "", asks: str = CALLED_UP) -> OwnLinkages:
    """Follow an order for a sector's goods, or take the sector out. As in lesson 05.

    Parameters
    ----------
    region : Region
        A country's own tables, with flows.
    sector : str
        One of its sectors; empty: the first.
    asks : str
        One of `ASKS`.

    Returns
    -------
    OwnLinkages

    Raises
    ------
    ValueError
        If there is no table of flows, no such sector, or the table cannot be analysed.

    Examples
    --------
    >>> from course_lib.regions import china
    >>> own_linkages(china(), "Construction").effect.head(2).round(0).to_dict()
    {'Construction': 104.0, 'ICT, finance & business services': 34.0}
    """
    table = table_of(region)
    chosen = one_of("sector", sector or table.sectors[0], table.sectors)
    at = table.position(chosen)
    if one_of("asks", asks, ASKS) == CALLED_UP:
        effect = ORDER * table.leontief_inverse[:, at]
    else:
        effect = 100 * (1 - table.output_without(chosen) / table.output)
    by_sector = pd.Series(np.asarray(effect), index=pd.Index(table.sectors, name="sector"))
    if asks == LOST:
        by_sector[chosen] = 100.0
    return OwnLinkages(
        chosen,
        asks,
        table,
        by_sector.sort_values(ascending=False, kind="stable"),
    )


@lru_cache(maxsize=8)
def table_of(region: Region) -> InputOutput:
    """The region's input-output table, analysed.

    Examples
    --------
    >>> from course_lib.regions import china
    >>> len(table_of(china()).sectors)
    17
    """
    if region.flows is None:
        raise ValueError(
            f"{region.title} has no table of flows: add [flows] to region.toml, with one row for "
            "each sector that sells and one column for each that buys"
        )
    flows = region.flows
    return input_output(flows.flows, flows.output, value_added=flows.value_added)
