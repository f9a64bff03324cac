"""A quiz: one question, several options, a hint for each wrong one."""

from __future__ import annotations

import html
from collections.abc import Mapping
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
        helps to think again, for the right one the reason.
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

        radio = w.RadioButtons(
            options=list(self.options), value=None, layout={"width": "max-content"}
        )
        button = w.Button(description="Check my answer", layout={"width": "160px"})
        verdict = w.HTML()

        def show(option: str) -> None:
            verdict.value = f'<div role="status">{html.escape(self.try_option(option))}</div>'

        def check(_: Any) -> None:
            if radio.value is None:
                verdict.value = '<div role="status">Choose one of the answers first.</div>'
                return
            problem = progress.record(
                "quiz", self.name, choice=radio.value, right=radio.value == self.answer
            )
            show(radio.value)
            verdict.value += html.escape(problem)

        button.on_click(check)
        before = progress.recall("quiz", self.name)
        if before and before.get("choice") in self.options:
            radio.value = before["choice"]
            show(radio.value)
        question = w.HTML(f"<b>{html.escape(self.question)}</b>")
        return w.VBox([question, radio, button, verdict], layout={"max_width": "960px"})
