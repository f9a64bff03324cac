"""What a submission takes while it runs: disk space, and the memory of all its processes together.

rlimits hold for each process by itself, and a submission may start many. cgroups would bound all of
them at once, but need a delegated subtree, which containers and most desktops do not give.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil

BLOCK = 512  # bytes: the unit of st_blocks


def on_disk(folder: Path, most_files: int) -> tuple[int, int]:
    """Bytes and number of the files and folders in a folder; a full disk would be everybody's.

    A disk can also be full of files without a byte, so they are counted, up to one more than
    ``most_files``.
    """
    total = files = 0
    for directory, folders, names in os.walk(folder):
        for name in (*folders, *names):
            files += 1
            with suppress(OSError):  # it has just been removed
                total += BLOCK * os.lstat(os.path.join(directory, name)).st_blocks
            if files > most_files:
                return total, files
    return total, files


def own_bytes(pid: int) -> float:
    """Bytes of memory of a process without those that it has started."""
    try:
        return _resident_set_size(psutil.Process(pid))
    except psutil.Error:  # it has just ended
        return 0.0


def resident_bytes(pid: int, limit: float) -> float:
    """Bytes of memory of all descendants of a process.

    Shared pages are counted once (PSS). That takes time to find out, so it is done only if the sum
    of resident set sizes, which counts them for each process, is above the limit.

    Parameters
    ----------
    pid : int
        The process, which is not counted itself.
    limit : float
        Bytes.
    """
    processes = descendants(pid)
    unlinked = _bytes_of_unlinked_files(processes)
    total = unlinked + sum(map(_resident_set_size, processes))
    if total > limit:
        total = unlinked + sum(map(_proportional_set_size, processes))
    return total


def kill_descendants(pid: int) -> None:
    """Kill all descendants of a process, and leave the process itself."""
    for process in descendants(pid):
        with suppress(psutil.Error):
            process.kill()


def pid_exists(pid: int) -> bool:
    """Whether there is a process with this PID."""
    return psutil.pid_exists(pid)


def descendants(pid: int) -> list[psutil.Process]:
    """The processes that a process has started, and those that they have started."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:  # it has just ended
        return []


def _resident_set_size(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return 0.0


def _proportional_set_size(process: psutil.Process) -> float:
    """Its own pages and its part of the shared ones; without the rights to ask, its own alone."""
    try:
        memory = process.memory_info()
        size = memory.rss - getattr(memory, "shared", 0)
        with suppress(psutil.AccessDenied):
            size = getattr(process.memory_full_info(), "pss", size)
        return float(size)
    except psutil.Error:  # it has just ended
        return 0.0


def _bytes_of_unlinked_files(processes: Iterable[psutil.Process]) -> int:
    """Bytes in files that are open or mapped but in no folder: memfd, and files that were removed.

    They belong to no process's resident set, and no walk over a folder finds them. Of one that is
    only mapped no more than the end of the mapping is known.
    """
    sizes: dict[tuple[int, int], int] = {}
    mapped: dict[tuple[int, int], int] = {}
    for process in processes:
        for path in _open_files(process.pid):
            with suppress(OSError):
                if os.readlink(path).endswith(" (deleted)"):  # /memfd: as well
                    status = os.stat(path)
                    sizes[status.st_dev, status.st_ino] = BLOCK * status.st_blocks
        for file, end in _mapped_files(process.pid):
            mapped[file] = max(end, mapped.get(file, 0))
    return sum((mapped | sizes).values())


def _mapped_files(pid: int) -> Iterator[tuple[tuple[int, int], int]]:
    """Device and number of each file that is mapped and in no folder, and the mapping's end."""
    with suppress(OSError), open(f"/proc/{pid}/maps", "rb") as file:
        for line in file:
            if not line.endswith(b" (deleted)\n"):
                continue
            addresses, _, offset, device, number, _ = line.split(None, 5)
            start, end = (int(one, 16) for one in addresses.split(b"-"))
            major, minor = (int(one, 16) for one in device.split(b":"))
            yield (os.makedev(major, minor), int(number)), int(offset, 16) + end - start


def _open_files(pid: int) -> Iterator[str]:
    folder = f"/proc/{pid}/fd"
    with suppress(OSError):  # another system than Linux, or it has just ended
        for name in os.listdir(folder):
            yield f"{folder}/{name}"
