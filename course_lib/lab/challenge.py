"""A challenge: a game with a score, played with the controls of a lab."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from course_lib.lab.headline import with_unit


@dataclass(frozen=True)
class Challenge:
    """A goal to reach with a lab, and how near a state of the lab comes to it.

    After the prediction the lab shows the present score, the best so far and the target. The best
    is kept with the student's progress, with the setting that reached it.

    Parameters
    ----------
    goal : str
        What to reach, in one sentence, with the rules of the game.
    score : callable
        Gets a result, returns the score; None where the rules do not let the state count.
    target : float
        The score that counts as reached. The lab must not reach it as it stands at first.
    better : {"more", "less"}
        Whether more is better, or less.
    unit : str
        The unit of the score.

    Raises
    ------
    ValueError
        If the goal is no sentence, the target no number, or `better` neither "more" nor "less".

    Examples
    --------
    >>> game = Challenge("Bring the gap down.", lambda gap: gap, target=0.25, better="less")
    >>> game.target_in_words
    '0.25 or less'
    >>> game.reached(0.3), game.reached(0.25), game.beats(0.3, 0.4)
    (False, True, True)
    >>> Challenge("Bring the gap down", lambda gap: gap, target=0.25)
    Traceback (most recent call last):
    ...
    ValueError: The goal 'Bring the gap down' is no sentence: let it end with a full stop.
    """

    goal: str
    score: Callable[[Any], float | None]
    target: float
    better: Literal["more", "less"] = "more"
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.goal.strip().endswith((".", "?", "!")):
            raise ValueError(f"The goal {self.goal!r} is no sentence: let it end with a full stop.")
        if not callable(self.score):
            raise ValueError(
                f"The score has to be a function of a result (got {self.score!r}): give a lambda "
                "or a function."
            )
        if self.better not in ("more", "less"):
            raise ValueError(f"better is 'more' or 'less' (got {self.better!r}): choose one.")
        is_number = isinstance(self.target, int | float) and not isinstance(self.target, bool)
        if not (is_number and math.isfinite(self.target)):
            raise ValueError(
                f"The target has to be a number (got {self.target!r}): give the score that counts "
                "as reached."
            )

    def of(self, result: Any) -> float | None:
        """The score of a result, or None where it does not count."""
        score = self.score(result)
        return None if score is None or math.isnan(score) else float(score)

    def beats(self, score: float | None, best: float | None) -> bool:
        """Whether a score is better than the best so far."""
        if score is None or best is None:
            return score is not None
        if math.isclose(score, best):  # the noise of binary numbers is no progress
            return False
        return score > best if self.better == "more" else score < best

    def reached(self, score: float | None) -> bool:
        """Whether a score is at the target or beyond it."""
        return score is not None and not self.beats(self.target, score)

    def words(self, score: float) -> str:
        """A score with its unit."""
        return with_unit(float(score), self.unit)

    @property
    def target_in_words(self) -> str:
        """The target, and on which side of it one has to be."""
        return f"{self.words(self.target)} or {self.better}"
