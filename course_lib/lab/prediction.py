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
    options : mapping of str to str, or sequence of str
        The answers a student can choose from: the id of each, under which it is kept, and its
        words. A word may then be mended without losing what students have predicted. In a
        sequence the words are the ids.
    setting : mapping
        Values of the controls that settle the question.
    outcome : callable
        ``outcome(before, after)`` gets the two results and returns the id of the option that
        came true.
    because : str
        Why, in one or two sentences. Shown after the comparison, never before.
    asks : {"model", "figures"}
        What settles it: a model, or published figures.
    before : mapping, optional
        Values of controls, the others as at first: a state that does not answer the question.
        Its picture is shown before the commit. Without it, the picture then is empty.
    keeps_start : bool
        Whether the state at first is kept in sight beside the outcome: yes where the question
        says "if x doubles" or "instead of", no where the state at first has nothing to do with it.

    Examples
    --------
    >>> twice = Prediction(
    ...     "x doubles. What does x squared do?",
    ...     {"two": "it doubles", "four": "it grows fourfold"},
    ...     setting={"x": 2},
    ...     outcome=lambda before, after: "two" if after / before == 2 else "four",
    ... )
    >>> twice.settle(1, 4)
    'four'
    >>> twice.words("four")
    'it grows fourfold'
    """

    question: str
    options: Mapping[str, str] | Sequence[str]
    setting: Mapping[str, Any]
    outcome: Callable[[Any, Any], str]
    because: str = ""
    asks: Literal["model", "figures"] = "model"
    before: Mapping[str, Any] | None = None
    keeps_start: bool = True

    def __post_init__(self) -> None:
        if len(self.options) < 2:
            raise ValueError("A prediction needs at least two options to choose between.")

    @property
    def choices(self) -> dict[str, str]:
        """The id of each option, and its words."""
        options = self.options
        return dict(options) if isinstance(options, Mapping) else {one: one for one in options}

    def option(self, kept: str) -> str:
        """The id of what a student has predicted.

        An older version of the course kept the words. Words that are no longer offered stand for
        themselves: the prediction counts, and no outcome equals it.
        """
        ids = {words: one for one, words in self.choices.items()}
        return kept if kept in self.choices else ids.get(kept, kept)

    def words(self, option: str) -> str:
        """The words of an option."""
        return self.choices.get(option, option)

    @property
    def answers(self) -> str:
        """How the sentence with the outcome begins."""
        return {"model": "The model says", "figures": "The figures say"}[self.asks]

    def settle(self, before: Any, after: Any) -> str:
        """The id of the option that the model says came true."""
        option = self.outcome(before, after)
        if option not in self.choices:
            raise ValueError(
                f"The outcome {option!r} is none of the options {list(self.choices)}: "
                "let outcome() return one of them, word for word."
            )
        return option
