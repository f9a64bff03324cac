"""An input-output table: who sells how much to whom."""

from __future__ import annotations

import pandas as pd

from course_lib.regions.mapped_table import MappedTable, no_row_twice
from course_lib.regions.refusal import TableError
from course_lib.regions.region import Flows
from course_lib.sentence import counted, listed


def read_flows(table: MappedTable) -> Flows:
    """Read a table with a row for each sector that sells and a column for each that buys.

    Parameters
    ----------
    table : MappedTable
        The sheet; ``sector`` is the heading above the sellers' names, ``output`` that of gross
        output, ``value_added`` the name of the row that holds it.

    Returns
    -------
    Flows

    Raises
    ------
    TableError
        If a sector sells and does not buy, or a figure is missing: an input-output table with a
        gap cannot be inverted.
    """
    table.say_file()
    names = table.texts(table.needed("sector", "the sectors that sell"), "sector").astype("str")
    no_row_twice(table, {"sector": names})
    output = table.needed("output", "gross output")
    sectors = [name for name in names if name in table.sheet.headings]
    if len(sectors) < 2:
        raise TableError(
            f"{table}: fewer than two names stand both in the rows and in the headings. The first "
            f"rows are {listed(map(repr, names.head(3)))}: write the sectors alike in both."
        )
    beside = [name for name in names if name not in sectors]
    wanted = str(table.options.get("value_added", "")).strip()
    if wanted and wanted not in beside:
        raise TableError(
            f"{table}: region.toml says that the row {wanted!r} holds value added. The rows beside "
            f"the sectors are {listed(map(repr, beside), most=8) or 'none'}."
        )
    cells = table.numbers([*sectors, output])
    rows = cells.set_axis(pd.Index(names), axis=0)
    flows = rows.loc[sectors, sectors].rename_axis(index="seller", columns="buyer")
    made = rows[output].loc[sectors]
    for part in (flows, made.to_frame()):
        gaps = part.isna()
        if gaps.to_numpy().any():
            seller = str(gaps.index[gaps.any(axis=1)][0])
            buyer = str(gaps.columns[gaps.any()][0])
            raise TableError(
                f"{table}: there is no figure where {seller!r} meets {buyer!r}. A table with a gap "
                "cannot be analysed: join the sector with another one, or look the figure up."
            )
    value_added = rows[sectors].T[wanted] if wanted else None
    if value_added is not None and value_added.isna().any():
        value_added = None
        table.say(f"{wanted!r} has gaps, so it is not used.")
    unused = [name for name in beside if name != wanted]
    table.say(f"{counted(len(sectors), 'sector')} that sell and buy.")
    if unused:
        table.say(f"Rows not used: {listed(unused, most=6)}.")
    table.say_cells()
    return Flows(flows, made, value_added)
