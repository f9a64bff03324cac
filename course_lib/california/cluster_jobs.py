"""How many jobs hang on a region's strong clusters? It depends on where the line is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from course_lib.california.document_claims import named_codes
from course_lib.california.employment import REGIONS, industries_of, jobs_of
from course_lib.measures import strong_clusters
from course_lib.parameters import number


@dataclass(frozen=True, eq=False)
class ClusterJobs:
    """Jobs in the strong clusters of California's regions: the result of `cluster_jobs`.

    Attributes
    ----------
    least_quotient, least_share : float
        The rule, as it was given.
    regions : pandas.DataFrame, shape (5, 6)
        Index ``region``: ``jobs`` (persons, all industries), ``clusters`` (number of strong
        industries), ``in_clusters`` (their share of the region's jobs), ``named`` (the part of
        that share in industries that the document names), ``above_the_mix`` (jobs in them beyond
        the nation's mix, as a share of the region's), ``largest`` (strong industry with most jobs
        above the mix, or an empty text).
    """

    least_quotient: float
    least_share: float
    regions: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """One row a region."""
        return self.regions.copy()

    def summary(self) -> str:
        """Each region's share, and the rule."""
        shares = "; ".join(
            f"{region} {row['in_clusters']:.0%}" for region, row in self.regions.iterrows()
        )
        rule = f"a location quotient of {self.least_quotient:g} or more"
        if self.least_share:
            rule += f" and {self.least_share:.1%} or more of the nation's industry"
        return f"If a strong cluster needs {rule}, the clusters hold of all jobs: {shares}."


def cluster_jobs(least_quotient: float = 1.0, least_share: float = 0.0) -> ClusterJobs:
    """Share of each region's jobs that is in strong clusters, by a rule of your own.

    Parameters
    ----------
    least_quotient : float
        The lowest location quotient of a strong cluster, at least 1.
    least_share : float
        The lowest share of the nation's jobs in the industry, 0 to 1.

    Returns
    -------
    ClusterJobs

    Raises
    ------
    ValueError
        If a limit makes no sense.

    Notes
    -----
    US Census Bureau, County Business Patterns 2019: the regions' jobs are those without farms,
    government and the self-employed. Withheld figures are missing from the clusters, so the shares
    are a little too low.

    Examples
    --------
    >>> shares = cluster_jobs(least_quotient=2).regions["in_clusters"]
    >>> shares.round(2).to_dict()
    {'Southern California': 0.05, 'San Francisco Bay': 0.22, 'Central Valley': 0.16,
     'Sacramento': 0.05, 'outside': 0.13}
    """
    least_quotient = number(
        "least_quotient", least_quotient, least=1, because="1 is the nation's own mix"
    )
    rows = {}
    for region in REGIONS:
        cells, jobs = _cells(region), jobs_of(region)
        strong = strong_clusters(cells, least_quotient=least_quotient, least_share=least_share)
        employment = cells["employment"].to_numpy() * strong
        above = np.where(strong, cells["above_the_mix"].to_numpy(), 0.0)
        rows[region] = {
            "jobs": jobs,
            "clusters": int(strong.sum()),
            "in_clusters": employment.sum() / jobs,
            "named": (employment * cells["named"].to_numpy()).sum() / jobs,
            "above_the_mix": above.sum() / jobs,
            "largest": str(cells["industry_short"].iloc[above.argmax()]) if strong.any() else "",
        }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("region")
    return ClusterJobs(least_quotient, least_share, table)


@lru_cache(maxsize=8)
def _cells(region: str) -> pd.DataFrame:
    """All industries of a region, and which of them the document names."""
    table = industries_of(region)
    table["named"] = table.index.isin(list(named_codes(region)))
    return table
