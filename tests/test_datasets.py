"""The figures: whole, described, and the known ones."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from frictionless import Package

from course_lib import datasets

DATA = Path(__file__).parents[1] / "data"
PACKAGE = Package(str(DATA / "datapackage.json"))
RESOURCES = {resource.name: resource.to_descriptor() for resource in PACKAGE.resources}
TABLES = [name for name, entry in RESOURCES.items() if entry["role"] == "table"]
OFFICES = {
    "US Bureau of Economic Analysis",
    "US Census Bureau",
    "US Patent and Trademark Office",
    "National Bureau of Statistics of China",
    "Guangdong Statistics Bureau",
    "PySAL developers",
}


def load(name: str) -> pd.DataFrame:
    return getattr(datasets, name)()


@pytest.fixture
def copy_of_data(tmp_path, monkeypatch):
    """A copy of the figures that a test may damage."""
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    monkeypatch.setattr(datasets, "_data_folder", lambda: folder)
    return folder


# --- the package and its dictionary


def test_frictionless_finds_the_package_valid():
    report = PACKAGE.validate()
    assert report.stats["tasks"] == len(RESOURCES)
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])


def test_frictionless_checks_our_checksums(copy_of_data):
    """Else the test above would prove less than it says."""
    with (copy_of_data / "us_income.csv").open("a") as file:
        file.write("Wyoming,2010,1\n")
    errors = Package(str(copy_of_data / "datapackage.json")).validate().flatten(["name", "type"])
    assert [None, "hash-count"] in errors


@pytest.mark.parametrize("name", RESOURCES)
def test_every_resource_is_described(name):
    entry = RESOURCES[name]
    for key in ("title", "description", "unit", "years", "vintage"):
        assert entry[key].strip(), key
    assert entry["office"] in OFFICES
    assert entry["sources"][0]["title"].startswith(entry["office"])
    assert len(entry["licenses"]) == 2
    assert entry["licenses"][1]["name"] == "CC-BY-4.0"
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", entry["hash"])
    assert entry["bytes"] == (DATA / entry["path"]).stat().st_size
    assert entry["caveats"]
    for caveat in entry["caveats"]:
        assert caveat.endswith((".", ")")) or caveat[-1].isalnum(), caveat


@pytest.mark.parametrize("name", RESOURCES)
def test_every_column_is_described(name):
    for field in RESOURCES[name]["schema"]["fields"]:
        assert field["description"].endswith(".")
        if field["type"] in ("integer", "number") and field["name"] != "year":
            assert field["unit"]


def test_every_file_is_in_the_dictionary():
    """But for the region's folder that is an example: it describes itself."""
    own = DATA / "mexico"
    files = [path for path in DATA.rglob("*.csv") if own not in path.parents]
    paths = {path.relative_to(DATA).as_posix() for path in files}
    assert paths == {entry["path"] for entry in RESOURCES.values()}


def test_files_have_unix_line_ends():
    for path in DATA.rglob("*.csv"):
        assert b"\r" not in path.read_bytes(), path


def test_the_readme_names_each_table_and_office():
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for name in TABLES:
        assert f"| {name} |" in text
    for office in OFFICES - {"PySAL developers"}:
        assert office in text
    for zone, metro in (("Sacramento", "Yuba City"), ("Central Valley", "Visalia")):
        assert zone in text
        assert metro in text


# --- what the functions promise


def test_there_is_a_function_for_each_table_and_only_for_them():
    functions = set(datasets.__all__) - {"Card", "DataFileError", "check_files", "describe"}
    assert functions == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_types(name):
    table = load(name)
    assert len(table) == len(pd.read_csv(DATA / RESOURCES[name]["path"]))
    types = {
        field["name"]: field["type"]
        for entry in RESOURCES.values()
        for field in entry["schema"]["fields"]
    }
    for column in table:
        kind = types[column]
        if kind == "string":
            assert table[column].map(type).eq(str).all()
            assert table[column].str.len().min() > 0
        else:
            expected = {"integer": "int64", "number": "float64", "boolean": "bool"}[kind]
            assert table[column].dtype == expected


