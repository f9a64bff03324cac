"""One country under two policies, side by side, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from course_lib.caching import read_only
from course_lib.comparing_theories.own_policy import MINE, Own, own
from course_lib.parameters import one_of, whole_number
from course_lib.regional_economy.budget import OWN_MIX, Policy, shares_of_parts
from course_lib.regional_economy.economy import Start, settle
from course_lib.regional_economy.history import SHOCKS, Play, play_from
from course_lib.regional_economy.policies import FOUR, POLICIES, Mix
from course_lib.regional_economy.scorecard import krugman_index, tier_gap, williamson

LAST_YEAR = 60
CHOICES = (*POLICIES, OWN_MIX)
_PLAYS_KEPT = 64

BOARD = {
    "output": "output (year 0 = 1)",
    "inequality": "inequality (Williamson)",
    "tier_gap": "tier 1 over tier 3, per head",
    "innovation": "own innovation (log points)",
    "specialisation": "specialisation (Krugman)",
}
"""Lines of the scoreboard, and what each means."""


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two countries, with its scoreboard.

    Attributes
    ----------
    name : str
        Name of the policy.
    play : Play
        The whole path.
    board : dict from str to numpy.ndarray, shape (n_years,)
        The lines of `BOARD`, year by year.
    """

    name: str
    play: Play
    board: dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class TwoPolicies:
    """Two policies in one country, seen in one year: the result of `two_policies`.

    Attributes
    ----------
    year : int
        The year that is shown.
    left, right : Side
        The two.
    idle : Side
        The same country without a budget and without a shock.
    shares : tuple of (str, float)
        Shares of the budget in your own mix.
    """

    year: int
    left: Side
    right: Side
    idle: Side
    shares: tuple[tuple[str, float], ...]

    def gain(self, side: Side) -> np.ndarray:
        """Output of one side, year by year, where the country without a budget makes 1."""
        gain: np.ndarray = side.board["output"] / self.idle.board["output"]
        return gain

    def at(self, side: Side, line: str) -> float:
        """One line of one side's scoreboard in the year that is shown."""
        return float(side.board[line][self.year])

    def to_frame(self) -> pd.DataFrame:
        """Both scoreboards, one row a year."""
        sides = {"left": self.left, "right": self.right}
        return pd.DataFrame(
            {
                f"{place}_{line}": side.board[line]
                for line in BOARD
                for place, side in sides.items()
            },
            index=pd.RangeIndex(len(self.left.play.total), name="year"),
        )

    def summary(self) -> str:
        """One sentence: output and inequality of both in the year that is shown."""
        parts = [
            f"{side.name} makes {self.at(side, 'output'):.2f} times the output of year 0, with an "
            f"inequality of {self.at(side, 'inequality'):.3f}"
            for side in (self.left, self.right)
        ]
        shock = self.left.play.shock
        struck = f" (shock in year {self.left.play.laws.shock_year}: {shock})"
        return (
            f"Year {self.year} of a simulated country{struck if shock != 'none' else ''}: on the "
            f"left {parts[0]}; on the right {parts[1]}."
        )


def two_policies(
    year: int = 0,
    left: str = "even spread",
    right: str = OWN_MIX,
    parts: Sequence[float] = (1.0, 0.0, 0.0, 1.0),
    shock: str = "none",
    seed: int = 0,
    mine: Policy | None = None,
) -> TwoPolicies:
    """Play the same country under two policies with the same budget.

    Parameters
    ----------
    year : int
        Year that is shown, 0 to 60.
    left, right : str
        The two policies: a name of `policies.POLICIES`, "your mix", or "my policy".
    parts : (float, float, float, float)
        Parts of the budget that your mix gives to gradient, growth pole, production complex and
        cluster. Only their proportions matter: 1, 0, 0, 1 is half and half.
    shock : {"none", "flagship plant", "largest sector"}
        What strikes at the end of year 30.
    seed : int
        Fixes the country.
    mine : Policy, optional
        A policy of your own: what "my policy" does.

    Returns
    -------
    TwoPolicies

    Raises
    ------
    ValueError
        If a parameter is out of range, or your mix gives nothing to anybody.

    Examples
    --------
    >>> found = two_policies(year=60, left="growth pole", right="cluster")
    >>> found.at(found.right, "output") > found.at(found.left, "output")
    True
    """
    year = whole_number("year", year, least=0, most=LAST_YEAR, because="the play has 60 years")
    policy = own(mine)
    for place, name in (("left", left), ("right", right)):
        one_of(place, name, (*CHOICES, MINE) if policy else CHOICES)
    one_of("shock", shock, SHOCKS)
    whole_number("seed", seed, least=0, because="it fixes the country")
    shares = shares_of_parts("parts", parts, FOUR, "at least one of the four")
    one, other = (
        _side(
            name,
            shares if name == OWN_MIX else None,
            shock,
            seed,
            policy if name == MINE else None,
        )
        for name in (left, right)
    )
    idle = _side("no policy", None, "none", seed, None)
    return TwoPolicies(year, one, other, idle, tuple(zip(FOUR, shares, strict=True)))


@lru_cache(maxsize=_PLAYS_KEPT)
def _country(seed: int) -> Start:
    return settle([seed])


@lru_cache(maxsize=_PLAYS_KEPT)
def _side(
    name: str, shares: tuple[float, ...] | None, shock: str, seed: int, mine: Own | None
) -> Side:
    policy: Any = mine or POLICIES.get(name)
    if shares is not None:
        policy = Mix(tuple(zip(FOUR.values(), shares, strict=True)))
    played = play_from(_country(seed), policy, shock)
    made, people = played.output.sum(axis=2)[:, :, np.newaxis], played.people[:, :, np.newaxis]
    tier = played.tier[np.newaxis, :, np.newaxis]
    own = (played.invented * played.output).sum(axis=(1, 2)) / played.total
    board = {
        "output": played.total,
        "inequality": williamson(made / people, people),
        "tier_gap": tier_gap(made, people, tier),
        "innovation": own,
        "specialisation": krugman_index(played.output),
    }
    for kept in board.values():
        kept.flags.writeable = False  # the next caller gets them as well
    return Side(name, read_only(played), board)
