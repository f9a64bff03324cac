"""The advantages of a cluster on one map: a reconstruction of the document's Figure 3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.innovation_and_synergy.pipelines import MOST_FIRMS, pipelines
from course_lib.innovation_and_synergy.synergy import learning_ability
from course_lib.parameters import number, whole_number

SPOKES = (
    "lower cost",
    "learning by doing",
    "outside knowledge",
    "variety",
    "synergy",
    "trust and reputation",
)

LED, FOLLOWED = 40.0, 25.0  # years of experience of the leader and of each later firm


@dataclass(frozen=True, eq=False)
class AdvantageMap:
    """Six advantages of one cluster: the result of `advantage_map`.

    Attributes
    ----------
    firms : int
        Firms in the cluster.
    lengths : numpy.ndarray of float, shape (6,)
        Length of each spoke in `SPOKES`, 0 to 1.
    """

    firms: int
    lengths: np.ndarray

    @property
    def shortest(self) -> str:
        """The advantage that the cluster has least of."""
        return SPOKES[int(np.argmin(self.lengths))]

    @property
    def longest(self) -> str:
        """The advantage that the cluster has most of."""
        return SPOKES[int(np.argmax(self.lengths))]

    def to_frame(self) -> pd.DataFrame:
        """Length of each spoke."""
        return pd.DataFrame({"length": self.lengths}, index=pd.Index(SPOKES, name="advantage"))

    def summary(self) -> str:
        """One sentence: the longest and the shortest spoke."""
        return (
            f"Simulated: a cluster of {self.firms} firms has most of {self.longest} "
            f"({self.lengths.max():.2f} of 1) and least of {self.shortest} "
            f"({self.lengths.min():.2f})."
        )


def advantage_map(
    firms: int = 5,
    spillover: float = 0.5,
    absorption: float = 0.5,
    linked: int = 2,
    buzz: float = 0.5,
    main_industry: float = 0.6,
    partners: Sequence[float] = (0.6, 0.5, 0.4),
    trust: float = 0.6,
) -> AdvantageMap:
    r"""Six advantages of a cluster, each computed from its own numbers.

    The document's Figure 3, "Industrial Agglomeration Advantage Map", is not in the text that
    this course holds. This is a reconstruction: which advantages belong on it is read from the
    document's sections 1.2 and 3.2, and how long a spoke is comes from the models of this course.

    Parameters
    ----------
    firms : int
        Firms in the cluster, 3 to 40, the leader among them.
    spillover : float
        Part of the others' experience that is in the air, 0 to 1 (lab 1).
    absorption : float
        Part of that which a firm can use, 0 to 1 (labs 1 and 2).
    linked : int
        Firms with a pipeline, 0 to `firms` (lab 2).
    buzz : float
        Part of a firm's attention that goes to its neighbours, 0 to 1 (lab 2).
    main_industry : float
        Share of the region's jobs in its largest industry, 0 to 1.
    partners : sequence of float, length 3
        Strength of entrepreneurs, government and association, 0 to 1 (lab 3).
    trust : float
        Share of firms that keep their word, 0 to 1 (lesson 07); here it is your own judgement.

    Returns
    -------
    AdvantageMap

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    *Lower cost*: what sharing and matching save against a firm alone, :math:`1 - 1/n` (lesson
    02). *Learning by doing*: which part of all the cluster's experience a firm can use that came
    15 years after the leader, in the leader's 40th year (`learning`). *Outside knowledge*: what
    the cluster knows of the frontier in the long run, on a ring (`pipelines`). *Variety*: share
    of jobs outside the largest industry. *Synergy*: geometric mean of the three partners
    (`learning_ability`). *Trust and reputation*: as given.

    Examples
    --------
    >>> advantage_map().shortest, advantage_map(firms=20).shortest
    ('learning by doing', 'outside knowledge')
    """
    firms = whole_number("firms", firms, least=3, most=MOST_FIRMS, because="it counts firms")
    spillover = number("spillover", spillover, least=0, most=1, because="it is a part")
    main_industry = number("main_industry", main_industry, least=0, most=1, because="it is a share")
    trust = number("trust", trust, least=0, most=1, because="it is a share of the firms")
    outside = pipelines(
        firms=firms, linked=linked, buzz=buzz, absorption=absorption, shape="ring", horizon=1
    )
    others = LED + (firms - 2) * FOLLOWED
    lengths = np.array(
        [
            1 - 1 / firms,
            (FOLLOWED + spillover * absorption * others) / (FOLLOWED + others),
            outside.mean_long_run,
            1 - main_industry,
            float(learning_ability(partners, 1.0)),
            trust,
        ]
    )
    lengths.flags.writeable = False
    return AdvantageMap(firms, lengths)
