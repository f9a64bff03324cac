"""The figures of the course: one function a table.

Every table is a file in ``data/`` that the data dictionary ``data/datapackage.json`` describes.
A function here reads it, checks that the file is whole, joins the names that go with it and
returns a copy: what you do to your copy changes nobody else's.

>>> china = china_provinces()
>>> china.query("province == 'Guangdong' and year == 2010")["gdp"].item()
45944.6
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import sys
import textwrap
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

__all__ = [
    "Card",
    "DataFileError",
    "california_metros",
    "check_files",
    "china_input_output",
    "china_provinces",
    "describe",
    "guangdong_cities",
    "metro_patents",
    "us_income",
    "us_industry_employment",
    "us_metro_industry_employment",
    "us_sector_employment",
    "us_state_neighbours",
]

#: Ways to draw China's regions, by the name that a student reads: columns of `china_provinces`.
REGION_SCHEMES = {
    "three belts (1986)": "belts_1986",
    "three regions (2000)": "regions_2000",
    "four regions (2005)": "regions_2005",
}

# How a type of the data dictionary is held in pandas. Codes are text: they are never added up.
DTYPES = {"string": "str", "integer": "int64", "number": "float64", "boolean": "bool"}

HOW_TO_GET_IT_BACK = (
    "To get it back, load this page again."  # in a browser alone there is no terminal and no git
    if sys.platform == "emscripten"
    else "To get it back, type `git checkout -- data/{path}` in the folder of the course, "
    "or download the course again."
)


class DataFileError(RuntimeError):
    """A file of the course's figures is missing or is not as it was published."""


# --- finding, checking and reading a file


def _data_folder() -> Path:
    """The copy that an installed course carries, else the checkout's ``data/`` beside us.

    In this order, because another package can leave a folder ``data`` in site-packages.
    """
    package = Path(__file__).resolve().parent
    carried = package / "_data"
    return carried if carried.is_dir() else package.parent / "data"


def folder_of(name: str) -> Path:
    """A folder of tables among the course's figures: a region's own, such as ``mexico``.

    Examples
    --------
    >>> folder_of("mexico").name
    'mexico'
    """
    return _data_folder() / name


