"""Input-output analysis: who buys from whom, and what one more order sets in motion.

Rows of a flow table sell, columns buy. All formulas are those of Miller and Blair (2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

ROUNDING = 1e-4
"""A row or a column may miss its total by this part of it: published tables are rounded."""


# --- the formulas, on plain arrays


def technical_coefficients(flows: np.ndarray, output: np.ndarray) -> np.ndarray:
    """What each sector buys from each other one, for one unit of its own output.

    Parameters
    ----------
    flows : array of float, shape (n, n)
        What the sector of the row sells to the sector of the column.
    output : array of float, shape (n,)
        Gross output of each sector, above zero, in the same unit.

    Returns
    -------
    numpy.ndarray of float, shape (n, n)
        :math:`a_{ij} = z_{ij} / x_j`.

    Examples
    --------
    >>> technical_coefficients(np.array([[150, 500], [200, 100]]), np.array([1000, 2000]))
    array([[0.15, 0.25],
           [0.2 , 0.05]])
    """
    return np.asarray(flows) / np.asarray(output)


def leontief_inverse(coefficients: np.ndarray) -> np.ndarray:
    r"""Output that each sector makes, in the end, for one unit of final demand.

    Parameters
    ----------
    coefficients : array of float, shape (n, n)
        Technical coefficients :math:`A`; each column adds up to less than one.

    Returns
    -------
    numpy.ndarray of float, shape (n, n)
        :math:`L = (I - A)^{-1}`: in column j, what one unit of final demand for j calls up.

    References
    ----------
    Leontief, W. (1936). Quantitative input and output relations in the economic systems of the
    United States. *Review of Economics and Statistics* 18(3), 105-125.

    Examples
    --------
    >>> leontief_inverse(np.array([[0.15, 0.25], [0.2, 0.05]])).round(4)
    array([[1.2541, 0.33  ],
           [0.264 , 1.1221]])
    """
    return np.linalg.inv(np.eye(len(coefficients)) - coefficients)


def output_multipliers(coefficients: np.ndarray) -> np.ndarray:
    r"""Output of all sectors together for one unit of final demand for each, without an inverse.

    Parameters
    ----------
    coefficients : array of float, shape (n, n)
        Technical coefficients :math:`A`; each column adds up to less than one.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        The solution of :math:`(I - A)^\top m = 1`: the column sums of the Leontief inverse.

    Notes
    -----
    One system of equations takes about a third of the arithmetic of an inverse. For the inverse of
    a table of 5,000 sectors one waits several times as long.

    Examples
    --------
    >>> output_multipliers(np.array([[0.15, 0.25], [0.2, 0.05]])).round(4)
    array([1.5182, 1.4521])
    """
    system = -np.asarray(coefficients, dtype=float).T
    np.fill_diagonal(system, system.diagonal() + 1)  # in place: a large table is not copied again
    return np.linalg.solve(system, np.ones(len(system)))


# --- one table


@dataclass(frozen=True, eq=False)
class InputOutput:
    """A table of sectors and what follows from it: the result of `input_output`.

    Attributes
    ----------
    sectors : tuple of str
        Names of the sectors.
    flows : numpy.ndarray of float, shape (n, n)
        What the sector of the row sells to the sector of the column.
    output : numpy.ndarray of float, shape (n,)
        Gross output.
    technical_coefficients : numpy.ndarray of float, shape (n, n)
        What the column buys from the row for one unit of its output, :math:`A`.
    leontief_inverse : numpy.ndarray of float, shape (n, n)
        :math:`L = (I - A)^{-1}`.
    output_multipliers : numpy.ndarray of float, shape (n,)
        Column sums of :math:`L`.
    backward : numpy.ndarray of float, shape (n,)
        Rasmussen's power of dispersion: the multiplier over the mean multiplier. Above 1 a sector
        pulls at its suppliers more than others do.
    forward : numpy.ndarray of float, shape (n,)
        Row sums of Ghosh's inverse over their mean. Above 1 a sector supplies, directly and
        through others, more than others do.
    forward_leontief : numpy.ndarray of float, shape (n,)
        Row sums of Leontief's inverse over their mean: Rasmussen's older measure.
    extraction_loss : numpy.ndarray of float, shape (n,)
        Output that the economy loses if a sector is taken out, its own output included.
    value_added : numpy.ndarray of float, shape (n,), or None
        Wages, taxes, depreciation and profits of each sector, if the table brings them.
    """

    sectors: tuple[str, ...]
    flows: np.ndarray
    output: np.ndarray
    technical_coefficients: np.ndarray
    leontief_inverse: np.ndarray
    output_multipliers: np.ndarray
    backward: np.ndarray
    forward: np.ndarray
    forward_leontief: np.ndarray
    extraction_loss: np.ndarray
    value_added: np.ndarray | None = None

    @property
    def value_added_coefficients(self) -> np.ndarray:
        """Value added for one unit of a sector's own gross output, shape (n,)."""
        if self.value_added is None:
            raise ValueError(
                "the table has no value added: give value_added to input_output, one number for "
                "each sector"
            )
        return self.value_added / self.output

    @property
    def value_added_multipliers(self) -> np.ndarray:
        """Value added in all sectors for one unit of final demand for each, :math:`v' L`.

        What is missing to 1 is paid for imported inputs, somewhere along the chain.
        """
        return self.value_added_coefficients @ self.leontief_inverse

    @property
    def final_demand(self) -> np.ndarray:
        """What each sector sells to others than sectors."""
        return self.output - self.flows.sum(axis=1)

    @property
    def key_sectors(self) -> tuple[str, ...]:
        """Sectors that lie above the mean both backward and forward."""
        both = (self.backward > 1) & (self.forward > 1)
        return tuple(name for name, key in zip(self.sectors, both, strict=True) if key)

    def position(self, sector: str) -> int:
        """Where a sector stands in the table, counted from 0."""
        if sector not in self.sectors:
            raise ValueError(
                f"there is no sector {sector!r} in the table: it has {', '.join(self.sectors)}"
            )
        return self.sectors.index(sector)

    def output_for(self, final_demand: Sequence[float] | np.ndarray) -> np.ndarray:
        """Gross output that a final demand calls up, sector by sector: :math:`x = L f`."""
        return self.leontief_inverse @ _beside(final_demand, "final_demand", self.sectors)

    def output_without(self, sector: str) -> np.ndarray:
        """Gross output of each sector if one is taken out: its purchases, sales and final demand.

        In closed form: with :math:`l` for column k of :math:`L`, sector i loses
        :math:`x_k\\, l_{ik} / l_{kk}`.
        """
        k = self.position(sector)
        column = self.leontief_inverse[:, k]
        left = self.output - self.output[k] * column / column[k]
        left[k] = 0.0
        return left

    def to_frame(self) -> pd.DataFrame:
        """One row a sector."""
        total = self.output.sum()
        table = pd.DataFrame(
            {
                "output": self.output,
                "share_of_output": self.output / total,
                "multiplier": self.output_multipliers,
                "backward": self.backward,
                "forward": self.forward,
                "forward_leontief": self.forward_leontief,
                "extraction_loss": self.extraction_loss,
                "extraction_share": self.extraction_loss / total,
            },
            index=pd.Index(self.sectors, name="sector"),
        )
        if self.value_added is not None:
            table.insert(3, "income_at_home", self.value_added_multipliers)
        return table

    def summary(self) -> str:
        """One sentence: the largest multiplier, and the key sectors."""
        top = int(self.output_multipliers.argmax())
        keys = ", ".join(self.key_sectors) if self.key_sectors else "no sector"
        return (
            f"Of {len(self.sectors)} sectors {self.sectors[top]} has the largest multiplier, "
            f"{self.output_multipliers[top]:.2f}; above the mean both backward and forward: {keys}."
        )


