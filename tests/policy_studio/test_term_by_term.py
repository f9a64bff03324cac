"""The game term by term is the same game, and tells nothing of what lies ahead."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.policy_studio.game import country_without_budget, play_game
from course_lib.policy_studio.game_files import Team, league, open_game, read_game, save_game
from course_lib.policy_studio.moves import PROGRAMMES, TERMS, moves_of
from course_lib.policy_studio.rules import shock_of
from course_lib.policy_studio.term_by_term import play_terms
from course_lib.policy_studio.term_game import term_game
from course_lib.policy_studio.term_game_panel import NO_FILE, TermGamePanel

NAMES = sorted(PROGRAMMES)


@given(st.lists(st.sampled_from(NAMES), min_size=TERMS, max_size=TERMS), st.integers(0, 9))
@settings(max_examples=12, deadline=None)
def test_six_terms_are_the_whole_game(names, seed):
    so_far = play_terms((), seed)
    for name in names:
        so_far = so_far.after(name)
    whole = play_game(names, seed)
    np.testing.assert_array_equal(so_far.output, whole.output)
    np.testing.assert_array_equal(so_far.idle_output, whole.idle_output)
    np.testing.assert_array_equal(so_far.in_office, whole.in_office)
    np.testing.assert_array_equal(so_far.won, whole.won)
    assert so_far.game().scores == whole.scores
    assert so_far.inequality == whole.inequality[-1]


@pytest.mark.parametrize("ended", range(TERMS + 1))
@pytest.mark.parametrize("seed", [0, 1, 10])
def test_nothing_of_what_lies_ahead_is_known(seed, ended):
    so_far = play_terms(["knowledge"] * ended, seed)
    struck = shock_of(seed).year < so_far.year
    assert (so_far.shock is not None) == struck
    assert len(so_far.output) == len(so_far.idle_output) == so_far.year + 1
    assert len(so_far.to_frame()) == ended
    if not struck:
        assert "shock" not in so_far.summary()


def test_the_shock_is_said_in_the_term_in_which_it_strikes_and_then_no_more():
    said = []
    for ended in range(1, TERMS + 1):
        so_far = play_terms(["knowledge"] * ended, 1)
        said.append("struck" in so_far.summary())
    assert sum(said) == 1
    assert said.index(True) == (shock_of(1).year - 5) // 5


def test_the_country_without_a_budget_has_the_same_shock():
    year = shock_of(1).year
    growth = np.diff(np.log(country_without_budget(1)))
    assert growth[year] < growth[year - 1] - 0.01


def test_after_the_end_there_is_no_term():
    over = play_terms(["knowledge"] * TERMS)
    assert over.is_over
    with pytest.raises(ValueError, match="all six terms have ended"):
        over.after("knowledge")
    with pytest.raises(ValueError, match="the game is not over: 2 of 6"):
        play_terms(["knowledge"] * 2).game()
    with pytest.raises(ValueError, match="a game has 6 terms"):
        play_terms(["knowledge"] * 7)


class TestButtons:
    """Played by the buttons alone."""

    def panel(self, tmp_path, seed=1) -> TermGamePanel:
        return TermGamePanel(term_game(seed=seed, folder=tmp_path))

    def test_a_whole_game(self, tmp_path):
        panel = self.panel(tmp_path)
        for term in range(1, TERMS + 1):
            assert panel.end.description.startswith(f"End term {term}")
            panel.end.click()
            assert f"end of term {term}" in panel.sentence.value
        assert panel.end.disabled
        assert panel.game.so_far.is_over
        assert panel.picture.tooltip == panel.game.so_far.summary()

    def test_a_saved_game_opens_where_it_stopped_and_goes_on(self, tmp_path):
        panel = self.panel(tmp_path)
        panel.mix["the poorest"].value = 1.0
        panel.end.click()
        panel.end.click()
        panel.team.value = "珠江队"
        panel.save.click()
        assert "Your moves are in the file game_珠江队.json" in panel.message.value
        stood = panel.game.so_far.summary()
        other = self.panel(tmp_path, seed=5)
        other.file.value = "game_珠江队.json"
        other.load.click()
        assert other.game.so_far.summary() == stood
        assert other.seed.value == 1
        for _ in range(4):
            other.end.click()
        other.team.value = "珠江队"
        other.save.click()
        assert "stays as it was" in other.message.value
        found = league(tmp_path, countries=range(3))
        assert list(found.table.index) == ["珠江队"]
        assert "is not over: 2 of 6 terms" in found.problems[0]

    def test_in_a_term_of_the_opposition_the_mix_waits(self, tmp_path):
        panel = self.panel(tmp_path, seed=0)
        while panel.game.so_far.governs and not panel.game.so_far.is_over:
            for use, slider in panel.mix.items():
                slider.value = float(use == "large firms")
            panel.end.click()
        assert not panel.game.so_far.governs
        assert "of the opposition" in panel.end.description
        assert all(slider.disabled for slider in panel.mix.values())
        panel.end.click()
        assert panel.game.so_far.governs

    def test_what_is_not_possible_is_said(self, tmp_path):
        panel = self.panel(tmp_path)
        for slider in panel.mix.values():
            slider.value = 0
        panel.end.click()
        assert "your mix gives nothing to anybody" in panel.refusal.value
        assert panel.game.so_far.ended == 0
        panel.save.click()
        assert "give your team a name" in panel.message.value
        panel.load.click()
        assert "No file is here yet" in panel.message.value
        (tmp_path / "game_bad.json").write_text("{")
        panel.load.click()
        assert "Choose a file first" in panel.message.value
        panel.file.value = "game_bad.json"
        panel.load.click()
        assert "is not a file that save_game has written" in panel.message.value
        panel.file.value = NO_FILE

    def test_a_new_game_begins_in_another_country(self, tmp_path):
        panel = self.panel(tmp_path)
        panel.end.click()
        panel.seed.value = 9
        panel.begin.click()
        assert panel.game.so_far.ended == 0
        assert "country 9" in panel.sentence.value


def test_files_of_a_game_that_is_not_over(tmp_path):
    save_game(play_terms(["knowledge"] * 3, 4), "Delta", tmp_path)
    (file,) = tmp_path.iterdir()
    assert open_game(file).ended == 3
    with pytest.raises(ValueError, match=r"is not over: 3 of 6 terms have ended. Load it"):
        read_game(file)
    content = json.loads(file.read_text())
    for moves, why in (("x", "must be a list of terms"), ([{"x": 1}], "a use of term 1")):
        file.write_text(json.dumps(content | {"moves": moves}))
        with pytest.raises(ValueError, match=why):
            open_game(file)


def test_a_saved_game_shows_itself_as_sentence_and_picture(tmp_path):
    save_game(play_game(["knowledge"] * 6, 2), "Delta", tmp_path)
    (file,) = tmp_path.iterdir()
    team = read_game(file)
    assert repr(team).startswith("Delta. Simulated country 2, where voters expect")
    data, _ = team._repr_mimebundle_()
    assert "image/png" in data


def test_the_league_has_a_picture_for_the_wall():
    teams = [Team(f"{name} {n}", 3, moves_of([name] * 6)) for n in range(3) for name in NAMES]
    found = league(teams, goal="inequality", countries=range(2))
    own, elsewhere = found.picture().figure.axes
    names = [label.get_text() for label in own.get_yticklabels()]
    assert names == [str(name) for name in found.table.index[: len(names)]]
    assert own.get_xlabel() == elsewhere.get_xlabel() == "inequality of regions, year 35"
    with pytest.raises(ValueError, match="there is no picture"):
        league([], countries=range(2)).picture()
