"""Answers that are nearly the same are shown side by side; others are not."""

from __future__ import annotations

import random
import time

from course_lib.grading.alike import MODEL, Alike, alike_answers, as_page, compare, summary
from course_lib.grading.class_folder import ClassFolder
from tests.grading.classes import SET, answered, hand_in

WORDS = (
    "The index fell because the poorer inland provinces grew faster after the reform, while the "
    "three large cities that count as provinces lost part of their lead; without them the value "
    "goes up again, so the sentence is right for the index and wrong for most of the people."
)
OTHER = (
    "I calculated Theil's number for both years and see that it becomes smaller. What the paper "
    "leaves out is how much lies inside each zone: most of it is between neighbours, and that part "
    "has not changed in the decade that follows, whatever the editor thinks about convergence."
)
CODE = """\
def theil(incomes, people):
    total = sum(x * n for x, n in zip(incomes, people))
    persons = sum(people)
    value = 0
    for x, n in zip(incomes, people):
        part = x * n / total
        value += part * math.log(part / (n / persons))
    return value
"""


def pairs(kind: str, **texts: str) -> set[frozenset[str]]:
    return {frozenset((pair.one, pair.other)) for pair in compare("q", kind, texts)}


def test_copied_words_are_found_through_small_changes() -> None:
    changed = WORDS.replace("three large", "3 big").replace("sentence", "claim").upper()
    assert pairs("markdown", a=WORDS, b=changed, c=OTHER) == {frozenset("ab")}
    assert pairs("markdown", a="It fell.", b="It fell.") == set()  # too short to say anything
    chinese = "各省之间的差距在改革以后缩小了因为内陆较穷的省份增长得更快而三个直辖市的领先地位"
    assert pairs("markdown", a=chinese, b=chinese) == {frozenset("ab")}


def test_code_with_other_names_and_comments_is_the_same_code() -> None:
    renamed = CODE.replace("incomes", "y").replace("value", "t").replace("part", "s  ")
    renamed = renamed.replace("    total", "    # my own idea\n    total")
    own = "def theil(incomes, people):\n    w = np.array(people) / np.sum(people)\n"
    own += "    s = np.array(incomes) * w\n    s = s / s.sum()\n"
    own += "    return float((s * np.log(s / w)).sum())\n"
    assert pairs("code", a=CODE, b=renamed, c=own) == {frozenset("ab")}
    assert pairs("code", a="x = (", b="x = (") == set()


def test_what_everybody_got_counts_for_nobody() -> None:
    texts = {"a": WORDS, "b": WORDS}
    assert compare("q", "markdown", texts, given=WORDS) == []


def test_a_copied_model_answer_is_shown(a_class: ClassFolder) -> None:
    from course_lib.grading.alike import answers_in

    model = answers_in(a_class.master(SET))["argument"][1]
    hand_in(a_class, "s001", answered(a_class, "s001", {"argument": model}))
    hand_in(a_class, "s002", answered(a_class, "s002", {"argument": OTHER}))
    hand_in(a_class, "s003", answered(a_class, "s003", {}))
    hand_in(a_class, "s004", b'{"cells": [{"metadata": 3}')
    (pair,) = alike_answers(a_class, SET)
    assert (pair.question, pair.one, pair.other, pair.share) == ("argument", MODEL, "s001", 1.0)
    assert summary([pair]).startswith("Answers that are nearly the same: 1 with the model answer.")


def test_the_page_runs_nothing_and_is_a_question() -> None:
    attack = "<script>attack()</script>"
    page = as_page(SET, [Alike("argument", attack, "s1", 0.75, (attack, "b"))])
    assert "<script" not in page
    assert "(75%)" in page
    assert "no finding about anybody" in page
    assert summary([]) == ""


def test_a_class_of_two_hundred_takes_seconds() -> None:
    draw = random.Random(1)
    words = [f"word{number}" for number in range(900)]
    texts = {f"s{one}": " ".join(draw.choices(words, k=220)) for one in range(200)}
    copied = {f"c{one}": texts["s0"] for one in range(100)}
    begin = time.process_time()
    found = compare("q", "markdown", texts | copied)
    assert time.process_time() - begin < 10
    assert {f"c{one}" for one in range(100)} <= {pair.other for pair in found}
    assert all({pair.one[0], pair.other[0]} <= set("sc") for pair in found)
