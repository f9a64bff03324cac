"""Starting a JupyterLab of the course's own: for `course lab`, the browser tests and the benchmark.

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
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from course_lib.cli.checkout import CourseError

HOST = "127.0.0.1"
#: JupyterLab's usual port, and how many above it are tried before any free one is taken.
USUAL_PORT, USUAL_PORTS = 8888, 50
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
NBGRADER_SERVER = tuple(
    f"nbgrader.server_extensions.{part}"
    for part in ("assignment_list", "course_list", "formgrader", "validate_assignment")
)
FORMGRADER = "/formgrader"
#: What a page of formgrader may load: its own files, and from elsewhere only what sets formulas.
#: Scripts in the page ('unsafe-inline') and words that become scripts ('unsafe-eval') are allowed
#: because nbgrader's own pages are made of them. So this does not keep a student's script from
#: running: only the cleaning in `course_lib.grading.safe_pages` does. This bounds what a page could
#: load and send.
FORMGRADER_LOADS = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' "
    "https://cdnjs.cloudflare.com; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data: https://cdnjs.cloudflare.com; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
#: A slow disk and a first start take their time; after this the server is given up.
STARTING_TAKES_AT_MOST = 120.0


@dataclass(frozen=True)
class Server:
    """A JupyterLab that answers.

    Attributes
    ----------
    port : int
        The port it listens on.
    token : str
        The password that is part of its addresses.
    process : subprocess.Popen
        The server's process.
    log : Path
        The file that holds what the server said, while it runs.
    alone : bool
        Whether its addresses show a notebook by itself, without the list of files.
    """

    port: int
    token: str
    process: subprocess.Popen[bytes]
    log: Path
    alone: bool = False

    @property
    def url(self) -> str:
        """The address of JupyterLab, with its token."""
        return self.address()

    def address(self, notebook: str | None = None) -> str:
        """The address that opens JupyterLab, on a notebook (its path under the root) if given."""
        return f"http://{HOST}:{self.port}{lab_page(notebook, self.alone)}?token={self.token}"

    @property
    def formgrader(self) -> str:
        """The address of nbgrader's formgrader, with its token."""
        return f"http://{HOST}:{self.port}{FORMGRADER}?token={self.token}"

    def words(self) -> str:
        """What the server has said so far."""
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
                raise CourseError(f"JupyterLab stopped while it was starting. {self._last_words()}")
            if time.monotonic() > give_up:
                raise CourseError(
                    f"JupyterLab did not answer within {timeout:.0f} seconds. {self._last_words()}"
                )
            time.sleep(0.05)

    def stop(self, patience: float = 10.0) -> None:
        """End the server and its kernels: politely, and if that does not help, at once."""
        # Asking works on every system; Windows knows no polite signal for a process.
        for insist in (lambda: self.ask("POST", "/api/shutdown"), self.process.terminate):
            if self.process.poll() is not None:
                return
            insist()
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                continue
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def _last_words(self) -> str:
        lines = [line for line in self.words().splitlines() if line.strip()][-5:]
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
    formgrader: bool = False,
    while_starting: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> Iterator[Server]:
    """A JupyterLab on a folder of notebooks, from when it answers until the block ends.

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
    formgrader : bool
        Whether it serves nbgrader's formgrader for the class in this folder, and nothing else: no
        JupyterLab, no terminals, no kernels.
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
        settings = server_settings(notebooks, notebook, port, open_browser)
        if style is not None:
            page = {"default_url": lab_page(notebook, alone=True)}
            settings["jupyter_server_config.json"]["ServerApp"] |= page
            settings["jupyter_lab_config.json"]["LabApp"] |= page | {"custom_css": True}
            (folder / "custom").mkdir()
            (folder / "custom" / "custom.css").write_text(style, encoding="utf-8")
        if formgrader:
            settings["jupyter_server_config.json"]["ServerApp"] |= formgrader_settings()
        write_configuration(folder, settings)
        log = folder / "server.log"
        with log.open("wb") as writing:
            process = subprocess.Popen(
                # -P: a student's file random.py or email.py beside the lessons is not Python's own.
                [sys.executable, "-P", "-m", "jupyter_server" if formgrader else "jupyterlab"],
                cwd=notebooks,
                env=server_environment(folder, token) | dict(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=subprocess.STDOUT,
            )
        server = Server(port, token, process, log, alone=style is not None)
        with ended_by_signals():
            try:
                with while_starting():
                    server.wait_until_it_answers()
                yield server
            finally:
                server.stop()


def lab_page(notebook: str | None = None, alone: bool = False) -> str:
    """The path of JupyterLab's page, opened on a notebook if given."""
    page = "/doc" if alone else "/lab"
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
    notebooks: Path, notebook: str | None, port: int, open_browser: bool
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
                "default_url": lab_page(notebook),
                "answer_yes": True,  # Ctrl+C stops the course without a question
                "allow_root": True,  # in a container everybody is root
                # A browser in a snap may not read the file through which Jupyter hands it the
                # address, and shows "access denied": there it gets the address itself.
                "use_redirect_file": not Path("/snap/bin").is_dir(),
                "jpserver_extensions": {name: False for name in NBGRADER_SERVER},
            }
        },
        "jupyter_lab_config.json": {"LabApp": {"default_url": lab_page(notebook)}},
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


def formgrader_settings() -> dict[str, Any]:
    """The settings in which the server of formgrader differs: it shows what strangers wrote."""
    extensions = dict.fromkeys(NBGRADER_SERVER, False) | {
        "nbgrader.server_extensions.formgrader": True,
        "jupyterlab": False,
        "notebook": False,
        "jupyter_server_terminals": False,
    }
    return {
        "default_url": FORMGRADER,
        "jpserver_extensions": extensions,
        "terminals_enabled": False,
        "kernel_manager_class": "course_lib.grading.refused.NoKernels",
        "tornado_settings": {"headers": {"Content-Security-Policy": FORMGRADER_LOADS}},
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
def ended_by_signals() -> Iterator[None]:
    """While inside, a closed window or a polite kill ends the block as Ctrl+C does."""
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    before = {}
    try:
        for number in (signal.SIGTERM, signal.SIGHUP):
            before[number] = signal.signal(number, _end)
    except ValueError:  # not in the main thread, where signals do not arrive anyway
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, frame: TracebackType | Any) -> None:
    raise SystemExit(128 + number)