@pytest.mark.parametrize("name", TABLES)
def test_nothing_is_missing_but_what_is_said_to_be(name):
    holes = load(name).isna().any()
    assert set(holes[holes].index) <= {"gdp_earlier_vintage"}


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name):
    key = RESOURCES[name]["schema"]["primaryKey"]
    assert not load(name).duplicated(key).any()


@pytest.mark.parametrize("name", TABLES)
def test_years_are_those_of_the_dictionary(name):
    table = load(name)
    said = [int(year) for year in re.findall(r"\d{4}", RESOURCES[name]["years"])]
    if "year" in table:
        assert (table["year"].min(), table["year"].max()) == (said[0], said[-1])


@pytest.mark.parametrize("name", TABLES)
def test_a_caller_who_changes_a_copy_changes_nobody_elses(name):
    mine = load(name)
    before = mine.copy()
    mine.iloc[:, -1] = mine.iloc[0, -1]
    mine["extra"] = 1
    mine.loc[0] = mine.loc[1]
    pd.testing.assert_frame_equal(load(name), before)


@pytest.mark.parametrize("name", TABLES)
def test_docstring_says_the_shape_and_the_columns(name):
    text = getattr(datasets, name).__doc__
    table = load(name)
    shape = re.search(r"shape \((\d+), (\d+)\)", text)
    if shape:
        assert tuple(map(int, shape.groups())) == table.shape
    for column in table:
        assert f"``{column}``" in text


def test_docstring_examples():
    result = doctest.testmod(datasets)
    assert result.attempted > 20
    assert result.failed == 0


def test_import_is_light():
    heavy = "{'matplotlib', 'scipy', 'IPython', 'ipywidgets', 'networkx', 'libpysal'}"
    code = f"import sys, course_lib.datasets; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- a missing or damaged file


def test_a_damaged_file_is_a_sentence(copy_of_data):
    path = copy_of_data / "guangdong_cities.csv"
    path.write_bytes(path.read_bytes().replace(b"2505.58", b"2505.59"))
    with pytest.raises(datasets.DataFileError) as caught:
        datasets.guangdong_cities()
    sentence = str(caught.value)
    assert "guangdong_cities.csv is damaged or was changed" in sentence
    expected, found = re.findall(r"sha256:[0-9a-f]{64}", sentence)
    assert expected == RESOURCES["guangdong_cities"]["hash"]
    assert found != expected
    assert "git checkout -- data/guangdong_cities.csv" in sentence
    assert "download the course again" in sentence


def test_a_missing_file_is_a_sentence(copy_of_data):
    (copy_of_data / "keys" / "us_states.csv").unlink()
    with pytest.raises(datasets.DataFileError) as caught:
        datasets.us_income()
    sentence = str(caught.value)
    assert "keys/us_states.csv is missing" in sentence
    assert RESOURCES["us_states"]["hash"] in sentence
    assert "git checkout -- data/keys/us_states.csv" in sentence
    # The other tables still load.
    assert len(datasets.china_provinces()) == 1426


def test_windows_line_ends_are_noticed(copy_of_data):
    path = copy_of_data / "us_income.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(datasets.DataFileError, match="damaged or was changed"):
        datasets.us_income()


@pytest.mark.parametrize("content", [None, "", "{}", "[]", '{"resources": [1]}'])
def test_a_missing_or_damaged_dictionary_is_a_sentence(copy_of_data, content):
    path = copy_of_data / "datapackage.json"
    path.unlink() if content is None else path.write_text(content)
    with pytest.raises(datasets.DataFileError, match=r"git checkout -- data/datapackage.json"):
        datasets.us_income()


def test_a_file_is_checked_once_in_a_process(copy_of_data, monkeypatch):
    reads = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: reads.append(self) or read_bytes(self))
    for _ in range(3):
        datasets.us_income()
    assert sorted(path.name for path in reads) == ["us_income.csv", "us_states.csv"]


