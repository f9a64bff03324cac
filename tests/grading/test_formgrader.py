"""What a teacher opens: nothing of a student's runs there, and nothing is graded unprotected."""

from __future__ import annotations

import http.client
import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from html.parser import HTMLParser
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell
from traitlets.config import Config, PyFileConfigLoader

from course_lib.grading.class_folder import ClassFolder, nbgrader_config
from course_lib.grading.formgrader import formgrader_server
from course_lib.grading.refused import SENTENCE
from course_lib.grading.safe_pages import SafePage, make_safe
from course_lib.local_jupyter.server import HOST, Server
from tests.grading.classes import SET
from tests.grading.test_grade import all_files
from tests.grading.test_honest_work import png


@pytest.fixture(scope="module")
def marked(_graded: ClassFolder, tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    root = tmp_path_factory.mktemp("marked") / "class"
    shutil.copytree(_graded.root, root)
    return ClassFolder.at(root)


@pytest.fixture(scope="module")
def server(marked: ClassFolder) -> Iterator[Server]:
    with formgrader_server(marked.root) as running:
        yield running


def asked(server: Server, method: str, path: str, body: str | None = None) -> tuple[int, str, Any]:
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=60)) as connection:
        connection.request(method, path, body, headers={"Authorization": f"token {server.token}"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers


class Live(HTMLParser):
    """Whatever a browser would run or follow in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag in ("script", "style")
        self.found += [f"{name}={value}" for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script:
            self.found.append(data)


def attacks(page: str) -> list[str]:
    return [part for part in Live(page).found if "attack" in part]


def test_formgrader_shows_answers_and_runs_nothing_of_them(
    server: Server, marked: ClassFolder
) -> None:
    with marked.gradebook() as book:
        number = book.find_submission_notebook(SET, SET, "s002").id
    status, page, headers = asked(server, "GET", f"/formgrader/submissions/{number}/")
    assert status == 200
    assert "<mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>." in page
    assert "<b>bold</b>" in page
    assert "a plain word" in page
    assert attacks(page) == []
    copy = marked.graded(SET, "s002").read_text("utf-8")
    assert '"application/javascript"' not in copy
    assert '"image/svg+xml":' not in copy
    assert page.count('id="argument"') == 1  # the field for the mark, and no word of the student's
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    # Neither does the page ask anybody else for anything, nor may it.
    assert "http" not in headers["Content-Security-Policy"]
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//|@import|url\(["']?http""", page)
    assert "cdnjs" not in page
    assert page.index("MathJax = {Hub") < page.index("</head>")


def test_a_pasted_picture_is_shown_and_nothing_looks_like_a_button(
    server: Server, marked: ClassFolder
) -> None:
    path = marked.graded(SET, "s001")
    before = path.read_bytes()
    book = nbformat.read(path, 4)
    cell = next(one for one in book.cells if one.id == "argument")
    cell.source = "![x](attachment:image.png) <p class='full-credit'>words</p> ![y](attachment:no)"
    cell.attachments = {"image.png": {"image/png": png()}}
    path.chmod(0o644)
    nbformat.write(book, path)
    with marked.gradebook() as gradebook:
        number = gradebook.find_submission_notebook(SET, SET, "s001").id
    status, page, _ = asked(server, "GET", f"/formgrader/submissions/{number}/")
    path.write_bytes(before)
    assert status == 200
    assert f"data:image/png;base64,{png()}" in page
    assert "<p>words</p>" in page


def test_a_name_is_a_name_and_no_part_of_a_page(a_class: ClassFolder) -> None:
    text = "id,last name,first name\ns1,<img src=x onerror=attack()>,Tom &lt;b&gt; O'Neil\n"
    (a_class.root / "roster.csv").write_text(text, "utf-8")
    folder = ClassFolder.at(a_class.root)
    folder.enrol()
    with folder.gradebook() as book:
        student = book.find_student("s1")
    assert not set("<>&\"'") & set(student.last_name + student.first_name)


def test_the_first_page_is_formgrader(server: Server) -> None:
    assert server.url.startswith(f"http://{HOST}:{server.port}/formgrader?token=")
    status, _, headers = asked(server, "GET", "/")
    assert (status, headers["Location"]) == (302, "/formgrader?")
    status, page, _ = asked(server, "GET", "/formgrader/gradebook")
    assert status == 200
    assert "Manual Grading" in page


def test_the_server_of_formgrader_runs_no_code(server: Server) -> None:
    assert asked(server, "POST", "/api/terminals")[0] in (403, 404)
    status, words, _ = asked(server, "POST", "/api/kernels", "{}")
    assert status == 403
    assert "Nothing is run on this page" in words
    assert asked(server, "GET", "/lab")[0] == 404


def test_the_lightning_refuses_and_changes_nothing(server: Server, marked: ClassFolder) -> None:
    before = all_files(marked.autograded)
    _, words, _ = asked(server, "POST", f"/formgrader/api/submission/{SET}/s001/autograde")
    assert '"success": false' in words
    assert SENTENCE in words
    assert all_files(marked.autograded) == before


def test_old_class_folders_are_protected_too(marked: ClassFolder) -> None:
    path = marked.root / "nbgrader_config.py"
    path.write_text("# my own line\n", "utf-8")
    marked.protect()
    marked.protect()
    assert path.read_text("utf-8") == f"# my own line\n\n{nbgrader_config()}"
    config: Config = PyFileConfigLoader(path.name, str(marked.root)).load_config()
    assert str(config.Autograde.exporter_class).endswith("AutogradeRefused")


def test_what_a_template_copies_into_a_page_is_taken_out() -> None:
    bad = '"><script>attack()</script>'
    named = {"grade_id": bad, "grade": True, "solution": True, "points": 1}
    book = new_notebook(
        cells=[
            new_raw_cell(bad, metadata={"raw_mimetype": "text/html"}),
            new_code_cell("1", metadata={"nbgrader": named, "tags": [bad]}),
        ],
        metadata={"widgets": {"application/vnd.jupyter.widget-state+json": {"a": bad}}},
    )
    make_safe(book)
    page, _ = SafePage().from_notebook_node(book)
    assert attacks(page) == []
    assert "&lt;script&gt;attack()" in page
