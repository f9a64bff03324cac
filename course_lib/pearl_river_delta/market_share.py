"""What does "60 per cent of the country" count? One number, and what it may hide."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from course_lib.parameters import number


@dataclass(frozen=True, eq=False)
class MarketShare:
    """A claimed share of a market, taken apart: the result of `market_share`.

    Attributes
    ----------
    claimed : float
        Sales of the town's firms, over the nation's sales as they were counted.
    steps : pandas.Series, shape (4,)
        The share as claimed, then without exports, without goods made elsewhere, and of the whole
        of the nation's sales; index ``step``.
    """

    claimed: float
    steps: pd.Series

    @property
    def share(self) -> float:
        """What the town makes of all that is sold in the country."""
        return float(self.steps.iloc[-1])

    def to_frame(self) -> pd.DataFrame:
        """One row a step."""
        return self.steps.to_frame().copy()

    def summary(self) -> str:
        """The claim and what is left of it, in one sentence."""
        return (
            f"Claimed are {self.claimed:.0%} of the country's sales; on these assumptions the town "
            f"makes {self.share:.0%} of what is sold in the country."
        )


STEPS = (
    "as claimed",
    "without what is sold abroad",
    "without what is made elsewhere",
    "of all that is sold at home",
)


def market_share(
    claimed: float = 0.6,
    sold_abroad: float = 0.0,
    made_elsewhere: float = 0.0,
    not_counted: float = 0.0,
) -> MarketShare:
    """What is left of a claimed share, if it counts what it should not.

    Parameters
    ----------
    claimed : float
        Sales of the town's firms over the nation's counted sales, 0 to 1.
    sold_abroad : float
        The part of the town's sales that goes abroad, 0 to 1.
    made_elsewhere : float
        The part of what is left that the town only sells and others make, 0 to 1.
    not_counted : float
        The part of the nation's sales that the statistics miss, at least 0 and below 1.

    Returns
    -------
    MarketShare

    Raises
    ------
    ValueError
        If a number is not a share.

    Notes
    -----
    Arithmetic, not data: no figure on any of the three parts is at hand for the town of the
    document.

    Examples
    --------
    >>> round(market_share(0.6, sold_abroad=0.5).share, 2)
    0.3
    """
    for name, value in (
        ("claimed", claimed),
        ("sold_abroad", sold_abroad),
        ("made_elsewhere", made_elsewhere),
    ):
        number(name, value, least=0, most=1, because="it is a share")
    number("not_counted", not_counted, least=0, below=1, because="something must have been counted")
    at_home = claimed * (1 - sold_abroad)
    made_here = at_home * (1 - made_elsewhere)
    shares = [claimed, at_home, made_here, made_here * (1 - not_counted)]
    index = pd.Index(STEPS, name="step")
    return MarketShare(float(claimed), pd.Series(shares, index, name="share", dtype="float64"))
