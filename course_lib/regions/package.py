"""A region's folder as one file for others: a Frictionless data package in a zip."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from course_lib.regions.borders import is_geojson
from course_lib.regions.files import EXCEL, sheet_of
from course_lib.regions.folder import SETTINGS, TABLES
from course_lib.regions.refusal import TableError
from course_lib.regions.region import Region

DESCRIPTION = "datapackage.json"


def packed(region: Region) -> bytes:
    """The zip of a region's folder: its settings, its tables, and what describes them.

    Parameters
    ----------
    region : Region
        As `read_region` gives it.

    Returns
    -------
    bytes
        The same for the same folder.

    Raises
    ------
    TableError
        If the region has no folder, names no source or no licence, or a table lies outside of it.

    Examples
    --------
    >>> from course_lib.regions import mexico
    >>> names = zipfile.ZipFile(io.BytesIO(packed(mexico()))).namelist()
    >>> names
    ['datapackage.json', 'region.toml', 'incomes.csv', 'neighbours.csv', 'places.csv']
    """
    if region.folder is None:
        raise TableError("Only a region that was read from a folder can be packed.")
    for fact in ("source", "licence"):
        if not region.facts[fact].strip():
            raise TableError(
                f"{SETTINGS} names no {fact}. Others may use your tables only if they know where "
                f'they come from and on what terms: write {fact} = "..." and pack again.'
            )
    settings = tomllib.loads((region.folder / SETTINGS).read_text("utf-8-sig"))
    used = {name: settings[name] for name in TABLES if name in settings}
    files = {}
    for table in used.values():
        path = region.folder / str(table["file"])
        if region.folder.resolve() not in path.resolve().parents:
            raise TableError(f"{table['file']} lies outside of the folder: copy it into it.")
        files[path.name] = path.read_bytes()
    entries = [
        _resource(name, table, region.folder, files[Path(str(table["file"])).name])
        for name, table in used.items()
    ]
    package = {
        "profile": "data-package",
        "name": re.sub(r"[^a-z0-9]+", "-", region.title.lower()).strip("-") or "region",
        "title": region.title,
        "description": " ".join(region.caveats),
        "licenses": [{"name": "other-open", "title": region.facts["licence"]}],
        "sources": [{"title": region.facts["source"]}],
        "resources": entries,
    }
    inside = {
        DESCRIPTION: json.dumps(package, ensure_ascii=False, indent=1).encode("utf-8"),
        SETTINGS: (region.folder / SETTINGS).read_bytes(),
        **files,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inside.items():
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))  # the same bytes on every day
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _resource(name: str, table: dict[str, Any], folder: Path, content: bytes) -> dict[str, Any]:
    """What a data package says of one table: its file as it is, and its headings."""
    path = Path(str(table["file"]))
    whole = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    if is_geojson(table):
        return {"name": name, "path": path.name, "format": "geojson", "type": "json", **whole}
    sheet = sheet_of(
        table["file"],
        folder,
        skip=table.get("skip", 0),
        encoding=table.get("encoding", ""),
        sheet=table.get("sheet", 0),
    )
    is_book = path.suffix.lower() in EXCEL
    entry: dict[str, Any] = {
        "name": name,
        "path": path.name,
        "title": f"{name.capitalize()}, as {SETTINGS} describes it",
        "format": "xlsx" if is_book else "csv",
        **whole,
        "schema": {"fields": [{"name": heading, "type": "string"} for heading in sheet.headings]},
    }
    if not is_book:
        entry |= {"encoding": sheet.encoding, "dialect": {"csv": {"delimiter": sheet.divider}}}
    return entry
