"""Is this computer ready for the course? Each look gives a finding: a sentence, and what to do."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib.local_jupyter.browser import find_browser

DISTRIBUTION = "regional-development-course"
OLDEST_PYTHON = (3, 11)
#: Ends with its command, so that an option can be added. Two lines, because no sign between two
#: commands means the same in bash, in PowerShell 5.1 and in cmd.
REINSTALL = (
    "In the folder of the course, run these two lines, one after the other:\n"
    "python -m pip install uv\nuv sync"
)
#: Seconds in which a kernel should have started and answered.
KERNEL_TAKES_AT_MOST = 60

#: Where the name under which Python imports a package is not the package's own.
IMPORT_NAMES = {"ipython": "IPython", "pillow": "PIL"}


@dataclass(frozen=True)
class Finding:
    """What one look at this computer found.

    Attributes
    ----------
    ok : bool
        Whether all is well.
    sentence : str
        What was found.
    advice : str
        What to do about it; empty if all is well.
    """

    ok: bool
    sentence: str
    advice: str = ""


def examine(checkout: Path) -> Iterator[Finding]:
    """All findings, one after the other: a slow one comes when it is done."""
    yield check_python(sys.version_info[:3])
    yield check_packages(requirements())
    yield check_course(Path(__file__).resolve().parents[2], checkout)
    yield check_widgets(labextension_folders())
    yield check_shadows(checkout / "notebooks")
    yield check_kernel(answer_of_a_kernel)
    yield check_write_access(checkout / "notebooks")
    yield check_data(table_loaders)
    yield check_browser(find_browser() is not None or default_browser())


# --- Python and its packages


def check_python(version: tuple[int, ...]) -> Finding:
    """Whether Python is new enough."""
    name = ".".join(str(part) for part in version)
    oldest = ".".join(str(part) for part in OLDEST_PYTHON)
    if version >= OLDEST_PYTHON:
        return Finding(True, f"Python {name} is new enough.")
    return Finding(
        False,
        f"Python {name} is too old: the course needs {oldest} or newer.",
        "Run these two lines, one after the other (uv brings a newer Python of its own):\n"
        "python -m pip install uv\nuv run course lab",
    )


def requirements() -> list[str]:
    """What a lesson needs, as the course's own package declares it, without the extras."""
    try:
        declared = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return [line for line in declared if "extra ==" not in line]


def check_packages(
    needed: Iterable[str],
    version_of: Callable[[str], str] = importlib.metadata.version,
    import_module: Callable[[str], object] = importlib.import_module,
) -> Finding:
    """Whether every package that a lesson needs is there, works and is new enough."""
    from packaging.requirements import Requirement

    wrong, right = [], []
    for requirement in map(Requirement, needed):
        if requirement.marker and not requirement.marker.evaluate():
            continue
        name = requirement.name
        try:
            version = version_of(name)
            import_module(IMPORT_NAMES.get(name, name.replace("-", "_")))
        except importlib.metadata.PackageNotFoundError:
            wrong.append(f"{name} is missing")
        except Exception as error:  # a broken package can fail in any way at all
            wrong.append(f"{name} does not load ({type(error).__name__}: {error})")
        else:
            right.append(f"{name} {version}")
            if not requirement.specifier.contains(version, prereleases=True):
                wrong.append(f"{name} {version} is not {requirement.specifier}")
    if wrong:
        return Finding(False, f"Some packages are not as needed: {'; '.join(wrong)}.", REINSTALL)
    if not right:
        return Finding(False, "The course itself is not installed in this Python.", REINSTALL)
    return Finding(True, f"All packages are there: {', '.join(right)}.")


def check_course(library: Path, checkout: Path) -> Finding:
    """Whether the notebooks here use the library that lies beside them."""
    if library == checkout or not (checkout / "pyproject.toml").is_file():
        return Finding(True, f"The course is in {checkout}.")
    return Finding(
        False,
        f"The notebooks are in {checkout}, but the library they use is in {library}.",
        f"Go to {checkout} and start the course there, with: uv run course lab",
    )


def labextension_folders() -> list[Path]:
    """Where JupyterLab looks for additions."""
    from jupyter_core.paths import jupyter_path

    return [Path(folder) for folder in jupyter_path("labextensions")]


def check_widgets(folders: Iterable[Path]) -> Finding:
    """Whether JupyterLab can show sliders and buttons."""
    if any((folder / "@jupyter-widgets" / "jupyterlab-manager").is_dir() for folder in folders):
        return Finding(True, "JupyterLab can show sliders and buttons.")
    return Finding(
        False,
        "JupyterLab lacks the part that shows sliders and buttons, so no lab would appear.",
        f"{REINSTALL} --reinstall-package jupyterlab-widgets",
    )


