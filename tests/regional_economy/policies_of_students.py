"""Policies as students write them, in a file that other processes can import."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from course_lib.regional_economy.budget import Plan, View
from course_lib.regional_economy.policies import share_of


def by_output(now: View) -> Plan:
    """Everybody in proportion to output."""
    return Plan(plants=share_of(now.output))


def fails_in_one_country(now: View) -> Plan:
    """It overlooks a case: the largest region need not lie at the coast."""
    largest = int(now.start_output.sum(axis=1).argmax())
    if largest >= 4:
        raise IndexError(f"region {largest} is not on my list")
    return by_output(now)


class KillsItsWorker:
    """A worker that plays this policy dies in the middle of its work, once.

    Parameters
    ----------
    folder : path
        Where the plays are counted, and where the dead worker's number is left.
    survives : int
        How many plays go well before one kills its worker.
    """

    takes_all_runs = True
    label = "kills its worker"

    def __init__(self, folder: Path, survives: int = 0):
        self.folder, self.survives = folder, survives

    @property
    def mark(self) -> Path:
        """The file that says who was killed."""
        return self.folder / "killed"

    def __call__(self, now: View) -> Plan:
        if now.year == 20 and not self.mark.exists():
            played = len(list(self.folder.glob("play*")))
            if played >= self.survives:
                self.mark.write_text(str(os.getpid()))
                os.kill(os.getpid(), signal.SIGKILL)
                time.sleep(60)
            (self.folder / f"play{played}").touch()
        return Plan(plants=share_of(now.output))
