"""What is said of the Delta, as claims: who says it, of when, and what would prove it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd

from course_lib import datasets

BORNE_OUT, CONTRADICTED, IMPOSSIBLE_THEN, NO_FIGURE = (
    "figures go with it",
    "it contradicts itself",
    "only possible after some year",
    "no figure here",
)
VERDICTS = (BORNE_OUT, CONTRADICTED, IMPOSSIBLE_THEN, NO_FIGURE)
"""What can come out when a claim is weighed with this course's tables."""


@dataclass(frozen=True)
class Claim:
    """One number of the document's section 4.1 (and 3.2), as a claim.

    Attributes
    ----------
    name : str
        A short name.
    words : str
        The document's words.
    would_prove : str
        Which figures would prove it.
    verdict : str
        What can be said with the tables of this course: one of `VERDICTS`.
    because : str
        Why.
    defensible : tuple of str
        Other verdicts that a careful reader can defend, with the reason in `because`.
    """

    name: str
    words: str
    would_prove: str
    verdict: str
    because: str
    defensible: tuple[str, ...] = ()


CLAIMS = (
    Claim(
        "three divisions",
        "three distinctive industrial division systems",
        "output or jobs of each city by industry, one year",
        NO_FIGURE,
        "The table of cities has no industries. Guangzhou stands in all three divisions, so they "
        "are not parts of a whole.",
    ),
    Claim(
        "hundred billion",
        "in Guangzhou, several hundred billion-level industrial clusters",
        "output of each of the seven named industries, with a year",
        IMPOSSIBLE_THEN,
        "If each of the seven makes 100 billion yuan of value added, they need 700 billion. "
        "Guangzhou's whole output was 251 billion in 2000 and 1,064 billion in 2010. If sales are "
        "meant, which can be larger than output, no table here decides it.",
        defensible=(NO_FIGURE,),
    ),
    Claim(
        "a quarter of 400",
        "professional towns account for a quarter of more than 400 established towns",
        "the province's list of professional towns and of all towns, with a year",
        NO_FIGURE,
        "No table here lists towns. A quarter of 400 is 100: keep that number. An article of 2008 "
        "counts 404 towns in the Delta, not in the province.",
        defensible=(CONTRADICTED,),
    ),
    Claim(
        "hundreds of towns",
        "of these specialised towns there are hundreds with 2 to 3 billion yuan",
        "the list of professional towns with their output, one year",
        CONTRADICTED,
        "A quarter of somewhat more than 400 towns is somewhat more than 100. Hundreds cannot be "
        "among them. The translation may be at fault: perhaps more than a hundred is meant.",
        defensible=(NO_FIGURE,),
    ),
    Claim(
        "two to three thousand firms",
        "Guzhen has two to three thousand lighting enterprises",
        "the register of firms of one year, and who counts: makers, shops, one-person firms",
        NO_FIGURE,
        "Press reports give 8,045 lighting-related companies for 2010 and more than 4,000 for "
        "2012. Both can be right if they count different things.",
    ),
    Claim(
        "60 per cent",
        "the sales volume of civilian lighting accounts for more than 60% of the country",
        "the town's sales of lamps made there and sold in China, and all such sales in China, in "
        "one year and by one definition",
        NO_FIGURE,
        "Press reports repeat 60 per cent for 2001, 2009, 2010 and 2012, whatever output was.",
    ),
    Claim(
        "four markets",
        "one of the world's four major lighting professional markets",
        "a list of such markets by sales, and who made the list",
        NO_FIGURE,
        "The other three are not named.",
    ),
    Claim(
        "three plastic bases",
        "Taizhou is one of the three major plastic production bases (3.2)",
        "plastic output of all Chinese cities in one year",
        NO_FIGURE,
        "The other two are not named, and no table here has plastics by city.",
    ),
)
"""Numbers of the document on the Delta and the towns, in the order of the text."""


@dataclass(frozen=True)
class PressReport:
    """What a report says of Guzhen, for one year. Nothing of it has been checked."""

    about: int
    source: str
    share: str
    firms: str
    output_billion_yuan: float | None


PRESS = (
    PressReport(2001, "a blog, 2008", "60%", "not said", None),
    PressReport(2009, "China Daily, 31 August 2009", "60%", "not said", None),
    PressReport(2010, "a trade blog, 2011", "more than 60%", "8,045", 17.31),
    PressReport(2012, "China Daily, 4 November 2013", "more than 60%", "more than 4,000", 15.81),
    PressReport(2016, "a trade site, 2018", "70%", "26,000 with sellers of parts", 19.03),
)
"""Dated claims on the same town, from the press and the trade."""


def claims() -> pd.DataFrame:
    """The document's numbers and what would prove each, without the verdicts.

    Returns
    -------
    pandas.DataFrame
        Index ``claim``: ``words``, ``would_prove``.

    Examples
    --------
    >>> len(claims())
    8
    """
    table = pd.DataFrame([asdict(claim) for claim in CLAIMS]).set_index("name")
    return table[["words", "would_prove"]].rename_axis("claim")


def press_on_guzhen() -> pd.DataFrame:
    """What the press says of Guzhen, one row a year that is spoken of.

    Returns
    -------
    pandas.DataFrame
        Index ``about``: ``source``, ``share`` (of the country, as said), ``firms`` (as said),
        ``output_billion_yuan`` (as said). All are words, since nothing of it has been checked.

    Examples
    --------
    >>> press_on_guzhen().loc[2012, "share"]
    'more than 60%'
    """
    table = pd.DataFrame([asdict(report) for report in PRESS]).set_index("about")
    output = (
        table["output_billion_yuan"]
        .map("{:.2f}".format)
        .where(table["output_billion_yuan"].notna(), "not said")
    )
    return table.assign(output_billion_yuan=output)


def first_year_with(city: str, billion_yuan: float) -> int | None:
    """The first year of the table in which a city's whole output was that large, or None.

    Parameters
    ----------
    city : str
        A city of Guangdong.
    billion_yuan : float
        Output in billion yuan, current prices.

    Examples
    --------
    >>> first_year_with("Guangzhou", 700)
    2010
    """
    table = datasets.guangdong_cities()
    known = sorted(table["city"].unique())
    if city not in known:
        raise ValueError(f"city must be one of {', '.join(known)} (got {city!r})")
    reached = table[(table["city"] == city) & (table["gdp"] / 10 >= billion_yuan)]["year"]
    return None if reached.empty else int(reached.min())
