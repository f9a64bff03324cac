"""Local buzz and pipelines: knowledge that goes round, and knowledge that comes in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, one_of, whole_number
from course_lib.sentence import agreeing

SHAPES = ("ring", "line", "star", "everybody")
"""Who talks to whom: neighbours on a ring or on a line, all with firm 1, all with all."""

MOST_FIRMS = 40


@dataclass(frozen=True, eq=False)
class Pipelines:
    """What the firms of a cluster know of the frontier: the result of `pipelines`.

    Attributes
    ----------
    shape : str
        Who talks to whom, one of `SHAPES`.
    linked : int
        Firms with a pipeline: the first ones.
    time : numpy.ndarray of float, shape (n_years,)
        Years, from 0.
    known : numpy.ndarray of float, shape (n_years, n_firms)
        Knowledge of each firm, the frontier of the same year being 1.
    long_run : numpy.ndarray of float, shape (n_firms,)
        Where `known` goes in the long run.
    """

    shape: str
    linked: int
    time: np.ndarray
    known: np.ndarray
    long_run: np.ndarray

    @property
    def firms(self) -> int:
        """Firms in the cluster."""
        return len(self.long_run)

    @property
    def mean_long_run(self) -> float:
        """What the cluster knows of the frontier in the long run, averaged over its firms."""
        return float(self.long_run.mean())

    def to_frame(self) -> pd.DataFrame:
        """Mean, least and best of the firms, one row a year."""
        return pd.DataFrame(
            {
                "mean": self.known.mean(axis=1),
                "least": self.known.min(axis=1),
                "best": self.known.max(axis=1),
            },
            index=pd.Index(self.time, name="year"),
        )

    def summary(self) -> str:
        """One sentence: the mean now and in the long run, and the range of firms."""
        have = agreeing(self.linked, "has", "have")
        return (
            f"{self.linked} of {self.firms} firms {have} a pipeline: after "
            f"{self.time[-1]:.0f} years the cluster knows "
            f"{self.known[-1].mean():.0%} of the frontier, in the long run "
            f"{self.mean_long_run:.0%}, from {self.long_run.min():.0%} in the firm that knows "
            f"least to {self.long_run.max():.0%} in the one that knows most."
        )


def pipelines(
    firms: int = 9,
    linked: int = 1,
    buzz: float = 0.0,
    pipeline: float = 0.2,
    absorption: float = 0.5,
    frontier_growth: float = 0.02,
    shape: str = "ring",
    horizon: int = 100,
) -> Pipelines:
    r"""Firms talk to each other, and some of them to the world outside.

    Bathelt, Malmberg and Maskell (2004) call talk within the cluster *buzz*, and links to
    partners elsewhere *pipelines*. They wrote no equations. Buzz is put here as DeGroot's (1974)
    rule, by which each firm moves towards what its neighbours know; the pipeline is this course's
    own.

    Parameters
    ----------
    firms : int
        Firms in the cluster, :math:`n`, 3 to 40.
    linked : int
        Firms with a pipeline, 0 to `firms`: firm 1, firm 2 and so on.
    buzz : float
        Part of a firm's attention that goes to its neighbours, :math:`\beta`, 0 to 1.
    pipeline : float
        Part of the gap to the frontier that a linked firm gets to see in a year, :math:`p`,
        0 to 1.
    absorption : float
        Part of what it sees that it can use: its absorptive capacity, :math:`a`, 0 to 1.
    frontier_growth : float
        Growth of the frontier, :math:`g`, per year, above 0.
    shape : str
        Who talks to whom: "ring", "line", "star" (all with firm 1) or "everybody".
    horizon : int
        Last year.

    Returns
    -------
    Pipelines

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    At the start firms know from 0.3 to 0.7 of the frontier. In a year each first listens,
    :math:`\tilde k = W k` (see `buzz_weights`), and then a linked firm adds
    :math:`p a (F - \tilde k)`. Relative to the frontier, which grows by :math:`g`, the firms end at

    .. math:: z = \left[(1 + g) I - (I - D) W\right]^{-1} D \mathbf{1},

    where :math:`D` has :math:`p a` on its diagonal for linked firms and 0 for others. If all are
    linked, each ends at :math:`p a / (p a + g)`. If none is, all end at 0: talk makes the firms
    equal, and the frontier moves on.

    References
    ----------
    Bathelt, H., Malmberg, A. and Maskell, P. (2004). Clusters and knowledge: local buzz, global
    pipelines and the process of knowledge creation. *Progress in Human Geography* 28(1), 31-56.

    DeGroot, M. H. (1974). Reaching a consensus. *Journal of the American Statistical Association*
    69(345), 118-121.

    Examples
    --------
    >>> everyone = pipelines(linked=9, pipeline=0.1, buzz=0.5)
    >>> everyone.long_run.round(4)[:2].tolist()
    [0.7143, 0.7143]
    >>> pipelines(linked=0, buzz=0.5).mean_long_run
    0.0
    """
    weights = buzz_weights(firms, buzz, shape)
    linked = whole_number(
        "linked", linked, least=0, most=firms, because="only firms of the cluster can have one"
    )
    pipeline = number("pipeline", pipeline, least=0, most=1, because="it is a part of the gap")
    absorption = number(
        "absorption", absorption, least=0, most=1, because="it is a part of what the firm sees"
    )
    frontier_growth = number(
        "frontier_growth",
        frontier_growth,
        above=0,
        because="if the frontier stands still, everybody gets there in the end",
    )
    horizon = whole_number("horizon", horizon, least=1, because="it is the last year")
    learns = np.where(np.arange(firms) < linked, pipeline * absorption, 0.0)
    known = np.empty((horizon + 1, firms))
    known[0] = np.linspace(0.3, 0.7, firms)
    for year in range(horizon):
        heard = weights @ known[year]
        known[year + 1] = (heard + learns * (1 - heard)) / (1 + frontier_growth)
    time = np.arange(horizon + 1, dtype=float)
    long_run = _long_run(weights, learns, frontier_growth)
    for array in (time, known, long_run):
        array.flags.writeable = False
    return Pipelines(shape, linked, time, known, long_run)


def buzz_weights(firms: int, buzz: float, shape: str = "ring") -> np.ndarray:
    r"""How much each firm listens to each: rows listen, columns are heard.

    Parameters
    ----------
    firms : int
        Firms in the cluster, 3 to 40.
    buzz : float
        Part of a firm's attention that goes to its neighbours, :math:`\beta`, 0 to 1, each
        neighbour getting the same; the rest stays with what the firm knows itself.
    shape : str
        "ring", "line", "star" (all with firm 1) or "everybody".

    Returns
    -------
    numpy.ndarray of float, shape (n_firms, n_firms)
        Rows add up to 1.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> buzz_weights(3, 0.5, "line").tolist()
    [[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]]
    """
    firms = whole_number(
        "firms", firms, least=3, most=MOST_FIRMS, because="a network needs three firms"
    )
    buzz = number("buzz", buzz, least=0, most=1, because="it is a part of a firm's attention")
    neighbours = _neighbours(firms, one_of("shape", shape, SHAPES))
    heard = neighbours / neighbours.sum(axis=1, keepdims=True)
    return (1 - buzz) * np.eye(firms) + buzz * heard


def consensus_weights(weights: np.ndarray) -> np.ndarray:
    """What each firm counts for in the knowledge that all share after much talk.

    Parameters
    ----------
    weights : numpy.ndarray, shape (n_firms, n_firms)
        As `buzz_weights` makes them: rows add up to 1, and everybody is heard by way of others.

    Returns
    -------
    numpy.ndarray of float, shape (n_firms,)
        Adds up to 1.

    Raises
    ------
    ValueError
        If the rows do not add up to 1, or some firms never hear of others.

    References
    ----------
    DeGroot, M. H. (1974). Reaching a consensus. *Journal of the American Statistical Association*
    69(345), 118-121.

    Examples
    --------
    >>> consensus_weights(buzz_weights(3, 0.5, "line")).round(6).tolist()
    [0.25, 0.5, 0.25]
    """
    matrix = np.asarray(weights, dtype=float)
    size = len(matrix)
    if matrix.shape != (size, size) or not np.allclose(matrix.sum(axis=1), 1):
        raise ValueError("weights must be a square table whose rows add up to 1: all attention")
    system = np.vstack([matrix.T - np.eye(size), np.ones(size)])
    if np.linalg.matrix_rank(system) < size or np.linalg.matrix_rank(matrix - np.eye(size)) < (
        size - 1
    ):
        raise ValueError("weights must join all firms: with buzz at 0 there is no consensus")
    return np.asarray(np.linalg.lstsq(system, np.append(np.zeros(size), 1.0), rcond=None)[0])


def _long_run(weights: np.ndarray, learns: np.ndarray, growth: float) -> np.ndarray:
    identity = np.eye(len(learns))
    return np.linalg.solve((1 + growth) * identity - (1 - learns)[:, None] * weights, learns)


def _neighbours(firms: int, shape: str) -> np.ndarray:
    if shape == "everybody":
        return np.ones((firms, firms)) - np.eye(firms)
    joined = np.zeros((firms, firms))
    if shape == "star":
        joined[0, 1:] = joined[1:, 0] = 1
        return joined
    for firm in range(firms - 1):
        joined[firm, firm + 1] = joined[firm + 1, firm] = 1
    if shape == "ring":
        joined[0, -1] = joined[-1, 0] = 1
    return joined