def test_an_installed_course_uses_the_copy_it_carries(tmp_path, monkeypatch):
    package = tmp_path / "course_lib"
    package.mkdir()
    monkeypatch.setattr(datasets, "__file__", str(package / "datasets.py"))
    assert datasets._data_folder() == tmp_path / "data"
    (package / "_data").mkdir()
    assert datasets._data_folder() == package / "_data"


# --- short names


def key_table(name: str) -> pd.DataFrame:
    return pd.read_csv(datasets._data_folder() / "keys" / f"{name}.csv")


def test_short_names_fit_and_tell_apart():
    for table, column in (
        ("us_industry_groups", "industry_short"),
        ("us_industries", "industry_short"),
        ("us_metros", "metro_short"),
    ):
        names = key_table(table)[column]
        assert names.is_unique
        assert names.str.len().max() <= 31


def test_one_industry_has_one_short_name():
    names = pd.concat([key_table("us_industries"), key_table("us_industry_groups")])
    names["industry"] = names["industry"].str.strip()
    assert names.groupby("industry")["industry_short"].nunique().max() == 1


def test_a_metros_short_name_is_its_first_town():
    metros = key_table("us_metros")
    first = metros["metro"].str.split(r"[-,/]", regex=True).str[0]
    assert list(metros["metro_short"]) == list(first)


# --- cards


@pytest.mark.parametrize("name", TABLES)
def test_a_card_says_what_is_to_be_known(name):
    entry = RESOURCES[name]
    card = datasets.describe(name)
    text, page = " ".join(str(card).split()), card._repr_html_()
    assert repr(card) == str(card)
    for said in (entry["office"], entry["unit"], entry["years"], entry["vintage"], *load(name)):
        assert said in text
    for caveat in entry["caveats"]:
        assert caveat in text
    assert page.count("<li>") == len(entry["caveats"])
    assert page.count("<tr>") == 6 + load(name).shape[1]
    assert max(map(len, str(card).splitlines())) <= 100


def test_cards_are_the_same_each_time_and_list_columns_in_order():
    assert datasets.describe("metro_patents") == datasets.describe("metro_patents")
    (_, _), (heading, columns) = datasets.describe("california_metros").parts
    assert heading == "Columns"
    assert [name for name, _ in columns] == list(datasets.california_metros())


def test_a_card_escapes_what_would_be_html():
    card = datasets.Card("a < b", (("", (("x & y", "<b>"),)),), ("<script>",))
    assert "&lt;script&gt;" in card._repr_html_()
    assert "<b>" not in card._repr_html_()


def test_the_list_of_tables():
    text = str(datasets.describe())
    assert all(name in text for name in TABLES)
    assert "keys" not in text


def test_an_unknown_table_is_a_sentence():
    with pytest.raises(ValueError, match=r"no table 'us_states'.*us_income.*metro_patents"):
        datasets.describe("us_states")


# --- US states: income per head


def wide_income() -> pd.DataFrame:
    return datasets.us_income().pivot(index="state", columns="year", values="income_per_head")


def test_income_is_that_of_pysals_example():
    libpysal = pytest.importorskip("libpysal")
    theirs = pd.read_csv(libpysal.examples.get_path("usjoin.csv")).set_index("Name")
    theirs = theirs.drop(columns="STATE_FIPS").rename(columns=int).sort_index()
    np.testing.assert_array_equal(wide_income(), theirs)


def test_income_regions():
    states = datasets.us_income().drop_duplicates("state")
    sizes = states["census_region"].value_counts().to_dict()
    assert sizes == {"South": 16, "Midwest": 12, "West": 11, "Northeast": 9}
    assert states["abbreviation"].nunique() == 48


@pytest.mark.parametrize(
    "start, end, expected",
    [(1929, 2009, -0.00915322), (1940, 1980, -0.01666529), (1940, 1950, -0.03948897)],
)
def test_income_slope_of_growth_on_start(start, end, expected):
    logs = np.log(wide_income())
    slope = np.polyfit(logs[start], (logs[end] - logs[start]) / (end - start), 1)[0]
    assert slope == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("year, expected", [(1929, 0.365508), (1950, 0.232544), (2009, 0.137627)])