def check_shadows(folder: Path) -> Finding:
    """Whether a file beside the lessons has the name of a package that they import."""
    packages = {IMPORT_NAMES.get(name, name) for name in map(requirement_name, requirements())}
    hidden = {*packages, "course_lib"}
    found = [one.name for one in sorted(folder.glob("*")) if one.stem in hidden]
    if not found:
        return Finding(True, "No file beside the lessons hides a package that they need.")
    return Finding(
        False,
        f"In {folder}, {', '.join(found)} has the name of a package that the lessons need: Python "
        "would read your file in its place.",
        "Give your file another name, then restart the kernel (menu Kernel).",
    )


def requirement_name(line: str) -> str:
    """The package's name in a line such as ``numpy>=1.26``."""
    from packaging.requirements import Requirement

    return Requirement(line).name


# --- the kernel


def answer_of_a_kernel() -> str:
    """What a new kernel says to 1+1."""
    import subprocess

    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import KernelManager

    manager = KernelManager(
        kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[])
    )
    said: list[str] = []

    def listen(message: dict) -> None:
        if message["msg_type"] == "execute_result":
            said.append(message["content"]["data"]["text/plain"])

    manager.start_kernel(stderr=subprocess.DEVNULL)
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=KERNEL_TAKES_AT_MOST)
        client.execute_interactive("1+1", timeout=KERNEL_TAKES_AT_MOST, output_hook=listen)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return "".join(said)


def start_up_files() -> list[str]:
    """A person's own files that IPython runs before every notebook."""
    home = Path(os.environ.get("IPYTHONDIR") or Path.home() / ".ipython")
    files = sorted((home / "profile_default" / "startup").glob("*"))
    return [str(file) for file in files if file.suffix in (".py", ".ipy")]


def check_kernel(ask: Callable[[], str]) -> Finding:
    """Whether a kernel starts and calculates."""
    trouble = "A security program or a full disk may be in the way. Restart the computer; " + (
        "if that does not help, " + REINSTALL[0].lower() + REINSTALL[1:]
    )
    try:
        answer = ask()
    except Exception as error:  # whatever it is, the reader gets a sentence
        what = str(error).strip() or type(error).__name__
        if files := start_up_files():
            trouble = (
                f"Before each notebook, Python runs your own {', '.join(files)}. Move them to "
                "another folder and try again.\n" + trouble
            )
        return Finding(False, f"Python did not start inside a notebook ({what}).", trouble)
    if answer == "2":
        return Finding(True, "Python starts inside a notebook, and 1+1 is 2 there.")
    said = answer or "nothing"
    return Finding(False, f"Python inside a notebook answers {said} to 1+1.", trouble)


# --- folders and files


def check_write_access(folder: Path) -> Finding:
    """Whether a student's work can be saved beside the notebooks."""
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".course-doctor-"):
            pass
    except OSError as error:
        return Finding(
            False,
            f"Nothing can be saved in {folder} ({error.strerror or error}).",
            "Copy the course to a folder of your own, such as Documents, and start it there.",
        )
    return Finding(True, f"Your work can be saved in {folder}.")


def table_loaders() -> dict[str, Callable[[], object]]:
    """The functions that load the course's tables, by name."""
    from course_lib import datasets

    other = {"check_files", "describe"}
    names = [name for name in datasets.__all__ if name.islower() and name not in other]
    return {name: getattr(datasets, name) for name in names}


def check_data(loaders: Callable[[], dict[str, Callable[[], object]]]) -> Finding:
    """Whether every table of figures is there, byte for byte."""
    wrong, right = [], 0
    try:
        tables = loaders()
    except Exception as error:
        return Finding(False, f"The figures cannot be loaded ({error}).", REINSTALL)
    for load in tables.values():
        try:
            load()
        except Exception as error:  # the loaders' own sentences say how to get a file back
            wrong.append(str(error))
        else:
            right += 1
    if wrong:
        return Finding(
            False,
            f"{len(wrong)} of {len(tables)} tables of figures cannot be used.",
            "\n".join(dict.fromkeys(wrong)),
        )
    return Finding(True, f"All {right} tables of figures are whole.")


# --- the browser


def default_browser() -> bool:
    """Whether the system knows a browser to open."""
    try:
        webbrowser.get(os.environ.get("BROWSER") or None)
    except webbrowser.Error:
        return False
    return True


def check_browser(found: bool) -> Finding:
    """Whether there is a browser to work in."""
    if found:
        return Finding(True, "There is a browser to work in.")
    return Finding(
        False,
        "No browser was found, and the course is shown in one.",
        "Install Firefox or Chrome. On a computer without a screen, run "
        "`uv run course lab --no-browser` and open the address that it shows from another one.",
    )
