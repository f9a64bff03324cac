"""The room as a whole: each public name is explained, with an example."""

import inspect

import pytest

from course_lib import measures


@pytest.mark.parametrize("name", measures.__all__)
def test_each_public_name_is_explained(name):
    thing = getattr(measures, name)
    headings = ["Attributes"] if inspect.isclass(thing) else ["Parameters", "Returns", "Raises"]
    for heading in headings:
        assert f"{heading}\n---" in inspect.getdoc(thing), f"{name} has no {heading}"
    if not inspect.isclass(thing):
        assert ">>> " in thing.__doc__
