"""Moves as files, and the table of teams."""

from __future__ import annotations

import json

import pytest

from course_lib.policy_studio.game import play_game
from course_lib.policy_studio.game_files import (
    GAME,
    LARGEST_FILE,
    Team,
    file_name,
    league,
    read_game,
    save_game,
)
from course_lib.policy_studio.many_games import scores_of_many
from course_lib.policy_studio.moves import USES, moves_of

MOVES = ["knowledge", "networks", *[{"specialities": 0.7, "the poorest": 0.3}] * 4]


@pytest.fixture
def file(tmp_path):
    save_game(play_game(MOVES, 7), "Team Delta", tmp_path)
    return tmp_path / "game_team-delta.json"


def changed(file, **content):
    text = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(text | content), "utf-8")
    return file


class TestSaveAndRead:
    def test_there_and_back(self, file) -> None:
        team = read_game(file)
        assert (team.name, team.seed, team.moves) == ("Team Delta", 7, moves_of(MOVES))
        assert team.game().summary() == play_game(MOVES, 7).summary()
        assert file.stat().st_size < 1500

    def test_a_file_keeps_what_voters_expect_and_an_older_one_means_two_per_cent(
        self, tmp_path
    ) -> None:
        save_game(play_game(MOVES, 7, 0.015), "Team Omega", tmp_path)
        kept = tmp_path / "game_team-omega.json"
        assert read_game(kept).game().voters_expect == 0.015
        content = json.loads(kept.read_text("utf-8"))
        del content["voters_expect"]
        kept.write_text(json.dumps(content | {"version": 1}), "utf-8")
        assert read_game(kept).game().voters_expect == 0.02

    def test_a_file_holds_no_results(self, file) -> None:
        assert set(json.loads(file.read_text("utf-8"))) == {
            "game", "version", "team", "seed", "voters_expect", "moves",
        }  # fmt: skip

    def test_results_that_somebody_writes_in_are_not_read(self, file) -> None:
        before = league([file], countries=[1]).table
        after = league([changed(file, output=99, elections_won=6)], countries=[1]).table
        assert after.equals(before)

    def test_nothing_is_replaced(self, file) -> None:
        before = file.read_bytes()
        said = save_game(play_game(["renewal"] * 6, 7), "Team Delta", file.parent)
        assert file.read_bytes() == before
        assert "game_team-delta_2.json" in said
        assert "game_team-delta.json was there before and stays as it was" in said
        assert f"in the folder {file.parent.name}" in said
        third = save_game(play_game(["renewal"] * 6, 7), "Team Delta", file.parent)
        assert "game_team-delta_3.json" in third

    def test_beside_the_notebook_no_folder_is_named(self, tmp_path, monkeypatch) -> None:
        monkeypatch.chdir(tmp_path)
        said = save_game(play_game(MOVES, 7), "A")
        assert said == "Your moves are in the file game_a.json."

    def test_no_team_yet(self, tmp_path) -> None:
        game = play_game(MOVES)
        assert save_game(game, ..., tmp_path).startswith("Not saved yet")
        for name in ("", "  ", 7, None):
            with pytest.raises(ValueError, match="give your team a name"):
                save_game(game, name, tmp_path)
        with pytest.raises(ValueError, match="at most 60 letters"):
            save_game(game, "x" * 61, tmp_path)
        assert list(tmp_path.iterdir()) == []

    def test_names_stay_in_the_folder(self, tmp_path) -> None:
        save_game(play_game(MOVES), "../../etc: <b>", tmp_path)
        assert [one.name for one in tmp_path.iterdir()] == ["game_etc-b.json"]
        assert file_name("///") == "mine"

    def test_a_folder_that_is_not_there(self, tmp_path) -> None:
        with pytest.raises(ValueError, match=r"could not be written.*check that the folder"):
            save_game(play_game(MOVES), "A", tmp_path / "nowhere")

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            ({"game": "chess"}, "is not a file of this game"),
            ({"version": 3}, "another version of the course"),
            ({"voters_expect": 2}, "0.02 is 2 per cent"),
            ({"team": ""}, "give your team a name"),
            ({"seed": "7"}, "seed must be a whole number"),
            ({"moves": None}, "moves must be a list"),
            ({"moves": [{"knowledge": 1}] * 5}, "not over: 5 of 6 terms"),
            ({"moves": [{"knowledge": 1}] * 7}, "must have 6 terms"),
            ({"moves": [{"knowledge": 5}] * 6}, "it is a share"),
            ({"moves": [{"bribes": 1}] * 6}, "a use of term 1 must be one of"),
        ],
    )
    def test_bad_content(self, file, content, sentence) -> None:
        with pytest.raises(ValueError, match=sentence) as said:
            read_game(changed(file, **content))
        assert str(said.value).startswith("game_team-delta.json")

    @pytest.mark.parametrize("text", ["", "[1, 2]", "{", "[" * 5000, '"text"', "\0"])
    def test_not_a_game(self, tmp_path, text) -> None:
        bad = tmp_path / "bad.json"
        bad.write_text(text, "utf-8")
        with pytest.raises(ValueError, match=r"^bad\.json is not a file"):
            read_game(bad)

    def test_other_bytes_and_large_files(self, tmp_path) -> None:
        bad = tmp_path / "bad.json"
        bad.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(ValueError, match="is not a file that save_game"):
            read_game(bad)
        bad.write_text(" " * (LARGEST_FILE + 1))
        with pytest.raises(ValueError, match="too large"):
            read_game(bad)
        with pytest.raises(ValueError, match="cannot be read"):
            read_game(tmp_path / "none.json")


