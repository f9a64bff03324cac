"""A region as a folder: a small file region.toml, and the tables beside it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from course_lib.regions.make import make_region
from course_lib.regions.refusal import TableError
from course_lib.regions.region import Region
from course_lib.sentence import listed

SETTINGS = "region.toml"
TABLES = ("incomes", "jobs", "flows", "neighbours", "places")
FACTS = ("title", "source", "currency", "licence", "vintage", "caveats")


def read_region(folder: str | Path) -> Region:
    """Read a region's folder: region.toml, and the tables that it names.

    Parameters
    ----------
    folder : str or Path
        The folder, as `course region new` makes it.

    Returns
    -------
    Region
        All tables, checked; it shows what was understood.

    Raises
    ------
    TableError
        If there is no such folder, region.toml cannot be read, or a table is not as it says. The
        sentence names file and row, and says what to do.

    Examples
    --------
    >>> from course_lib.regions.examples import mexico_folder
    >>> mexico = read_region(mexico_folder())
    >>> mexico.title, mexico.panel.shape
    ("Mexico's states", (7, 32))
    """
    place = Path(folder)
    path = place / SETTINGS
    try:
        settings = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise TableError(
            f"There is no {SETTINGS} in {place}. To begin, type: uv run course region new {place}"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise TableError(f"{SETTINGS} cannot be read: save it as plain text in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise TableError(
            f"{SETTINGS} cannot be read: {error}. A text stands in quotation marks, a list in [ ]."
        ) from error
    strange = set(settings) - set(TABLES) - set(FACTS)
    if strange:
        raise TableError(
            f"{SETTINGS} has {min(strange)!r}, which is not known. Known are "
            f"{listed([*FACTS, *(f'[{name}]' for name in TABLES)])}."
        )
    caveats = settings.get("caveats", [])
    facts = {name: str(settings.get(name, "")) for name in FACTS if name != "caveats"}
    return make_region(
        facts.pop("title"),
        **{name: settings[name] for name in TABLES if name in settings},
        **facts,
        caveats=[caveats] if isinstance(caveats, str) else list(caveats),
        folder=place,
        python=("from course_lib.regions import read_region", f"read_region({str(folder)!r})"),
    )


TEMPLATE = """\
# What this region is. Only the title and one table are needed; delete what you do not have.
title = "The states of ..."
source = ""     # the statistical office, and the name of its table
currency = ""   # the unit of incomes, such as "euro per head, current prices"
licence = ""    # the terms on which the office lets you use its figures
vintage = ""    # of which date the table is
caveats = []    # what to keep in mind, a sentence each: ["Oil is counted where it is pumped."]

# A table of incomes: one row a region and year; or one row a region, and a column for each year.
# Behind each name stands the heading of your own table, in any language.
[incomes]
file = "incomes.csv"      # .csv, .txt, .tsv or .xlsx
region = "region"
year = "year"             # leave it out if each year has a column of its own
per_head = "per_head"     # or two lines: amount = "...", people = "..."
# people = "people"       # then each person can count the same
# groups = ["group"]      # headings of groupings, such as East and West
# totals = ["Country"]    # rows that are the whole country, or its mean: no region

# Jobs: one row a region, industry and year; or a column for each industry, or for each year.
# [jobs]
# file = "jobs.csv"
# region = "region"
# industry = "industry"
# year = "year"
# jobs = "jobs"
# totals = ["Country"]             # rows that are the sum of the regions
# total_industries = ["Total"]     # industries that are the sum of all others

# An input-output table: a row for each sector that sells, a column for each that buys, and a column
# with gross output.
# [flows]
# file = "flows.csv"
# sector = "sector"
# output = "gross output"
# value_added = "value added"   # the name of a row, if there is one

# Which regions share a border: one row a pair.
# [neighbours]
# file = "neighbours.csv"
# region = "region"
# neighbour = "neighbour"

# Where they lie: a GeoJSON of their boundaries (file = "borders.geojson", region = the property
# with the names; who shares a border is then seen from it); or column and row of a tile, counted
# from the north-west; or longitude and latitude.
# [places]
# file = "places.csv"
# region = "region"
# label = "label"       # two or three letters
# column = "column"
# row = "row"

# What every table can have, if it is needed:
# only = { "Measure" = "GDP per head" }   # rows to take, if a file holds several measures
# skip = 3               # rows above the headings
# decimal = ","          # the character before the decimals
# encoding = "cp1250"    # if the file is not in UTF-8
# missing = ["k.A."]     # cells that say: there is no figure
# withheld = ["geheim"]  # cells that say: the office keeps it secret
# zero = ["-"]           # cells that mean 0: only if your office says so
# totals = ["Country"]   # rows of incomes or jobs that are no region; [] if there are none
# sheet = "2023"         # of an Excel workbook
"""
"""The file region.toml of a new folder, with all that it can hold."""

HEADINGS = {
    "incomes.csv": "region,year,per_head\n",
    "jobs.csv": "region,industry,year,jobs\n",
    "neighbours.csv": "region,neighbour\n",
    "places.csv": "region,label,column,row\n",
}
"""The tables of a new folder: their headings only, because a figure would have to be invented."""
