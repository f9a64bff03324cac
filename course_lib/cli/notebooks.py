"""Executing the notebooks and storing them cleanly: the same bytes whenever nothing changed.

A stored notebook can be read where no kernel runs, and strict nbval compares its outputs. So
whatever differs from one run or one computer to the next is left out before it is stored: the
random names of live widgets, times, versions, tracebacks, the text inside pictures.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course_lib.errors import CourseError
from course_lib.files import write_atomically
from course_lib.local_jupyter.kernels import kernel_environment

#: A picture larger than this makes a notebook slow to open and the project slow to clone.
LARGEST_PICTURE = 300_000
#: Seconds a single cell may take.
CELL_TAKES_AT_MOST = 300

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    # Without the version: it differs from one computer to the next.
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
#: What editors leave behind about themselves, in a notebook's metadata and in a cell's.
TRACES = {"widgets", "signature", "toc", "vscode", "interpreter", "colab", "accelerator"}
CELL_TRACES = {"execution", "ExecuteTime", "vscode", "colab", "outputId", "trusted", "collapsed"}

#: The name in an output's metadata of the digest of the source that drew its picture.
DRAWN_FROM = "drawn_from"

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
#: How paths of this computer look in an output: they mean nothing on another one.
OWN_PATH = re.compile(r"(?:^|[\s'\"(=\[])((?:/(?:home|Users|root|tmp|work)/|[A-Z]:\\)[^\s'\")\]]*)")

Notebook = dict[str, Any]
#: Is told the index of the cell that has just run, and how many cells there are.
OnCell = Callable[[int, int], None]


def no_matter(index: int, cells: int) -> None:
    """For whoever does not ask how far a run is."""


def executed(notebook: Path, on_cell: OnCell = no_matter, *, redraw_pictures: bool = False) -> str:
    """The text of the notebook's file after a clean run, without storing it.

    Parameters
    ----------
    notebook : Path
        The notebook's file.
    on_cell : callable
        Is told the index of each cell that has run and how many there are, for a progress bar.
    redraw_pictures : bool
        Whether every picture is stored anew. Otherwise the stored one stays where the cell's
        source and the picture's sentence are the same.

    Raises
    ------
    CourseError
        If a cell fails that is not tagged `raises-exception`, or leaves something that cannot be
        stored: a path of this computer or a picture that is too large.
    """
    before = read(notebook)
    book = run(before, notebook, on_cell)
    clean(book)
    keep_pictures(before, book, redraw=redraw_pictures)
    complain(book, notebook)
    return written(book)


def is_stored(notebook: Path, text: str) -> bool:
    """Whether the notebook's file is this text already, byte for byte."""
    return notebook.read_bytes() == text.encode("utf-8")


def store(notebook: Path, text: str) -> bool:
    """Replace the notebook's file if its text changed; say whether it did."""
    if is_stored(notebook, text):
        return False
    write_atomically(notebook, text.encode())
    return True


def read(notebook: Path) -> Notebook:
    """The notebook's content, with a name for each cell."""
    try:
        book: Notebook = json.loads(notebook.read_text(encoding="utf-8"))
        cells = book["cells"]
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(
            f"{notebook.name} is not a notebook that can be read. Open it in JupyterLab, or get "
            f"it back with `git checkout -- {notebook.name}` in its folder."
        ) from error
    book.update(nbformat=4, nbformat_minor=5)
    name_cells(cells)
    return book


def name_cells(cells: list[dict[str, Any]]) -> None:
    """Give each cell without a name, or with another's, one that stays the same for ever."""
    taken: set[str] = set()
    own = {cell.get("id") for cell in cells}
    for number, cell in enumerate(cells, start=1):
        name = cell.get("id")
        if not name or name in taken:
            candidates = (
                f"cell-{number}{letter}" for letter in ("", *"abcdefghijklmnopqrstuvwxyz")
            )
            cell["id"] = name = next(c for c in candidates if c not in own | taken)
        taken.add(name)


