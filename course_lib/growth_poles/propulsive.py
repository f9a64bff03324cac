"""Choose the propulsive industry: large, well linked, and (a judgement) innovative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.growth_poles.china_table import china_table, sector_names
from course_lib.growth_poles.input_output import InputOutput
from course_lib.parameters import number
from course_lib.sentence import agreeing

MOST_NAMED = 8
"""If more sectors pass, a sentence counts them and does not name them."""


@dataclass(frozen=True, eq=False)
class Propulsive:
    """The sectors of China's table that pass a test: the result of `propulsive`.

    Attributes
    ----------
    table : InputOutput
        China's table.
    backward_least, forward_least, size_least : float
        The thresholds, as they were given.
    innovative : tuple of str
        The sectors that were called innovative.
    """

    table: InputOutput
    backward_least: float
    forward_least: float
    size_least: float
    innovative: tuple[str, ...]

    @property
    def tests(self) -> np.ndarray:
        """Which sector passes which test: shape (n_sectors, 4), in the order of the thresholds."""
        table = self.table
        return np.column_stack(
            [
                table.backward >= self.backward_least,
                table.forward >= self.forward_least,
                table.output / table.output.sum() >= self.size_least,
                [sector in self.innovative for sector in table.sectors],
            ]
        )

    @property
    def chosen(self) -> tuple[str, ...]:
        """Sectors that pass every test."""
        return tuple(self.table.sectors[at] for at in np.flatnonzero(self.tests.all(axis=1)))

    def to_frame(self) -> pd.DataFrame:
        """One row a sector: its figures, and what it passes."""
        frame = self.table.to_frame()[["backward", "forward", "share_of_output"]]
        names = ["backward_passed", "forward_passed", "size_passed", "called_innovative"]
        return frame.assign(**dict(zip(names, self.tests.T, strict=True)))

    def summary(self) -> str:
        """One sentence: who passes every test."""
        if not self.chosen:
            return "No sector passes all four tests."
        if len(self.chosen) > MOST_NAMED:
            return f"{len(self.chosen)} of {len(self.table.sectors)} pass all four tests."
        verb = agreeing(len(self.chosen), "passes", "pass")
        return (
            f"{len(self.chosen)} of {len(self.table.sectors)} {verb} all four tests: "
            f"{'; '.join(self.chosen)}."
        )


def propulsive(
    backward_least: float = 1.0,
    forward_least: float = 1.0,
    size_least: float = 0.0,
    innovative: Sequence[str] | None = None,
) -> Propulsive:
    """Which sectors of China's table are linked, large and, as you judge, innovative?

    Parameters
    ----------
    backward_least, forward_least : float
        Least linkages, backward and forward; 1 is the mean of the table.
    size_least : float
        Least share of the country's gross output, 0 to 1.
    innovative : sequence of str, optional
        Sectors that you hold innovative. No figure of the table says that: research sells almost
        nothing to other sectors in it. Without a list every sector passes.

    Returns
    -------
    Propulsive

    Raises
    ------
    ValueError
        If a threshold is out of range, or there is no sector of a name.

    Notes
    -----
    The three marks of a propulsive industry are Perroux's (1955); to turn them into thresholds is
    this course's own device.

    Examples
    --------
    >>> print(propulsive(size_least=0.05).summary())
    2 of 17 pass all four tests: Chemicals; Metals.
    """
    table = china_table()
    called = tuple(sector_names() if innovative is None else innovative)
    for sector in called:
        table.position(sector)  # or say that there is none
    reason = "1 is the mean of the table"
    return Propulsive(
        table,
        number("backward_least", backward_least, least=0, most=3, because=reason),
        number("forward_least", forward_least, least=0, most=3, because=reason),
        number("size_least", size_least, least=0, most=1, because="it is a share of output"),
        called,
    )
