"""A real JupyterHub on this computer, for a test with two students and a measurement with ten.

    uv run --group test python -m tests.site.hub 10

says how much memory so many students need who all have run lesson 04.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import psutil
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from course_lib.local_jupyter.server import free_port

ROOT = Path(__file__).parents[2]
TOKEN = "of-this-test-alone"
#: Students are folders and not accounts of this computer, and anybody may come in.
SETTINGS = """
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///:memory:"
c.JupyterHub.cookie_secret_file = "{folder}/secret"
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/home/{{username}}"
c.Spawner.cmd = ["jupyterhub-singleuser", "--allow-root"]
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = c.Spawner.http_timeout = 120
c.ConfigurableHTTPProxy.command = ["{proxy}"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.pid_file = "{folder}/proxy.pid"
c.JupyterHub.services = [{{"name": "test", "api_token": "{token}"}}]
c.JupyterHub.load_roles = [{{
    "name": "test", "services": ["test"],
    "scopes": ["admin:users", "admin:servers", "access:servers"],
}}]
"""


@dataclass(frozen=True)
class Hub:
    """A hub that runs, its folder, and its process."""

    address: str
    folder: Path
    process: psutil.Process

    def ask(self, path: str, data: Any = None, method: str | None = None) -> str:
        """What an address of the hub answers to whoever has the test's token."""
        content = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.address + path, content, method=method)
        request.add_header("Authorization", f"token {TOKEN}")
        with urllib.request.urlopen(request, timeout=120) as answer:
            return str(answer.read().decode())

    def enter(self, student: str) -> Student:
        """A student logs in for the first time: her own server starts."""
        (self.folder / "home" / student).mkdir(parents=True)
        self.ask(f"hub/api/users/{student}", method="POST")
        self.ask(f"hub/api/users/{student}/server", method="POST")
        until = time.monotonic() + 120
        while (
            not json.loads(self.ask(f"hub/api/users/{student}"))["servers"].get("", {}).get("ready")
        ):
            assert time.monotonic() < until, f"the server of {student} does not start"
            time.sleep(0.2)
        return Student(self, student)

    def memory(self) -> float:
        """Megabytes of the hub and all that it has started; what is shared counts once."""
        megabytes = 0.0
        for process in [self.process, *self.process.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                megabytes += process.memory_full_info().pss / 1e6
        return megabytes


@dataclass(frozen=True)
class Student:
    """A student who has entered the hub."""

    hub: Hub
    name: str

    @property
    def home(self) -> Path:
        return self.hub.folder / "home" / self.name

    def pull(self, repository: Path) -> str:
        """Open nbgitpuller's link: a first copy, or what is new; give what it says."""
        asked = {"repo": str(repository), "branch": "main", "targetpath": "course"}
        address = f"user/{self.name}/git-pull/api?{urllib.parse.urlencode(asked)}"
        return self.hub.ask(address)

    def run(self, notebook: Path) -> list[str]:
        """Run all cells in a kernel of hers; give the errors."""
        lesson = nbformat.read(notebook, as_version=4)
        codes = [cell.source for cell in lesson.cells if cell.cell_type == "code"]
        place = notebook.relative_to(self.home).as_posix()
        session = {"path": place, "type": "notebook", "name": "", "kernel": {"name": "python3"}}
        opened = self.hub.ask(f"user/{self.name}/api/sessions", session, "POST")
        kernel = json.loads(opened)["kernel"]["id"]
        # In a thread of its own: a browser that another test has opened holds this one's loop.
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(asyncio.run, self._run(kernel, codes)).result()

    async def _run(self, kernel: str, codes: list[str]) -> list[str]:
        address = self.hub.address.replace("http", "ws", 1)
        address += f"user/{self.name}/api/kernels/{kernel}/channels"
        request = HTTPRequest(address, headers={"Authorization": f"token {TOKEN}"})
        errors = []
        channel = await websocket_connect(request, max_message_size=10**9)
        for code in codes:
            asked = uuid.uuid4().hex
            header = {"msg_id": asked, "msg_type": "execute_request", "version": "5.3"}
            header |= {"username": self.name, "session": kernel}
            content = {"code": code, "silent": False, "store_history": True}
            content |= {"allow_stdin": False, "stop_on_error": False, "user_expressions": {}}
            message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
            await channel.write_message(json.dumps(message | {"channel": "shell"}))
            while True:
                answer = await asyncio.wait_for(channel.read_message(), 120)
                if not isinstance(answer, str):
                    continue  # a picture of a widget, in bytes
                got = json.loads(answer)
                if got["parent_header"].get("msg_id") != asked:
                    continue
                if got["msg_type"] == "error":
                    errors.append(f"{got['content']['ename']}: {got['content']['evalue']}")
                if got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
                    break
        channel.close()
        return errors


@contextmanager
def running_hub(folder: Path) -> Iterator[Hub]:
    """A hub in an environment of its own, in which the course is installed once for all."""
    npm = shutil.which("npm")
    if npm is None:
        raise OSError("JupyterHub's proxy needs Node, which is not installed")
    proxy = folder / "node_modules" / ".bin" / "configurable-http-proxy"
    command = [npm, "install", "--silent", "--prefix", str(folder), "configurable-http-proxy@5"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    ports = {"port": free_port(), "hub_port": free_port(), "proxy_port": free_port()}
    settings = folder / "jupyterhub_config.py"
    settings.write_text(SETTINGS.format(folder=folder, proxy=proxy, token=TOKEN, **ports))
    command = [os.environ.get("UV", "uv"), "run", "-q", "--isolated", "--project", str(ROOT)]
    command += ["--with", "jupyterhub>=5.2", "--with", "nbgitpuller>=1.2"]
    with (folder / "log").open("w") as log:
        started = subprocess.Popen(
            [*command, "jupyterhub", "--config", str(settings)],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            hub = Hub(f"http://127.0.0.1:{ports['port']}/", folder, psutil.Process(started.pid))
            _wait_for(hub, started)
            yield hub
        finally:
            family = [*hub.process.children(recursive=True), hub.process]
            for end in (psutil.Process.terminate, psutil.Process.kill):
                for process in family:
                    with suppress(psutil.NoSuchProcess):
                        end(process)
                psutil.wait_procs(family, timeout=3)
            started.wait()


def _wait_for(hub: Hub, started: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while True:
        with suppress(urllib.error.URLError, ConnectionError):
            hub.ask("hub/api/")
            return
        if started.poll() is not None or time.monotonic() > until:
            raise OSError(f"no hub started: {(hub.folder / 'log').read_text()[-600:]}")
        time.sleep(0.3)


def repository_of_lessons(folder: Path) -> Path:
    """A repository that holds the lessons, as a student's link names it."""
    shutil.copytree(
        ROOT / "notebooks", folder, ignore=shutil.ignore_patterns("exercises", ".*", "my_*")
    )
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "Lessons")


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=A teacher", "-c", "user.email=teacher@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True)


def main(students: int) -> None:
    """Print the memory of a hub on which so many students have run lesson 04."""
    with TemporaryDirectory() as name, running_hub(Path(name)) as hub:
        repository = repository_of_lessons(Path(name) / "lessons")
        empty, before = hub.memory(), psutil.virtual_memory().available / 1e6
        print(f"hub alone: {empty:.0f} MB", flush=True)
        for number in range(students):
            student = hub.enter(f"s{number}")
            student.pull(repository)
            alone = hub.memory()
            errors = student.run(student.home / "course" / "04_gradient_transition.ipynb")
            print(
                f"student {number + 1}: {alone:.0f} MB with her server, {hub.memory():.0f} MB with "
                f"lesson 04 run, errors {errors}",
                flush=True,
            )
        each = (hub.memory() - empty) / students
        taken = (before - psutil.virtual_memory().available / 1e6) / students
        print(f"{each:.0f} MB a student ({taken:.0f} MB of the computer's free memory)")


if __name__ == "__main__":
    main(int(sys.argv[1]))
