"""Which of China's sectors would be core, main, supplementary, service? The table of 2020."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib import datasets
from course_lib.parameters import number, one_of
from course_lib.production_complexes.relation_chart import (
    Delivery,
    RelationChart,
    relation_chart,
)

SHORT = {
    "Oil & gas extraction, refining & supply": "Oil and gas",
    "Ores & building materials": "Ores and stone",
    "Food & tobacco": "Food",
    "Textiles, clothing & leather": "Textiles",
    "Wood, paper & other light": "Wood and paper",
    "Transport equipment": "Vehicles",
    "Electrical & electronic": "Electronics",
    "Electricity & water": "Power and water",
    "Trade, transport & catering": "Trade and transport",
    "ICT, finance & business services": "Business services",
    "Public & personal services": "Public services",
}
"""Names that fit into a box, for the sectors with long ones."""

A_SHARE = "it is a share of the buyer's output"


@dataclass(frozen=True, eq=False)
class ChinaRoles:
    """Sectors as plants of one complex: the result of `china_roles`.

    Attributes
    ----------
    chart : RelationChart
        The sectors that are tied to the core.
    threshold : float
        Least share of the buyer's output that a delivery has to make up, to count.
    group : tuple of str
        The largest group of sectors that lie in circles with each other; one name if there is no
        circle.
    """

    chart: RelationChart
    threshold: float
    group: tuple[str, ...]

    @property
    def in_circles(self) -> int:
        """How many of the 17 sectors lie in the largest group of circles."""
        return len(self.group)

    def to_frame(self) -> pd.DataFrame:
        """One row a sector that is tied to the core: kind, layer, deliveries."""
        frame = self.chart.to_frame().rename_axis("sector")
        return frame[["kind", "layer", "buys_from", "delivers_to"]]

    def summary(self) -> str:
        """One sentence: the kinds at this threshold, and how many sectors lie in circles."""
        kinds = [
            f"{kind}: {', '.join(self.chart.of_kind(kind)) or 'none'}"
            for kind in ("main", "supplementary", "service")
        ]
        ring = (
            "no sector lies in a circle"
            if self.in_circles < 2
            else f"{self.in_circles} of the 17 sectors lie in circles with each other"
        )
        return (
            f"Core {self.chart.plan.core}, deliveries of at least {self.threshold:.0%} of the "
            f"buyer's output; {'; '.join(kinds)}; {ring}."
        )


def china_roles(core: str = "Metals", threshold: float = 0.10) -> ChinaRoles:
    """Read China's input-output table of 2020 as if it were one production complex.

    A delivery counts if it makes up at least a threshold of the buyer's output: its **input
    coefficient**. Sectors that are not tied to the core are left out.

    Parameters
    ----------
    core : str
        The sector that is declared the core, by its short name.
    threshold : float
        Least input coefficient, above 0 to 1.

    Returns
    -------
    ChinaRoles
        The chart, and how many sectors lie in circles.

    Raises
    ------
    ValueError
        If there is no such sector, or so many deliveries count that no chart can show them.

    Examples
    --------
    >>> china_roles().chart.of_kind("main")
    ['Construction', 'Machinery', 'Electronics']
    """
    shares = input_coefficients()
    sector = one_of("core", core, shares.index)
    least = number("threshold", threshold, above=0, most=1, because=A_SHARE)
    given = _deliveries(least)
    tied = _tied(sector, given)
    lines = [one.line for one in given if one.seller in tied and one.buyer in tied]
    chart = relation_chart([f"core: {sector}", *lines])
    return ChinaRoles(chart, least, largest_group(least))


@lru_cache(maxsize=1)
def _coefficients() -> pd.DataFrame:
    table = datasets.china_input_output()
    flows = table[table["block"] == "intermediate"]
    sectors = list(flows["seller"].unique())
    matrix = flows.pivot(index="seller", columns="buyer", values="flow").loc[sectors, sectors]
    output = table[table["block"] == "gross output"].set_index("seller")["flow"][sectors]
    names = [SHORT.get(str(sector), str(sector)) for sector in sectors]
    return pd.DataFrame(
        matrix.to_numpy() / output.to_numpy(),
        index=pd.Index(names, name="seller"),
        columns=pd.Index(names, name="buyer"),
    )


def input_coefficients() -> pd.DataFrame:
    """What each sector buys from each, as a share of the buyer's output, China 2020.

    Returns
    -------
    pandas.DataFrame, shape (17, 17)
        Rows sellers, columns buyers, under their short names.

    Examples
    --------
    >>> round(float(input_coefficients().loc["Metals", "Machinery"]), 2)
    0.16
    """
    return _coefficients().copy()


def largest_group(threshold: float) -> tuple[str, ...]:
    """The largest group of sectors that lie in circles; one sector if there is no circle.

    Parameters
    ----------
    threshold : float
        Least input coefficient of a delivery that counts, above 0 to 1.

    Returns
    -------
    tuple of str
        Short names.

    Raises
    ------
    ValueError
        If the threshold is out of range.

    Examples
    --------
    >>> [len(largest_group(least)) for least in (0.10, 0.05, 0.03)]
    [1, 5, 13]
    """
    threshold = number("threshold", threshold, above=0, most=1, because=A_SHARE)
    shares = _coefficients()
    counts = shares.to_numpy() >= threshold
    np.fill_diagonal(counts, True)
    reached = np.linalg.matrix_power(counts.astype(float), len(counts)) > 0
    both_ways = reached & reached.T
    group = both_ways[both_ways.sum(axis=1).argmax()]
    return tuple(str(name) for name in shares.index[group])


def _deliveries(threshold: float) -> list[Delivery]:
    shares = _coefficients()
    names = [str(name) for name in shares.index]
    return [
        Delivery(names[seller], names[buyer], names[seller].lower())
        for seller, buyer in np.argwhere(shares.to_numpy() >= threshold).tolist()
        if seller != buyer
    ]


def _tied(core: str, deliveries: list[Delivery]) -> set[str]:
    """The core, what it reaches, and what reaches any of these."""
    tied = {core}
    for downwards in (True, False):
        while True:
            more = {
                (one.buyer if downwards else one.seller)
                for one in deliveries
                if (one.seller if downwards else one.buyer) in tied
            } - tied
            if not more:
                break
            tied |= more
    return tied
