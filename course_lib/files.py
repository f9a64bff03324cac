"""Writing files that are there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside a file, whose place it takes when the block ends without an error.

    Parameters
    ----------
    path : Path
        The file to be made or replaced; its folder must be there.

    Yields
    ------
    Path
        What to write to.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())  # before the rename: a crash must not leave an empty file
        temporary.chmod(0o644)  # mkstemp lets nobody else read
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file, and its folders: at every moment there is the old file or the new one.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_atomically(folder / "marks" / "a.csv", b"id")
    >>> (folder / "marks" / "a.csv").read_bytes()
    b'id'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def create(path: Path, content: bytes) -> None:
    """Write a file that is not there yet; what cannot be written whole leaves nothing.

    Raises
    ------
    FileExistsError
        If there is a file of this name, which stays as it is.
    """
    with path.open("xb") as file:
        try:
            file.write(content)
            file.flush()
        except BaseException:
            path.unlink(missing_ok=True)
            raise
