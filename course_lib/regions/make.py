"""From tables to a `Region`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from course_lib.regions.borders import is_geojson, read_borders
from course_lib.regions.flows import read_flows
from course_lib.regions.incomes import read_incomes
from course_lib.regions.jobs import read_jobs
from course_lib.regions.mapped_table import MappedTable
from course_lib.regions.places import read_neighbours, read_places, short_labels
from course_lib.regions.refusal import TableError
from course_lib.regions.region import Region
from course_lib.sentence import counted


def make_region(
    title: str,
    *,
    incomes: Any = None,
    jobs: Any = None,
    flows: Any = None,
    neighbours: Any = None,
    places: Any = None,
    source: str = "",
    currency: str = "",
    licence: str = "",
    vintage: str = "",
    caveats: tuple[str, ...] | list[str] = (),
    folder: Path | None = None,
    python: tuple[str, str] = ("", "my_region"),
) -> Region:
    """Read the tables of a country or region, and say what was understood.

    Parameters
    ----------
    title : str
        What the regions are, such as "Mexico's states".
    incomes, jobs, flows, neighbours, places : pandas.DataFrame, path, or dict
        A table, or a dict as it stands in region.toml: ``table`` (a DataFrame) or ``file``, then
        which heading holds what (``region="Land"``, ``year="Jahr"``, ``per_head="BIP"``), then
        options: ``groups`` (a list of headings), ``totals`` (names of rows that are totals),
        ``total_industries``, ``decimal``, ``missing``, ``withheld``, ``zero``, ``skip``,
        ``encoding``, ``sheet``. See `course_lib.regions.folder.TEMPLATE` for all of them.
    source, currency, licence, vintage : str
        Where the figures come from, in which unit, on what terms, and of when.
    caveats : list of str
        What to keep in mind.
    folder : pathlib.Path, optional
        Where files are looked for.
    python : (str, str)
        How a line of code makes this region again: what to import, and the words.

    Returns
    -------
    Region

    Raises
    ------
    TableError
        If a table cannot be read as it is: the sentence names file and row, and says what to do.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "Land": ["Nord", "Süd", "Nord", "Süd"], "Jahr": [2010, 2010, 2020, 2020],
    ...     "BIP je Kopf": ["20,5", "30,0", "25,5", ":"]})
    >>> columns = {"region": "Land", "year": "Jahr", "per_head": "BIP je Kopf"}
    >>> invented = make_region("Two invented states", incomes={"table": table} | columns)
    >>> invented.per_head
    region  Nord   Süd
    year
    2010    20.5  30.0
    2020    25.5   NaN
    """
    if not str(title).strip():
        raise TableError("Give the region a title, such as Mexico's states.")
    said: list[tuple[str, str]] = []
    labels: dict[str, str] = {}
    per_head = people = None
    groups: dict[str, pd.Series] = {}
    found_jobs = found_neighbours = found_places = None
    if incomes is not None:
        per_head, people, groups = read_incomes(
            MappedTable("incomes", incomes, folder, said, str(title))
        )
    if jobs is not None:
        found_jobs = read_jobs(MappedTable("jobs", jobs, folder, said, str(title)))
    found_flows = None
    if flows is not None:
        found_flows = read_flows(MappedTable("flows", flows, folder, said))
    if per_head is None and found_jobs is None and found_flows is None:
        raise TableError(
            "Give a table of incomes, of jobs or of flows: without any of them there is no lab."
        )
    names: list[str] = []
    if per_head is not None:
        names = [str(name) for name in per_head.columns]
    elif found_jobs is not None:
        names = found_jobs.regions
    if neighbours is not None:
        found_neighbours = read_neighbours(
            MappedTable("neighbours", neighbours, folder, said), names
        )
    if is_geojson(places):
        found_places, shared = read_borders(places, folder, names, said)
        if neighbours is None and len(shared):
            found_neighbours = shared
            borders_said = counted(len(shared) // 2, "border")
            said.append(("neighbours", f"{borders_said}: boundaries that share a point."))
    elif places is not None:
        found_places, labels = read_places(MappedTable("places", places, folder, said), names)
    short = short_labels(names, labels)
    return Region(
        title=str(title).strip(),
        facts={"source": source, "currency": currency, "licence": licence, "vintage": vintage},
        caveats=tuple(caveats),
        per_head=per_head,
        people=people,
        groups=groups,
        jobs=found_jobs,
        neighbours=found_neighbours,
        places=found_places,
        labels=short,
        said=tuple(said),
        folder=folder,
        python=python,
        flows=found_flows,
    )
