"""Tables as offices deliver them: read as what they are, or refused in a sentence."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.errors import CourseError
from course_lib.regions import Region, TableError, make_region, mexico, mexico_folder, read_region
from course_lib.regions.cells import Count, Marks, numbers

TIDY = """Land;Jahr;BIP je Kopf;Einwohner;Lage
Nord;2010;20,5;1.200,0;West
Süd;2010;30,0;2.400,5;Ost
Mitte;2010;25,0;800,0;West
Nord;2020;25,5;1.250,0;West
Süd;2020;:;2.500,0;Ost
Mitte;2020;27,0 p;790,0;West
"""
COLUMNS = {
    "region": "Land",
    "year": "Jahr",
    "per_head": "BIP je Kopf",
    "people": "Einwohner",
    "groups": ["Lage"],
}


def write(folder: Path, text: str, encoding: str = "utf-8") -> dict[str, str]:
    (folder / "incomes.csv").write_bytes(text.encode(encoding))
    return {"file": "incomes.csv"}


def read(folder: Path, text: str, encoding: str = "utf-8", **options: object) -> Region:
    return make_region(
        "Invented", incomes=write(folder, text, encoding) | COLUMNS | options, folder=folder
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
@pytest.mark.parametrize("divider", [";", "\t", "|"])
def test_letters_dividers_and_decimal_commas(tmp_path: Path, encoding: str, divider: str) -> None:
    found = read(tmp_path, TIDY.replace(";", divider), encoding)
    assert found.per_head is not None
    assert found.people is not None
    assert found.per_head.loc[2010].to_dict() == {"Nord": 20.5, "Süd": 30.0, "Mitte": 25.0}
    assert np.isnan(found.per_head.loc[2020, "Süd"])  # a gap is never a zero
    assert found.people.loc[2010, "Süd"] == 2400.5
    assert found.groups["Lage"].to_dict() == {"Nord": "West", "Süd": "Ost", "Mitte": "West"}


def test_chinese_letters(tmp_path: Path) -> None:
    text = "省份,年份,人均生产总值\n广东,2010,44070\n广西,2010,20219\n"
    columns = {"region": "省份", "year": "年份", "per_head": "人均生产总值"}
    incomes = write(tmp_path, text, "gb18030") | columns
    found = make_region("两省", incomes=incomes, folder=tmp_path)
    assert found.regions == ["广东", "广西"]
    assert "GB18030" in str(found)


def test_letters_that_cannot_be_told_are_asked_for(tmp_path: Path) -> None:
    text = "region,year,per_head\nŁódzkie,2010,3\nŚląskie,2010,4\n"
    incomes = write(tmp_path, text, "cp1250")
    with pytest.raises(TableError, match="encoding"):
        make_region("Poland", incomes=incomes, folder=tmp_path)
    found = make_region("Poland", incomes=incomes | {"encoding": "cp1250"}, folder=tmp_path)
    assert found.regions == ["Łódzkie", "Śląskie"]


def test_what_was_read_is_said(tmp_path: Path) -> None:
    said = " ".join(str(read(tmp_path, TIDY)).split())
    assert "semicolon between cells, UTF-8" in said
    assert '1 cell without a figure (":")' in said
    assert '1 figure with a flag such as "27,0 p": the flag is left out' in said
    assert "3 regions, 2 dates from 2010 to 2020, 1 gap" in said


def test_wide_tables_and_codes_with_leading_zeros(tmp_path: Path) -> None:
    text = "code,GDP 2000,GDP 2010 (p)\n01,10,11\n02,12,14\n010,9,8\n"
    incomes = write(tmp_path, text) | {"region": "code"}
    found = make_region("Three", incomes=incomes, folder=tmp_path)
    assert found.regions == ["01", "02", "010"]
    assert found.panel.loc[2010].tolist() == [11, 14, 8]


def test_an_amount_and_people_make_a_figure_per_head() -> None:
    table = pd.DataFrame({"region": ["A", "B"], "year": 2000, "gdp": [10, 30], "pop": [5, 10]})
    found = make_region("Two", incomes=table)
    assert found.panel.loc[2000].tolist() == [2, 3]
    assert found.people_of_panel is not None


def test_regions_across() -> None:
    table = pd.DataFrame(
        {"Jahr": [2000, 2001], "Bayern": ["29,5", "30,5"], "Berlin": ["23,1", "-"]}
    )
    found = make_region("Two", incomes={"table": table, "year": "Jahr"})
    assert found.per_head is not None
    assert found.per_head["Bayern"].tolist() == [29.5, 30.5]
    assert found.per_head["Berlin"].isna().tolist() == [False, True]
    table = table.assign(Land=["Bayern", "Berlin"])
    with pytest.raises(TableError, match="no heading says where the names of regions stand"):
        make_region("Two", incomes={"table": table, "year": "Jahr"})


def test_one_of_several_measures(tmp_path: Path) -> None:
    text = (
        "state,Measure,2000,2001\nA,GDP,100,110\nA,GDP per head,20,21\n"
        "B,GDP,300,310\nB,GDP per head,30,32\n"
    )
    incomes = write(tmp_path, text)
    with pytest.raises(TableError, match="several measures, choose one: write only"):
        make_region("Two", incomes=incomes, folder=tmp_path)
    found = make_region(
        "Two", incomes=incomes | {"only": {"Measure": "GDP per head"}}, folder=tmp_path
    )
    assert found.panel.loc[2001].to_dict() == {"A": 21, "B": 32}
    assert "Only rows whose Measure is GDP per head." in " ".join(str(found).split())
    for only, said in (
        ({"Measure": "GNP"}, "no row has 'GNP' below 'Measure'. There stand 'GDP'"),
        ({"Unit": "euro"}, "only names 'Unit'"),
        ("GDP", "only names a heading and what has to stand below it"),
    ):
        with pytest.raises(TableError, match=said):
            make_region("Two", incomes=incomes | {"only": only}, folder=tmp_path)


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    found = make_region(
        "Two", incomes=write(tmp_path, "region,LineCode,2000\nA,3,20\nB,3,30\n"), folder=tmp_path
    )
    assert "Not used: LineCode." in " ".join(str(found).split())


def test_line_ends_of_an_old_mac(tmp_path: Path) -> None:
    incomes = write(tmp_path, "region;2000\rA;3\rB;4\r")
    assert make_region("Two", incomes=incomes, folder=tmp_path).regions == ["A", "B"]


def test_a_workbook(tmp_path: Path) -> None:
    table = pd.DataFrame({"region": ["A", "B"], "2000": [1.234, 2], "2010": [3, None]})
    table.to_excel(tmp_path / "incomes.xlsx", index=False)
    found = make_region("Two", incomes={"file": "incomes.xlsx"}, folder=tmp_path)
    assert found.per_head is not None
    assert found.per_head.loc[2000].tolist() == [1.234, 2]  # a number in a workbook is no text
    assert found.left_out == ["2010"]


JOBS = """Bundesland;Branche;2010;2020
Nord;Bau;1.200;1.300
Nord;Handel;2.000;(D)
Nord;Alle;5.000;5.100
Süd;Bau;800;900
Süd;Handel;1.500;1.600
Süd;Alle;4.000;4.200
Land;Bau;2.000;2.200
Land;Handel;3.500;3.700
Land;Alle;9.000;9.300
"""
JOB_COLUMNS = {
    "region": "Bundesland",
    "industry": "Branche",
    "totals": ["Land"],
    "total_industries": ["Alle"],
    "decimal": ",",
}


def read_jobs(folder: Path, text: str = JOBS, **options: object) -> Region:
    (folder / "jobs.csv").write_text(text, "utf-8")
    jobs = {"file": "jobs.csv"} | JOB_COLUMNS | options
    return make_region("Invented", jobs=jobs, folder=folder)


def test_jobs_with_totals_and_withheld_cells(tmp_path: Path) -> None:
    found = read_jobs(tmp_path)
    assert found.jobs is not None
    assert found.jobs.years == [2010, 2020]
    assert found.jobs.cells[2010].to_dict("list") == {"Bau": [1200, 800], "Handel": [2000, 1500]}
    assert np.isnan(found.jobs.cells[2020].loc["Nord", "Handel"])
    assert found.jobs.region_totals[2020].to_dict() == {"Nord": 5100, "Süd": 4200}
    assert found.jobs.industry_totals[2020].to_dict() == {"Bau": 2200, "Handel": 3700}
    assert found.jobs.national[2020] == 9300
    assert "1 cell withheld by the office" in " ".join(str(found).split())


def test_industries_as_columns(tmp_path: Path) -> None:
    text = "Bundesland;Bau;Handel\nNord;1;2\nSüd;3;4\n"
    (tmp_path / "jobs.csv").write_text(text, "utf-8")
    found = make_region("Two", jobs={"file": "jobs.csv", "region": "Bundesland"}, folder=tmp_path)
    assert found.jobs is not None
    assert found.jobs.cells[0].loc["Süd"].to_dict() == {"Bau": 3, "Handel": 4}


# --- refusals: each a sentence that names the place and says what to do


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Mitte;2010;25,0", "Nord;2010;25,0", r"rows 2 and 4: both are Nord, 2010"),
        ("30,0;2.4", "dreißig;2.4", r"BIP je Kopf, row 3: 'dreißig' is no number.*missing ="),
        ("20,5;1.2", "20.5;1.2", r"behind a comma and .* behind a point|Correct it"),
        ("20,5", "0", r"Nord has 0 in 2010\. An income per head is above zero"),
        ("20,5", "-3", r"Nord has -3 in 2010"),
        ("Nord;2010", "Nord;gestern", r"row 2: 'gestern' below 'Jahr' is no year"),
        ("Nord;2010", ";2010", r"row 2: there is no region below 'Land'"),
        ("1.250,0;West", "1.250,0;Ost", r"Nord is in West and Ost of 'Lage'"),
        ("Mitte;", "Insgesamt;", r"'Insgesamt' looks like a total.*totals ="),
        ("Land;Jahr", "Land;Land", r"heading 'Land' stands there twice"),
        ("BIP je Kopf", "BIP", r"per_head stands below 'BIP je Kopf', but the headings are"),
        ("2010;20,5", "2010;7;20,5", r"row 2: it has more cells than there are headings"),
        ("Nord;2010", '"Nord;2010', r"quotation mark"),
    ],
)  # fmt: skip
def test_refusals(tmp_path: Path, before: str, after: str, said: str) -> None:
    with pytest.raises(TableError, match=said) as refusal:
        read(tmp_path, TIDY.replace(before, after))
    assert isinstance(refusal.value, CourseError)
    assert isinstance(refusal.value, ValueError)
    assert str(refusal.value).startswith("incomes.csv")


def test_a_comma_that_may_be_thousands_is_asked_for(tmp_path: Path) -> None:
    text = 'region,year,per_head\nA,2000,"1,234"\nB,2000,"2,345"\n'
    incomes = write(tmp_path, text)
    with pytest.raises(TableError, match=r"cannot be seen whether '1,234' is above a thousand"):
        make_region("Two", incomes=incomes, folder=tmp_path)
    found = make_region("Two", incomes=incomes | {"decimal": "."}, folder=tmp_path)
    assert found.panel.loc[2000, "A"] == 1234


def test_a_title_above_the_headings_is_noticed(tmp_path: Path) -> None:
    text = "Table 1,,\nby state,,\nregion,year,per_head\nA,2000,3\nB,2000,4\n"
    incomes = write(tmp_path, text)
    with pytest.raises(TableError, match="Row 3 looks like the headings: write skip = 2"):
        make_region("Two", incomes=incomes, folder=tmp_path)
    assert make_region("Two", incomes=incomes | {"skip": 2}, folder=tmp_path).regions == ["A", "B"]


def test_a_sum_among_the_rows_is_noticed_whatever_it_is_called() -> None:
    table = pd.DataFrame(
        {"region": ["A", "B", "C", "Republic"], "mining": [1, 2, 3, 6], "trade": [4, 5, 6, 15]}
    )
    with pytest.raises(TableError, match="'Republic' is the sum of all other regions"):
        make_region("Three", jobs=table)
    found = make_region("Three", jobs={"table": table, "totals": ["Republic"]})
    assert found.jobs is not None
    assert found.jobs.regions == ["A", "B", "C"]


def test_parts_above_their_total_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"industries of Nord in 2010 add up to 3,200.*3,000"):
        read_jobs(tmp_path, JOBS.replace("Nord;Alle;5.000", "Nord;Alle;3.000"))


def test_a_dash_is_no_zero_unless_the_office_says_so(tmp_path: Path) -> None:
    text = JOBS.replace("Süd;Bau;800", "Süd;Bau;-")
    found = read_jobs(tmp_path, text)
    assert found.jobs is not None
    assert np.isnan(found.jobs.cells[2010].loc["Süd", "Bau"])
    found = read_jobs(tmp_path, text, zero=["-"])
    assert found.jobs is not None
    assert found.jobs.cells[2010].loc["Süd", "Bau"] == 0


@pytest.mark.parametrize(
    ("neighbours", "said"),
    [
        ({"region": ["A"], "neighbour": ["Z"]}, "'Z' is no region of the other tables"),
        ({"region": ["A"], "neighbour": ["A"]}, "no neighbour of itself"),
    ],
)
def test_refusals_of_neighbours(neighbours: dict[str, list[str]], said: str) -> None:
    incomes = pd.DataFrame({"region": ["A", "B"], "2000": [1, 2]})
    with pytest.raises(TableError, match=said):
        make_region("Two", incomes=incomes, neighbours=pd.DataFrame(neighbours))


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ({"longitude": [200, 1], "latitude": [50, 51]}, "exchanged"),
        ({"column": [1, 1], "row": [2, 2]}, "a tile that another region has already"),
        ({"somewhere": [1, 2]}, "no heading says where the places"),
    ],
)
def test_refusals_of_places(places: dict[str, list[float]], said: str) -> None:
    incomes = pd.DataFrame({"region": ["A", "B"], "2000": [1, 2]})
    with pytest.raises(TableError, match=said):
        make_region("Two", incomes=incomes, places=pd.DataFrame({"region": ["A", "B"]} | places))


@pytest.mark.parametrize(
    ("settings_text", "said"),
    [
        ("title = Mexico", "quotation marks"),
        ('title = "A"\nincome = 3', "'income', which is not known"),
        ('title = ""\n[incomes]\nfile = "incomes.csv"', "Give the region a title"),
        ('title = "A"', "a table of incomes, of jobs or of flows"),
        ('title = "A"\n[incomes]\nregion = "x"', "needs one file"),
        ('title = "A"\n[incomes]\nfile = "b.csv"', "There is no file b.csv"),
        ('title = "A"\n[incomes]\nfile = "incomes.csv"\nregoin = "x"', "'regoin'"),
    ],
)
def test_refusals_of_settings(tmp_path: Path, settings_text: str, said: str) -> None:
    (tmp_path / "region.toml").write_text(settings_text, "utf-8")
    write(tmp_path, "region,2000\nA,1\nB,2\n")
    with pytest.raises(TableError, match=said):
        read_region(tmp_path)


def test_a_folder_without_settings_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="course region new"):
        read_region(tmp_path)


FLOWS = """Branche;A;B;Endnachfrage;Produktion
A;10,5;20;69,5;100
B;30;:;50;200
Wertschöpfung;59,5;50;;
"""


def read_flows(folder: Path, text: str, **options: str) -> Region:
    (folder / "flows.csv").write_text(text, "utf-8")
    flows = {"file": "flows.csv", "sector": "Branche", "output": "Produktion"} | options
    return make_region("Invented", flows=flows, folder=folder)


def test_a_table_of_flows(tmp_path: Path) -> None:
    text = FLOWS.replace(":", "40")
    found = read_flows(tmp_path, text, value_added="Wertschöpfung")
    assert found.flows is not None
    assert found.flows.flows.to_numpy().tolist() == [[10.5, 20], [30, 40]]
    assert found.flows.output.tolist() == [100, 200]
    assert found.flows.value_added is not None
    assert found.flows.value_added.tolist() == [59.5, 50]
    assert "Not used: Endnachfrage." in " ".join(str(found).split())


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (FLOWS, {}, "no figure where 'B' meets 'B'"),
        (FLOWS.replace(":", "40"), {"value_added": "Löhne"}, "the row 'Löhne' holds value added"),
        (FLOWS.replace("Branche;A;B", "Branche;C;D"), {}, "fewer than two names stand both"),
        (FLOWS, {"output": "Umsatz"}, "output stands below 'Umsatz'"),
    ],
)
def test_refusals_of_flows(tmp_path: Path, text: str, options: dict[str, str], said: str) -> None:
    with pytest.raises(TableError, match=said):
        read_flows(tmp_path, text, **options)


# --- properties


@settings(max_examples=30, deadline=None)
@given(data=st.data(), regions=st.integers(1, 6), years=st.integers(1, 5))
def test_order_categories_and_form_do_not_matter(
    data: st.DataObject, regions: int, years: int
) -> None:
    values = data.draw(
        st.lists(
            st.one_of(st.none(), st.floats(0.01, 1e6).map(lambda x: round(x, 2))),
            min_size=regions * years,
            max_size=regions * years,
        )
    )
    index = pd.MultiIndex.from_product(
        [[f"R{i}" for i in range(regions)], range(2000, 2000 + years)], names=["region", "year"]
    )
    table = pd.Series(values, index=index, dtype=float, name="per_head").reset_index()
    expected = table.pivot(index="year", columns="region", values="per_head")
    names = [*table["region"].unique(), "nobody"]
    shuffled = table.sample(frac=1, random_state=data.draw(st.integers(0, 99)))
    shuffled["region"] = pd.Categorical(shuffled["region"], names)
    texts = table.astype({"per_head": "object"}).map(
        lambda value: ":" if value != value else f"{value:.2f}".replace(".", ",")
        if isinstance(value, float) else value
    )  # fmt: skip
    buffer = io.StringIO()
    expected.T.to_csv(buffer)
    for form in (table, shuffled, texts, expected.T):
        found = make_region("Invented", incomes=form).per_head
        assert found is not None
        pd.testing.assert_frame_equal(
            found[expected.columns], expected, check_names=False, check_dtype=False
        )


@settings(max_examples=50, deadline=None)
@given(
    number=st.floats(1, 1e9).map(lambda x: round(x, 2)),
    decimal=st.sampled_from([",", "."]),
    thousands=st.booleans(),
    flag=st.sampled_from(["", " p", "p", " (r)", "*", " [2]", "\u00a0b"]),
)
def test_a_number_is_the_same_however_it_is_written(
    number: float, decimal: str, thousands: bool, flag: str
) -> None:
    text = f"{number:,.2f}" if thousands else f"{number:.2f}"
    if decimal == ",":
        text = text.translate({44: 46, 46: 44})
    table = pd.DataFrame({"x": [text + flag, "(D)", ":", ""]})
    found = numbers(table, Marks(), "t", Count())["x"]
    assert found[0] == pytest.approx(number)
    assert found[1:].isna().all()


def test_what_is_left_out_is_whole_and_nothing_is_filled_in() -> None:
    rng = np.random.default_rng(3)
    table = mexico().panel.where(rng.random((7, 32)) > 0.05)
    long = table.rename_axis(columns="region").stack().rename("per_head").reset_index()
    found = make_region("With gaps", incomes=long)
    assert found.panel.notna().all(axis=None)
    assert found.panel.size > 0
    pd.testing.assert_frame_equal(
        found.panel, table.loc[found.panel.index, found.panel.columns], check_names=False
    )
    assert len(found.left_out) == 39 - sum(found.panel.shape)


# --- the example


def test_mexico_is_that_of_pysal() -> None:
    import libpysal

    path = Path(libpysal.__file__).parent / "examples" / "mexico" / "mexico.csv"
    published = pd.read_csv(path).filter(like="pcgdp")
    assert (mexico().panel.to_numpy() == published.T.to_numpy()).all()


def test_mexicos_neighbours_are_those_of_pysal() -> None:
    import libpysal

    path = Path(libpysal.__file__).parent / "examples" / "mexico" / "mexico.gal"
    file = libpysal.io.open(str(path))
    weights = file.read()
    file.close()
    neighbours, names = mexico().neighbours, mexico().regions
    assert neighbours is not None
    pairs = {(names[int(a)], names[int(b)]) for a, near in weights.neighbors.items() for b in near}
    assert pairs == set(neighbours.itertuples(index=False, name=None))


def test_the_example_is_a_folder_like_any_other() -> None:
    assert read_region(mexico_folder()).title == "Mexico's states"


# --- totals under names of their own


def test_a_country_that_stands_in_the_title_is_asked_about() -> None:
    table = pd.DataFrame({"region": ["Nord", "Süd", "Utopien"], "2000": [1, 3, 2]})
    with pytest.raises(TableError, match=r"'Utopien' stands among the regions and in the title"):
        make_region("Länder von Utopien", incomes=table)
    kept = {"table": table, "totals": ["Utopien"]}
    assert make_region("Länder von Utopien", incomes=kept).regions == ["Nord", "Süd"]
    all_three = make_region("Länder von Utopien", incomes={"table": table, "totals": []})
    assert len(all_three.regions) == 3


def test_a_mean_of_all_regions_is_asked_about_whatever_it_is_called() -> None:
    table = pd.DataFrame(
        {"region": ["A", "B", "C"], "2000": [1, 3, 8], "2001": [2, 3, 10], "2002": [2, 5, 5]}
    )
    mean = table.mean(numeric_only=True).to_frame().T.assign(region="Bund").round(4)
    with_mean = pd.concat([table, mean])
    with pytest.raises(TableError, match=r"'Bund' is the mean of all other regions.*totals = \[\]"):
        make_region("Four", incomes=with_mean)
    kept = {"table": with_mean, "totals": ["Bund"]}
    assert make_region("Three", incomes=kept).regions == ["A", "B", "C"]


def test_people_that_add_up_betray_a_total() -> None:
    table = pd.DataFrame(
        {
            "region": ["A", "B", "C", "Bund"],
            "year": 2000,
            "per_head": [10, 20, 30, 21.7],
            "people": [1, 3, 2, 6],
        }
    )
    with pytest.raises(TableError, match="'Bund' is the sum of all other regions"):
        make_region("Four", incomes=table)


def test_a_total_needs_no_group_and_the_refusal_says_so() -> None:
    table = pd.DataFrame(
        {"region": ["A", "B", "Bund"], "side": ["North", "South", ""], "2000": [1, 2, 1.4]}
    )
    with pytest.raises(TableError, match="If it is a total, write its name into totals"):
        make_region("Two", incomes={"table": table, "groups": ["side"]})
    own = make_region("Two", incomes={"table": table, "groups": ["side"], "totals": ["Bund"]})
    assert own.groups["side"].to_dict() == {"A": "North", "B": "South"}
