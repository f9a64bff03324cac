"""A prediction: the question a student answers before the lab opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Prediction:
    """A question about what the model will do, and how the model answers it.

    The outcome is never written down: it is read off the model, run once as it stands at
    first (`before`) and once with `setting` (`after`).

    Parameters
    ----------
    question : str
        What will happen? It names the change that `setting` makes.
    options : sequence of str
        The answers a student can choose from.
    setting : mapping
        Values of the controls that settle the question.
    outcome : callable
        ``outcome(before, after)`` gets the two results and returns the option that came true.
    because : str
        Why, in one or two sentences. Shown after the comparison, never before.
    asks : {"model", "figures"}
        What settles it: a model, or published figures.

    Examples
    --------
    >>> twice = Prediction(
    ...     "x doubles. What does x squared do?",
    ...     ["it doubles", "it grows fourfold"],
    ...     setting={"x": 2},
    ...     outcome=lambda before, after: (
    ...         "it doubles" if after / before == 2 else "it grows fourfold"
    ...     ),
    ... )
    >>> twice.settle(1, 4)
    'it grows fourfold'
    """

    question: str
    options: Sequence[str]
    setting: Mapping[str, Any]
    outcome: Callable[[Any, Any], str]
    because: str = ""
    asks: Literal["model", "figures"] = "model"

    def __post_init__(self) -> None:
        if len(self.options) < 2:
            raise ValueError("A prediction needs at least two options to choose between.")

    @property
    def answers(self) -> str:
        """How the sentence with the outcome begins."""
        return {"model": "The model says", "figures": "The figures say"}[self.asks]

    def settle(self, before: Any, after: Any) -> str:
        """The option that the model says came true."""
        option = self.outcome(before, after)
        if option not in self.options:
            raise ValueError(
                f"The outcome {option!r} is none of the options {list(self.options)}: "
                "let outcome() return one of them, word for word."
            )
        return option
