"""Places to write in: text areas that count words and keep what is written."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from course_lib.lab import mime
from course_lib.lab.written import Written

if TYPE_CHECKING:
    from course_lib.lab.writing_panel import WritingPanel


class Writing(Written):
    """Text areas in which a student writes, kept as they are typed.

    It is a mapping from the name of each field to its text, and shows itself in a notebook. What
    is written lies in ``my_writing.json`` beside the notebook, and is there again after a restart.

    Parameters
    ----------
    name : str
        Under what name it is kept.
    title : str
        What it is, above the fields.
    fields : mapping from str to Field
        The places, by their names.
    does : (str, callable), optional
        The words of a button below the fields, and what it does. It gets the texts, by the names
        of their fields, and returns a sentence, or a sentence and a file to be downloaded: its
        name, its kind and its content. A ``ValueError`` is shown as a sentence.

    Examples
    --------
    >>> from course_lib.lab import Field
    >>> mine = Writing("a note", "A note", {"why": Field("Why?"), "who": Field("Who?", lines=1)})
    >>> mine.write("why", "Because wages fell.")
    >>> mine["why"], mine["who"]
    ('Because wages fell.', '')
    >>> mine
    A note. Why?: 3 words; Who?: empty.
    """

    _panel: WritingPanel | None = None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        if self._panel is None:
            from course_lib.lab.writing_panel import WritingPanel  # only a page needs ipywidgets

            self._panel = WritingPanel(self)
        items = "".join(
            f"<li><b>{html.escape(field.label)}</b> {html.escape(field.asks)}</li>"
            for field in self.fields.values()
        )
        how = "To write here, click here and press Ctrl+Enter."
        return {
            mime.WIDGET: mime.widget_view(self._panel.widget),
            "text/html": f"<p><b>{html.escape(self.title)}</b>. {how}</p><ul>{items}</ul>",
            "text/plain": repr(self),
        }