def input_output(
    flows: Any,
    output: Any,
    final_demand: Any = None,
    other_costs: Any = None,
    value_added: Any = None,
) -> InputOutput:
    r"""Analyse an input-output table: multipliers, linkages, key sectors, extraction.

    Parameters
    ----------
    flows : DataFrame or array of float, shape (n, n)
        What the sector of the row sells to the sector of the column, in money. A DataFrame brings
        the names of the sectors; without one they are "sector 1", "sector 2", ...
    output : Series or array of float, shape (n,)
        Gross output of each sector, in the same unit.
    final_demand : Series or array of float, shape (n,), optional
        What each sector sells to others than sectors. With it, the rows are checked: sales to
        sectors and final demand must add up to output.
    other_costs : Series or array of float, shape (n,), optional
        Imported inputs and value added. With it, the columns are checked in the same way.
    value_added : Series or array of float, shape (n,), optional
        Wages, taxes, depreciation and profits. With it, the result knows what an order leaves as
        income.

    Returns
    -------
    InputOutput

    Raises
    ------
    ValueError
        If the table is not square, its labels differ, a cell is negative or missing, a sector
        makes nothing or buys as much as it makes or more, or the table does not balance. The
        sentence names the cell or the sector.

    Notes
    -----
    With :math:`A` for the technical coefficients and :math:`B` for the allocation coefficients
    :math:`b_{ij} = z_{ij}/x_i`,

    .. math:: L = (I-A)^{-1}, \quad G = (I-B)^{-1}, \quad
              U_j = \frac{n\, l_{\cdot j}}{\sum l}, \quad
              F_i = \frac{n\, g_{i \cdot}}{\sum g}, \quad
              T_k = \frac{l_{\cdot k}}{l_{kk}} x_k

    are the two inverses, the backward linkage (Rasmussen 1957), the forward linkage (by Ghosh's
    inverse, after Jones 1976) and the loss by hypothetical extraction.

    References
    ----------
    Miller, R. E. and Blair, P. D. (2009). *Input-Output Analysis: Foundations and Extensions*.
    2nd edition, Cambridge University Press.

    Rasmussen, P. N. (1957). *Studies in Inter-Sectoral Relations*. North-Holland.

    Ghosh, A. (1958). Input-output approach in an allocation system. *Economica* 25, 58-64.

    Jones, L. P. (1976). The measurement of Hirschmanian linkages. *Quarterly Journal of
    Economics* 90(2), 323-333.

    Examples
    --------
    The table of two sectors with which Miller and Blair begin:

    >>> table = input_output([[150, 500], [200, 100]], [1000, 2000])
    >>> table.output_multipliers.round(4)
    array([1.5182, 1.4521])
    >>> table.extraction_loss.round(2)
    array([1210.53, 2588.24])
    >>> table.output_for([600, 1500]).round(2)
    array([1247.52, 1841.58])
    """
    sectors, cells = _square(flows)
    made = _beside(output, "output", sectors)
    if (made <= 0).any():
        none = int((made <= 0).argmax())
        raise ValueError(
            f"output must be above zero, but {sectors[none]} makes {made[none]:g}: leave a sector "
            "that makes nothing out of the table, row and column"
        )
    _check_purchases(sectors, cells, made)
    if final_demand is not None:
        sold = cells.sum(axis=1) + _beside(final_demand, "final_demand", sectors)
        _check_balance(sectors, sold, made, "sells", "its row and its final demand")
    if other_costs is not None:
        paid = cells.sum(axis=0) + _beside(other_costs, "other_costs", sectors)
        _check_balance(sectors, paid, made, "costs", "its column, imports and value added")
    income = None if value_added is None else _beside(value_added, "value_added", sectors)
    return _analysed(sectors, cells, made, income)