@cache
def _dictionary(folder: Path) -> dict[str, dict[str, Any]]:
    """The data dictionary: the description of each table by its name."""
    path = folder / "datapackage.json"
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
        return {resource["name"]: resource for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFileError(
            f"The data dictionary {path} is missing or damaged ({error}). "
            + HOW_TO_GET_IT_BACK.format(path=path.name)
        ) from error


def _read_whole(path: Path, name: str, expected: str) -> bytes:
    """The bytes of a file, once they are known to be the published ones."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataFileError(
            f"The data file {name} is missing: there is no readable file at {path}. "
            f"Expected checksum {expected}, found none. " + HOW_TO_GET_IT_BACK.format(path=name)
        ) from error
    checksum = "sha256:" + hashlib.sha256(content).hexdigest()
    if checksum != expected:
        raise DataFileError(
            f"The data file {name} is damaged or was changed: expected checksum {expected}, "
            f"found {checksum}. " + HOW_TO_GET_IT_BACK.format(path=name)
        )
    return content


@cache
def _read(folder: Path, name: str) -> pd.DataFrame:
    """Read, check and join a table once. Callers get copies of it."""
    resource = _dictionary(folder)[name]
    content = _read_whole(folder / resource["path"], resource["path"], resource["hash"])
    schema = resource["schema"]
    dtypes: dict[str, Any] = {field["name"]: DTYPES[field["type"]] for field in schema["fields"]}
    numbers = [field["name"] for field in schema["fields"] if field["type"] == "number"]
    table = pd.read_csv(
        io.BytesIO(content),
        encoding="utf-8",
        dtype=dtypes,
        # An empty number is missing; an empty text would be an empty text.
        keep_default_na=False,
        na_values={column: [""] for column in numbers},
    )
    for key in reversed(schema.get("foreignKeys", [])):
        names = _read(folder, key["reference"]["resource"])
        # A right join keeps the order of the table's rows, and all of them.
        table = names.merge(table, how="right", on=key["fields"], validate="one_to_many")
    return table


def _table(name: str) -> pd.DataFrame:
    return _read(_data_folder(), name).copy()


def check_files() -> None:
    """Check that every file of figures is there, byte for byte as it was published.

    Raises
    ------
    DataFileError
        If a file is missing, damaged or was changed; the sentence names it.

    Examples
    --------
    >>> check_files()
    """
    folder = _data_folder()
    for resource in _dictionary(folder).values():
        _read_whole(folder / resource["path"], resource["path"], resource["hash"])


# --- the tables


def us_income() -> pd.DataFrame:
    """Income per head in 48 US states, 1929-2009.

    Returns
    -------
    pandas.DataFrame, shape (3888, 5)
        One row a state and year: ``state``, ``abbreviation``, ``census_region`` (Northeast,
        Midwest, South or West), ``year``, ``income_per_head`` (US dollars, current prices).

    Notes
    -----
    Personal income per head by the US Bureau of Economic Analysis. It is nominal, counts
    transfers, and is counted before tax. Alaska, Hawaii and Washington, D.C. are not in it.

    Examples
    --------
    >>> income = us_income().query("state == 'Mississippi' and year in (1929, 2009)")
    >>> income[["abbreviation", "census_region", "year", "income_per_head"]]
         abbreviation census_region  year  income_per_head
    1701           MS         South  1929              286
    1781           MS         South  2009            29318
    """
    return _table("us_income")


def us_state_neighbours() -> pd.DataFrame:
    """Which of the 48 US states share a border.

    Returns
    -------
    pandas.DataFrame
        One row an ordered pair: ``state``, ``neighbour``. Every border stands twice.

    Notes
    -----
    Contiguity by the PySAL developers. States that meet in one point, such as Arizona and
    Colorado, are neighbours (queen contiguity).

    Examples
    --------
    >>> us_state_neighbours().query("state == 'Maine'")["neighbour"].to_list()
    ['New Hampshire']
    """
    return _table("us_state_neighbours")


def china_provinces() -> pd.DataFrame:
    """Output and people of China's 31 provinces, 1978-2023.

    Returns
    -------
    pandas.DataFrame, shape (1426, 12)
        One row a province and year: ``province``, ``province_zh``; the macro-region under three
        schemes, ``belts_1986`` (East 12, Central 9, West 10), ``regions_2000`` and
        ``regions_2005`` (with a Northeast); ``municipality`` (True for Beijing, Shanghai,
        Tianjin and Chongqing); ``year``; ``gdp`` (100 million yuan, current prices);
        ``population`` (10,000 persons, end of the year) and ``population_basis`` (mostly
        registered or mostly resident); ``gdp_per_head`` (yuan); ``gdp_earlier_vintage``
        (100 million yuan, NaN where not known).

    Notes
    -----
    National Bureau of Statistics of China. The vintage of GDP changes between 1991 and 1992, and
    who is counted as population changes in 2000: see ``describe("china_provinces")``.

    Examples
    --------
    >>> year = china_provinces().query("year == 2010").groupby("belts_1986")
    >>> per_head = year["gdp"].sum() / year["population"].sum()
    >>> round(per_head["East"] / per_head["West"], 2).item()
    1.99
    """
    return _table("china_provinces")


def china_relative_output(by: str) -> pd.DataFrame:
    """Output per head of China's provinces or of groups of them, country = 1.

    Parameters
    ----------
    by : str
        Column of the table of provinces that names the places: ``province``, or a scheme of regions
        such as ``regions_2005``.

    Returns
    -------
    pandas.DataFrame
        Rows are years, columns the places; at current prices.

    Examples
    --------
    >>> float(china_relative_output("regions_2005").loc[2023, "West"].round(2))
    0.79
    """
    table, amounts = china_provinces(), ["gdp", "population"]
    places, nation = (table.groupby(keys)[amounts].sum() for keys in (["year", by], ["year"]))
    per_head = (places["gdp"] / places["population"]).unstack()
    of_nation = nation["gdp"] / nation["population"]
    return per_head.div(of_nation, axis=0).rename_axis(columns=None)


def china_input_output() -> pd.DataFrame:
    """China's input-output table of 2020: who sells how much to whom, 17 sectors.

    Returns
    -------
    pandas.DataFrame, shape (459, 4)
        One row a flow: ``block`` (intermediate, final demand, gross output, imports or value
        added), ``seller`` (row of the table), ``buyer`` (column), ``flow`` (100 million yuan).

    Notes
    -----
    National Bureau of Statistics of China; the 17 sectors are our sums of its 42. Flows are
    domestic, imported inputs are one row. Household and government consumption are one column,
    and there is no employment. Rows and columns add up to gross output but for 0.03 of rounding.

    Examples
    --------
    The matrix of flows between sectors, in the order of the table:

    >>> flows = china_input_output().query("block == 'intermediate'")
    >>> sectors = flows["seller"].unique()
    >>> matrix = flows.pivot(index="seller", columns="buyer", values="flow")
    >>> matrix = matrix.loc[sectors, sectors]
    >>> matrix.shape, matrix.loc["Coal", "Electricity & water"].item()
    ((17, 17), 8480.5)
    """
    return _table("china_input_output")


def us_industry_employment() -> pd.DataFrame:
    """US jobs by state and three-digit industry, 2019.

    Returns
    -------
    pandas.DataFrame, shape (4141, 9)
        One row a state and industry: ``state`` and ``state_employment`` (all its jobs);
        ``naics``, ``industry``, ``industry_short`` (a name that fits beside a bar),
        ``us_employment`` (its jobs in the nation) and ``coverage`` (the share of them that the
        states' cells hold, 0 to 1); ``employment`` (persons), ``establishments``.

    Notes
    -----
    US Census Bureau, County Business Patterns. Farms, government and the self-employed are not
    in it. Cells withheld for privacy are absent, never zero, and some cells are too low: keep to
    industries of high ``coverage``, and divide by the published totals.

    Examples
    --------
    >>> jobs = us_industry_employment().query("state == 'Michigan' and naics == '336'")
    >>> nation = us_industry_employment().drop_duplicates("state")["state_employment"].sum()
    >>> share = jobs["employment"] / jobs["state_employment"]
    >>> round((share / (jobs["us_employment"] / nation)).item(), 1)
    3.7
    """
    return _table("us_industry_employment")


def us_metro_industry_employment() -> pd.DataFrame:
    """Jobs of 50 large US metros in 34 traded industries, 2019.

    Returns
    -------
    pandas.DataFrame, shape (1480, 11)
        One row a metro and industry group: ``cbsa_code``, ``metro``, ``metro_short`` (its first
        town), ``area_type``, ``metro_employment`` (all its jobs); ``naics``, ``industry``,
        ``industry_short`` (a name that fits beside a bar), ``us_employment`` (jobs in the nation);
        ``employment`` (persons), ``establishments``.

    Notes
    -----
    US Census Bureau, County Business Patterns. Absent cells are withheld, not zero. The nation
    has 132,989,396 jobs (the published totals of the states).

    Examples
    --------
    >>> cell = us_metro_industry_employment().query("metro.str.startswith('Seattle')")
    >>> cell = cell.query("naics == '3364'")
    >>> share = cell["employment"] / cell["metro_employment"]
    >>> round((share / (cell["us_employment"] / 132_989_396)).item(), 1)
    12.0
    """
    return _table("us_metro_industry_employment")


def california_metros() -> pd.DataFrame:
    """Jobs of California's 34 metropolitan and micropolitan areas by industry group, 2019.

    Returns
    -------
    pandas.DataFrame, shape (5926, 12)
        One row an area and industry group: ``cbsa_code``, ``metro``, ``metro_short`` (its first
        town), ``area_type``, ``metro_employment`` (all its jobs), ``region`` (Southern California,
        San Francisco Bay, Central Valley, Sacramento or outside); ``naics``, ``industry``,
        ``industry_short`` (a name that fits beside a bar), ``us_employment`` (jobs in the nation);
        ``employment`` (persons), ``establishments``.

    Notes
    -----
    US Census Bureau, County Business Patterns. Farms, government and the self-employed are not
    in it; absent cells are withheld, not zero. The assignment to regions is ours. The nation has
    132,989,396 jobs (the published totals of the states).

    Examples
    --------
    >>> cell = california_metros().query("metro.str.startswith('Napa') and naics == '3121'")
    >>> share = cell["employment"] / cell["metro_employment"]
    >>> round((share / (cell["us_employment"] / 132_989_396)).item())
    77
    """
    return _table("california_metros")


def us_sector_employment() -> pd.DataFrame:
    """US jobs by state and sector, 2001, 2010 and 2019, for shift-share.

    Returns
    -------
    pandas.DataFrame, shape (1326, 8)
        One row a state, sector and year, none missing: ``state``, ``abbreviation``,
        ``census_region``, ``naics``, ``sector``, ``year``, ``employment`` (persons),
        ``establishments``.

    Notes
    -----
    US Census Bureau, County Business Patterns. States and sectors whose figures were withheld in
    part are left out: 34 states (one of them Washington, D.C.) and 13 sectors stay. The data
    dictionary says which and by what rule: ``describe("us_sector_employment")``.

    Examples
    --------
    >>> jobs = us_sector_employment()
    >>> jobs.query("sector == 'Manufacturing'").groupby("year")["employment"].sum().to_dict()
    {2001: 13181521, 2010: 8643943, 2019: 9924232}
    """
    return _table("us_sector_employment")


def guangdong_cities() -> pd.DataFrame:
    """Output of Guangdong's 21 cities, 2000-2022 (14 of the years).

    Returns
    -------
    pandas.DataFrame, shape (294, 4)
        One row a city and year: ``city``, ``pearl_river_delta`` (True for the nine cities of the
        Delta), ``year``, ``gdp`` (100 million yuan, current prices).

    Notes
    -----
    Guangdong Statistics Bureau. Before 2018 the cities add up to 102-108% of the province's
    revised figure: use shares. There are neither people nor industries in it.

    Examples
    --------
    >>> gdp = guangdong_cities().pivot_table("gdp", "year", "pearl_river_delta", aggfunc="sum")
    >>> share = gdp[True] / gdp.sum(axis=1)
    >>> round(share[2000].item(), 2), round(share[2022].item(), 2)
    (0.75, 0.81)
    """
    return _table("guangdong_cities")


def metro_patents() -> pd.DataFrame:
    """Patents of the 100 US metros with the most, 2000-2015.

    Returns
    -------
    pandas.DataFrame, shape (1600, 5)
        One row a metro and year: ``cbsa_code`` (as in the employment tables), ``metro`` and
        ``cbsa_code_published`` (as in the source), ``year``, ``patents`` (issued in the year).

    Notes
    -----
    US Patent and Trademark Office. Two codes are translated so that Los Angeles and Santa
    Barbara match the employment tables. Areas outside the first 100 are absent, not zero.

    Examples
    --------
    >>> patents = metro_patents().groupby("metro")["patents"].sum()
    >>> patents.idxmax(), patents.max().item()
    ('San Jose-Sunnyvale-Santa Clara, CA', 143478)
    """
    return _table("metro_patents")


# --- where the figures come from


@dataclass(frozen=True)
class Card:
    """What is to be known of a table, to be read in a notebook or as plain text.

    Attributes
    ----------
    title : str
        Headline of the card.
    parts : tuple of (str, tuple of (str, str))
        Parts of the card: a heading (may be empty), then lines of a label and a text.
    caveats : tuple of str
        What to keep in mind, one or two plain sentences each.
    """

    title: str
    parts: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    caveats: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [self.title]
        for heading, rows in self.parts:
            lines += [f"  {heading}"] if heading else []
            width = max(len(label) for label, _ in rows) + 2
            for label, text in rows:
                lines += _wrapped("  " + label.ljust(width), text)
        if self.caveats:
            lines.append("  Keep in mind")
            for caveat in self.caveats:
                lines += _wrapped("  - ", caveat)
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        cell = 'style="text-align: left; vertical-align: top; padding: 0.1em 1em 0.1em 0"'
        frame = 'style="border: 1px solid; border-radius: 4px; padding: 0.5em 1em; max-width: 55em"'
        body = f"<p><strong>{html.escape(self.title)}</strong></p>"
        for heading, rows in self.parts:
            lines = (
                f'<tr><th scope="row" {cell}>{html.escape(label)}</th>'
                f"<td {cell}>{html.escape(text)}</td></tr>"
                for label, text in rows
            )
            table = f"<table>{''.join(lines)}</table>"
            body += _folded(f"{heading} ({len(rows)})", table) if heading else table
        if self.caveats:
            items = "".join(f"<li>{html.escape(caveat)}</li>" for caveat in self.caveats)
            body += _folded(f"Keep in mind ({len(self.caveats)})", f"<ul>{items}</ul>", open_=True)
        return f"<div {frame}>{body}</div>"


def _folded(heading: str, body: str, open_: bool = False) -> str:
    """A part that opens with a click, if it is not open already, as a warning has to be."""
    state = " open" if open_ else ""
    return f"<details{state}><summary>{html.escape(heading)}</summary>{body}</details>"


def _wrapped(start: str, text: str) -> list[str]:
    return textwrap.wrap(text, 88, initial_indent=start, subsequent_indent=" " * len(start))


def _columns(dictionary: dict[str, dict[str, Any]], name: str) -> dict[str, str]:
    """What each column of a table holds, joined names included, in the table's order."""
    schema = dictionary[name]["schema"]
    columns = {
        field["name"]: f"{field['description']} [{field['unit']}]"
        if "unit" in field
        else field["description"]
        for field in schema["fields"]
    }
    for key in reversed(schema.get("foreignKeys", [])):
        columns = _columns(dictionary, key["reference"]["resource"]) | columns
    return columns


def describe(name: str | None = None) -> Card:
    """Where a table comes from and what to keep in mind, as a card.

    Parameters
    ----------
    name : str, optional
        Name of a table, which is the name of its function. Without it the card lists the tables.

    Returns
    -------
    Card
        Source, unit, years, vintage, licence, columns and caveats; shows itself in a notebook.

    Raises
    ------
    ValueError
        If there is no table of that name.

    Examples
    --------
    >>> print(describe("guangdong_cities"))  # doctest: +ELLIPSIS
    Output of Guangdong's 21 cities, 2000-2022 (guangdong_cities)
      Source   Guangdong Statistics Bureau: gross domestic product of cities
      ...
    """
    dictionary = _dictionary(_data_folder())
    tables = {key: entry for key, entry in dictionary.items() if entry["role"] == "table"}
    if name is None:
        titles = tuple((key, entry["title"]) for key, entry in tables.items())
        return Card('Tables of the course; describe("...") tells more of one', (("", titles),))
    if name not in tables:
        raise ValueError(f"there is no table {name!r}: choose one of {', '.join(tables)}")
    entry = tables[name]
    facts = (
        ("Source", "; ".join(source["title"] for source in entry["sources"])),
        ("Content", entry["description"]),
        ("Unit", entry["unit"]),
        ("Years", entry["years"]),
        ("Vintage", entry["vintage"]),
        ("Licence", "; ".join(licence["title"] for licence in entry["licenses"])),
    )
    columns = tuple(_columns(dictionary, name).items())
    return Card(
        title=f"{entry['title']} ({name})",
        parts=(("", facts), ("Columns", columns)),
        caveats=tuple(entry["caveats"]),
    )
