"""Hands are counted, kept after each count, and compared with earlier classes."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from course_lib.lab.tally import EARLIER, FILE_NAME, Tally, bars, tally_file

OPTIONS = {"up": "it rises <fast>", "down": "it falls"}


def tally(said: list[str] | None = None) -> Tally:
    return Tally(
        "05 pole",
        "Who gains?",
        OPTIONS,
        lambda: "down",
        lambda: None,
        (said if said is not None else []).append,
    )


@pytest.fixture
def votes_path(progress_path):
    return progress_path.with_name(FILE_NAME)


def kept(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def shown(found: Tally) -> str:
    return "".join(bars.value for bars in found.bars.values())


def one_more(found: Tally, option: str) -> None:
    row = found.widget.children[list(OPTIONS).index(option)]
    row.children[0].click()


def test_a_click_is_a_hand_and_a_number_can_be_typed(votes_path):
    found = tally()
    one_more(found, "up")
    one_more(found, "up")
    found.fields["down"].value = 6
    assert found.votes == [{"up": 2, "down": 6}]
    assert "6 (75%)" in shown(found)
    assert kept(votes_path)[-1]["votes"] == found.votes


def test_the_second_vote_stands_beside_the_first(votes_path):
    found = tally()
    found.fields["up"].value = 3
    found.vote_again()
    assert found.fields["up"].value == 0
    found.fields["down"].value = 3
    assert found.votes == [{"up": 3, "down": 0}, {"up": 0, "down": 3}]
    assert found.again.disabled
    assert "Second vote" in shown(found)
    found.vote_again()  # there is no third
    assert len(found.votes) == 2


def test_what_came_true_is_marked_when_it_is_revealed(votes_path):
    found = tally()
    assert "came true" not in shown(found)
    found.reveal.click()
    assert found.bars["down"].value.count("✓ came true") == shown(found).count("came true") == 1
    assert kept(votes_path)[-1]["outcome"] == "down"


def test_a_kernel_that_stops_costs_nothing(votes_path):
    tally().fields["up"].value = 4
    again = tally()
    assert again.fields["up"].value == 4
    assert again.earlier == []


def test_another_class_of_the_day_begins_at_zero_and_the_first_is_compared(votes_path):
    found = tally()
    found.fields["up"].value = 4
    found.vote_again()
    found.reveal.click()
    found.new.click()
    assert (found.votes, found.outcome) == ([{"up": 0, "down": 0}], "")
    assert found.fields["up"].value == 0
    assert "came true" not in shown(found)
    found.fields["down"].value = 2
    assert kept(votes_path)[-1]["votes"] == [{"up": 0, "down": 2}]
    found.reveal.click()
    assert "Today, " in shown(found)
    assert "4 (100%)" in found.bars["up"].value  # nobody voted again, so the first vote counts
    assert tally().votes == found.votes


def test_who_pressed_it_twice_has_no_class_of_nobody(votes_path):
    found = tally()
    found.new.click()
    found.new.click()
    found.reveal.click()
    assert found.earlier == []


def test_an_empty_bar_is_empty(votes_path):
    found = tally()
    found.fields["up"].value = 1
    assert 'style="width: 100.0%"' in found.bars["up"].value
    assert 'style="width: 0.0%"' in found.bars["down"].value


def test_earlier_classes_stand_below_once_it_is_revealed(votes_path):
    for years in range(1, 7):
        when = (datetime.now(UTC) - timedelta(days=365 * years)).isoformat()
        line = {"kind": "tally", "name": "05 pole", "when": when, "began": when}
        line |= {"votes": [{"up": 1, "down": years}], "outcome": "down"}
        with votes_path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    found = tally()
    assert found.fields["up"].value == 0
    assert shown(found).count("<tr>") == len(OPTIONS)
    found.reveal.click()
    assert shown(found).count("<tr>") == (1 + EARLIER) * len(OPTIONS)
    assert when[:10] not in shown(found)  # the oldest of six


@pytest.mark.parametrize(
    "damaged",
    [
        {"votes": "many"},
        {"votes": []},
        {"votes": [3]},
        {"began": 5},
        {"when": "today"},
        {"votes": [{"up": "<b>", "down": -1, "other": 3}]},
    ],
)
def test_a_damaged_line_is_no_vote(votes_path, damaged):
    when = datetime.now(UTC).isoformat()
    line = {"kind": "tally", "name": "05 pole", "when": when, "began": when, "votes": [{"up": 1}]}
    votes_path.write_text(json.dumps(line | damaged) + "\n", "utf-8")
    assert tally().votes == [{"up": 0, "down": 0}]


def test_words_are_no_html():
    assert "it rises &lt;fast&gt;" in bars("up", OPTIONS["up"], [], came_true=False)


def test_where_nothing_can_be_kept_it_counts_and_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "no_such_folder" / "p.jsonl"))
    said: list[str] = []
    found = tally(said)
    found.fields["up"].value = 2
    assert found.votes == [{"up": 2, "down": 0}]
    assert said[0].startswith("The votes stand here, but it could not be saved in class_votes")


def test_in_tests_nothing_is_kept():
    assert tally_file() is None