def _analysed(
    sectors: tuple[str, ...], flows: np.ndarray, output: np.ndarray, value_added: np.ndarray | None
) -> InputOutput:
    """All linkages and all extractions of a table that has been checked."""
    A = technical_coefficients(flows, output)
    L = leontief_inverse(A)
    # Ghosh's inverse is Leontief's in other units: g_ij = l_ij x_j / x_i. Its row sums need no
    # inverse of their own.
    sales = L @ output / output
    pulls, pushes = L.sum(axis=0), L.sum(axis=1)
    arrays = {
        "flows": flows,
        "output": output,
        "technical_coefficients": A,
        "leontief_inverse": L,
        "output_multipliers": pulls,
        "backward": pulls / pulls.mean(),
        "forward": sales / sales.mean(),
        "forward_leontief": pushes / pushes.mean(),
        "extraction_loss": pulls * output / L.diagonal(),
    }
    for array in arrays.values():
        array.flags.writeable = False
    if value_added is not None:
        value_added.flags.writeable = False
    return InputOutput(sectors, **arrays, value_added=value_added)


# --- households inside the table


@dataclass(frozen=True, eq=False)
class IncomeMultipliers:
    """Wages for one unit of final demand: the result of `income_multipliers`.

    Attributes
    ----------
    sectors : tuple of str
        Names of the sectors.
    direct : numpy.ndarray of float, shape (n,)
        Wages for one unit of a sector's own output.
    open : numpy.ndarray of float, shape (n,)
        Wages in all sectors together, for one unit of final demand: suppliers included.
    closed : numpy.ndarray of float, shape (n,) or None
        The same with what households buy from their additional wages.
    """

    sectors: tuple[str, ...]
    direct: np.ndarray
    open: np.ndarray
    closed: np.ndarray | None

    @property
    def type_1(self) -> np.ndarray:
        """Type I: with suppliers, over direct."""
        return self.open / self.direct

    @property
    def type_2(self) -> np.ndarray | None:
        """Type II: with suppliers and households, over direct."""
        return None if self.closed is None else self.closed / self.direct

    def to_frame(self) -> pd.DataFrame:
        """One row a sector."""
        table = pd.DataFrame(
            {"direct": self.direct, "open": self.open, "type_1": self.type_1},
            index=pd.Index(self.sectors, name="sector"),
        )
        if self.closed is not None:
            table["closed"], table["type_2"] = self.closed, self.type_2
        return table

    def summary(self) -> str:
        """One sentence: the sector with the largest multiplier."""
        top = int(self.type_1.argmax())
        second = "" if self.type_2 is None else f" and of type II {self.type_2[top]:.2f}"
        return (
            f"The largest income multiplier of type I is that of {self.sectors[top]}, "
            f"{self.type_1[top]:.2f}{second}."
        )


