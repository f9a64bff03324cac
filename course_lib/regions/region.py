"""A country's or a region's own figures, whatever office they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from course_lib.datasets import Card
from course_lib.regions.refusal import TableError
from course_lib.regions.whole import without_gaps


@dataclass(frozen=True, eq=False)
class Jobs:
    """Jobs by region and industry, at one or several dates.

    Attributes
    ----------
    cells : dict of int to pandas.DataFrame, shape (n_regions, n_industries)
        By year; a figure that is withheld or not there is missing, never zero.
    region_totals, industry_totals : dict of int to pandas.Series
        As the office published them, by year; empty where it did not.
    national : dict of int to float
        All jobs, as published.
    """

    cells: dict[int, pd.DataFrame]
    region_totals: dict[int, pd.Series] = field(default_factory=dict)
    industry_totals: dict[int, pd.Series] = field(default_factory=dict)
    national: dict[int, float] = field(default_factory=dict)

    @property
    def years(self) -> list[int]:
        """The dates, in order."""
        return sorted(self.cells)

    @property
    def regions(self) -> list[str]:
        """Names of the regions, in the order of the table."""
        return list(self.cells[self.years[-1]].index)

    @property
    def industries(self) -> list[str]:
        """Names of the industries, in the order of the table."""
        return list(self.cells[self.years[-1]].columns)

    def has_totals(self, year: int) -> bool:
        """Whether all three totals of a year were published: then withheld cells do no harm."""
        return all(
            year in totals for totals in (self.region_totals, self.industry_totals, self.national)
        )


@dataclass(frozen=True, eq=False)
class Flows:
    """An input-output table.

    Attributes
    ----------
    flows : pandas.DataFrame, shape (n_sectors, n_sectors)
        What the sector of the row sells to the sector of the column.
    output : pandas.Series
        Gross output of each sector.
    value_added : pandas.Series or None
        Of each sector, if the table brings it.
    """

    flows: pd.DataFrame
    output: pd.Series
    value_added: pd.Series | None = None


@dataclass(frozen=True, eq=False)
class Places:
    """Where regions lie: tiles (column and row from the north-west), points, or areas.

    Attributes
    ----------
    kind : {"tiles", "points", "areas"}
        Which of them.
    x, y : pandas.Series
        Column and row, or longitude and latitude in degrees, by region; of areas, their middles.
    rings : dict of str to list of numpy.ndarray, shape (n_points, 2)
        The outer boundaries of each region, for areas.
    """

    kind: str
    x: pd.Series
    y: pd.Series
    rings: dict[str, list[np.ndarray]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Region:
    """The figures of one country or region, as its own tables give them.

    Attributes
    ----------
    title : str
        What the regions are, such as "Mexico's states".
    facts : dict of str to str
        ``source``, ``currency``, ``licence``, ``vintage``, as far as they are known.
    caveats : tuple of str
        What to keep in mind.
    per_head : pandas.DataFrame or None, shape (n_years, n_regions)
        Income or output per head; a gap is a missing number.
    people : pandas.DataFrame or None
        People, with the years and the regions of `per_head`.
    groups : dict of str to pandas.Series
        Groupings of the regions, by their names.
    jobs : Jobs or None
        Jobs by region and industry.
    flows : Flows or None
        Who sells how much to whom.
    neighbours : pandas.DataFrame or None
        Two columns, ``region`` and ``neighbour``; every border stands twice.
    places : Places or None
        Where the regions lie.
    labels : pandas.Series
        A short name of each region, for a picture.
    said : tuple of (str, str)
        What was understood: the table, and a sentence.
    folder : pathlib.Path or None
        Where the tables lie.
    python : tuple of (str, str)
        The line that imports, and the words that make, this region again.
    """

    title: str
    facts: dict[str, str]
    caveats: tuple[str, ...]
    per_head: pd.DataFrame | None
    people: pd.DataFrame | None
    groups: dict[str, pd.Series]
    jobs: Jobs | None
    neighbours: pd.DataFrame | None
    places: Places | None
    labels: pd.Series
    said: tuple[tuple[str, str], ...]
    folder: Path | None = None
    python: tuple[str, str] = ("", "my_region")
    flows: Flows | None = None

    @property
    def regions(self) -> list[str]:
        """Names of the regions: those of incomes, else those of jobs."""
        if self.per_head is not None:
            return list(self.per_head.columns)
        return self.jobs.regions if self.jobs is not None else []

    @cached_property
    def panel(self) -> pd.DataFrame:
        """The part of `per_head` that has no gap, rows years and columns regions.

        Raises
        ------
        TableError
            If there are no incomes.
        """
        if self.per_head is None:
            raise TableError(
                f"{self.title} has no table of incomes: add [incomes] to region.toml, with a "
                "figure per head, or an amount and people, for each region and year."
            )
        return without_gaps(self.per_head)

    @property
    def left_out(self) -> list[str]:
        """Years and regions that are left out of `panel`, because they have gaps."""
        if self.per_head is None:
            return []
        years = self.per_head.index.difference(self.panel.index, sort=False)
        regions = self.per_head.columns.difference(self.panel.columns, sort=False)
        return [*map(str, years), *regions]

    @cached_property
    def people_of_panel(self) -> pd.DataFrame | None:
        """People of the regions and years of `panel`; None unless there is a number for each."""
        if self.people is None:
            return None
        people = self.people.loc[self.panel.index, self.panel.columns]
        return people if people.notna().all(axis=None) and (people > 0).all(axis=None) else None

    def to_frame(self) -> pd.DataFrame:
        """One row a fact: where the figures come from, in which unit, on what terms."""
        rows = {name: text for name, text in self.facts.items() if text}
        rows |= {f"caveat {place}": text for place, text in enumerate(self.caveats, 1)}
        return pd.DataFrame({"text": rows}, index=pd.Index(list(rows), name="fact"))

    def summary(self) -> str:
        """One sentence: what it is, and where its figures come from, as a report needs it."""
        source = self.facts.get("source") or "no source is named"
        return f"{self.title}, {len(self.regions)} regions. Source: {source}."

    def card(self) -> Card:
        """What was understood of the tables, as a card that shows itself in a notebook."""
        facts = tuple((name.capitalize(), text) for name, text in self.facts.items() if text)
        said: dict[str, list[str]] = {}
        for table, sentence in self.said:
            said.setdefault(table, []).append(sentence)
        read = tuple((table, " ".join(sentences)) for table, sentences in said.items())
        return Card(self.title, (("", (*facts, *read)),), self.caveats)

    def __str__(self) -> str:
        return str(self.card())

    def __repr__(self) -> str:
        return str(self.card())

    def _repr_html_(self) -> str:
        return self.card()._repr_html_()
