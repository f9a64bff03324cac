"""Types of region after Markusen (1996), and the strategy of section 4.2 that each invites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from course_lib.parameters import number

FEATURES: Mapping[str, str] = MappingProxyType(
    {
        "largest_firms": "jobs in the three largest firms",
        "decided_elsewhere": "jobs in plants whose head office is elsewhere",
        "bought_here": "purchases of firms made inside the region",
        "state": "jobs in state-owned firms and public institutions",
        "research": "jobs in research and universities",
    }
)
"""What a region is described by, each a share from 0 to 1."""


@dataclass(frozen=True)
class Strategy:
    """One of the five points of section 4.2, as a strategy for a type of region.

    Attributes
    ----------
    point : int
        Number of the point, 1 to 5.
    name : str
        The strategy, in a few words.
    mechanism : str
        How it is meant to work.
    assumes : str
        What has to hold for it.
    risk : str
        What can go wrong.
    use : str
        The use of the policy game that stands for it.
    """

    point: int
    name: str
    mechanism: str
    assumes: str
    risk: str
    use: str


@dataclass(frozen=True)
class RegionType:
    """A type of region.

    Attributes
    ----------
    name : str
        Name of the type.
    profile : tuple of float
        A typical region of the type, in the order of `FEATURES`. The numbers are the course's own.
    strategy : str or None
        Name of the strategy of 4.2 that it invites; None if 4.2 has none for it.
    """

    name: str
    profile: tuple[float, ...]
    strategy: str | None


STRATEGIES: Mapping[str, Strategy] = MappingProxyType(
    {
        one.name: one
        for one in (
            Strategy(
                1,
                "local networks",
                "many small firms share suppliers, workers and news, and become more productive",
                "there is a cluster already, and firms gain more than land and rent cost them",
                "over-embeddedness and lock-in: everybody knows the same",
                "networks",
            ),
            Strategy(
                2,
                "large firms and their suppliers",
                "a large firm buys from local suppliers, and its neighbours learn from it",
                "it buys near by, and the gain is more than other places lose",
                "one decision made elsewhere ends it; places outbid each other with subsidies",
                "large firms",
            ),
            Strategy(
                3,
                "a speciality for each town",
                "a town of one product learns, becomes known, and shares one set of suppliers",
                "the town picks what it is comparatively good at, and has firms that start up",
                "copied clusters; a shock to the one product hits the whole town",
                "specialities",
            ),
            Strategy(
                4,
                "knowledge and industry linked",
                "firms near a university use what it finds out, and found new firms",
                "there are firms that can use it (absorptive capacity), and graduates stay",
                "ideas and graduates leave; research rewards places that have it already",
                "knowledge",
            ),
            Strategy(
                5,
                "renewal of state-owned industry with the Internet",
                "the document names none: new tools are to raise what old plants make",
                "firms have people who can use the tools, and a reason to change",
                "money keeps alive what should close; the gain goes to places with skills",
                "renewal",
            ),
        )
    }
)
"""The five points of 4.2 by name. The readings are the course's own."""

_BY_POINT = {one.point: one.name for one in STRATEGIES.values()}

TYPES: Mapping[str, RegionType] = MappingProxyType(
    {
        one.name: one
        for one in (
            RegionType("Marshallian district", (0.05, 0.05, 0.60, 0.10, 0.03), _BY_POINT[1]),
            RegionType("hub and spoke", (0.55, 0.15, 0.45, 0.10, 0.05), _BY_POINT[2]),
            RegionType("satellite platform", (0.25, 0.80, 0.10, 0.10, 0.02), None),
            RegionType("state-anchored", (0.45, 0.25, 0.25, 0.65, 0.08), _BY_POINT[5]),
            RegionType("township of one product", (0.05, 0.05, 0.35, 0.05, 0.00), _BY_POINT[3]),
            RegionType("knowledge area", (0.10, 0.20, 0.30, 0.35, 0.40), _BY_POINT[4]),
        )
    }
)
"""Markusen's four types, and two that the document needs: townships and knowledge areas."""

MARKUSENS = tuple(TYPES)[:4]
MIXED = 0.10
"""Two types that are this near to each other in likeness make a region a mixed one."""
FITTING = 0.80
"""A type that is less alike than this does not fit; the shares are then apart by about 0.2."""