def test_income_dispersion(year, expected):
    assert np.log(wide_income()[year]).std(ddof=0) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    "year, total, between", [(1929, 0.0625135, 0.0251497), (2009, 0.01000953, 0.00332322)]
)
def test_income_inequality_between_census_regions(year, total, between):
    """Theil's index written out, so that the figures are tested and not our measures."""
    income = datasets.us_income().query("year == @year").set_index("state")
    share = income["income_per_head"] / income["income_per_head"].sum()
    assert (share * np.log(share * 48)).sum() == pytest.approx(total, abs=1e-7)
    groups = share.groupby(income["census_region"])
    shares, people = groups.sum(), groups.size() / 48
    assert (shares * np.log(shares / people)).sum() == pytest.approx(between, abs=1e-7)


@pytest.mark.parametrize("year, expected", [(1929, 0.62692688), (2009, 0.42876895)])
def test_neighbours_give_the_known_morans_i(year, expected):
    income = wide_income()[year]
    pairs = datasets.us_state_neighbours()
    gap = income - income.mean()
    lag = pairs["neighbour"].map(gap).groupby(pairs["state"]).mean()
    assert (gap * lag).sum() / (gap**2).sum() == pytest.approx(expected, abs=1e-7)


def test_neighbours_are_mutual_and_cover_the_48_states():
    pairs = datasets.us_state_neighbours()
    both = set(map(tuple, pairs.to_numpy()))
    assert all((there, here) in both for here, there in both)
    assert all(here != there for here, there in both)
    assert set(pairs["state"]) == set(datasets.us_income()["state"])


# --- China's provinces


def per_head(scheme: str, year: int) -> pd.Series:
    groups = datasets.china_provinces().query("year == @year").groupby(scheme)
    return groups["gdp"].sum() / groups["population"].sum()


@pytest.mark.parametrize(
    "year, expected", [(1978, 1.75), (1990, 1.86), (2005, 2.34), (2010, 1.99), (2023, 1.53)]
)
def test_china_east_over_west(year, expected):
    gap = per_head("belts_1986", year)
    assert round(gap["East"] / gap["West"], 2) == expected


@pytest.mark.parametrize(
    "province, expected", [("Guangdong", 45_945), ("Guizhou", 4_519), ("Sichuan", 17_225)]
)
def test_china_known_values_of_2010(province, expected):
    gdp = datasets.china_provinces().query("province == @province and year == 2010")["gdp"].item()
    assert gdp == pytest.approx(expected, abs=0.6)


def test_china_schemes():
    provinces = datasets.china_provinces().drop_duplicates("province").set_index("province")
    sizes = {
        scheme: provinces[scheme].value_counts().to_dict()
        for scheme in ("belts_1986", "regions_2000", "regions_2005")
    }
    assert sizes == {
        "belts_1986": {"East": 12, "Central": 9, "West": 10},
        "regions_2000": {"East": 11, "Central": 8, "West": 12},
        "regions_2005": {"East": 10, "Central": 6, "West": 12, "Northeast": 3},
    }
    cities = set(provinces.index[provinces["municipality"]])
    assert cities == {"Beijing", "Shanghai", "Tianjin", "Chongqing"}
    assert provinces.loc["Guangdong", "province_zh"] == "广东"


def test_china_is_a_full_panel():
    table = datasets.china_provinces()
    assert table.groupby("year")["province"].nunique().eq(31).all()
    assert list(table["year"].unique()) == list(range(1978, 2024))


def test_china_gdp_per_head_is_gdp_over_population():
    table = datasets.china_provinces()
    computed = table["gdp"] / table["population"] * 10_000
    assert (computed - table["gdp_per_head"]).abs().max() <= 0.005 + 1e-9


