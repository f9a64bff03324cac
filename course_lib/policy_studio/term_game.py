"""The game of lesson 12 on a page: choose a mix, end the term, see who votes for you."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course_lib.lab import mime
from course_lib.lab.canvas import Canvas
from course_lib.policy_studio import charts
from course_lib.policy_studio.game_files import open_game, save_game
from course_lib.policy_studio.moves import USES
from course_lib.policy_studio.rules import EXPECTED_GROWTH
from course_lib.policy_studio.term_by_term import SoFar, play_terms
from course_lib.regional_economy.budget import shares_of_parts

SIZE, PANELS = (9, 5.6), (2, 2)


class TermGame:
    """A game that is played term by term. Made by `term_game`.

    Attributes
    ----------
    so_far : SoFar
        The game as it stands.
    folder : Path
        Where games are saved and looked for.
    """

    def __init__(self, so_far: SoFar, folder: str | Path = "."):
        self.so_far = so_far
        self.folder = Path(folder)
        self.canvas = Canvas(charts.so_far, SIZE, PANELS)
        self._panel: Any = None

    @property
    def result(self) -> SoFar:
        """The game as it stands: what is saved."""
        return self.so_far

    def end_term(self, parts: tuple[float, ...]) -> SoFar:
        """End the term with a mix of six parts; only their proportions matter.

        Raises
        ------
        ValueError
            If the game is over, or all parts are 0 while you govern.
        """
        if self.so_far.governs or self.so_far.is_over:
            shares = shares_of_parts("the mix", parts, USES, "at least one use")
        else:  # the opposition's term
            shares = (1 / len(USES),) * len(USES)
        self.so_far = self.so_far.after(dict(zip(USES, shares, strict=True)))
        return self.so_far

    def begin(self, seed: int) -> SoFar:
        """Begin a new game in the country of a seed."""
        self.so_far = play_terms((), seed, self.so_far.voters_expect)
        return self.so_far

    def save(self, team: str) -> str:
        """Write the terms that have ended to a file; say where they are."""
        return save_game(self.so_far, team, self.folder)

    def load(self, file: str) -> SoFar:
        """Go on with a game that was saved."""
        self.so_far = open_game(self.folder / file)
        return self.so_far

    def files(self) -> list[str]:
        """Files of saved games in the folder."""
        return sorted(path.name for path in self.folder.glob("game_*.json"))

    def __repr__(self) -> str:
        return self.so_far.summary()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        from course_lib.policy_studio.term_game_panel import TermGamePanel  # imports ipywidgets

        if self._panel is None:
            self._panel = TermGamePanel(self)
        return mime.bundle(self._panel.widget, self.canvas.show(self.so_far), repr(self), wake=True)


def term_game(
    seed: int = 1, voters_expect: float = EXPECTED_GROWTH, folder: str | Path = "."
) -> TermGame:
    """The game of six terms, played one term after the other; the shock comes unannounced.

    Parameters
    ----------
    seed : int
        Fixes the country and its shock.
    voters_expect : float
        Growth a year for which a region votes for the government, as a share from 0 to 0.05.
    folder : str or Path
        Where games are saved and looked for.

    Returns
    -------
    TermGame
        Shows itself in a notebook.

    Examples
    --------
    >>> game = term_game(seed=1)
    >>> game.end_term((1, 0, 1, 0, 0, 0)).ended
    1
    """
    return TermGame(play_terms((), seed, voters_expect), folder)