def closed_inverse(
    table: InputOutput,
    wages: Any,
    household_spending: Any,
    household_income: float,
    household_wages: float = 0.0,
) -> np.ndarray:
    """Leontief inverse with households as one more sector: it sells labour and buys goods.

    Parameters
    ----------
    table : InputOutput
        The open table.
    wages : Series or array of float, shape (n,)
        What each sector pays to households. A Series with the sectors' names is taken by name.
    household_spending : Series or array of float, shape (n,)
        What households buy from each sector.
    household_income : float
        Income of all households: the "output" of the new sector.
    household_wages : float
        What households pay each other.

    Returns
    -------
    numpy.ndarray of float, shape (n + 1, n + 1)

    Raises
    ------
    ValueError
        If households spend as much as they earn or more, or a number is missing or negative.

    Examples
    --------
    >>> table = input_output([[150, 500], [200, 100]], [1000, 2000])
    >>> closed_inverse(table, [300, 500], [50, 400], 1000, household_wages=50).round(4)
    array([[1.3651, 0.4253, 0.2509],
           [0.5273, 1.3481, 0.5954],
           [0.5698, 0.489 , 1.2885]])
    """
    n = len(table.sectors)
    paid = _beside(wages, "wages", table.sectors)
    bought = _beside(household_spending, "household_spending", table.sectors)
    for name, values in (("wages", paid), ("household_spending", bought)):
        if (values < 0).any():
            raise ValueError(
                f"{name} must not be negative, but {table.sectors[values.argmin()]} has "
                f"{values.min():g}: look it up in the source"
            )
    spent = float(bought.sum() + household_wages)
    if not 0 <= household_wages <= spent < household_income:
        raise ValueError(
            f"households spend {spent:g} and earn {household_income:g}: they must spend less, or "
            "nothing leaks out of the table and the ripple never ends"
        )
    whole = np.zeros((n + 1, n + 1))
    whole[:n, :n] = table.technical_coefficients
    whole[n, :n] = paid / table.output
    whole[:n, n] = bought / household_income
    whole[n, n] = household_wages / household_income
    if (whole.sum(axis=0) >= 1).any():
        full = int((whole.sum(axis=0) >= 1).argmax())
        raise ValueError(
            f"{table.sectors[full]} pays as much for inputs and wages as it makes: look up its "
            "wages, or leave households out"
        )
    return leontief_inverse(whole)


