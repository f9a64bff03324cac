"""A quiz: one question, several options, a hint for each wrong one."""

from __future__ import annotations

import html
from collections.abc import Mapping
from string import ascii_lowercase
from typing import Any

from course_lib.lab import mime, progress


class Quiz:
    """One question with several options; each wrong option has a hint of its own.

    Parameters
    ----------
    question : str
        The question.
    options : mapping of str to str
        Every option, with what a student who chose it should read: for a wrong one a hint that
        helps to think again, for the right one the reason. An option keeps its place, which is
        its id: a new one comes last.
    answer : str
        The right option.
    name : str, optional
        Under what name answers are kept; without it, the question.

    Examples
    --------
    >>> quiz = Quiz(
    ...     "Two regions of equal size have incomes 1 and 3. Their Gini is ...",
    ...     {"0.25": "Half of the mean difference, relative to the mean: yes.",
    ...      "0.5": "That is the poor region's share of people. Draw the curve."},
    ...     answer="0.25",
    ... )
    >>> quiz.try_option("0.5")
    "Not yet. That is the poor region's share of people. Draw the curve."
    """

    def __init__(
        self, question: str, options: Mapping[str, str], answer: str, name: str | None = None
    ):
        if answer not in options:
            raise ValueError(f"The answer {answer!r} is none of the options {list(options)}.")
        self.question = question
        self.options = dict(options)
        self.answer = answer
        self.name = name or question

    @property
    def choices(self) -> dict[str, str]:
        """The id of each option, and its words."""
        return dict(zip(ascii_lowercase, self.options, strict=False))

    def chosen(self, event: Mapping[str, Any]) -> str:
        """The option that an event of the progress file chose; '' if it is not offered any more.

        Older files keep the words alone. Words that were mended since then are found by their
        letters, or by the option's id.

        Examples
        --------
        >>> quiz = Quiz("?", {"One, or none.": "No.", "Two": "Yes."}, answer="Two")
        >>> quiz.chosen({"choice": "One or none"})
        'One, or none.'
        >>> quiz.chosen({"choice": "b", "options": {"b": "Tow"}, "words": "Tow"})
        'Two'
        """
        kept = str(event.get("words", event.get("choice", "")))
        letters = {_letters(option): option for option in self.options}
        if kept in self.options or _letters(kept) in letters:
            return kept if kept in self.options else letters[_letters(kept)]
        return self.choices.get(str(event.get("choice")), "") if "options" in event else ""

    def try_option(self, option: str) -> str:
        """What a student who chose this option should read."""
        if option not in self.options:
            raise ValueError(f"{option!r} is none of the options {list(self.options)}.")
        verdict = "Yes." if option == self.answer else "Not yet."
        return f"{verdict} {self.options[option]}"

    def __repr__(self) -> str:
        return "\n".join([self.question, *(f"( ) {option}" for option in self.options)])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        items = "".join(f"<li>{html.escape(option)}</li>" for option in self.options)
        return {
            mime.WIDGET: mime.widget_view(self._panel()),
            "text/html": f"<p><b>{html.escape(self.question)}</b></p><ul>{items}</ul>",
            "text/plain": repr(self),
        }

    def _panel(self) -> Any:
        import ipywidgets as w

        from course_lib.lab.front_end import FrontEnd  # imports anywidget: only a page needs it

        radio = w.RadioButtons(options=list(self.options), value=None)
        button = w.Button(description="Check my answer", layout={"width": "auto"})
        said = w.HTML()
        said.add_class("course-lab-speaks")

        ids = {option: one for one, option in self.choices.items()}

        def show(option: str) -> None:
            said.value = _say(self.try_option(option), right=option == self.answer)

        def check(_: Any) -> None:
            if radio.value is None:
                said.value = _say("Choose one of the answers first.")
                return
            problem = progress.record(
                "quiz",
                self.name,
                title=self.question,
                options=self.choices,
                choice=ids[radio.value],
                words=radio.value,
                outcome=ids[self.answer],
                right=radio.value == self.answer,
            )
            show(radio.value)
            said.value += html.escape(problem)

        button.on_click(check)
        before = progress.recall("quiz", self.name, self.question)
        if before and (chosen := self.chosen(before)):
            radio.value = chosen
            show(chosen)
        question = w.HTML(
            f'<div class="course-lab-asked"><b>{html.escape(self.question)}</b></div>'
        )
        panel = w.VBox([question, radio, button, said, FrontEnd(stays=False)])
        panel.add_class("course-quiz")
        return panel


def _letters(words: str) -> str:
    return "".join(char for char in words.casefold() if char.isalnum())


def _say(words: str, right: bool | None = None) -> str:
    kind = {True: "course-quiz-right", False: "course-quiz-wrong", None: ""}[right]
    return f'<div class="course-lab-say {kind}" data-say="verdict">{html.escape(words)}</div>'
