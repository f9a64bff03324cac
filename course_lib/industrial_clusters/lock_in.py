"""Does history decide where a cluster stands? Urns that fill themselves (Polya; Arthur 1990)."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from course_lib.parameters import number, numbers, whole_number

NEARLY_ALL = 0.9
"""Share from which on a region is said to have taken nearly all."""


@dataclass(frozen=True, eq=False)
class Histories:
    """Many histories of the same industry: the result of `lock_in` and of `arthur`.

    Attributes
    ----------
    path : numpy.ndarray, shape (n_firms + 1, n_regions)
        Shares of the regions as one firm after another settles, in the first history.
    ends : numpy.ndarray, shape (n_histories, n_regions)
        Shares of the regions at the end of each history.
    """

    path: np.ndarray = field(repr=False)
    ends: np.ndarray = field(repr=False)

    @property
    def largest(self) -> np.ndarray:
        """Share of the largest region at the end of each history."""
        most: np.ndarray = self.ends.max(axis=1)
        return most

    @property
    def winner(self) -> int:
        """The largest region of the first history, counted from 0."""
        return int(self.path[-1].argmax())

    @property
    def nearly_all(self) -> float:
        """In which part of the histories one region has 90% of the firms or more."""
        return float((self.largest >= NEARLY_ALL).mean())

    def to_frame(self) -> pd.DataFrame:
        """One row a history: the regions' shares at its end."""
        index = pd.RangeIndex(1, len(self.ends) + 1, name="history")
        names = [f"region_{number}" for number in range(1, self.ends.shape[1] + 1)]
        return pd.DataFrame(self.ends, index=index, columns=names, copy=True)

    def summary(self) -> str:
        """This history, and all of them."""
        return (
            f"In this history region {self.winner + 1} ends with {self.path[-1].max():.0%} of the "
            f"firms; over {len(self.ends)} histories the largest region has "
            f"{self.largest.mean():.0%} on average, and 90% or more in "
            f"{round(self.nearly_all * len(self.ends))} of them."
        )


def lock_in(
    regions: int = 5, pull: float = 1.0, firms: int = 400, seed: int = 0, histories: int = 200
) -> Histories:
    """Firms settle one after another where firms are already: an urn that fills itself.

    Each region starts with one firm. The next firm chooses a region with a chance in proportion to
    firms there, to the power ``pull``. With 1, the Polya urn, each firm is as good a magnet as the
    next. Above 1 the pull of a region grows faster than the region; below 1 more slowly; at 0 each
    region is as good as any.

    Parameters
    ----------
    regions : int
        Number of regions, at least 2, all alike.
    pull : float
        The power, 0 or more.
    firms : int
        Firms that settle, at least 1, besides the first one of each region.
    seed : int
        Of chance.
    histories : int
        How often history is run, at least 1.

    Returns
    -------
    Histories

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    Arthur, W. B. (1990). "Silicon Valley" locational clusters: when do increasing returns imply
    monopoly? Mathematical Social Sciences 19(3).

    Examples
    --------
    >>> even, lucky, winner = (lock_in(pull=pull, firms=2000) for pull in (0.5, 1, 2))
    >>> [round(float(one.largest.mean()), 1) for one in (even, lucky, winner)]
    [0.2, 0.5, 1.0]
    """
    regions = whole_number("regions", regions, least=2, because="one region has no rival")
    pull = number("pull", pull, least=0, because="0 is no pull at all")
    firms = whole_number("firms", firms, least=1, because="somebody has to settle")
    if pull * np.log(firms + 1) > 600:
        raise ValueError(
            f"pull {pull:g} with {firms} firms gives numbers too large for the computer: choose a "
            "smaller pull"
        )
    weights = np.tile(np.arange(firms + 2, dtype=float) ** pull, (regions, 1))
    return _settle(weights, np.ones(regions, dtype=np.int64), firms, histories, seed)


