"""A team's moves as a small file, and the table of several teams.

A file holds moves and no results: whoever reads it plays them again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from course_lib.parameters import one_of
from course_lib.policy_studio.game import Game, play_game
from course_lib.policy_studio.many_games import scores_of_many
from course_lib.policy_studio.moves import TERMS, USES, Shares, moves_of
from course_lib.policy_studio.new_file import file_name, write_new
from course_lib.policy_studio.rules import EXPECTED_GROWTH, checked_expectation, checked_seed
from course_lib.policy_studio.term_by_term import SoFar, play_terms
from course_lib.sentence import counted, listed

if TYPE_CHECKING:
    from course_lib.lab import Picture

GAME = "policy studio, lesson 12"
VERSION = 2
READABLE = (1, 2)  # in version 1 voters always expect 2 per cent
LARGEST_FILE = 20_000  # bytes
LONGEST_NAME = 60
BETTER_IS_LOW = {"inequality", "tier_gap"}
SCORES = ("output", "elections_won", "inequality", "tier_gap")
ELSEWHERE = tuple(f"{score}_elsewhere" for score in SCORES)
GOALS = (*SCORES, *ELSEWHERE)


@dataclass(frozen=True, eq=False)
class Team:
    """A team and its moves.

    Attributes
    ----------
    name : str
        Name of the team.
    seed : int
        Seed of the country that it played.
    moves : tuple of tuple of float
        Shares of the budget in each term.
    voters_expect : float
        Growth a year for which a region votes for the government.
    """

    name: str
    seed: int
    moves: tuple[Shares, ...]
    voters_expect: float = EXPECTED_GROWTH

    def game(self) -> Game:
        """The team's game, played again."""
        moves = [dict(zip(USES, shares, strict=True)) for shares in self.moves]
        return play_game(moves, self.seed, self.voters_expect)

    def picture(self) -> Picture:
        """The team's game, as a picture with its sentence."""
        from course_lib.lab import draw
        from course_lib.policy_studio import charts  # draws: only who asks for it needs it

        return draw(charts.game, self.game(), size=(9, 5.2), panels=(2, 2))

    def __repr__(self) -> str:
        return f"{self.name}. {self.game().summary()}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return self.picture()._repr_mimebundle_()


def team_name(name: object) -> str:
    """A team's name without blanks around it, or a sentence."""
    if not isinstance(name, str) or not name.strip():
        raise ValueError('give your team a name between quotation marks, such as "Team Delta"')
    short = " ".join(name.split())
    if len(short) > LONGEST_NAME:
        raise ValueError(f"a team's name has at most {LONGEST_NAME} letters (got {len(short)})")
    return short