def test_china_counting_changes_are_where_the_caveats_say():
    table = datasets.china_provinces()
    shanghai = table.query("province == 'Shanghai'").set_index("year")["population"]
    assert round((shanghai[2000] / shanghai[1999] - 1) * 100, 1) == 22.5
    assert set(table.query("year < 2000")["population_basis"]) == {"mostly registered"}
    assert set(table.query("year >= 2000")["population_basis"]) == {"mostly resident"}
    known = table.dropna(subset="gdp_earlier_vintage")
    assert (known["year"].min(), known["year"].max()) == (1992, 2017)
    row = table.query("province == 'Heilongjiang' and year == 1992").iloc[0]
    assert row["gdp"] / row["gdp_earlier_vintage"] - 1 == pytest.approx(-0.11, abs=0.005)


def test_china_the_municipality_effect():
    """1978-90: inequality falls with the three cities and rises without them."""

    def theil(year: int, without: tuple[str, ...] = ()) -> float:
        table = datasets.china_provinces().query("year == @year")
        table = table[~table["province"].isin(without)]
        output = table["gdp"] / table["gdp"].sum()
        people = table["population"] / table["population"].sum()
        return (output * np.log(output / people)).sum()

    cities = ("Beijing", "Shanghai", "Tianjin")
    assert [round(theil(year), 3) for year in (1978, 1990)] == [0.156, 0.085]
    assert [round(theil(year, cities), 3) for year in (1978, 1990)] == [0.045, 0.048]


# --- China's input-output table


def block(name: str, index: str = "seller") -> pd.Series:
    return datasets.china_input_output().query("block == @name").groupby(index)["flow"].sum()


def test_input_output_rows_and_columns_balance():
    output = block("gross output")
    sales = block("intermediate") + block("final demand")
    costs = (
        block("intermediate", "buyer") + block("imports", "buyer") + block("value added", "buyer")
    )
    assert len(output) == 17
    assert (sales - output).abs().max() <= 0.03
    assert (costs - output).abs().max() <= 0.03 + 1e-6


def test_input_output_names():
    table = datasets.china_input_output()
    assert len(table) == 17 * 17 + 17 * 4 + 17 + 17 + 4 * 17
    sectors = set(table.query("block == 'intermediate'")["seller"])
    assert sectors == set(table.query("block == 'intermediate'")["buyer"])
    assert "Oil & gas extraction, refining & supply" in sectors
    assert not table.isin(["Oil & gas", "Consumption"]).any(axis=None)
    assert set(table.query("block == 'final demand'")["buyer"]) == {
        "Household & government consumption",
        "Fixed investment",
        "Inventory change",
        "Exports",
    }


def test_input_output_total_is_chinas_gdp():
    """Value added of the table against the provinces' sum: two ways to one number."""
    provinces = datasets.china_provinces().query("year == 2020")["gdp"].sum()
    assert block("value added").sum() / provinces == pytest.approx(1, abs=0.02)


# --- US employment

NATION = 132_989_396  # all jobs of 2019, as published


def quotient(table: pd.DataFrame, metro: str, naics: str, nation: int) -> float:
    cell = table[table["metro"].str.startswith(metro) & (table["naics"] == naics)]
    share = cell["employment"].item() / cell["metro_employment"].item()
    return share / (cell["us_employment"].item() / nation)


@pytest.mark.parametrize(
    "metro, naics, expected",
    [
        ("San Jose", "5112", 9.4),
        ("San Jose", "3344", 7.3),
        ("Los Angeles", "5121", 6.7),
        ("Los Angeles", "3152", 8.2),
        ("Napa", "3121", 77),
        ("Sacramento", "3341", 0.17),
        ("Sacramento", "3344", 0.74),
        ("Sacramento", "5415", 0.91),
    ],
)
def test_known_location_quotients_of_california(metro, naics, expected):
    table = datasets.california_metros()
    assert table.drop_duplicates("naics")["us_employment"].sum() == 132_897_468
    places = 0 if expected > 10 else 1 if expected > 1 else 2
    assert round(quotient(table, metro, naics, NATION), places) == expected


def test_known_location_quotient_of_seattle():
    table = datasets.us_metro_industry_employment()
    assert round(quotient(table, "Seattle", "3364", NATION)) == 12


