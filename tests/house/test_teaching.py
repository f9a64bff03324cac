"""The teacher's book: what it names exists, its answers are whole, and students get none of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "notebooks" / "TEACHING.md"


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="needs a git checkout"
)
def test_a_copy_for_students_holds_no_answers() -> None:
    """`git archive` obeys export-ignore, and so does a forge's ZIP."""
    paths = [
        "notebooks/TEACHING.md",
        "notebooks/exercises",
        "notebooks/04_gradient_transition.ipynb",
    ]
    asked = subprocess.run(
        ["git", "check-attr", "export-ignore", *paths],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = [line.rsplit(": ", 1)[1] for line in asked.stdout.splitlines()]
    assert found == ["set", "set", "unspecified"]


def test_no_page_for_students_links_the_book() -> None:
    pages = [path for path in BOOK.parent.glob("*.*") if path != BOOK and path.is_file()]
    assert [page.name for page in pages if "TEACHING.md" in page.read_text("utf-8")] == []
