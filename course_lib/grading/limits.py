"""What a submission takes while it runs: its files, and the memory of all its programs together.

The system's own limits hold for each program by itself, and a submission may start many.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

BLOCK = 512  # bytes: the unit in which the system counts what a file takes


def on_disk(folder: Path) -> int:
    """Bytes that the files of a folder take; a full disk would be everybody's."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # it has just been removed
                total += BLOCK * os.lstat(os.path.join(place, name)).st_blocks
    return total


def in_memory(number: int, limit: float) -> float:
    """Bytes of memory of every program below one process.

    What programs share is counted once. That takes time to find out, so it is done only if what
    each has by itself adds up to more than the limit.

    Parameters
    ----------
    number : int
        The process.
    limit : float
        Bytes.
    """
    programs = below(number)
    without_name = _without_name(programs)
    total = without_name + sum(_memory(one, shared=False) for one in programs)
    if total > limit:
        total = without_name + sum(_memory(one, shared=True) for one in programs)
    return total


def end(number: int) -> None:
    """End every program below one process, and leave the process itself."""
    for one in below(number):
        with suppress(psutil.Error):
            one.kill()


def lives(number: int) -> bool:
    """Whether there is a process with this number."""
    return bool(psutil.pid_exists(number))


def below(number: int) -> list[Any]:
    """Every program that a process has started, and those that they have started."""
    try:
        found: list[Any] = psutil.Process(number).children(recursive=True)
    except psutil.Error:  # it has just ended
        return []
    return found


def _memory(one: Any, *, shared: bool) -> float:
    try:
        about = one.memory_info()
        if shared:
            alone = about.rss - getattr(about, "shared", 0)
            with suppress(psutil.AccessDenied):
                alone = getattr(one.memory_full_info(), "pss", alone)
            return float(alone)
        return float(about.rss)
    except psutil.Error:  # it has just ended
        return 0.0


def _without_name(programs: list[Any]) -> int:
    """Bytes in files that are open and in no folder: those in memory, and those that were removed.

    No program's own memory shows them, and no folder.
    """
    found: dict[tuple[int, int], int] = {}
    for one in programs:
        for path in _open_files(one.pid):
            with suppress(OSError):
                if os.readlink(path).endswith(" (deleted)"):  # /memfd: as well
                    about = os.stat(path)
                    found[about.st_dev, about.st_ino] = BLOCK * about.st_blocks
    return sum(found.values())


def _open_files(number: int) -> Iterator[str]:
    folder = f"/proc/{number}/fd"
    with suppress(OSError):  # another system than Linux, or it has just ended
        for name in os.listdir(folder):
            yield f"{folder}/{name}"
