"""A class keeps its numbers through a term, whatever is changed in the course meanwhile."""

from __future__ import annotations

import pytest

from course_lib.exercises import SETS, exercise_set
from course_lib.exercises.variants import Draws
from tests.exercises import personal_numbers

CHANGED = (
    "the same student in the same class would get other numbers in {questions} of {name}: whoever "
    "has begun the set would find another task, and answers handed in would be judged by it. Draws "
    "come in the order in which they are asked for: put a new draw after the old ones. If the "
    "change is meant, run `uv run --group test python -m tests.exercises.personal_numbers` and "
    'write "Changes students\' numbers: yes" under the coming release in CHANGELOG.md'
)


@pytest.fixture(scope="module")
def today() -> dict[str, dict[str, str]]:
    return personal_numbers.of_today()


@pytest.mark.parametrize("name", SETS)
def test_the_same_student_gets_the_same_numbers_as_before(
    name: str, today: dict[str, dict[str, str]]
) -> None:
    before = personal_numbers.stored().get(name, {})
    other = [question for question, digest in today[name].items() if before.get(question) != digest]
    assert not other, CHANGED.format(questions=", ".join(other), name=name)
    assert set(before) == set(today[name]), CHANGED.format(
        questions=", ".join(set(before) - set(today[name])), name=name
    )


def test_a_changed_draw_is_noticed(
    monkeypatch: pytest.MonkeyPatch, today: dict[str, dict[str, str]]
) -> None:
    """One draw more at the beginning of each question changes every one that draws."""
    once = Draws.__init__

    def with_one_more(self: Draws, *words: str) -> None:
        once(self, *words)
        self.fraction()

    monkeypatch.setattr(Draws, "__init__", with_one_more)
    name = "01_measuring_regions"
    for question in exercise_set(name).questions:
        assert personal_numbers._digest(name, question.name) != today[name][question.name]
