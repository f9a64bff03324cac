from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import psutil
import pytest

from course_lib.cli import notebooks
from course_lib.errors import CourseError


def code(source: str, **more: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    } | more


def notebook(folder: Path, *cells: dict[str, Any], **metadata: Any) -> Path:
    book = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 4}
    path = folder / "04_small.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


FIGURE = "from matplotlib import pyplot\npyplot.plot([1, 2])\npyplot.show()"
SLIDER = "import ipywidgets\nipywidgets.IntSlider()"
TALK = "for n in range(3):\n    print(n, flush=True)"
REFUSED = "raise ValueError('wages must fall')"


def test_a_second_run_gives_the_same_bytes(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = notebook(
        tmp_path,
        {"cell_type": "markdown", "metadata": {}, "source": "# Small"},
        code(FIGURE, metadata={"execution": {"iopub.status.busy": "2020-01-01"}}),
        code(SLIDER, id="slider"),
        code(TALK, execution_count=77),
        code(REFUSED, metadata={"tags": ["raises-exception"]}),
        widgets={"application/vnd.jupyter.widget-state+json": {"state": {}}},
        language_info={"name": "python", "version": "2.7.1"},
    )
    first = notebooks.executed(path, lambda index, cells: told.append((index, cells)))
    assert notebooks.store(path, first)
    assert path.read_bytes() == first.encode()
    assert not notebooks.store(path, notebooks.executed(path))
    assert told == [(index, 5) for index in range(1, 5)] or told == [(i, 5) for i in range(5)]

    book = json.loads(first)
    assert book["metadata"] == notebooks.METADATA
    assert [cell["id"] for cell in book["cells"]] == [
        "cell-1",
        "cell-2",
        "slider",
        "cell-4",
        "cell-5",
    ]
    figure, slider, talk, refused = book["cells"][1:]
    assert [cell["execution_count"] for cell in book["cells"][1:]] == [1, 2, 3, 4]
    assert figure["metadata"] == {}
    assert "image/png" in figure["outputs"][0]["data"]
    assert list(slider["outputs"][0]["data"]) == ["text/plain"]
    assert [output["text"] for output in talk["outputs"]] == [["0\n", "1\n", "2\n"]]
    assert refused["outputs"][0]["traceback"] == ["ValueError: wages must fall"]
    assert sorted(path.parent.iterdir()) == [path]


def kernels_of_this_process() -> set[int]:
    me = psutil.Process()
    return {
        child.pid
        for child in me.children(recursive=True)
        if any("ipykernel" in word for word in child.cmdline())
    }


def test_no_kernel_is_left_after_a_run(tmp_path: Path) -> None:
    before = kernels_of_this_process()
    path = notebook(tmp_path, code("1 + 1"))
    notebooks.executed(path)
    failing = notebook(tmp_path, code("1 / 0"))
    with pytest.raises(CourseError):
        notebooks.executed(failing)
    assert kernels_of_this_process() == before


def drawn(folder: Path, colours: list[str], sentence: str = "A map.") -> Path:
    """A notebook whose pictures are drawn by something outside the cell's source."""
    (folder / "drawing.py").write_text(
        "import base64, io\nfrom PIL import Image\nfrom IPython.display import display\n\n"
        f"def show(sentence={sentence!r}):\n    for colour in {colours}:\n"
        "        png = io.BytesIO()\n"
        "        Image.new('RGB', (2, 2), colour).save(png, 'PNG')\n"
        "        data = {'image/png': base64.b64encode(png.getvalue()).decode()}\n"
        "        display(data | {'text/plain': sentence}, raw=True)\n"
    )
    path = folder / "04_small.ipynb"
    return path if path.exists() else notebook(folder, code("from drawing import show\nshow()"))


def colours_of(text: str) -> list[tuple[int, ...]]:
    from PIL import Image

    outputs = notebooks.outputs_with_picture(json.loads(text)["cells"][0])
    pngs = [base64.b64decode(output["data"]["image/png"]) for output in outputs]
    return [Image.open(io.BytesIO(png)).getpixel((0, 0)) for png in pngs]


def test_a_stored_picture_stays_while_source_and_sentence_do(tmp_path: Path) -> None:
    red, blue = (255, 0, 0), (0, 0, 255)
    path = drawn(tmp_path, ["red", "red"])
    assert notebooks.store(path, notebooks.executed(path))

    drawn(tmp_path, ["blue", "blue"])  # as a new release of matplotlib would
    assert notebooks.is_stored(path, notebooks.executed(path))
    assert colours_of(notebooks.executed(path, redraw_pictures=True)) == [blue, blue]

    drawn(tmp_path, ["blue"] * 3)  # a picture more: the first two are the same
    assert colours_of(notebooks.executed(path)) == [red, red, blue]

    drawn(tmp_path, ["blue", "blue"], sentence="Another map.")
    assert colours_of(notebooks.executed(path)) == [blue, blue]

    drawn(tmp_path, ["blue", "blue"])  # the author has edited the cell since it was stored
    book = json.loads(path.read_text("utf-8"))
    book["cells"][0]["source"] = "from drawing import show\nshow()  # in other words"
    path.write_text(json.dumps(book), "utf-8")
    assert colours_of(notebooks.executed(path)) == [blue, blue]


def test_a_failing_cell_is_named_and_the_file_left_alone(tmp_path: Path) -> None:
    path = notebook(tmp_path, code("1 + 1"), code("wages = (3, 3)\n1 / 0"))
    before = path.read_bytes()
    sentence = (
        r"04_small\.ipynb stopped in code cell 2 \(it begins: wages = \(3, 3\)\): ZeroDivision"
    )
    with pytest.raises(CourseError, match=sentence):
        notebooks.executed(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_notebook(tmp_path: Path) -> None:
    path = tmp_path / "04_small.ipynb"
    path.write_text("<<<<<<< HEAD", encoding="utf-8")
    with pytest.raises(CourseError, match="not a notebook that can be read"):
        notebooks.read(path)


def test_copied_cells_get_names_of_their_own() -> None:
    cells = [{"id": "a"}, {"id": "a"}, {}, {"id": "cell-3"}]
    notebooks.name_cells(cells)
    assert [cell["id"] for cell in cells] == ["a", "cell-2", "cell-3a", "cell-3"]


def stored(**output: Any) -> dict[str, Any]:
    return {"metadata": {}, "cells": [code("show()", execution_count=3, outputs=[output])]}


@pytest.mark.parametrize("text", ["/Users/ada/x.csv", "in 'C:\\Users\\ada'", "see (/tmp/x)"])
def test_a_path_of_this_computer_is_refused(text: str, tmp_path: Path) -> None:
    book = stored(output_type="stream", name="stdout", text=text)
    with pytest.raises(CourseError, match="is a path of this computer"):
        notebooks.complain(book, tmp_path / "04_small.ipynb")


@pytest.mark.parametrize("text", ["people/homes", "https://example.org/home/x", "work/home"])
def test_other_slashes_are_not(text: str, tmp_path: Path) -> None:
    book = stored(output_type="stream", name="stdout", text=text)
    notebooks.complain(book, tmp_path / "04_small.ipynb")


def test_a_huge_picture_is_refused(tmp_path: Path) -> None:
    picture = base64.b64encode(bytes(notebooks.LARGEST_PICTURE + 10)).decode()
    book = stored(output_type="display_data", data={"image/png": picture}, metadata={})
    with pytest.raises(CourseError, match="the picture has 300 kB"):
        notebooks.complain(book, tmp_path / "04_small.ipynb")


def test_a_widget_alone_is_not_stored() -> None:
    view = {notebooks.WIDGET_VIEW: {"model_id": "1"}}
    book = stored(output_type="display_data", data=view, metadata={})
    notebooks.clean(book)
    assert book["cells"][0]["outputs"] == []


def test_a_picture_keeps_its_pixels_and_loses_its_texts() -> None:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    texts, png = PngInfo(), io.BytesIO()
    texts.add_text("Software", "some version")
    Image.new("RGB", (3, 2), "red").save(png, "PNG", pnginfo=texts, dpi=(144, 144))
    clean = base64.b64decode(notebooks.clean_png(base64.b64encode(png.getvalue()).decode()))
    picture = Image.open(io.BytesIO(clean))
    assert b"some version" not in clean
    assert picture.getpixel((2, 1)) == (255, 0, 0)
    assert picture.info["dpi"] == pytest.approx((144, 144), rel=1e-3)
