"""What was read of a region's tables, and what it means for each lab: before a class sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from course_lib.datasets import Card
from course_lib.regions import Region

if TYPE_CHECKING:
    from course_lib.lab import Lab


def labs_by_name() -> dict[str, Callable[[Region], Lab]]:
    """The labs that take a region, in the order of the course, by what they show.

    Examples
    --------
    >>> list(labs_by_name())[0]
    'inequality_lab'
    """
    from course_lib.your_own_region import labs  # draws: only who asks for labs needs it

    order = (
        labs.inequality_lab,
        labs.inverted_u_lab,
        labs.industry_map_lab,
        labs.neighbours_lab,
        labs.one_place_lab,
        labs.shift_share_lab,
        labs.convergence_lab,
        labs.mobility_lab,
        labs.groups_lab,
        labs.linkages_lab,
        labs.clusters_lab,
        labs.profile_lab,
        labs.relatedness_lab,
        labs.evaluation_lab,
    )
    return {make.__name__: make for make in order}


def check_region(region: Region) -> Card:
    """Say what was understood of a region's tables, and try every lab on them.

    Parameters
    ----------
    region : Region
        A country's own tables.

    Returns
    -------
    course_lib.datasets.Card
        Facts, what was read, then each lab: its first sentence, or what it lacks.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> print(str(check_region(mexico())).partition("Labs")[2])  # doctest: +ELLIPSIS
    <BLANKLINE>
      inequality_lab    Mexico's states, 1940: Gini 0.354, Williamson 0.709, Theil
                        0.2089, of which 17% lies between the 5 groups of Hanson 1998.
      inverted_u_lab    Mexico's states, Williamson's index, each region counted the
    ...
    """
    card = region.card()
    rows = tuple((name, _tried(make, region)) for name, make in labs_by_name().items())
    return Card(card.title, (*card.parts, ("Labs", rows)), card.caveats)


def _tried(make: Callable[[Region], Lab], region: Region) -> str:
    try:
        return make(region).sentence
    except ValueError as refusal:
        return f"Not possible: {str(refusal).rstrip('.')}."
