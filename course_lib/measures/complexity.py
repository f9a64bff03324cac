"""Which industries go together, and which regions can do what few can?

Presence says which region has which industry; proximity, relatedness and complexity follow from
it. Every table here has regions in its rows and industries in its columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from course_lib.measures import _checks
from course_lib.measures._checks import Table, Values
from course_lib.measures.concentration import location_quotient
from course_lib.parameters import number

# Eigenvalues nearer than this are taken for equal.
SAME = 1e-9


def presence(
    table: Table,
    *,
    threshold: float = 1.0,
    withheld: str = "refuse",
    region_totals: Values | None = None,
    industry_totals: Values | None = None,
    national_total: float | None = None,
) -> pd.DataFrame:
    """Presence: which region has which industry, by its location quotient.

    Parameters
    ----------
    table : table, shape (n_regions, n_industries)
        Persons employed, or exports: then the quotient is Balassa's revealed comparative
        advantage.
    threshold : float
        The lowest location quotient that counts as having the industry, above 0.
    withheld : {"refuse", "keep"}
        What to do with a missing cell: "keep" leaves it missing, neither here nor absent; then all
        three totals must be given, as published.
    region_totals, industry_totals, national_total : optional
        Published totals, as in `location_quotient`.

    Returns
    -------
    pandas.DataFrame, shape (n_regions, n_industries)
        1.0 where the region has the industry, 0.0 where it has not; missing where withheld.

    Raises
    ------
    ValueError
        If the threshold is not above zero, or `location_quotient` refuses the table.

    References
    ----------
    Balassa, B. (1965). Trade liberalisation and "revealed" comparative advantage. The Manchester
    School 33(2).

    Examples
    --------
    >>> table = pd.DataFrame({"film": [8, 2], "steel": [2, 8]}, index=["coast", "valley"])
    >>> presence(table)
            film  steel
    coast    1.0    0.0
    valley   0.0    1.0
    """
    threshold = number("threshold", threshold, above=0, because="1 is the nation's own mix")
    quotients = location_quotient(
        table,
        withheld=withheld,
        region_totals=region_totals,
        industry_totals=industry_totals,
        national_total=national_total,
    )
    return (quotients >= threshold).astype("float64").where(quotients.notna())


def proximity(presence: Table, *, withheld: str = "refuse") -> pd.DataFrame:
    """Proximity of industries: how often do regions that have one have the other too?

    For industries i and j it is the lower of two shares: of the regions with i, those that also
    have j; and of the regions with j, those that also have i.

    Parameters
    ----------
    presence : table, shape (n_regions, n_industries)
        1 where a region has an industry, and 0 where it has not: see `presence`.
    withheld : {"refuse", "keep"}
        What to do with a missing cell. With "keep" a pair of industries is judged by the regions
        in which both are known.

    Returns
    -------
    pandas.DataFrame, shape (n_industries, n_industries)
        From 0 (never together) to 1 (always); 1 on the diagonal.

    Raises
    ------
    ValueError
        If a cell is neither 0 nor 1, no region has an industry, or a pair cannot be judged.

    References
    ----------
    Hidalgo, C. A., Klinger, B., Barabasi, A.-L. and Hausmann, R. (2007). The product space
    conditions the development of nations. Science 317.

    Examples
    --------
    >>> has = pd.DataFrame({"film": [1, 1, 0], "apps": [1, 0, 0], "steel": [0, 1, 1]})
    >>> proximity(has)
           film  apps  steel
    film    1.0   0.5    0.5
    apps    0.5   1.0    0.0
    steel   0.5   0.0    1.0
    """
    has, known = _presence(presence, withheld)
    here = has.to_numpy()
    together = here.T @ here
    # Of the regions with i: those in which j is known
    judged = here.T @ known
    most = np.maximum(judged, judged.T)
    if (most == 0).any():
        first, second = np.argwhere(most == 0)[0]
        raise ValueError(
            f"{has.columns[first]!r} and {has.columns[second]!r} are in no region both published, "
            "so how near they are cannot be said: leave out the one with more gaps"
        )
    return pd.DataFrame(together / most, index=has.columns, columns=has.columns)


def relatedness(presence: Table, *, withheld: str = "refuse") -> pd.DataFrame:
    """Relatedness of a region to an industry: how much of what is near to it is here already?

    Also called density. For region r and industry i: of the proximities of all *other* industries
    to i, the share that belongs to industries that r has. What r has of i itself is left out:
    otherwise everybody would be related to what they do.

    Parameters
    ----------
    presence : table, shape (n_regions, n_industries)
        1 where a region has an industry, and 0 where it has not: see `presence`.
    withheld : {"refuse", "keep"}
        What to do with a missing cell. With "keep" only industries that are known in the region
        count, above and below the line.

    Returns
    -------
    pandas.DataFrame, shape (n_regions, n_industries)
        From 0 (nothing near) to 1 (everything near is here).

    Raises
    ------
    ValueError
        As `proximity`; and if nothing is near to an industry.

    References
    ----------
    Hidalgo, C. A., Klinger, B., Barabasi, A.-L. and Hausmann, R. (2007). The product space
    conditions the development of nations. Science 317.

    Examples
    --------
    >>> has = pd.DataFrame({"film": [1, 1, 0], "apps": [1, 0, 0], "steel": [0, 1, 1]})
    >>> relatedness(has)
       film  apps  steel
    0   0.5   1.0    1.0
    1   0.5   1.0    1.0
    2   0.5   0.0    0.0
    """
    has, known = _presence(presence, withheld)
    near = proximity(presence, withheld=withheld).to_numpy() - np.eye(has.shape[1])
    all_near = known @ near
    if (all_near == 0).any():
        row, column = np.argwhere(all_near == 0)[0]
        raise ValueError(
            f"nothing that is known in {has.index[row]!r} is near to {has.columns[column]!r}, so "
            "relatedness to it has no meaning: leave that industry out"
        )
    density = (has.to_numpy() @ near) / all_near
    return pd.DataFrame(density, index=has.index, columns=has.columns)


@dataclass(frozen=True, eq=False)
class EconomicComplexity:
    """Complexity of regions and of industries, from which region has which.

    Attributes
    ----------
    regions : pandas.Series, shape (n_regions,)
        Economic complexity index: mean 0, standard deviation 1; higher where a region has what
        few others have, next to others that also do.
    industries : pandas.Series, shape (n_industries,)
        Product complexity index, in the regions' unit: a region's index is the mean of its
        industries'.
    diversity : pandas.Series, shape (n_regions,)
        Number of industries that the region has.
    ubiquity : pandas.Series, shape (n_industries,)
        Number of regions that have the industry.
    eigenvalue : float
        The second largest, 0 to 1: how much the pattern holds.
    """

    regions: pd.Series = field(repr=False)
    industries: pd.Series = field(repr=False)
    diversity: pd.Series = field(repr=False)
    ubiquity: pd.Series = field(repr=False)
    eigenvalue: float

    def to_frame(self) -> pd.DataFrame:
        """One row a region: ``complexity`` and ``diversity``."""
        return pd.DataFrame({"complexity": self.regions, "diversity": self.diversity})

    def summary(self) -> str:
        """Who is first and last, in one sentence."""
        return (
            f"Of {len(self.regions)} regions, {self.regions.idxmax()} is the most complex and "
            f"{self.regions.idxmin()} the least; of {len(self.industries)} industries, it is "
            f"{self.industries.idxmax()} and {self.industries.idxmin()}."
        )


def economic_complexity(presence: Table) -> EconomicComplexity:
    """Economic complexity: what a region has, weighed by who else has it, and so on for ever.

    A region's complexity is the mean of its industries', and an industry's the mean of its
    regions', up to a factor. Scores that satisfy both are eigenvectors of one matrix. The first
    is the same for everyone and says nothing. The second is the index, with the sign that makes
    it rise with diversity.

    Parameters
    ----------
    presence : table, shape (n_regions, n_industries)
        1 where a region has an industry, and 0 where it has not: see `presence`. At least two of
        each.

    Returns
    -------
    EconomicComplexity

    Raises
    ------
    ValueError
        If a cell is missing or neither 0 nor 1, a region has nothing or nobody has an industry,
        or the pattern has no single second eigenvector.

    References
    ----------
    Hidalgo, C. A. and Hausmann, R. (2009). The building blocks of economic complexity.
    Proceedings of the National Academy of Sciences 106(26).

    Examples
    --------
    >>> staircase = pd.DataFrame([[1, 1, 1, 1], [1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 0]])
    >>> economic_complexity(staircase).regions.round(3).tolist()
    [1.342, 0.447, -0.447, -1.342]
    """
    from scipy.linalg import eigh

    has, _ = _presence(presence, "refuse")
    if min(has.shape) < 2:
        raise ValueError(
            f"complexity compares at least two regions and two industries (got {has.shape[0]} and "
            f"{has.shape[1]})"
        )
    diversity, ubiquity = has.sum(axis=1), has.sum(axis=0)
    if (diversity == 0).any():
        raise ValueError(
            f"{diversity.index[diversity == 0][0]!r} has none of the industries, so it has no "
            "complexity: leave that region out on purpose"
        )
    scaled = has.to_numpy() / np.sqrt(np.outer(diversity, ubiquity))
    turned = scaled.shape[0] < scaled.shape[1]  # the smaller side has the smaller matrix
    square = scaled @ scaled.T if turned else scaled.T @ scaled
    size = len(square)
    values, vectors = eigh(square, subset_by_index=[max(size - 3, 0), size - 1])
    second, third = float(values[-2]), float(values[-3]) if size > 2 else 0.0
    if second > 1 - SAME:
        raise ValueError(
            "the regions fall into groups that have no industry in common, so they cannot be put "
            "in one order: study each group by itself"
        )
    if second < SAME:
        raise ValueError("all regions have the same industries, so nothing tells them apart")
    if second - third < SAME:
        raise ValueError(
            "two patterns explain the table equally well, so the order is not decided: add regions "
            "or industries"
        )
    if turned:
        region = vectors[:, -2] / np.sqrt(diversity.to_numpy())
    else:
        region = (scaled @ vectors[:, -2]) / np.sqrt(diversity.to_numpy())
    # A region's score is the mean of its industries': this fixes the industries' unit
    industry = (has.to_numpy().T @ region) / ubiquity.to_numpy() / second
    sign = _sign(diversity.to_numpy(), region, industry)
    centre, spread = region.mean(), region.std()
    return EconomicComplexity(
        regions=pd.Series(sign * (region - centre) / spread, has.index, name="complexity"),
        industries=pd.Series(sign * (industry - centre) / spread, has.columns, name="complexity"),
        diversity=diversity.astype("int64").rename("diversity"),
        ubiquity=ubiquity.astype("int64").rename("ubiquity"),
        eigenvalue=second,
    )


def _sign(diversity: np.ndarray, region: np.ndarray, industry: np.ndarray) -> float:
    """Up is where diversity is; if diversity does not tell, the first region is up."""
    slope = float((diversity - diversity.mean()) @ (region - region.mean()))
    if abs(slope) < 1e-12 * len(region):
        return 1.0 if region[0] >= region.mean() else -1.0
    return 1.0 if slope > 0 else -1.0


def _presence(table: Any, withheld: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Where industries are (unknown cells as zero), and where that is known."""
    if withheld not in ("refuse", "keep"):
        raise ValueError(f'withheld must be "refuse" or "keep" (got {withheld!r})')
    cells = _checks.employment(table, withheld=withheld == "keep")
    known = cells.notna().to_numpy(dtype="float64")
    has = cells.fillna(0.0)
    wrong = ~has.isin([0.0, 1.0]).to_numpy()
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        raise ValueError(
            f"presence must hold 0 or 1, but row {has.index[row]!r}, column "
            f"{has.columns[column]!r} has {has.iloc[row, column]:g}: make it from jobs with "
            "`measures.presence(table)`"
        )
    nowhere = has.sum(axis=0) == 0
    if nowhere.any():
        raise ValueError(
            f"no region has the industry {nowhere.index[nowhere][0]!r}, so nothing can be said of "
            "it: leave it out on purpose"
        )
    return has, known