def test_the_nations_jobs_are_the_published_totals_of_the_states():
    states = datasets.us_industry_employment().drop_duplicates("state")
    assert len(states) == 51
    assert states["state_employment"].sum() == NATION


def test_no_industry_has_half_its_jobs_in_one_metro():
    table = datasets.california_metros()
    share = table["employment"] / table["us_employment"]
    top = table.loc[share.idxmax()]
    assert top["metro"].startswith("Los Angeles")
    assert top["industry"].startswith("Agents")
    assert round(share.max(), 2) == 0.36
    film = table.query("metro.str.startswith('Los Angeles') and naics == '5121'").iloc[0]
    assert round(film["employment"] / film["us_employment"], 3) == 0.275


def test_california_areas_and_regions():
    areas = datasets.california_metros().drop_duplicates("cbsa_code")
    assert len(areas) == 34
    assert areas["area_type"].value_counts()["micropolitan"] == 8
    assert areas["region"].value_counts().to_dict() == {
        "outside": 14,
        "Central Valley": 8,
        "Southern California": 5,
        "San Francisco Bay": 5,
        "Sacramento": 2,
    }
    assert areas["metro"].str.endswith(", CA").all()


def test_the_two_metro_tables_agree_where_they_overlap():
    keys = ["cbsa_code", "naics"]
    both = datasets.california_metros().merge(datasets.us_metro_industry_employment(), on=keys)
    assert both["cbsa_code"].nunique() == 6
    assert both["employment_x"].equals(both["employment_y"])


def test_large_metros():
    table = datasets.us_metro_industry_employment()
    assert table["cbsa_code"].nunique() == 50
    assert table["naics"].nunique() == 34
    assert table["metro_employment"].min() >= 490_000
    assert 50 * 34 - len(table) == 220
    assert round((table["employment"] / table["us_employment"]).max(), 2) == 0.33


@pytest.mark.parametrize(
    "name, group, total",
    [
        ("us_industry_employment", "state", "state_employment"),
        ("us_industry_employment", "naics", "us_employment"),
        ("california_metros", "cbsa_code", "metro_employment"),
        ("us_metro_industry_employment", "cbsa_code", "metro_employment"),
        ("us_metro_industry_employment", "naics", "us_employment"),
    ],
)
def test_cells_never_hold_more_than_the_published_total(name, group, total):
    groups = load(name).groupby(group)
    assert (groups["employment"].sum() <= groups[total].first()).all()


def test_industry_coverage_is_what_the_caveats_say():
    table = datasets.us_industry_employment()
    groups = table.groupby("naics")
    held = groups["employment"].sum() / groups["us_employment"].first()
    coverage = groups["coverage"].first()
    assert (held - coverage).abs().max() <= 0.0005 + 1e-9
    assert (coverage < 0.9).sum() == 19
    assert len(coverage) == 86
    for code, share in (("521", 0.27), ("316", 0.54), ("313", 0.68), ("331", 0.76)):
        assert round(coverage[code], 2) == share
    total = table["employment"].sum() / groups["us_employment"].first().sum()
    assert round(total, 3) == 0.979


def test_sectors_are_a_full_panel_without_zeros():
    table = datasets.us_sector_employment()
    states, sectors, years = (table[column].unique() for column in ("state", "sector", "year"))
    assert (len(states), len(sectors), sorted(years)) == (34, 13, [2001, 2010, 2019])
    assert len(table) == 34 * 13 * 3
    assert table["employment"].min() > 0
    assert not set(table["naics"]) & {"11", "21", "22", "55", "61", "71"}


def test_sectors_keep_no_cell_that_collapses_in_2010():
    """The rule of the dictionary, on what was kept: no cell is 15% under its sector's median."""
    table = datasets.us_sector_employment()
    table["size"] = np.log(table["employment"] / table["establishments"])
    sizes = table.pivot(index=["sector", "state"], columns="year", values="size")
    dip = sizes[2010] - (sizes[2001] + sizes[2019]) / 2
    left = np.exp(dip - dip.groupby("sector").transform("median"))
    # The dictionary's median is over 51 states, this one over the 34 that stayed.
    assert left.min() > 0.83