def save_game(game: Game | SoFar, team: Any, folder: str | Path = ".") -> str:
    """Write a game's moves to a small file.

    Parameters
    ----------
    game : Game or SoFar
        The game, or as much of it as has been played.
    team : str
        Name of the team.
    folder : str or Path
        Where to.

    Returns
    -------
    str
        One sentence: where the moves are now. A file that is there stays as it is.

    Raises
    ------
    ValueError
        If the team has no name, or the file cannot be written.
    """
    if team in (..., "..."):
        return "Not saved yet: write your team's name in place of the dots."
    name = team_name(team)
    moves = [
        {use: share for use, share in zip(USES, shares, strict=True) if share > 0}
        for shares in game.moves
    ]
    content = {
        "game": GAME,
        "version": VERSION,
        "team": name,
        "seed": game.seed,
        "voters_expect": game.voters_expect,
        "moves": moves,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return write_new(Path(folder), f"game_{file_name(name)}", "json", text, "Your moves")


def read_game(path: str | Path) -> Team:
    """Read a team's moves from a file, and check them.

    Raises
    ------
    ValueError
        If it is no file of this game, the game is not over, or a move is not possible. The
        sentence says which.
    """
    file = Path(path)
    content = _content(file)
    moves = content.get("moves")
    try:
        if isinstance(moves, list) and len(moves) < TERMS:
            raise ValueError(
                f"the game is not over: {len(moves)} of {TERMS} terms have ended. Load it in the "
                "game, play on, and save it again"
            )
        name = team_name(content.get("team"))
        expected = checked_expectation(content.get("voters_expect", EXPECTED_GROWTH))
        return Team(name, checked_seed(content.get("seed")), moves_of(moves), expected)
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from None


def open_game(path: str | Path) -> SoFar:
    """Read a game from a file as far as it was played, to play on.

    Raises
    ------
    ValueError
        If it is no file of this game, or a move is not possible. The sentence says which.
    """
    file = Path(path)
    content = _content(file)
    moves = content.get("moves")
    try:
        if not isinstance(moves, list):
            raise ValueError(f"moves must be a list of terms (got {type(moves).__name__})")
        expected = checked_expectation(content.get("voters_expect", EXPECTED_GROWTH))
        return play_terms(moves, checked_seed(content.get("seed")), expected)
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from None


def _content(file: Path) -> dict[str, Any]:
    """What a file of this game holds, not yet checked."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise ValueError(f"{file.name} is too large for a file of this game")
        content = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"{file.name} cannot be read ({error.strerror})") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise ValueError(f"{file.name} is not a file that save_game has written") from None
    if not isinstance(content, dict) or content.get("game") != GAME:
        raise ValueError(f"{file.name} is not a file of this game: save_game writes one")
    if content.get("version") not in READABLE:
        raise ValueError(
            f"{file.name} was written by another version of the course: save it again there with "
            "this one"
        )
    return content


@dataclass(frozen=True, eq=False)
class League:
    """Several teams side by side: the result of `league`.

    Attributes
    ----------
    table : pandas.DataFrame
        One row a team, the best by the goal first.
    goal : str
        What the order goes by.
    problems : tuple of str
        One sentence for each file that could not be used.
    """

    table: pd.DataFrame
    goal: str
    problems: tuple[str, ...]

    @property
    def seeds(self) -> tuple[int, ...]:
        """The countries in which the teams played, each once."""
        return tuple(sorted(set(self.table["seed"])))

    def to_frame(self) -> pd.DataFrame:
        """One row a team: its scores in its own country, and their mean in other countries."""
        return self.table.copy()

    def summary(self) -> str:
        """Who is first here, and who elsewhere; and whether all have played one country."""
        left_out = ""
        if self.problems:
            left_out = f" {counted(len(self.problems), 'file')} could not be used."
        if self.table.empty:
            return f"No team has a game that can be used yet.{left_out}"
        score = self.goal.removesuffix("_elsewhere")
        here, elsewhere = self._first(score), self._first(f"{score}_elsewhere")
        countries = ", ".join(str(seed) for seed in self.seeds)
        apart = (
            f" The teams have played in different countries ({countries}): compare the scores "
            "elsewhere."
            if len(self.seeds) > 1
            else ""
        )
        return (
            f"By {score.replace('_', ' ')}, first of {len(self.table)} in their own country: "
            f"{here}; first in the mean of other countries: {elsewhere}.{apart}{left_out}"
        )

    def picture(self) -> Picture:
        """The league for the wall: each team in its own country and elsewhere.

        Raises
        ------
        ValueError
            If no team has a game that can be used.
        """
        from course_lib.lab import draw
        from course_lib.policy_studio import charts

        if self.table.empty:
            raise ValueError("no team has a game that can be used yet, so there is no picture")
        height = 1.6 + 0.34 * min(len(self.table), charts.LEAGUE_ROWS)
        return draw(charts.league, self, size=(9, height), panels=(1, 2))

    def _first(self, name: str) -> str:
        """The best team by a score, or all that share the first place."""
        scores = self.table[name]
        best = scores.min() if name.removesuffix("_elsewhere") in BETTER_IS_LOW else scores.max()
        return listed(scores.index[np.isclose(scores, best, rtol=1e-12, atol=0)])

    def _as_read(self) -> pd.DataFrame:
        """The table with words as headings: here beside elsewhere, to three decimals."""
        read = self.table.round(3)
        read.columns = pd.MultiIndex.from_tuples(
            (
                "elsewhere" if name.endswith("_elsewhere") else "own country",
                name.removesuffix("_elsewhere").replace("_", " "),
            )
            for name in map(str, read)
        )
        return read

    def __repr__(self) -> str:
        lines = [self.summary(), *self.problems]
        return "\n".join(lines if self.table.empty else [*lines, self._as_read().to_string()])

    def _repr_html_(self) -> str:
        from html import escape

        said = "".join(f"<p>{escape(line)}</p>" for line in (self.summary(), *self.problems))
        return said if self.table.empty else said + str(self._as_read().to_html())


def league(
    games: str | Path | Iterable[Any], goal: str = "output", countries: Sequence[int] = range(20)
) -> League:
    """Play all teams' moves again, and put the teams in order.

    The same moves are also played in other countries with other shocks: a plan can be lucky.

    Parameters
    ----------
    games : str, Path, or iterable of str, Path or Team
        A folder with files of `save_game`; or files, or teams.
    goal : str
        What the order goes by: "output", "elections_won", "inequality" or "tier_gap", each also
        with "_elsewhere" for the mean of other countries. Agree on it before anybody plays.
    countries : sequence of int
        Seeds of the other countries.

    Returns
    -------
    League
        A file that cannot be used costs itself alone, and is named in `problems`.

    Raises
    ------
    ValueError
        If there is no such goal, no other country, or no such folder.

    Examples
    --------
    >>> teams = [Team(name, 3, moves_of([name] * 6)) for name in ("knowledge", "networks")]
    >>> league(teams, countries=range(3)).table.index.tolist()
    ['networks', 'knowledge']
    """
    one_of("goal", goal, GOALS)
    seeds = [checked_seed(seed) for seed in countries]
    if not seeds:
        raise ValueError("countries must hold at least one seed, such as range(20)")
    teams: list[Team] = []
    problems = []
    for given in _listed(games):
        try:
            teams.append(given if isinstance(given, Team) else read_game(given))
        except ValueError as error:
            problems.append(f"Left out: {error}.")
    names = _each_own([team.name for team in teams])
    rows = {}
    for name, team in zip(names, teams, strict=True):
        elsewhere = scores_of_many(
            [team.moves] * len(seeds), seeds, voters_expect=team.voters_expect
        )
        means = {f"{one}_elsewhere": float(np.mean(elsewhere[one])) for one in SCORES}
        rows[name] = {"seed": team.seed, **team.game().scores, **means}
    columns = ["seed", *GOALS]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("team")
    low = goal.removesuffix("_elsewhere") in BETTER_IS_LOW
    ordered = table.sort_values(goal, ascending=low, kind="stable")
    return League(ordered, goal, tuple(problems))


def _listed(games: str | Path | Iterable[Any]) -> list[Any]:
    if not isinstance(games, str | Path):
        return list(games)
    folder = Path(games)
    if folder.is_dir():
        return sorted(folder.glob("*.json"))
    if folder.is_file():
        return [folder]
    raise ValueError(
        f"there is no folder {folder.name!r} here: make it beside the notebook and put the teams' "
        "files into it"
    )


def _each_own(names: list[str]) -> list[str]:
    """Names of which no two are equal: a second Team Delta becomes Team Delta (2)."""
    found: list[str] = []
    for name in names:
        number, own = 1, name
        while own in found:
            number += 1
            own = f"{name} ({number})"
        found.append(own)
    return found
