"""Strong ties can blind: attention that goes to neighbours cannot go to the world outside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.innovation_and_synergy.pipelines import pipelines
from course_lib.parameters import number, whole_number

SHARES = np.linspace(0, 1, 41)
SHARES.flags.writeable = False
"""Shares of attention for which the curve is drawn."""


@dataclass(frozen=True, eq=False)
class Attention:
    """How much firms know, by how much they listen to each other: the result of `attention`.

    Attributes
    ----------
    inward, linked : float, int
        The parameters as they were given.
    share : numpy.ndarray of float, shape (n_shares,)
        Shares of attention that go to neighbours, 0 to 1.
    known : numpy.ndarray of float, shape (n_shares,)
        What the cluster knows of the frontier in the long run.
    here : float
        The same at `inward`.
    """

    inward: float
    linked: int
    share: np.ndarray
    known: np.ndarray
    here: float

    @property
    def best_share(self) -> float:
        """The share of attention, among those drawn, with which the cluster knows most."""
        return float(self.share[int(np.argmax(self.known))])

    def to_frame(self) -> pd.DataFrame:
        """What the cluster knows, one row a share of attention."""
        return pd.DataFrame(
            {"known_of_the_frontier": self.known},
            index=pd.Index(self.share, name="attention_to_neighbours"),
        )

    def summary(self) -> str:
        """One sentence: what the cluster knows here, and at best."""
        if self.known.max() < 1e-9:
            return (
                "Nothing comes in: in the long run the firms know 0% of the frontier, however "
                "they divide their attention."
            )
        return (
            f"With {self.inward:.0%} of their attention on each other the firms know "
            f"{self.here:.0%} of the frontier in the long run; they would know most, "
            f"{self.known.max():.0%}, with {self.best_share:.0%}."
        )


def attention(
    inward: float = 0.5,
    linked: int = 3,
    strongest: float = 0.4,
    absorption: float = 0.5,
    frontier_growth: float = 0.02,
    firms: int = 9,
) -> Attention:
    r"""Over-embedded firms: the more they listen to each other, the less they hear from outside.

    Uzzi (1997) found that close ties help a firm up to a point and harm it beyond. Grabher (1993)
    told how the coal and steel firms of the Ruhr, bound to each other, saw their crisis late.
    This model of it is this course's own: a firm's attention is one, and what goes to neighbours
    is lost to the pipeline.

    Parameters
    ----------
    inward : float
        Part of a firm's attention that goes to its neighbours, 0 to 1.
    linked : int
        Firms with a pipeline.
    strongest : float
        Strength of a pipeline that gets all attention, 0 to 1, part of the gap seen per year.
    absorption : float
        Part of what it sees that a firm can use, 0 to 1.
    frontier_growth : float
        Growth of the frontier, per year, above 0.
    firms : int
        Firms on the ring.

    Returns
    -------
    Attention

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    `pipelines` with :math:`\beta` = `inward` and :math:`p` = `strongest` :math:`(1-\beta)`.

    References
    ----------
    Uzzi, B. (1997). Social structure and competition in interfirm networks: the paradox of
    embeddedness. *Administrative Science Quarterly* 42(1), 35-67.

    Grabher, G. (1993). The weakness of strong ties: the lock-in of regional development in the
    Ruhr area. In G. Grabher (ed.), *The Embedded Firm*. Routledge, 255-277.

    Examples
    --------
    >>> result = attention()
    >>> result.known[[0, 20, 40]].round(2).tolist()
    [0.3, 0.56, 0.0]
    """
    inward = number("inward", inward, least=0, most=1, because="it is a part of attention")
    strongest = number("strongest", strongest, least=0, most=1, because="it is a part of the gap")
    linked = whole_number("linked", linked, least=0, because="it counts firms")

    known = _curve(linked, strongest, absorption, frontier_growth, firms)
    here = _known(inward, linked, strongest, absorption, frontier_growth, firms)
    return Attention(inward, linked, SHARES, known, here)


def _known(
    share: float,
    linked: int,
    strongest: float,
    absorption: float,
    frontier_growth: float,
    firms: int,
) -> float:
    return pipelines(
        firms=firms,
        linked=linked,
        buzz=share,
        pipeline=strongest * (1 - share),
        absorption=absorption,
        frontier_growth=frontier_growth,
        horizon=1,
    ).mean_long_run


@lru_cache(maxsize=64)
def _curve(
    linked: int, strongest: float, absorption: float, frontier_growth: float, firms: int
) -> np.ndarray:
    """The whole curve: it stays while only the point on it moves."""
    rest = (linked, strongest, absorption, frontier_growth, firms)
    known = np.array([_known(float(share), *rest) for share in SHARES])
    known.flags.writeable = False
    return known