def income_multipliers(
    table: InputOutput,
    wages: Any,
    household_spending: Any = None,
    household_income: float | None = None,
    household_wages: float = 0.0,
) -> IncomeMultipliers:
    """Wages that one unit of final demand brings, in the end, to all households.

    Parameters
    ----------
    table : InputOutput
        The open table.
    wages : array of float, shape (n,)
        What each sector pays to households.
    household_spending, household_income, household_wages : optional
        As in `closed_inverse`. Without all of them there is no type II.

    Returns
    -------
    IncomeMultipliers

    Raises
    ------
    ValueError
        As in `closed_inverse`; or if a sector pays no wages, or only some of the three about
        households are given.

    Notes
    -----
    Type II is a fixed multiple of type I, the same for every sector: households spend each yuan
    in the same way, wherever it was earned. So type II changes the size of multipliers and never
    their order.

    Examples
    --------
    >>> table = input_output([[150, 500], [200, 100]], [1000, 2000])
    >>> found = income_multipliers(table, [300, 500], [50, 400], 1000, household_wages=50)
    >>> found.type_1.round(4), found.type_2.round(4)
    (array([1.4741, 1.5182]), array([1.8995, 1.9562]))
    """
    paid = _beside(wages, "wages", table.sectors)
    if (paid <= 0).any():
        none = int((paid <= 0).argmax())
        raise ValueError(
            f"{table.sectors[none]} pays wages of {paid[none]:g}: a multiplier divides by them, so "
            "they must be above zero"
        )
    households = {"household_spending": household_spending, "household_income": household_income}
    absent = [name for name, given in households.items() if given is None]
    if absent and (len(absent) < len(households) or household_wages):
        raise ValueError(
            f"type II needs all of {', '.join(households)} (missing: {', '.join(absent)}): add "
            "it, or give none of them for type I alone"
        )
    direct = paid / table.output
    closed = None
    if household_income is not None:
        whole = closed_inverse(table, paid, household_spending, household_income, household_wages)
        closed = whole[-1, :-1]  # households' own row: their income, what they pay each other too
    return IncomeMultipliers(table.sectors, direct, direct @ table.leontief_inverse, closed)


# --- what a table has to be like