def test_sectors_left_out_are_named_in_the_caveats():
    caveats = " ".join(RESOURCES["us_sector_employment"]["caveats"])
    kept = set(datasets.us_sector_employment()["state"])
    left_out = set(datasets.us_industry_employment()["state"]) - kept
    assert len(left_out) == 17
    assert all(state in caveats for state in left_out)
    year = datasets.us_sector_employment().query("year == 2010")
    assert round(year["employment"].sum() / 111_970_095, 3) == 0.760


# --- patents and Guangdong


def test_no_large_metro_is_missing_from_the_patents():
    patents = datasets.metro_patents()
    metros = pd.concat([datasets.us_metro_industry_employment(), datasets.california_metros()])
    metros = metros.drop_duplicates("cbsa_code")
    missing = metros[~metros["cbsa_code"].isin(patents["cbsa_code"])]
    large = missing.query("metro_employment > 490_000")
    assert list(large["metro"]) == ["New Orleans-Metairie, LA"]
    angeles = patents.query("cbsa_code == '31080'")
    assert set(angeles["cbsa_code_published"]) == {"31100"}
    assert "42200" in set(patents["cbsa_code"])
    translated = patents.query("cbsa_code != cbsa_code_published")
    assert translated["cbsa_code"].nunique() == 2


def test_matched_metros_bear_the_same_city():
    """A wrong code would join one city's patents to another's jobs."""
    metros = pd.concat([datasets.us_metro_industry_employment(), datasets.california_metros()])
    names = metros.drop_duplicates("cbsa_code").set_index("cbsa_code")["metro"]
    patents = datasets.metro_patents().drop_duplicates("cbsa_code").set_index("cbsa_code")["metro"]
    both = pd.concat([names, patents], axis=1, keys=["jobs", "patents"], join="inner")
    assert len(both) >= 50
    for jobs, patent in both.to_numpy():
        assert set(re.findall(r"\w+", jobs.split(",")[0])) & set(
            re.findall(r"\w+", patent.split(",")[0])
        ), (jobs, patent)


def test_patents_are_a_full_panel():
    table = datasets.metro_patents()
    assert table.groupby("year").size().eq(100).all()
    assert table["metro"].nunique() == 100


def test_guangdong_delta_share():
    table = datasets.guangdong_cities()
    totals = table.pivot_table("gdp", "year", "pearl_river_delta", aggfunc="sum")
    share = totals[True] / totals.sum(axis=1) * 100
    assert (round(share[2000]), round(share[2022])) == (75, 81)
    assert round(share[2005] - share[2000], 1) == 4.6
    assert round(share[2022] - share[2000], 1) == pytest.approx(5.8, abs=0.051)
    cities = table.drop_duplicates("city")
    assert (len(cities), cities["pearl_river_delta"].sum()) == (21, 9)


def test_guangdong_cities_against_the_province():
    cities = datasets.guangdong_cities().groupby("year")["gdp"].sum()
    china = datasets.china_provinces().query("province == 'Guangdong'").set_index("year")
    ratio = (cities / china["gdp"]).dropna()
    assert ratio[ratio.index < 2018].between(1.015, 1.085).all()
    assert ratio[ratio.index >= 2018].between(0.99, 1.01).all()


def test_guangdong_gap_falls_while_the_share_rises():
    """With the censuses' shares of people that the caveat cites: 53.9% and 61.9%."""
    table = datasets.guangdong_cities()
    gap = {}
    for year, people in ((2010, 0.539), (2020, 0.619)):
        delta = table.query("year == @year and pearl_river_delta")["gdp"].sum()
        rest = table.query("year == @year and not pearl_river_delta")["gdp"].sum()
        gap[year] = (delta / people) / (rest / (1 - people))
    assert gap[2010] == pytest.approx(3.42, abs=0.02)
    assert gap[2020] == pytest.approx(2.60, abs=0.02)
