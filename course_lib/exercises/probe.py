"""Take an answer out of a student's notebook as one line of JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from course_lib.exercises.blocked import blocked
from course_lib.exercises.personal_set import as_data


def answer_line(answer: Any, inputs: str, modules: Sequence[str]) -> str:
    """An answer as a line of JSON, for a judge elsewhere.

    Parameters
    ----------
    answer : object
        The value or the function.
    inputs : str
        JSON of the inputs that a function is called on; ``null`` for a value.
    modules : sequence of str
        Modules whose functions refuse meanwhile.

    Returns
    -------
    str
        ``{"answer": ...}``, or ``{"problem": sentence}``.

    Examples
    --------
    >>> answer_line(lambda x: x + 1, '{"some": [[1], [2]]}', [])
    '{"answer": {"some": [2, 3]}}'
    >>> answer_line(float("inf"), "null", [])
    '{"problem": "The answer holds inf, which is not a number. ..."}'
    """
    try:
        with blocked(modules):
            return json.dumps({"answer": as_data(answer, json.loads(inputs))})
    except Exception as error:  # a student's code may fail in any way
        return json.dumps({"problem": f"{error}"[:300]})
