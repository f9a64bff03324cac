"""A challenge: its score, the line that shows it, and what is kept of it."""

from __future__ import annotations

import pytest

from course_lib.lab import Challenge, progress
from tests.lab.examples import budget_lab, open_lab
from tests.lab.test_panel import button, commit, slider


def most_saved(target: float = 40, **changes) -> Challenge:
    return Challenge(
        "Save as much as you can in less than 15 years.",
        lambda result: None if result.years >= 15 else result.saved[-1],
        **({"target": target, "unit": "units"} | changes),
    )


def line(panel) -> str:
    return panel.scoreboard.widget.value


def page_at_rest(panel) -> None:
    """What the page says half a second after a new best."""
    panel.front._answer(None, {"kind": "new best"}, [])


class TestScore:
    def test_more_or_less(self):
        more, less = most_saved(), most_saved(better="less")
        assert more.beats(3, 2)
        assert less.beats(2, 3)
        assert not more.beats(2, 2)
        assert not more.beats(0.1 + 0.2, 0.3)  # the noise of binary numbers
        assert more.reached(40)
        assert not more.reached(39.9)
        assert less.reached(40)
        assert not less.reached(40.1)
        assert more.beats(1, None)
        assert not more.beats(None, 1)
        assert not more.reached(None)

    def test_words(self):
        assert most_saved(1234567.8).target_in_words == "1,234,568 units or more"
        assert most_saved(12.5, unit="%", better="less").target_in_words == "12.5% or less"

    def test_a_state_against_the_rules_has_no_score(self):
        lab = open_lab(challenge=most_saved())
        assert lab.challenge.of(lab.result) == 10
        assert lab.challenge.of(lab.set(years=15).result) is None
        assert most_saved().of(lab.result) is None

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"goal": "Save"}, "let it end with a full stop"),
            ({"score": 3}, "has to be a function of a result"),
            ({"better": "higher"}, "better is 'more' or 'less'"),
            ({"target": "much"}, "target has to be a number"),
            ({"target": float("nan")}, "target has to be a number"),
            ({"target": True}, "target has to be a number"),
        ],
    )
    def test_refuses_in_a_sentence(self, wrong, sentence):
        right = {"goal": "Save.", "score": len, "target": 1}
        with pytest.raises(ValueError, match=sentence):
            Challenge(**(right | wrong))


class TestLine:
    def test_opens_with_the_lab(self):
        panel = budget_lab(challenge=most_saved()).panel
        assert panel.scoreboard.widget.layout.display == "none"
        assert "Score now: <b></b>" in line(panel)
        commit(panel)
        assert panel.scoreboard.widget.layout.display == ""
        assert "Score now: <b>10 units</b>" in line(panel)
        assert "Target: <b>40 units or more</b>" in line(panel)
        assert "<b>none yet</b>" in line(panel)  # the lab stood so before anything was done

    def test_best_so_far_outlives_a_worse_state_and_reset(self):
        panel = open_lab(challenge=most_saved()).panel
        slider(panel, "income").value = 5
        assert "Best so far: <b>30 units</b>." in line(panel)
        slider(panel, "income").value = 4
        button(panel, "Reset").click()
        assert "Score now: <b>10 units</b>" in line(panel)
        assert "Best so far: <b>30 units</b>." in line(panel)
        assert "course-lab-reached" not in line(panel)

    def test_says_when_the_target_is_reached(self):
        panel = open_lab(challenge=most_saved()).panel
        panel.lab.set(income=5, spent=0)
        panel.refresh()
        assert "Best so far: <b>50 units</b>. Target reached.</span>" in line(panel)

    def test_a_state_that_does_not_count_is_no_best(self):
        panel = open_lab(challenge=most_saved()).panel
        slider(panel, "years").value = 20
        assert "Score now: <b>does not count</b>" in line(panel)
        assert "none yet" in line(panel)

    def test_only_the_best_is_read_aloud(self):
        panel = open_lab(challenge=most_saved()).panel
        aloud = line(panel).split('data-say="challenge">')[1]
        slider(panel, "income").value = 2.5  # worse than at first, and yet the first of one's own
        first = line(panel).split('data-say="challenge">')[1]
        slider(panel, "income").value = 2.3
        assert line(panel).split('data-say="challenge">')[1] == first != aloud

    def test_a_goal_is_text_and_not_code(self):
        goal = Challenge("Save <b>more</b>.", lambda result: 1.0, target=2)
        panel = open_lab(challenge=goal).panel
        assert "Save &lt;b&gt;more&lt;/b&gt;." in line(panel)


class TestKept:
    def test_the_best_is_kept_once_at_rest_with_its_setting(self, progress_path):
        panel = open_lab(challenge=most_saved()).panel
        for income in (3.5, 4, 5):  # drawn over on the way
            slider(panel, "income").value = income
        page_at_rest(panel)
        page_at_rest(panel)
        (event,) = progress.events()
        assert event["kind"] == "challenge"
        assert (event["score"], event["right"]) == (30, False)
        assert event["words"] == "best 30 units, target 40 units or more"
        assert event["setting"] == {"income": 5, "spent": 2, "years": 10}

    def test_it_is_there_again_after_a_restart(self, progress_path):
        panel = open_lab(challenge=most_saved()).panel
        slider(panel, "income").value = 5
        page_at_rest(panel)
        progress.record("challenge", "another lab", score=99)
        progress.record("challenge", panel.lab.name, score="damaged")
        again = open_lab(challenge=most_saved()).panel
        assert "Best so far: <b>30 units</b>." in line(again)
        page_at_rest(again)
        assert len(progress.events()) == 3  # nothing new

    def test_a_folder_that_cannot_be_written_is_said(self, monkeypatch, tmp_path):
        monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "nowhere" / "mine.jsonl"))
        panel = open_lab(challenge=most_saved()).panel
        slider(panel, "income").value = 5
        page_at_rest(panel)
        assert "could not be saved" in panel.message.value
