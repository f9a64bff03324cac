from __future__ import annotations

import json
import os
import signal
import socket
import sys
import urllib.request
from pathlib import Path

import pytest

from course_lib.errors import CourseError
from course_lib.local_jupyter import server as jupyter


def test_a_port_that_is_taken_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind((jupyter.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert jupyter.free_port(port) != port
    assert jupyter.free_port() > 0


def test_the_users_own_configuration_is_out_of_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "of the user"))
    monkeypatch.setenv("JUPYTER_PORT", "1")
    for name in ("PYTHONPATH", "MPLBACKEND", "MATPLOTLIBRC", "IPYTHONDIR"):
        monkeypatch.setenv(name, "of the user")
    monkeypatch.delenv("JUPYTERLAB_SETTINGS_DIR", raising=False)
    monkeypatch.delenv("JUPYTER_NO_CONFIG", raising=False)
    environment = jupyter.server_environment(tmp_path / "ours", "secret")
    assert environment["JUPYTER_CONFIG_DIR"] == str(tmp_path / "ours")
    assert environment["JUPYTER_CONFIG_PATH"] == str(tmp_path / "ours")
    assert "JUPYTER_PORT" not in environment
    # Start-up files, other modules, a backend: settings of a person's other work
    assert environment["IPYTHONDIR"] == str(tmp_path / "ours" / "ipython")
    assert not {"PYTHONPATH", "MPLBACKEND", "MATPLOTLIBRC"} & set(environment)
    # ... but the theme that the user chose stays
    settings = Path(environment["JUPYTERLAB_SETTINGS_DIR"])
    assert settings == tmp_path / "of the user" / "lab" / "user-settings"


def test_the_browser_tab_opens_on_the_notebook() -> None:
    assert jupyter.page_of() == "/lab"
    assert jupyter.page_of("exercises/04 x.ipynb") == "/lab/tree/exercises/04%20x.ipynb"


def test_a_server_answers_and_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A user's configuration that would stop any other JupyterLab
    broken = tmp_path / "config"
    broken.mkdir()
    (broken / "jupyter_server_config.py").write_text("raise SystemExit('stopped by the user')")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(broken))
    monkeypatch.delenv("JUPYTER_NO_CONFIG", raising=False)
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    (notebooks / "00_start_here.ipynb").touch()
    (notebooks / "email.py").write_text("raise SystemExit('a file of the student')")

    handlers = signal.getsignal(signal.SIGTERM)
    with jupyter.jupyter_server(notebooks, notebook="00_start_here.ipynb") as server:
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        page = direct.open(server.address("00_start_here.ipynb"), timeout=20).read().decode()
        start = page.index('<script id="jupyter-config-data"')
        config = json.loads(page[page.index("{", start) : page.index("</script>", start)])
        listing = direct.open(server.url.replace("/lab?", "/api/contents?"), timeout=20).read()
        log = server.log
        assert server.ask("GET", "/api/kernels") == 200
    assert "@jupyterlab/apputils-extension:announcements" in config["disabledExtensions"]
    assert config["buildCheck"] is False
    listed = {entry["name"] for entry in json.loads(listing)["content"]}
    assert listed == {"00_start_here.ipynb", "email.py"}
    assert server.process.poll() is not None
    assert server.ask("GET", "/api/status") is None
    assert not log.exists()
    assert signal.getsignal(signal.SIGTERM) == handlers
    assert {p.name for p in notebooks.iterdir()} == {"00_start_here.ipynb", "email.py"}


def test_a_server_that_does_not_start_leaves_its_last_words(tmp_path: Path) -> None:
    (tmp_path / "jupyterlab.py").write_text("raise SystemExit('no room on the disk')")
    with (
        pytest.raises(CourseError, match=r"(?s)no room on the disk.*course doctor"),
        jupyter.jupyter_server(tmp_path, environment={"PYTHONPATH": str(tmp_path)}),
    ):
        pass


def test_a_server_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jupyterlab.py").write_text("import time; time.sleep(60)")
    monkeypatch.setattr(jupyter.Server.wait_until_it_answers, "__defaults__", (0.3,))
    with (
        pytest.raises(CourseError, match="did not answer"),
        jupyter.jupyter_server(tmp_path, environment={"PYTHONPATH": str(tmp_path)}),
    ):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_polite_kill_ends_the_block() -> None:
    with pytest.raises(SystemExit, match="143"), jupyter.signals_raise_exit():
        os.kill(os.getpid(), signal.SIGTERM)


def test_the_list_of_files_leaves_out_what_is_hidden(tmp_path: Path) -> None:
    for name in ("exercises", "practice", "__pycache__"):
        (tmp_path / name).mkdir()
    (tmp_path / "TEACHING.md").write_text("Answers", "utf-8")
    with jupyter.jupyter_server(tmp_path, hidden=("exercises", "TEACHING.md")) as server:
        address = f"http://{jupyter.HOST}:{server.port}/api/contents/?token={server.token}"
        with urllib.request.urlopen(address) as answer:
            listed = {item["name"] for item in json.load(answer)["content"]}
    assert listed == {"practice"}
