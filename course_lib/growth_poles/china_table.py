"""China's input-output table of 2020, ready to be analysed."""

from __future__ import annotations

from functools import lru_cache

from course_lib import datasets
from course_lib.growth_poles.input_output import InputOutput, input_output

OIL_AND_GAS = "Oil & gas extraction, refining & supply"
"""One sector of the table: crude oil and natural gas, refining with coking, and gas supply."""

SHORT = {
    OIL_AND_GAS: "Oil & gas",
    "Ores & building materials": "Ores & building",
    "Textiles, clothing & leather": "Textiles & clothing",
    "Wood, paper & other light": "Wood & paper",
    "Trade, transport & catering": "Trade & transport",
    "ICT, finance & business services": "ICT & finance",
    "Public & personal services": "Public & personal",
}
"""Names that fit into a picture, the same in every lab."""


def short(sector: str) -> str:
    """A sector's name as it stands in a picture.

    Examples
    --------
    >>> short("ICT, finance & business services"), short("Coal")
    ('ICT & finance', 'Coal')
    """
    return SHORT.get(sector, sector)


@lru_cache(maxsize=1)
def china_table() -> InputOutput:
    """China's table of 2020, 17 sectors, 100 million yuan, its rows and columns checked.

    Returns
    -------
    InputOutput

    Notes
    -----
    National Bureau of Statistics of China; the 17 sectors are sums of its 42. Flows are domestic:
    what is bought abroad leaks out of the ripple. There is no employment in the table, and
    household and government consumption are one column, so multipliers are of type I.

    Examples
    --------
    >>> china_table().key_sectors
    ('Ores & building materials', 'Wood, paper & other light', 'Chemicals', 'Metals',
     'Electricity & water')
    """
    table = datasets.china_input_output()
    block = {name: rows for name, rows in table.groupby("block")}
    sectors = list(block["intermediate"]["seller"].unique())
    flows = block["intermediate"].pivot(index="seller", columns="buyer", values="flow")
    costs = sum(block[name].groupby("buyer")["flow"].sum() for name in ("imports", "value added"))
    return input_output(
        flows.loc[sectors, sectors],
        block["gross output"].set_index("seller")["flow"],
        final_demand=block["final demand"].groupby("seller")["flow"].sum(),
        other_costs=costs,
        value_added=block["value added"].groupby("buyer")["flow"].sum(),
    )


def sector_names() -> list[str]:
    """The sectors of China's table, in its order.

    Examples
    --------
    >>> sector_names()[:2]
    ['Agriculture', 'Coal']
    """
    return list(china_table().sectors)
