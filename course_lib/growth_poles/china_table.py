"""China's input-output table of 2020, ready to be analysed."""

from __future__ import annotations

from functools import lru_cache

from course_lib import datasets
from course_lib.growth_poles.input_output import InputOutput, input_output

OIL_AND_GAS = "Oil & gas extraction, refining & supply"
"""One sector of the table: crude oil and natural gas, refining with coking, and gas supply."""


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
    )


def sector_names() -> list[str]:
    """The sectors of China's table, in its order.

    Examples
    --------
    >>> sector_names()[:2]
    ['Agriculture', 'Coal']
    """
    return list(china_table().sectors)
