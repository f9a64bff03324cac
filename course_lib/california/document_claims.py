"""What the document says of California's four regions, put to the figures."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from course_lib.california.employment import (
    areas_with_all,
    industries_of,
    unpublished_jobs,
)


@dataclass(frozen=True)
class NamedIndustry:
    """An industry as the document names it, and where the statistics count it.

    Attributes
    ----------
    region : str
        The region, in the words of `course_lib.california.employment.REGIONS`.
    words : str
        The document's own words.
    naics : tuple of str
        Codes of the industry groups that come nearest. The choice is this course's.
    only_a_trace : bool
        True if the figures do not hold the industry itself, only what goes with it.
    """

    region: str
    words: str
    naics: tuple[str, ...]
    only_a_trace: bool = False


NAMED = (
    NamedIndustry("Southern California", "aviation manufacturing", ("3364",)),
    NamedIndustry("Southern California", "entertainment", ("5121", "5122", "7114", "7115", "7131")),
    NamedIndustry("Southern California", "electronic communications", ("3342", "5173")),
    NamedIndustry("San Francisco Bay", "software", ("5112", "5415")),
    NamedIndustry("San Francisco Bay", "multimedia", ("5121", "5122")),
    NamedIndustry("San Francisco Bay", "Internet services", ("5191", "5182")),
    NamedIndustry(
        "Central Valley", "high-yield agriculture", ("1151", "1152", "3114", "3115"), True
    ),
    NamedIndustry(
        "Sacramento", "high-tech manufacturing", ("3341", "3342", "3344", "3345", "3364")
    ),
    NamedIndustry("Sacramento", "computer services", ("5415", "5182")),
)
"""Section 4.1 of the document, industry by industry."""


@dataclass(frozen=True, eq=False)
class DocumentClaims:
    """Location quotients of what the document names: the result of `document_claims`.

    Attributes
    ----------
    rows : pandas.DataFrame
        One row an industry group: ``region``, ``words`` (of the document), ``naics``,
        ``industry``, ``employment`` (persons), ``location_quotient``, ``highest_quotient`` (as
        high as withheld figures allow) and ``national_share``.
    together : pandas.DataFrame
        One row a phrase of the document, its groups added up: ``region``, ``words``,
        ``employment``, ``location_quotient``, ``highest_quotient``.
    """

    rows: pd.DataFrame
    together: pd.DataFrame

    def borne_out(self, region: str) -> tuple[int, int]:
        """How many of a region's named industry groups have a quotient above 1, and of how many."""
        here = self.rows[self.rows["region"] == region]
        return int((here["location_quotient"] > 1).sum()), len(here)

    def to_frame(self) -> pd.DataFrame:
        """One row an industry group that the document names."""
        return self.rows.set_index("region").copy()

    def summary(self) -> str:
        """In which regions the figures go with the document."""
        parts = []
        for region in dict.fromkeys(self.rows["region"]):
            above, of = self.borne_out(region)
            parts.append(f"{region} {above} of {of}")
        return (
            "Of the industry groups that the document names for a region, so many have a larger "
            f"share of its jobs than of the nation's: {'; '.join(parts)}."
        )


def document_claims() -> DocumentClaims:
    """Location quotients in 2019 of the industries that the document names for each region.

    Returns
    -------
    DocumentClaims

    Notes
    -----
    Which industry groups stand for the document's words is this course's choice. Farms are not in
    the figures: for "high-yield agriculture" there are only firms that work for farms and
    factories that preserve what they grow.

    Examples
    --------
    >>> document_claims().borne_out("San Francisco Bay"), document_claims().borne_out("Sacramento")
    ((6, 6), (1, 7))
    """
    rows, together = [], []
    shown = ["employment", "location_quotient", "highest_quotient", "national_share"]
    for named in NAMED:
        groups = industries_of(named.region).loc[list(named.naics)]
        said = {"region": named.region, "words": named.words}
        for code, group in groups.iterrows():
            rows.append(
                {**said, "naics": code, "industry": group["industry_short"], **group[shown]}
            )
        jobs = groups["employment"].sum()
        expected = (groups["employment"] - groups["above_the_mix"]).sum()
        together.append(
            {
                **said,
                "employment": jobs,
                "location_quotient": jobs / expected,
                "highest_quotient": (jobs + _hidden(named)) / expected,
            }
        )
    return DocumentClaims(pd.DataFrame(rows), pd.DataFrame(together))


def _hidden(named: NamedIndustry) -> int:
    """Jobs that could be in the groups, at most: all that is withheld where one of them is."""
    complete = areas_with_all(named.region, named.naics)
    return int(unpublished_jobs(named.region).drop(complete).sum())


def named_codes(region: str) -> set[str]:
    """Codes of all industry groups that the document names for a region.

    Examples
    --------
    >>> sorted(named_codes("Sacramento"))
    ['3341', '3342', '3344', '3345', '3364', '5182', '5415']
    """
    return {code for named in NAMED if named.region == region for code in named.naics}
