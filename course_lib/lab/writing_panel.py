"""Places to write in, on a page."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from typing import Any

import ipywidgets as w

from course_lib.lab.front_end import FrontEnd
from course_lib.lab.written import Field, Written


class WritingPanel:
    """The widgets of places to write in.

    A text reaches Python when the writer pauses (`lab.js` sees to that) or leaves the field.

    Parameters
    ----------
    writing : Written
        What is shown.
    """

    def __init__(self, writing: Written):
        self.writing = writing
        self.areas: dict[str, Any] = {}
        self.counts: dict[str, w.HTML] = {}
        self.said = w.HTML()
        self.said.add_class("course-lab-speaks")
        title = f'<h4 class="course-lab-title">{html.escape(writing.title)}</h4>'
        rows: list[w.Widget] = [w.HTML(title)]
        rows += [self._field(name, field) for name, field in writing.fields.items()]
        if writing.does:
            self.button = w.Button(description=writing.does[0], button_style="primary")
            self.button.layout.width = "auto"
            self.button.on_click(lambda _: self._act())
            rows.append(self.button)
        self.widget = w.VBox([*rows, self.said, FrontEnd(stays=False)])
        self.widget.add_class("course-quiz")
        self.widget.add_class("course-writing")

    def _field(self, name: str, field: Field) -> w.Widget:
        text = self.writing[name]
        if field.lines == 1:
            area: Any = w.Text(value=text, continuous_update=False)
        else:
            area = w.Textarea(value=text, rows=field.lines, continuous_update=False)
        area.observe(self._written(name), "value")
        count = w.HTML(_count(self.writing.said(name)))
        label = f'<span class="course-writing-label">{html.escape(field.label)}</span> '
        box = w.VBox([w.HTML(label + html.escape(field.asks)), area, count])
        box.add_class("course-writing-field")
        self.areas[name], self.counts[name] = area, count
        return box

    def _written(self, name: str) -> Callable[[Any], None]:
        def written(change: Any) -> None:
            self.writing.write(name, change["new"])
            self.counts[name].value = _count(self.writing.said(name))
            if self.writing.problem:
                self.said.value = _say(html.escape(self.writing.problem))

        return written

    def _act(self) -> None:
        assert self.writing.does is not None
        try:
            done = self.writing.does[1](self.writing)
        except ValueError as error:
            why = str(error)
            done = f"Not possible: {why}{'' if why.endswith('.') else '.'}"
        sentence, *file = done if isinstance(done, tuple) else (done,)
        self.said.value = _say(html.escape(sentence) + (_link(*file) if file else ""))


def _count(said: str) -> str:
    return f'<span class="course-writing-count">{html.escape(said)}</span>'


def _say(words: str) -> str:
    return f'<div class="course-lab-say course-lab-message" data-say="message">{words}</div>'


def _link(name: str, kind: str, content: str) -> str:
    data = base64.b64encode(content.encode(errors="replace")).decode()
    href = f"data:{kind};charset=utf-8;base64,{data}"
    return f' <a download="{html.escape(name)}" href="{href}">Download {html.escape(name)}</a>'
