"""Tables to be read."""

from __future__ import annotations

import re

import pandas as pd

from course_lib.lab import words_table
from course_lib.lab.words_table import table_html

FRAME = pd.DataFrame(
    {"what_it_says": ["a < b, " + "and so on " * 30, "short"], "share": [0.25, 1.0]},
    index=pd.Index(["one", "two"], name="claim"),
)


def test_no_sentence_is_cut_and_none_is_read_as_html() -> None:
    page = words_table(FRAME)._repr_html_()
    assert "a &lt; b, " + "and so on " * 30 in page
    assert "and so on " * 30 in repr(words_table(FRAME))


def test_words_are_on_the_left_and_numbers_on_the_right() -> None:
    page = words_table(FRAME)._repr_html_()
    assert '<th scope="col" style="text-align: left; vertical-align: top">what it says</th>' in page
    assert '<th scope="row" style="text-align: left; vertical-align: top">two</th>' in page
    assert '<td style="text-align: right; vertical-align: top">0.25</td>' in page


def test_the_index_may_have_no_name() -> None:
    assert ">None<" not in words_table(FRAME.rename_axis(None))._repr_html_()


def test_no_heading_is_empty() -> None:
    """A screen reader would read it as the heading of a column."""
    both = FRAME.rename_axis(None)
    both.columns = pd.MultiIndex.from_product([["what"], both.columns])
    page = table_html(both, "What was said")
    assert "<caption>What was said</caption>" in page
    assert not re.search(r"<th[^>]*></th>", page)