class TestLeague:
    @pytest.fixture
    def teams(self):
        plans = {"A": "knowledge", "B": "the poorest", "C": "renewal"}
        return [Team(name, 2, moves_of([plan] * 6)) for name, plan in plans.items()]

    def test_order(self, teams) -> None:
        assert league(teams, countries=[0]).table.index[0] == "A"
        equal = league(teams, "inequality", countries=[0]).table
        assert equal.index[0] == "B"
        assert equal["inequality"].is_monotonic_increasing
        elsewhere = league(teams, "tier_gap_elsewhere", countries=[0, 5]).table
        assert elsewhere["tier_gap_elsewhere"].is_monotonic_increasing
        assert league(teams, "elections_won", countries=[0]).table["elections_won"].iloc[0] > 0

    def test_scores_are_played_again_here_and_elsewhere(self, teams) -> None:
        table = league(teams, countries=[4, 5]).table
        for team in teams:
            assert table.loc[team.name, "output"] == pytest.approx(team.game().output[-1])
            other = scores_of_many([team.moves] * 2, [4, 5])["output"].mean()
            assert table.loc[team.name, "output_elsewhere"] == pytest.approx(other)

    def test_a_bad_file_costs_itself_alone(self, file, teams) -> None:
        (file.parent / "bad.json").write_text("{", "utf-8")
        (file.parent / "notes.txt").write_text("not a game", "utf-8")
        found = league(file.parent, countries=[0])
        assert list(found.table.index) == ["Team Delta"]
        assert found.problems == ("Left out: bad.json is not a file that save_game has written.",)
        assert "1 file could not be used" in found.summary()
        assert "bad.json" in repr(found)
        assert "bad.json" in found._repr_html_()

    def test_two_teams_of_one_name(self, teams) -> None:
        twice = [teams[0], Team("A", 2, teams[1].moves), Team("A (2)", 2, teams[2].moves)]
        assert sorted(league(twice, countries=[0]).table.index) == ["A", "A (2)", "A (2) (2)"]

    def test_two_first_places_are_both_named(self, teams) -> None:
        twin = Team("D", 2, teams[0].moves)
        said = league([*teams, twin], countries=[0]).summary()
        assert "first of 4 in their own country: A and D; " in said
        assert "other countries: A and D." in said
        assert "different countries" not in said
        three = league([*teams, twin, Team("E", 2, teams[0].moves)], countries=[0]).summary()
        assert "own country: A, D and E; " in three

    def test_teams_of_different_countries_are_told(self, teams) -> None:
        other = Team("D", 7, teams[0].moves)
        assert "in different countries (2, 7)" in league([*teams, other], countries=[0]).summary()

    def test_headings_are_words(self, teams) -> None:
        page = league(teams, countries=[0])._repr_html_()
        assert "elections won" in page
        assert "elections_won" not in page
        assert page.count(">elsewhere</th>") == 1

    def test_nobody_yet(self, tmp_path) -> None:
        found = league(tmp_path)
        assert found.table.empty
        assert found.summary().startswith("No team has a game")
        assert repr(found) == found.summary()
        assert "<table" not in found._repr_html_()

    def test_bad_wishes(self, teams, tmp_path) -> None:
        with pytest.raises(ValueError, match="goal must be one of"):
            league(teams, "happiness")
        with pytest.raises(ValueError, match="at least one seed"):
            league(teams, countries=[])
        with pytest.raises(ValueError, match="no folder 'games' here"):
            league(tmp_path / "games")

    def test_a_name_cannot_be_a_page(self, teams) -> None:
        evil = Team("<script>alert(1)</script>", 2, teams[0].moves)
        assert "<script" not in league([evil], countries=[0])._repr_html_()


def test_the_file_says_which_game_it_is() -> None:
    assert "lesson 12" in GAME
    assert len(USES) == 6