def arthur(
    attraction: tuple[float, ...] = (0.0, 0.0, 0.0),
    benefit: float = 0.2,
    ceiling: int = 400,
    firms: int = 400,
    seed: int = 0,
    histories: int = 200,
) -> Histories:
    """Firms of different tastes choose among regions, and neighbours are worth something to them.

    To the next firm region j is worth attraction_j + benefit x (firms there, at most ``ceiling``)
    + its own taste for that region. Tastes are drawn anew for each firm and region from a Gumbel
    distribution, whose scale is the unit of all values: so the chances are those of the logit
    model. The firm settles where it is worth most.

    Parameters
    ----------
    attraction : tuple of float, length n_regions
        What a region is worth to all firms, in units of the spread of tastes; two or more.
    benefit : float
        What each firm that is there adds, 0 or more, in the same unit.
    ceiling : int
        Number of firms from which on more of them add nothing, at least 1.
    firms : int
        Firms that settle, at least 1. All regions start empty.
    seed : int
        Of tastes.
    histories : int
        How often history is run, at least 1.

    Returns
    -------
    Histories

    Raises
    ------
    ValueError
        If a number is out of its range, or neighbours are worth too much for the computer.

    References
    ----------
    Arthur, W. B. (1990). "Silicon Valley" locational clusters: when do increasing returns imply
    monopoly? Mathematical Social Sciences 19(3).

    Notes
    -----
    The model is Arthur's. Gumbel tastes and a benefit that is straight up to a ceiling are ours.

    Examples
    --------
    Without a ceiling one region takes nearly all; with one, several can last:

    >>> arthur().nearly_all > 0.9, arthur(ceiling=10).nearly_all
    (True, 0.0)
    """
    worth = numbers("attraction", attraction, "region")
    if len(worth) < 2:
        raise ValueError("attraction has one region, and one region has no rival: give two or more")
    benefit = number("benefit", benefit, least=0, because="neighbours here do no harm")
    ceiling = whole_number("ceiling", ceiling, least=1, because="it counts firms")
    firms = whole_number("firms", firms, least=1, because="somebody has to settle")
    there = np.minimum(np.arange(firms + 2), ceiling)
    value = worth[:, np.newaxis] + benefit * there
    if np.ptp(value) > 600:
        raise ValueError(
            "neighbours or attractions are worth too much beside tastes for the computer (a span "
            f"of {np.ptp(value):.0f}): choose a smaller benefit or a lower ceiling"
        )
    weights = np.exp(value - value.max())
    return _settle(weights, np.zeros(len(worth), dtype=np.int64), firms, histories, seed)


def _settle(
    weights: np.ndarray, first: np.ndarray, firms: int, histories: int, seed: int
) -> Histories:
    """Run all histories side by side; ``weights[j, x]`` draws firms to region j with x firms."""
    histories = whole_number("histories", histories, least=1, because="it counts histories")
    random = np.random.default_rng(whole_number("seed", seed, least=0, because="it fixes chance"))
    regions = len(first)
    every = np.arange(histories)
    count = np.repeat(first[:, np.newaxis], histories, axis=1)
    drawn = weights[np.arange(regions), first][:, np.newaxis].repeat(histories, axis=1)
    # One row each for all histories; flat views, because they are quicker to read and to write.
    flat_count, flat_drawn, flat_weights = count.ravel(), drawn.ravel(), weights.ravel()
    below = np.empty_like(drawn)
    beyond = np.empty((regions - 1, histories), dtype=bool)
    path = np.empty((firms + 1, regions), dtype=np.int64)
    path[0] = first
    for step in range(1, firms + 1):
        below[0] = drawn[0]
        for region in range(1, regions):  # much quicker than np.add.accumulate
            np.add(below[region - 1], drawn[region], out=below[region])
        chance = random.random(histories) * below[-1]
        # The region into whose part of the line chance has fallen: so many edges lie below it.
        np.greater_equal(chance, below[:-1], out=beyond)
        chosen = beyond.sum(axis=0, dtype=np.int64)
        cell = chosen * histories + every
        now = flat_count.take(cell) + 1
        flat_count[cell] = now
        flat_drawn[cell] = flat_weights.take(chosen * weights.shape[1] + now)
        path[step] = count[:, 0]
    total = path.sum(axis=1, keepdims=True)
    shares = path / np.where(total == 0, 1, total)
    shares[total[:, 0] == 0] = 1 / regions  # nobody is there yet: no region is ahead
    return Histories(shares, (count / count.sum(axis=0)).T)


def expected_largest(regions: int) -> float:
    """Expected share of the largest region of a Polya urn in the long run: H_N / N.

    Parameters
    ----------
    regions : int
        Number of regions N, at least 1; H_N is the sum of 1/k for k from 1 to N.

    Returns
    -------
    float

    Examples
    --------
    >>> expected_largest(2), round(expected_largest(5), 4)
    (0.75, 0.4567)
    """
    regions = whole_number("regions", regions, least=1, because="it counts regions")
    return sum(1 / k for k in range(1, regions + 1)) / regions