def _square(flows: Any) -> tuple[tuple[str, ...], np.ndarray]:
    """Names of the sectors, and the cells as numbers of our own."""
    labelled = isinstance(flows, pd.DataFrame)
    cells = _as_numbers(flows)
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or not cells.size:
        raise ValueError(
            f"flows must be a square table, a row and a column for each sector (got shape "
            f"{cells.shape}): leave out rows of value added and columns of final demand"
        )
    if labelled and list(flows.index) != list(flows.columns):
        here = next(
            (row, column)
            for row, column in zip(flows.index, flows.columns, strict=True)
            if row != column
        )
        raise ValueError(
            f"rows and columns of flows must be the same sectors in the same order, but row "
            f"{here[0]!r} stands where column {here[1]!r} does: sort both"
        )
    sectors = tuple(map(str, flows.index)) if labelled else _names(len(cells))
    if len(set(sectors)) < len(sectors):
        twice = next(name for name in sectors if sectors.count(name) > 1)
        raise ValueError(f"the sector {twice!r} is there twice: give each a name of its own")
    wrong = ~np.isfinite(cells) | (cells < 0)
    if wrong.any():
        row, column = np.unravel_index(int(wrong.argmax()), wrong.shape)
        raise ValueError(
            f"flows must be zero or more, but what {sectors[row]} sells to {sectors[column]} is "
            f"{cells[row, column]:g}: look it up in the source and correct it"
        )
    return sectors, cells


def _names(count: int) -> tuple[str, ...]:
    """Names for the sectors of a table that brings none."""
    return tuple(f"sector {number}" for number in range(1, count + 1))


def _beside(values: Any, name: str, sectors: tuple[str, ...]) -> np.ndarray:
    """One number a sector, in the order of the table: by name where both have names."""
    if isinstance(values, pd.Series) and not isinstance(values.index, pd.RangeIndex):
        named = values.set_axis(values.index.map(str))
        missing = [sector for sector in sectors if sector not in named.index]
        if missing and sectors != _names(len(sectors)):
            raise ValueError(f"{name} has no row {missing[0]!r}, and the table has: add it")
        twice = named.index[named.index.duplicated()].intersection(list(sectors))
        if len(twice):
            raise ValueError(f"{name} has the row {twice[0]!r} twice: keep one of them")
        values = values if missing else named[list(sectors)]
    numbers = _as_numbers(values)
    if numbers.shape != (len(sectors),):
        raise ValueError(
            f"{name} must have one number for each of the {len(sectors)} sectors "
            f"(got shape {numbers.shape})"
        )
    if not np.isfinite(numbers).all():
        missing_at = int((~np.isfinite(numbers)).argmax())
        raise ValueError(f"{name} of {sectors[missing_at]} is no number: look it up in the source")
    return numbers


def _as_numbers(values: Any) -> np.ndarray:
    """Numbers of our own; what is none becomes NaN, so that a check can say where it stands."""
    try:
        return np.array(values, dtype=float)
    except (TypeError, ValueError):
        cells = np.array(values, dtype=object)
        return (
            pd.to_numeric(pd.Series(cells.ravel()), errors="coerce")
            .to_numpy(dtype=float)
            .reshape(cells.shape)
        )


def _check_purchases(sectors: tuple[str, ...], cells: np.ndarray, made: np.ndarray) -> None:
    bought = cells.sum(axis=0)
    if (bought >= made).any():
        j = int((bought >= made).argmax())
        largest = int(cells[:, j].argmax())
        raise ValueError(
            f"{sectors[j]} buys for {bought[j]:g} and makes {made[j]:g}: a column must buy less "
            f"than it makes. Its largest purchase is {cells[largest, j]:g} from "
            f"{sectors[largest]}: look it up, and whether both are in the same unit"
        )


def _check_balance(
    sectors: tuple[str, ...], total: np.ndarray, made: np.ndarray, verb: str, parts: str
) -> None:
    off = np.abs(total - made) > ROUNDING * made
    if off.any():
        i = int(off.argmax())
        raise ValueError(
            f"the table does not balance: {sectors[i]} {verb} {total[i]:g} in all ({parts}) and "
            f"makes {made[i]:g}. Look for the cell that is wrong by {total[i] - made[i]:+g}"
        )
