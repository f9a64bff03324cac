from __future__ import annotations

from pathlib import Path

import pytest

from course_lib.files import create, replacing, write_atomically


def test_a_write_that_is_interrupted_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_atomically(path, b"old")

    def interrupted() -> None:
        with replacing(path) as temporary:
            temporary.write_bytes(b"ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 in (0o644, 0o666)  # Windows has no such bits


def test_a_new_file_replaces_none_and_is_not_left_half(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.html"
    create(path, b"mine")
    with pytest.raises(FileExistsError):
        create(path, b"another")
    assert path.read_bytes() == b"mine"
    with pytest.raises(TypeError):
        create(tmp_path / "b.html", "text")  # type: ignore[arg-type]
    assert not (tmp_path / "b.html").exists()