def run(book: Notebook, notebook: Path, on_cell: OnCell = no_matter) -> Notebook:
    """The notebook after all its cells ran in a new kernel of this very Python."""
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    node = nbformat.reads(json.dumps(book), as_version=4)
    at = 0

    def now_at(cell: Any, cell_index: int) -> None:
        nonlocal at
        at = cell_index

    client = NotebookClient(
        node,
        # No kernel folders: what is left is the kernel of the Python that runs this.
        km=AsyncKernelManager(
            kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[])
        ),
        timeout=CELL_TAKES_AT_MOST,
        resources={"metadata": {"path": str(notebook.parent)}},
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        on_cell_start=now_at,
        on_cell_complete=lambda cell, cell_index: on_cell(cell_index, len(node.cells)),
    )
    with kernel_environment() as environment:
        try:
            # What a kernel says on its own account is for those who develop kernels. With a kernel
            # manager of the caller's own, nbclient shuts the kernel down only if told to.
            client.execute(cleanup_kc=True, env=environment, stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            raise failure(notebook, node.cells, at, f"{error.ename}: {error.evalue}") from None
        except CellTimeoutError:
            took = f"it took longer than {CELL_TAKES_AT_MOST} seconds"
            raise failure(notebook, node.cells, at, took) from None
        except DeadKernelError:
            raise failure(notebook, node.cells, at, "the kernel died") from None
    result: Notebook = json.loads(json.dumps(node))
    return result


def failure(
    notebook: Path, cells: list[dict[str, Any]], index: int, what: str, lead: str = "stopped in"
) -> CourseError:
    """The sentence that names the notebook and the cell where something went wrong."""
    source = cells[index]["source"].strip().splitlines() or [""]
    number = sum(cell["cell_type"] == "code" for cell in cells[: index + 1])
    return CourseError(
        f"{notebook.parent.name}/{notebook.name} {lead} code cell {number} "
        f"(it begins: {source[0]}): {what}"
    )


def clean(book: Notebook) -> None:
    """Leave out, in place, whatever differs from one run or computer to the next."""
    kept = {name: value for name, value in book["metadata"].items() if name not in TRACES}
    book["metadata"] = kept | METADATA
    count = 0
    for cell in book["cells"]:
        cell["metadata"] = {k: v for k, v in cell["metadata"].items() if k not in CELL_TRACES}
        if cell["cell_type"] != "code":
            continue
        cell["outputs"] = [stored for out in cell["outputs"] if (stored := clean_output(out))]
        if cell["execution_count"] is not None:
            count += 1
            cell["execution_count"] = count
        for output in cell["outputs"]:
            if output["output_type"] == "execute_result":
                output["execution_count"] = count


def clean_output(output: dict[str, Any]) -> dict[str, Any] | None:
    """The output as it is stored, or None if only a live kernel can show it."""
    if output["output_type"] == "error":
        # The frames hold paths and colours; what the error says is what a reader needs.
        return output | {"traceback": [f"{output['ename']}: {output['evalue']}"]}
    if "data" not in output:
        return output
    data = {mime: value for mime, value in output["data"].items() if mime != WIDGET_VIEW}
    if "image/png" in data:
        data["image/png"] = clean_png(data["image/png"])
    return output | {"data": data} if data else None


def keep_pictures(before: Notebook, book: Notebook, *, redraw: bool = False) -> None:
    """Put the stored PNG back, in place, where neither source nor sentence has changed.

    A new release of matplotlib or FreeType moves single pixels of every picture, and each of them
    would stay in the history of the repository for ever. No test compares pictures; what one shows
    is said by the sentence beside it (text/plain). A picture carries a digest of the source that
    drew it: the source in the file may have been edited since.
    """
    stored = {cell["id"]: cell for cell in before["cells"]}
    for cell in book["cells"]:
        digest = hashlib.sha256(joined(cell["source"]).encode()).hexdigest()[:12]
        new = outputs_with_picture(cell)
        for output in new:
            output["metadata"][DRAWN_FROM] = digest
        old = outputs_with_picture(stored.get(cell["id"], {}))
        for one, output in [] if redraw else zip(old, new, strict=False):
            if same_picture(one, output):
                output["data"]["image/png"] = clean_png(joined(one["data"]["image/png"]))


def outputs_with_picture(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """A cell's outputs that have a picture, in their order."""
    return [out for out in cell.get("outputs", []) if "image/png" in out.get("data", {})]


def same_picture(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two outputs were drawn by the same source and say the same sentence."""
    said, says = (joined(output["data"].get("text/plain", "")) for output in (one, other))
    return said == says and one["metadata"].get(DRAWN_FROM) == other["metadata"][DRAWN_FROM]


def joined(text: str | list[str]) -> str:
    """A text that nbformat may have stored as a list of lines."""
    return text if isinstance(text, str) else "".join(text)


def clean_png(encoded: str) -> str:
    """A picture in base64 without the texts in it (which version drew it, and when)."""
    png = base64.b64decode(encoded)
    kept, at = [png[:8]], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, end = png[at + 4 : at + 8], at + 12 + length
        if kind not in (b"tEXt", b"zTXt", b"iTXt", b"tIME"):
            kept.append(png[at:end])
        at = end
    return base64.b64encode(b"".join(kept)).decode("ascii")


def complain(book: Notebook, notebook: Path) -> None:
    """Refuse what should not be stored: paths of this computer, pictures that are too large."""
    for index, cell in enumerate(book["cells"]):
        for output in cell.get("outputs", []):
            for text in texts(output):
                if path := OWN_PATH.search(text):
                    what = f"{path[1]} is a path of this computer. Show the file's name alone."
                    raise failure(
                        notebook, book["cells"], index, what, "cannot be stored as it is:"
                    )
            size = len(output.get("data", {}).get("image/png", "")) * 3 // 4
            if size > LARGEST_PICTURE:
                what = (
                    f"the picture has {size // 1000} kB; over {LARGEST_PICTURE // 1000} kB it "
                    "makes the notebook slow to open. Draw it smaller or with fewer points."
                )
                raise failure(notebook, book["cells"], index, what, "cannot be stored as it is:")


def texts(output: dict[str, Any]) -> list[str]:
    """Everything in an output that a person reads as text."""
    data = output.get("data", {})
    parts = [value for mime, value in data.items() if not mime.startswith("image/")]
    parts += [output.get("text", ""), output.get("evalue", "")]
    return [joined(part) if isinstance(part, list) else str(part) for part in parts]


def written(book: Notebook) -> str:
    """The text of a notebook's file, laid out as JupyterLab does it."""
    import nbformat

    text = nbformat.writes(nbformat.from_dict(book), version=4)
    return text if text.endswith("\n") else text + "\n"
