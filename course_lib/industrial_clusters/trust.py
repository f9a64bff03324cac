"""Why do neighbours deal honestly? Three answers: talk, a common name, and who deals with whom."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.parameters import number, whole_number
from course_lib.sentence import counted

ROUNDS = 30
"""How many rounds of dealing the picture shows."""


# --- a game that goes on


@dataclass(frozen=True, eq=False)
class RepeatedDealing:
    """Does honest dealing pay? The result of `repeated_dealing`.

    Attributes
    ----------
    temptation, reward, punishment : float
        What a round brings to one who cheats an honest partner, deals honestly with one, and
        deals with nobody honest; money.
    detection : float
        Chance that the community hears of a cheat, 0 to 1.
    fine : float
        What an association takes from one who is found out, money.
    patience : float
        What money of the next round counts today, 0 to below 1.
    honest, cheating : numpy.ndarray, shape (n_rounds,)
        Value today of all that was earned up to each round, money: by one who stays honest, and on
        average by one who cheats in the first round only.
    """

    temptation: float
    reward: float
    punishment: float
    detection: float
    fine: float
    patience: float
    honest: np.ndarray = field(repr=False)
    cheating: np.ndarray = field(repr=False)

    @property
    def patience_needed(self) -> float:
        """The least patience with which honest dealing pays; 1 if none is enough."""
        return float(
            least_patience(self.detection, self.temptation, self.reward, self.punishment, self.fine)
        )

    @property
    def honest_pays(self) -> bool:
        """Whether a firm of this patience does at least as well by staying honest."""
        return self.patience >= self.patience_needed - 1e-12

    @property
    def values(self) -> tuple[float, float]:
        """Value today of staying honest for ever, and of cheating once, money."""
        worth = 1 / (1 - self.patience)
        honest = self.reward * worth
        loss = self.detection * (self.reward - self.punishment) * self.patience * worth
        return honest, self.temptation - self.detection * self.fine + (
            self.patience * self.reward * worth - loss
        )

    def to_frame(self) -> pd.DataFrame:
        """One row a round: the value so far of ``honest`` and of ``cheating``."""
        index = pd.RangeIndex(1, len(self.honest) + 1, name="round")
        return pd.DataFrame({"honest": self.honest, "cheating": self.cheating}, index=index)

    def summary(self) -> str:
        """Does it pay, and how much patience would be needed."""
        verdict = "honest dealing pays" if self.honest_pays else "cheating pays"
        least = self.patience_needed
        need = (
            "no patience is enough"
            if least >= 1
            else "no patience is needed"
            if least <= 0
            else f"the least patience that keeps a firm honest is {least:.3f}"
        )
        return (
            f"If {self.detection:.0%} of cheats are found out and the fine is {self.fine:g}, "
            f"{need}; at {self.patience:g} {verdict}."
        )


def least_patience(
    detection: np.ndarray | float,
    temptation: float,
    reward: float,
    punishment: float,
    fine: float = 0.0,
) -> np.ndarray:
    """The least patience with which honest dealing pays, for one or many chances of detection.

    Parameters
    ----------
    detection : float or array
        Chance that a cheat is found out, 0 to 1.
    temptation, reward, punishment, fine : float
        As in `repeated_dealing`.

    Returns
    -------
    numpy.ndarray
        From 0 (the fine alone is enough) to 1 (no patience is enough).

    Examples
    --------
    >>> least_patience(np.array([1, 0.5, 0.2]), 5, 3, 1).round(4).tolist()
    [0.5, 0.6667, 0.8333]
    """
    chance = np.asarray(detection, dtype=float)
    gain = np.maximum(temptation - reward - chance * fine, 0.0)
    loss = chance * (reward - punishment)
    total = gain + loss
    return np.where(total > 0, gain / np.where(total > 0, total, 1.0), 0.0)


def repeated_dealing(
    detection: float = 1.0,
    patience: float = 0.6,
    fine: float = 0.0,
    temptation: float = 5.0,
    reward: float = 3.0,
    punishment: float = 1.0,
) -> RepeatedDealing:
    """Firms of a place deal again and again; who cheats and is found out is shunned.

    Everybody starts honest. A cheat brings ``temptation`` once. With the chance ``detection`` the
    community hears of it: then nobody deals honestly with the cheater any more, for ever.

    Parameters
    ----------
    detection : float
        Chance that the community hears of a cheat, 0 to 1.
    patience : float
        What money of the next round counts today, 0 to below 1.
    fine : float
        What an association takes from one who is found out, 0 or more, money.
    temptation, reward, punishment : float
        What a round brings to one who cheats, deals honestly, is shunned; money, falling.

    Returns
    -------
    RepeatedDealing

    Raises
    ------
    ValueError
        If a number is out of its range, or the three earnings do not fall.

    References
    ----------
    Kandori, M. (1992). Social norms and community enforcement. Review of Economic Studies 59(1).
    Greif, A. (1993). Contract enforceability and economic institutions in early trade: the
    Maghribi traders' coalition. American Economic Review 83(3).

    Notes
    -----
    The game is the grim trigger of the textbooks. The chance of detection, one for all, and the
    fine are this course's way to write down what Greif and Kandori describe.

    Examples
    --------
    >>> repeated_dealing(detection=0.5).patience_needed
    0.6666666666666666
    >>> repeated_dealing(detection=0.5, patience=0.6).honest_pays
    False
    """
    detection = number("detection", detection, least=0, most=1, because="it is a chance")
    patience = number(
        "patience", patience, least=0, below=1, because="with 1 tomorrow would never matter less"
    )
    fine = number("fine", fine, least=0, because="a fine takes money and brings none")
    temptation = number("temptation", temptation, because="it is an earning")
    reward = number("reward", reward, because="it is an earning")
    punishment = number("punishment", punishment, because="it is an earning")
    if not temptation > reward > punishment:
        raise ValueError(
            "earnings must fall from temptation over reward to punishment (got "
            f"{temptation:g}, {reward:g}, {punishment:g}): else there is no temptation, or "
            "nothing to lose"
        )
    worth = patience ** np.arange(ROUNDS)
    later = detection * punishment + (1 - detection) * reward
    first = temptation - detection * fine
    honest = np.cumsum(worth * reward)
    cheating = np.cumsum(worth * np.r_[first, np.full(ROUNDS - 1, later)])
    return RepeatedDealing(
        temptation, reward, punishment, detection, fine, patience, honest, cheating
    )


# --- a name that all share


@dataclass(frozen=True, eq=False)
class CollectiveReputation:
    """Does a firm keep up quality for a common name? The result of `collective_reputation`.

    Attributes
    ----------
    firms : int
        Firms that share the name.
    benefit, cost, fine : float
        What one firm's quality brings to the name, what it costs the firm, and what the
        association takes from one who does without; money a year.
    n : numpy.ndarray of int, shape (n_firms,)
        Numbers of firms, from 1.
    own_gain : numpy.ndarray, shape (n_firms,)
        What a firm gains by its own quality at each number, money a year.
    """

    firms: int
    benefit: float
    cost: float
    fine: float
    n: np.ndarray = field(repr=False)
    own_gain: np.ndarray = field(repr=False)

    @property
    def most_firms(self) -> float:
        """The largest number of firms that keep up quality; infinite if the fine is enough."""
        gap = self.cost - self.fine
        return math.inf if gap <= 0 else float(math.floor(self.benefit / gap + 1e-9))

    @property
    def keeps_quality(self) -> bool:
        """Whether it pays for a firm to keep up quality."""
        return self.firms <= self.most_firms

    def to_frame(self) -> pd.DataFrame:
        """One row a number of firms: ``own_gain`` and ``cost``."""
        index = pd.Index(self.n, name="firms")
        return pd.DataFrame({"own_gain": self.own_gain, "cost": self.cost}, index=index)

    def summary(self) -> str:
        """Does quality last, and up to how many firms."""
        verdict = "kept up" if self.keeps_quality else "given up"
        if math.isinf(self.most_firms):
            limit = "the fine is enough for any number of firms"
        elif self.most_firms < 1:
            limit = "not even one firm alone would keep it up"
        else:
            limit = f"it lasts up to {self.most_firms:.0f} firms"
        return f"Name shared by {counted(self.firms, 'firm')}: quality is {verdict}; {limit}."


def collective_reputation(
    firms: int = 5, benefit: float = 60.0, cost: float = 10.0, fine: float = 0.0
) -> CollectiveReputation:
    """Firms under one regional name: quality costs the firm, and its benefit is shared by all.

    A firm that keeps up quality adds ``benefit`` to what the name is worth. All firms under the
    name share it, so its own part is benefit / firms. It keeps up quality if that part and the fine
    that it avoids are worth the cost.

    Parameters
    ----------
    firms : int
        Firms that share the name, at least 1.
    benefit, cost : float
        What one firm's quality brings to the name, and what it costs; money a year, above 0.
    fine : float
        What an association takes from a firm without quality, money a year, 0 or more.

    Returns
    -------
    CollectiveReputation

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    Tirole, J. (1996). A theory of collective reputations. Review of Economic Studies 63(1).
    Winfree, J. A. and McCluskey, J. J. (2005). Collective reputation and quality. American Journal
    of Agricultural Economics 87(1).

    Notes
    -----
    The idea is the authors'. The form, benefit / firms + fine >= cost, is this course's own.

    Examples
    --------
    >>> collective_reputation(firms=5).most_firms
    6.0
    >>> collective_reputation(firms=30, fine=8).keeps_quality
    True
    """
    firms = whole_number("firms", firms, least=1, because="somebody has to use the name")
    benefit = number("benefit", benefit, above=0, because="a name is worth something")
    cost = number("cost", cost, above=0, because="quality is not free")
    fine = number("fine", fine, least=0, because="a fine takes money and brings none")
    n = np.arange(1, max(60, firms) + 1, dtype=np.int64)
    return CollectiveReputation(firms, benefit, cost, fine, n, benefit / n + fine)


# --- who deals with whom


@dataclass(frozen=True, eq=False)
class NetworkPlay:
    """When helping spreads on a network of firms: the result of `network_play`.

    Attributes
    ----------
    links : numpy.ndarray of bool, shape (n_firms, n_firms)
        Who deals with whom; symmetric.
    ratio : float
        What a favour brings over what it costs.
    critical : float
        The ratio above which helping spreads; infinite if it never does.
    """

    links: np.ndarray = field(repr=False)
    ratio: float
    critical: float

    @property
    def helping_spreads(self) -> bool:
        """Whether those who help are favoured."""
        return self.ratio > self.critical

    @property
    def mean_partners(self) -> float:
        """Partners of a firm, on average."""
        return float(self.links.sum(axis=1).mean())

    def to_frame(self) -> pd.DataFrame:
        """One row a firm: its ``partners``."""
        index = pd.RangeIndex(1, len(self.links) + 1, name="firm")
        return pd.DataFrame({"partners": self.links.sum(axis=1, dtype=np.int64)}, index=index)

    def summary(self) -> str:
        """Who wins, and from which ratio on helping would."""
        start = f"With {self.mean_partners:.1f} partners on average helping "
        if math.isinf(self.critical):
            return start + "spreads at no price."
        verdict = "spreads" if self.helping_spreads else "dies out"
        return (
            f"{start}{verdict}: a favour brings {self.ratio:g} times what it costs, and has to "
            f"bring more than {self.critical:.2f} times."
        )


def network_play(
    firms: int = 24,
    neighbours: int = 2,
    shortcuts: int = 0,
    association: bool = False,
    ratio: float = 3.0,
    seed: int = 0,
) -> NetworkPlay:
    """Firms on a ring do favours for their partners, or not, and imitate who does well.

    Each firm deals with each of its partners. In a deal a firm that helps pays 1 and brings its
    partner ``ratio``; how well a firm does is the *mean* over its deals. Now and then a firm gives
    up. Its partners compete for the place: who does better has the better chance, and the new firm
    does as the winner does. The critical ratio is exact for weak competition: it comes from how
    long two random walks on the network take to meet.

    Parameters
    ----------
    firms : int
        Firms on the ring, 6 to 60.
    neighbours : int
        Partners of each firm, half of them on either side: even, from 2 to firms - 2.
    shortcuts : int
        Links across the ring, 0 or more, between firms drawn at random.
    association : bool
        Whether one more member deals with all firms.
    ratio : float
        What a favour brings over what it costs, above 0.
    seed : int
        Of the shortcuts.

    Returns
    -------
    NetworkPlay

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    Ohtsuki, H., Hauert, C., Lieberman, E. and Nowak, M. A. (2006). A simple rule for the evolution
    of cooperation on graphs and social networks. Nature 441.
    Allen, B., Lippner, G., Chen, Y.-T., Fotouhi, B., Momeni, N., Yau, S.-T. and Nowak, M. A.
    (2017). Evolutionary dynamics on any population structure. Nature 544.

    Examples
    --------
    With two partners a favour has to bring little more than twice its cost; with four, twice that:

    >>> round(network_play(neighbours=2).critical, 2), round(network_play(neighbours=4).critical, 2)
    (2.2, 5.5)
    """
    firms = whole_number("firms", firms, least=6, most=60, because="more do not fit the picture")
    partners = whole_number(
        "neighbours", neighbours, least=2, most=firms - 2, because="two sit at one's sides"
    )
    if partners % 2:
        raise ValueError(
            f"neighbours must be even (got {partners}): as many on the one side as on the other"
        )
    shortcuts = whole_number("shortcuts", shortcuts, least=0, because="it counts links")
    ratio = number("ratio", ratio, above=0, because="a favour brings something")
    seed = whole_number("seed", seed, least=0, because="it fixes chance")
    links, critical = _network(firms, partners, shortcuts, bool(association), seed)
    return NetworkPlay(links, ratio, critical)


@lru_cache(maxsize=256)
def _network(
    firms: int, neighbours: int, shortcuts: int, association: bool, seed: int
) -> tuple[np.ndarray, float]:
    places = np.arange(firms)
    apart = np.abs(places[:, np.newaxis] - places)
    apart = np.minimum(apart, firms - apart)
    links = (apart > 0) & (apart <= neighbours // 2)
    free = np.argwhere(np.triu(~links, 1))
    random = np.random.default_rng(seed)
    for one, other in free[random.permutation(len(free))[:shortcuts]]:
        links[one, other] = links[other, one] = True
    if association:
        links = np.pad(links, ((0, 1), (0, 1)), constant_values=True)
        links[-1, -1] = False
    links.setflags(write=False)
    return links, critical_ratio(links)


def critical_ratio(links: np.ndarray) -> float:
    r"""Above which ratio of benefit to cost helping is favoured on a network (Allen and others).

    Parameters
    ----------
    links : array of bool, shape (n, n)
        Who deals with whom: symmetric, connected, nobody with himself.

    Returns
    -------
    float
        Infinite if helping is never favoured.

    Raises
    ------
    ValueError
        If the links are no such network.

    Notes
    -----
    Let two random walks start at the ends of a random walk of n steps, and let :math:`\tau_n` be
    the mean time until they meet. The ratio is :math:`\tau_2 / (\tau_3 - \tau_1)`.

    References
    ----------
    Allen, B., Lippner, G., Chen, Y.-T., Fotouhi, B., Momeni, N., Yau, S.-T. and Nowak, M. A.
    (2017). Evolutionary dynamics on any population structure. Nature 544.

    Examples
    --------
    On a ring of ten firms, (10 - 2) / (10 / 2 - 2):

    >>> ring = np.roll(np.eye(10), 1, axis=0) + np.roll(np.eye(10), -1, axis=0)
    >>> round(critical_ratio(ring > 0), 6)
    2.666667
    """
    weight = np.asarray(links, dtype=float)
    n = len(weight)
    if weight.shape != (n, n) or (weight != weight.T).any() or weight.diagonal().any():
        raise ValueError(
            "links must be a square table, the same on both sides of its diagonal, and nobody "
            "deals with himself: its diagonal is empty"
        )
    reached = np.linalg.matrix_power((weight + np.eye(n) > 0).astype(float), n - 1) > 0
    if not reached.all():
        alone = int((~reached[0]).argmax()) + 1
        raise ValueError(
            f"links must join all firms, but no way leads from firm 1 to firm {alone}: add a link, "
            "or look at each part by itself"
        )
    step = weight / weight.sum(axis=1, keepdims=True)
    share = weight.sum(axis=1) / weight.sum()
    # Meeting time of two walks: T_ij = 1 + mean over one step of either, and 0 where they meet
    first, second = np.triu_indices(n, 1)
    pair = np.full((n, n), len(first))  # the last column collects pairs that have met
    pair[first, second] = pair[second, first] = np.arange(len(first))
    system = np.zeros((len(first), len(first) + 1))
    rows = np.arange(len(first))[:, np.newaxis]
    np.add.at(system, (rows, pair[second]), 0.5 * step[first])
    np.add.at(system, (rows, pair[first]), 0.5 * step[second])
    solved = np.linalg.solve(np.eye(len(first)) - system[:, :-1], np.ones(len(first)))
    meeting = np.append(solved, 0.0)[pair]
    walk, times = np.eye(n), []
    for _ in range(3):
        walk = walk @ step
        times.append(float((share[:, np.newaxis] * walk * meeting).sum()))
    one, two, three = times
    return two / (three - one) if three - one > 1e-9 * one else math.inf
