"""Who lies beside whom, and where."""

from __future__ import annotations

import pandas as pd

from course_lib.regions.mapped_table import MappedTable, no_row_twice
from course_lib.regions.refusal import TableError
from course_lib.regions.region import Places
from course_lib.sentence import counted, listed


def read_neighbours(table: MappedTable, names: list[str]) -> pd.DataFrame:
    table.say_file()
    first = table.texts(table.needed("region", "the names of regions"), "region").astype("str")
    second = table.texts(table.needed("neighbour", "the neighbours"), "neighbour").astype("str")
    known = set(names)
    for column in (first, second):
        strange = ~column.isin(known).to_numpy()
        if strange.any():
            row = column.index[strange][0]
            raise TableError(
                f"{table}, row {row}: {column[row]!r} is no region of the other tables. Write it "
                f"as there, such as {names[0]!r}."
            )
    same = (first == second).to_numpy()
    if same.any():
        raise TableError(
            f"{table}, row {first.index[same][0]}: a region is no neighbour of itself."
        )
    pairs = pd.DataFrame({"region": first, "neighbour": second})
    back = pairs.rename(columns={"region": "neighbour", "neighbour": "region"})
    both = pd.concat([pairs, back]).drop_duplicates()
    both = both[["region", "neighbour"]].reset_index(drop=True)
    alone = [name for name in names if name not in set(both["region"])]
    table.say(
        f"{counted(len(both) // 2, 'border')}"
        + (f"; no neighbour: {listed(alone, most=6)}." if alone else "; each region has one.")
    )
    return both


def read_places(table: MappedTable, names: list[str]) -> tuple[Places | None, dict[str, str]]:
    table.say_file()
    where = table.texts(table.needed("region", "the names of regions"), "region").astype("str")
    no_row_twice(table, {"region": where})
    label = table.heading("label")
    labels = (
        dict(zip(where, table.texts(label, "label").astype("str"), strict=True)) if label else {}
    )
    missing = [name for name in names if name not in set(where)]
    if missing:
        table.say(f"Not in it, so not on the map: {listed(missing, most=6)}.")
    for kind, across, down in (("tiles", "column", "row"), ("points", "longitude", "latitude")):
        headings = [table.heading(across), table.heading(down)]
        if None in headings:
            continue
        points = table.numbers([str(name) for name in headings])
        gaps = points.isna().any(axis="columns").to_numpy()
        if gaps.any():
            raise TableError(f"{table}, row {points.index[gaps][0]}: the place is not complete.")
        points.index = pd.Index(where)
        points.columns = pd.Index(["x", "y"])
        points = points.loc[[name for name in names if name in points.index]]
        if kind == "tiles" and points.duplicated().any():
            name = points.index[points.duplicated()][0]
            raise TableError(f"{table}: {name} stands on a tile that another region has already.")
        if (
            kind == "points"
            and not (points["x"].between(-180, 180) & points["y"].between(-90, 90)).all()
        ):
            raise TableError(
                f"{table}: a longitude goes from -180 to 180 degrees and a latitude from -90 to "
                "90. Are the two headings exchanged, or are they in metres?"
            )
        table.say(f"Maps are drawn with {kind}.")
        return Places(kind, points["x"], points["y"]), labels
    if not labels:
        table.needed("column", "the places (column and row, or longitude and latitude)")
    return None, labels


def short_labels(names: list[str], given: dict[str, str]) -> pd.Series:
    """A short name of each region; of those without one the first letters."""
    labels = [
        given.get(name, name if len(name) <= 12 else f"{name[:11].rstrip()}…") for name in names
    ]
    return pd.Series(labels, index=pd.Index(names, name="region"), dtype="object")