@dataclass(frozen=True, eq=False)
class RegionMatch:
    """A region held against the types: the result of `match_region`.

    Attributes
    ----------
    profile : tuple of float
        The region, in the order of `FEATURES`.
    likeness : numpy.ndarray, shape (n_types,)
        How much it is like each of `TYPES`: 1 is the type's own profile.
    """

    profile: tuple[float, ...]
    likeness: np.ndarray

    @property
    def ranked(self) -> list[str]:
        """The types, the most alike first."""
        return [list(TYPES)[place] for place in np.argsort(-self.likeness, kind="stable")]

    @property
    def nearest(self) -> str:
        """The type that the region is most like."""
        return self.ranked[0]

    @property
    def strategy(self) -> Strategy | None:
        """The strategy of 4.2 for the nearest type; None if 4.2 has none."""
        name = TYPES[self.nearest].strategy
        return None if name is None else STRATEGIES[name]

    @property
    def is_mixed(self) -> bool:
        """Whether a second type is nearly as near."""
        first, second = np.sort(self.likeness)[::-1][:2]
        return bool(first - second < MIXED)

    @property
    def fits(self) -> bool:
        """Whether the nearest type is near at all."""
        return bool(self.likeness.max() >= FITTING)

    def to_frame(self) -> pd.DataFrame:
        """One row a type: its likeness and the strategy of 4.2, the most alike first."""
        order = np.argsort(-self.likeness, kind="stable")
        names = [list(TYPES)[place] for place in order]
        return pd.DataFrame(
            {
                "likeness": self.likeness[order],
                "strategy": [TYPES[name].strategy or "none in 4.2" for name in names],
            },
            index=pd.Index(names, name="type"),
        )

    def summary(self) -> str:
        """The nearest type, what 4.2 has for it, and whether it fits."""
        also = f", and nearly as near is {self.ranked[1]}" if self.is_mixed else ""
        far = "" if self.fits else " But no type fits this region well."
        if self.strategy is None:
            return (
                f"The nearest type is {self.nearest}{also}; section 4.2 has no strategy for the "
                f"nearest.{far}"
            )
        return (
            f"The nearest type is {self.nearest}{also}; point {self.strategy.point} of 4.2 is "
            f"meant for the nearest: {self.strategy.name}.{far}"
        )


def match_region(
    largest_firms: float = 0.05,
    decided_elsewhere: float = 0.05,
    bought_here: float = 0.6,
    state: float = 0.1,
    research: float = 0.03,
) -> RegionMatch:
    """Hold a region against the types of region.

    The likeness to a type is 1 minus the root of the mean squared difference of the five shares.

    Parameters
    ----------
    largest_firms : float
        Share of jobs in the three largest firms, 0 to 1.
    decided_elsewhere : float
        Share of jobs in plants whose head office is elsewhere.
    bought_here : float
        Share of firms' purchases that are made inside the region.
    state : float
        Share of jobs in state-owned firms and public institutions.
    research : float
        Share of jobs in research and universities.

    Returns
    -------
    RegionMatch

    Raises
    ------
    ValueError
        If a share does not lie between 0 and 1.

    References
    ----------
    Markusen, A. (1996). Sticky places in slippery space: a typology of industrial districts.
    Economic Geography 72(3). It describes four types in words; the shares and the distance are
    the course's own, and so are the last two types.

    Examples
    --------
    >>> match_region(decided_elsewhere=0.8, bought_here=0.1).nearest
    'satellite platform'
    """
    given = (largest_firms, decided_elsewhere, bought_here, state, research)
    profile = tuple(
        number(name, value, least=0, most=1, because=f"it is a share: {FEATURES[name]}")
        for name, value in zip(FEATURES, given, strict=True)
    )
    typical = np.array([one.profile for one in TYPES.values()])
    apart = np.sqrt(((typical - profile) ** 2).mean(axis=1))
    likeness = 1 - apart
    likeness.flags.writeable = False
    return RegionMatch(profile, likeness)


def types_table() -> pd.DataFrame:
    """The typical shares of each type, in hundredths. The numbers are the course's own.

    Returns
    -------
    pandas.DataFrame
        One row for each of `TYPES`, one column for each of `FEATURES`.

    Examples
    --------
    >>> int(types_table().loc["hub and spoke", "jobs in the three largest firms"])
    55
    """
    return pd.DataFrame(
        [[round(100 * share) for share in one.profile] for one in TYPES.values()],
        index=pd.Index(TYPES, name="of 100"),
        columns=list(FEATURES.values()),
    )


def strategies_table() -> pd.DataFrame:
    """The five strategies: what each is meant for, its mechanism, what it assumes, its risk.

    Returns
    -------
    pandas.DataFrame
        One row for each point of 4.2.
    """
    meant_for = {one.strategy: one.name for one in TYPES.values()}
    return pd.DataFrame(
        {
            "strategy": list(STRATEGIES),
            "meant_for": [meant_for[name] for name in STRATEGIES],
            "mechanism": [one.mechanism for one in STRATEGIES.values()],
            "assumes": [one.assumes for one in STRATEGIES.values()],
            "risk": [one.risk for one in STRATEGIES.values()],
        },
        index=pd.Index([one.point for one in STRATEGIES.values()], name="point"),
    )
