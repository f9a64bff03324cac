"""Why inequality may rise and then fall while people move from a poor region to a rich one.

The arithmetic is that of Kuznets (1955), spelt out by Robinson (1976): two regions with constant
incomes, and people who move from one to the other. It needs no theory of behaviour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from course_lib.parameters import number

if TYPE_CHECKING:
    import pandas as pd

INDICES = ("Gini", "Theil", "Williamson")


@dataclass(frozen=True, eq=False)
class InvertedU:
    """Three indices of inequality while the share of people in the rich region grows.

    Attributes
    ----------
    ratio : float
        Income of the rich region over that of the poor one.
    share : float
        Share of people in the rich region at this moment, 0 to 1.
    shares : ndarray, shape (n,)
        All shares from 0 to 1.
    curves : dict of str to ndarray, shape (n,)
        "Gini", "Theil", "Williamson": the index at each share.
    now : dict of str to float
        Each index at `share`.
    peaks : dict of str to (float, float)
        Where each index is largest, and how large: in closed form.
    """

    ratio: float
    share: float
    shares: np.ndarray
    curves: dict[str, np.ndarray]
    now: dict[str, float]
    peaks: dict[str, tuple[float, float]]

    def to_frame(self) -> pd.DataFrame:
        """One row for each share of people in the rich region: the three indices."""
        import pandas as pd

        shares = pd.Index(self.shares, name="share_in_rich_region")
        return pd.DataFrame(self.curves, index=shares).rename(columns=str.lower)

    def summary(self) -> str:
        """Two sentences: the three indices now, and where each is largest."""
        tops = ", ".join(f"{name} at {share:.0%}" for name, (share, _) in self.peaks.items())
        now = ", ".join(f"{name} {value:.3f}" for name, value in self.now.items())
        return (
            f"With {self.share:.0%} of the people in a region {self.ratio:g} times as rich: {now}. "
            f"Each index is largest at a share of its own: {tops}."
        )


def inverted_u(ratio: float = 4.0, share: float = 0.2) -> InvertedU:
    """Inequality between two regions as people move to the rich one.

    With a share p of the people in a region that is r times as rich as the other, the rich
    region's share of income is s = p r / (1 + p (r - 1)). Then

    - Gini: G = s - p, largest at p* = 1 / (1 + sqrt r), where G = (sqrt r - 1) / (sqrt r + 1);
    - Theil: T = s ln(s / p) + (1 - s) ln((1 - s) / (1 - p)), largest at
      p* = (r ln r / (r - 1) - 1) / (r - 1);
    - Williamson: Vw = (r - 1) sqrt(p (1 - p)) / (1 + p (r - 1)), largest at p* = 1 / (1 + r), where
      Vw = (r - 1) / (2 sqrt r).

    Parameters
    ----------
    ratio : float
        r, above 1.
    share : float
        p at this moment, 0 to 1.

    Returns
    -------
    InvertedU

    Raises
    ------
    ValueError
        If a parameter is out of range.

    References
    ----------
    Kuznets, S. (1955). Economic growth and income inequality. American Economic Review 45.
    Robinson, S. (1976). A note on the U hypothesis relating income inequality and economic
    development. American Economic Review 66.
    Williamson, J. G. (1965). Regional inequality and the process of national development.
    Economic Development and Cultural Change 13.

    Examples
    --------
    >>> inverted_u(ratio=4).peaks["Williamson"]
    (0.2, 0.75)
    """
    ratio = number(
        "ratio", ratio, above=1, because="with equal incomes there is no inequality to follow"
    )
    share = number("share", share, least=0, most=1, because="it is a part of all people")
    shares = np.linspace(0, 1, 401)
    root = np.sqrt(ratio)
    theil_peak = (ratio * np.log(ratio) / (ratio - 1) - 1) / (ratio - 1)
    peaks = {
        "Gini": (1 / (1 + root), (root - 1) / (root + 1)),
        "Theil": (theil_peak, _theil(theil_peak, ratio)),
        "Williamson": (1 / (1 + ratio), (ratio - 1) / (2 * root)),
    }
    formulas = {"Gini": _gini, "Theil": _theil, "Williamson": _williamson}
    return InvertedU(
        ratio=ratio,
        share=share,
        shares=shares,
        curves={name: formula(shares, ratio) for name, formula in formulas.items()},
        now={name: float(formula(share, ratio)) for name, formula in formulas.items()},
        peaks={name: (float(where), float(top)) for name, (where, top) in peaks.items()},
    )


def _income_share(p: np.ndarray | float, r: float) -> np.ndarray:
    return np.asarray(p * r / (1 + p * (r - 1)))


def _gini(p: np.ndarray | float, r: float) -> np.ndarray:
    return _income_share(p, r) - p


def _theil(p: np.ndarray | float, r: float) -> np.ndarray:
    # s / p = r / m and (1 - s) / (1 - p) = 1 / m, with m the mean income: no division by zero
    mean = 1 + np.asarray(p) * (r - 1)
    return _income_share(p, r) * np.log(r) - np.log(mean)


def _williamson(p: np.ndarray | float, r: float) -> np.ndarray:
    return np.asarray((r - 1) * np.sqrt(p * (1 - np.asarray(p))) / (1 + np.asarray(p) * (r - 1)))
