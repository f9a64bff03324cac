"""A Jupyter server of the course's own: for `course lab`, formgrader, browser tests, benchmark.

The server gets a settings folder that is made for it and thrown away afterwards. So the course
opens in the same way on every computer: nothing in a user's own Jupyter configuration can stop it.
What a person has set in JupyterLab's settings editor (theme, font size, shortcuts) still holds.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

from course_lib.errors import CourseError

HOST = "127.0.0.1"
#: JupyterLab's page, and its page that shows a notebook without the list of files.
LAB, SINGLE_DOCUMENT = "/lab", "/doc"
#: JupyterLab's usual port, and how many above it are tried before any free one is taken.
USUAL_PORT, USUAL_PORTS = 8888, 50
#: Our own part of the page: alternative texts of stored pictures, and room on a phone.
EXTENSIONS = Path(__file__).parent / "labextensions"
#: Switches of Jupyter that would change where it looks for its settings, or what it listens on.
JUPYTER_SWITCHES = (
    "JUPYTER_NO_CONFIG",
    "JUPYTER_PLATFORM_DIRS",
    "JUPYTER_PORT",
    "JUPYTER_PORT_RETRIES",
    "JUPYTERLAB_DIR",
)
#: Of a person's own for other work, and in the way of a lesson: modules that hide the course's, a
#: backend that is not there, settings of all pictures.
SETTINGS_FOR_OTHER_WORK = ("PYTHONPATH", "MPLBACKEND", "MATPLOTLIBRC")
#: A teacher who has installed the extra "grading" sees the same course as a student: without
#: nbgrader's own menus, which take a second and a half to load.
NBGRADER_EXTENSIONS = tuple(
    f"nbgrader.server_extensions.{part}"
    for part in ("assignment_list", "course_list", "formgrader", "validate_assignment")
)
#: What Jupyter itself leaves out of its list of files.
HIDDEN_ANYWAY = ("__pycache__", "*.pyc", "*.pyo", ".DS_Store", "*~")
#: A slow disk and a first start take their time; after this the server is given up.
STARTING_TAKES_AT_MOST = 120.0


@dataclass(frozen=True)
class Server:
    """A Jupyter server that answers.

    Attributes
    ----------
    port : int
        The port it listens on.
    token : str
        The password that is part of its addresses.
    process : subprocess.Popen
        The server's process.
    log : Path
        The file with the server's output, while it runs.
    page : str
        The path of its first page.
    """

    port: int
    token: str
    process: subprocess.Popen[bytes]
    log: Path
    page: str = LAB

    @property
    def url(self) -> str:
        """The address of its first page, with the token."""
        return self.address()

    def address(self, notebook: str | None = None) -> str:
        """The address of the first page, with a notebook (its path under the root) if given."""
        return f"http://{HOST}:{self.port}{page_of(notebook, self.page)}?token={self.token}"

    def read_log(self) -> str:
        """The server's output so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def ask(self, method: str, path: str, timeout: float = 5.0) -> int | None:
        """The status of the server's answer to a request, or None if there is no answer."""
        # Not urllib.request: that would send a request to this very computer through a proxy.
        connection = http.client.HTTPConnection(HOST, self.port, timeout=timeout)
        try:
            connection.request(method, path, headers={"Authorization": f"token {self.token}"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def wait_until_it_answers(self, timeout: float = STARTING_TAKES_AT_MOST) -> None:
        """Return as soon as the server serves its page; a CourseError if it never does."""
        give_up = time.monotonic() + timeout
        while self.ask("GET", "/api/status") != http.HTTPStatus.OK:
            if self.process.poll() is not None:
                raise CourseError(f"JupyterLab stopped while it was starting. {self._last_lines()}")
            if time.monotonic() > give_up:
                raise CourseError(
                    f"JupyterLab did not answer within {timeout:.0f} seconds. {self._last_lines()}"
                )
            time.sleep(0.05)

    def stop(self, timeout: float = 10.0) -> None:
        """End the server and its kernels: politely, and if that does not help, at once."""
        # Asking works on every system; Windows knows no polite signal for a process.
        for insist in (lambda: self.ask("POST", "/api/shutdown"), self.process.terminate):
            if self.process.poll() is not None:
                return
            insist()
            try:
                self.process.wait(timeout)
            except subprocess.TimeoutExpired:
                continue
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def _last_lines(self) -> str:
        lines = [line for line in self.read_log().splitlines() if line.strip()][-5:]
        said = "It said:\n" + "\n".join(lines) if lines else "It said nothing."
        return f"{said}\nRun `uv run course doctor` to see what is missing."


@contextmanager
def jupyter_server(
    notebooks: Path,
    *,
    notebook: str | None = None,
    open_browser: bool = False,
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
    style: str | None = None,
    module: str = "jupyterlab",
    page: str = LAB,
    server_app: Mapping[str, Any] | None = None,
    hidden: Sequence[str] = (),
    while_starting: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> Iterator[Server]:
    """A Jupyter server on a folder of notebooks, from when it answers until the block ends.

    Parameters
    ----------
    notebooks : Path
        The folder that the file browser shows.
    notebook : str, optional
        The notebook that the server opens first: its path under the folder.
    open_browser : bool
        Whether the server opens a tab in the user's browser.
    port : int, optional
        The port to listen on; a free one unless given, for tests that run side by side.
    environment : mapping, optional
        What the server and its kernels find in their environment beside the caller's own.
    style : str, optional
        A style sheet (CSS). With one, the notebook is shown by itself, without the list of files.
    module : str
        The module that Python runs as the server.
    page : str
        The path of its first page.
    server_app : mapping, optional
        Configuration of the ServerApp in which it differs.
    hidden : sequence of str
        Names that the list of files leaves out.
    while_starting : callable
        Gives the context that is held while one has to wait, such as a spinner.

    Yields
    ------
    Server
        With `url`, `address(notebook)` and `log`.

    Raises
    ------
    CourseError
        If the server does not start.
    """
    with tempfile.TemporaryDirectory(prefix="course-jupyter-", ignore_cleanup_errors=True) as name:
        folder, token = Path(name), secrets.token_hex(24)
        port = port or free_port()
        if style is not None:
            page = SINGLE_DOCUMENT
        settings = server_settings(notebooks, page_of(notebook, page), port, open_browser)
        settings["jupyter_server_config.json"]["ServerApp"] |= dict(server_app or {})
        settings["jupyter_server_config.json"]["ContentsManager"] = {
            "hide_globs": [*HIDDEN_ANYWAY, *hidden]
        }
        if style is not None:
            settings["jupyter_lab_config.json"]["LabApp"]["custom_css"] = True
            tracker = settings["labconfig/default_setting_overrides.json"]
            tracker["@jupyterlab/notebook-extension:tracker"]["windowingMode"] = "none"
            (folder / "custom").mkdir()
            (folder / "custom" / "custom.css").write_text(style, encoding="utf-8")
        write_configuration(folder, settings)
        log = folder / "server.log"
        with log.open("wb") as writing:
            process = subprocess.Popen(
                # -P: a student's file random.py or email.py beside the lessons is not Python's own.
                [sys.executable, "-P", "-m", module],
                cwd=notebooks,
                env=server_environment(folder, token) | dict(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=subprocess.STDOUT,
            )
        server = Server(port, token, process, log, page)
        with signals_raise_exit():
            try:
                with while_starting():
                    server.wait_until_it_answers()
                yield server
            finally:
                server.stop()


def page_of(notebook: str | None = None, page: str = LAB) -> str:
    """The path of a page, opened on a notebook if given."""
    return page if notebook is None else f"{page}/tree/{quote(notebook)}"


def free_port(first: int | None = None) -> int:
    """A port that nobody listens on: `first` or one of the next, else any that is free."""
    usual = [] if first is None else range(first, min(first + USUAL_PORTS, 65536))
    for port in (*usual, 0):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as knock:
            if os.name == "posix":  # a port whose last connection has only just ended is free
                knock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                knock.bind((HOST, port))
            except OSError:
                continue
            return int(knock.getsockname()[1])
    raise CourseError("This computer has no free network port. Close some programs and try again.")


def server_settings(
    notebooks: Path, page: str, port: int, open_browser: bool
) -> dict[str, dict[str, Any]]:
    """The settings of the course's server: its configuration files by name."""
    return {
        "jupyter_server_config.json": {
            "ServerApp": {
                "root_dir": str(notebooks),
                "ip": HOST,
                "port": port,
                "port_retries": 0,  # the address is already known: another port would be a surprise
                "open_browser": open_browser,
                "default_url": page,
                "answer_yes": True,  # Ctrl+C stops the course without a question
                "allow_root": True,  # in a container everybody is root
                # A browser in a snap may not read the file through which Jupyter hands it the
                # address, and shows "access denied": there it gets the address itself.
                "use_redirect_file": not Path("/snap/bin").is_dir(),
                "jpserver_extensions": {name: False for name in NBGRADER_EXTENSIONS},
            }
        },
        "jupyter_lab_config.json": {
            "LabApp": {"default_url": page, "extra_labextensions_path": [str(EXTENSIONS)]}
        },
        "labconfig/page_config.json": {
            # This part asks at the first start whether it may fetch news, and looks for updates;
            # nothing less than leaving it out keeps it quiet (news_url does not).
            "disabledExtensions": {
                "@jupyterlab/apputils-extension:announcements": True,
                "@jupyter/nbgrader": True,
            },
            "buildAvailable": False,
            "buildCheck": False,
        },
        "labconfig/default_setting_overrides.json": {
            # A notebook that a student makes gets the course's Python without a question.
            "@jupyterlab/notebook-extension:tracker": {"autoStartDefaultKernel": True},
            # Glossary, bibliography and teaching guide open as pages, not as their source.
            "@jupyterlab/docmanager-extension:plugin": {
                "defaultViewers": {"markdown": "Markdown Preview"}
            },
        },
    }


def write_configuration(folder: Path, files: Mapping[str, Mapping[str, Any]]) -> None:
    """Write the server's settings where it will look for them."""
    for name, settings in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(settings, indent=2), encoding="utf-8")
    # Without this mark Jupyter would copy settings of ten years ago from the user's home.
    (folder / "migrated").write_text("", encoding="utf-8")


def server_environment(folder: Path, token: str) -> dict[str, str]:
    """The environment of the server: the caller's, but for where Jupyter finds its settings."""
    from jupyter_core.paths import jupyter_config_dir

    user = Path(jupyter_config_dir())
    left_out = {*JUPYTER_SWITCHES, *SETTINGS_FOR_OTHER_WORK}
    return {name: value for name, value in os.environ.items() if name not in left_out} | {
        "IPYTHONDIR": str(folder / "ipython"),  # without a person's start-up files
        "JUPYTER_CONFIG_DIR": str(folder),  # instead of the user's ...
        "JUPYTER_CONFIG_PATH": str(folder),  # ... and before what is set for this whole computer
        "JUPYTER_PREFER_ENV_PATH": "1",  # this Python's kernel and widgets, not the user's others
        "JUPYTER_TOKEN": token,
        # What a person has set in JupyterLab itself stays theirs; which tabs are open in the
        # course is the course's own affair.
        "JUPYTERLAB_SETTINGS_DIR": os.environ.get(
            "JUPYTERLAB_SETTINGS_DIR", str(user / "lab" / "user-settings")
        ),
        "JUPYTERLAB_WORKSPACES_DIR": str(user / "lab" / "workspaces-of-the-course"),
    }


@contextmanager
def signals_raise_exit() -> Iterator[None]:
    """While inside, SIGHUP and SIGTERM raise SystemExit, so that the block's clean-up runs."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    before = {}
    try:
        for signum in (signal.SIGTERM, signal.SIGHUP):
            before[signum] = signal.signal(signum, _exit)
    except ValueError:  # not in the main thread, where signals do not arrive anyway
        pass
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


def _exit(signum: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + signum)
