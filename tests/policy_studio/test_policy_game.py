"""The policy game: its rules, beside the economy of lesson 09 that it is played in."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.policy_studio.game import game_of_programmes, lost_to_the_shock, play_game
from course_lib.policy_studio.many_games import in_office_and_as_voted, scores_of_many
from course_lib.policy_studio.moves import ALIKE, PROGRAMMES, TERMS, USES, moves_of, shares_of
from course_lib.policy_studio.rules import (
    EXPECTED_GROWTH,
    FIRST_YEAR,
    LAST_YEAR,
    POOREST,
    SHOCK_YEARS,
    TERM_YEARS,
    Shock,
    growth_a_year,
    shock_of,
    votes,
)
from course_lib.regional_economy.budget import OWN_MIX, Plan
from course_lib.regional_economy.economy import region, settle
from course_lib.regional_economy.history import years
from course_lib.regional_economy.laws import Laws
from course_lib.regional_economy.policies import Cluster, EvenSpread, GrowthPole, ProductionComplex

CLUSTERS = {"specialities": 0.4, "knowledge": 0.4, "networks": 0.2}
CHANGING = [ALIKE, "the poorest", CLUSTERS, "knowledge", "renewal", "networks"]


class OnceATerm:
    """The game's plan written as a policy of lesson 09, region by region and without the game."""

    def __init__(self, moves, in_office):
        self.moves, self.in_office, self.plan = moves, in_office, None

    def __call__(self, now):
        if (now.year - FIRST_YEAR) % TERM_YEARS == 0:
            term = (now.year - FIRST_YEAR) // TERM_YEARS
            self.plan = self._plan(now, term) if term < TERMS else EvenSpread()(now)
        return self.plan

    def _plan(self, now, term):
        even = np.full((24, 6), 1 / 144)
        if not self.in_office[term]:
            return Plan(plants=even)
        share = dict(zip(USES, self.moves[term], strict=True))
        made = now.output
        coast = np.where(now.tier == 1, made, 0)
        order = np.argsort(now.output_per_head[:, 0])
        poorest = np.zeros_like(made)
        poorest[order[:POOREST]] = made[order[:POOREST]]
        largest = np.zeros_like(made)
        home = int(np.argmax(now.start_output.sum(axis=1)))
        largest[home] = [0.2, 0.6, 0.04, 0.04, 0.12, 0.0]  # core, main A and its other suppliers
        better = now.advantage - now.advantage.mean(axis=0)
        best = np.zeros_like(made)
        best[np.arange(24), better.argmax(axis=1)] = 1 / 24
        suits = 0.5 * now.advantage[:, 0] + now.advantage[:, :5].mean(axis=1)
        suits[now.tier[:, 0] == 1] = -np.inf
        sites = np.zeros_like(made)
        sites[np.argsort(-suits)[:2]] = np.array([0.30, 0.20, 0.15, 0.15, 0.20, 0.0]) / 2
        return Plan(
            plants=share["large firms"] * largest
            + share["specialities"] * best
            + share["renewal"] / 2 * sites
            + share["the poorest"] * poorest / poorest.sum(),
            knowledge=share["knowledge"] * coast / coast.sum() + share["renewal"] / 2 * sites,
            institutions=share["networks"],
        )


class TestTheEconomyIsThatOfLesson09:
    @pytest.mark.parametrize(
        ("moves", "seed"),
        [(CHANGING, 1), (CHANGING, 5), ([CLUSTERS] * 6, 0), (["large firms"] * 6, 3)],
    )
    def test_path(self, moves, seed) -> None:
        game = play_game(moves, seed)
        start = settle([seed], Laws(shock_year=game.shock.year))
        policy = OnceATerm(moves_of(moves), game.in_office)
        states = dict(years(start, policy, game.shock.kind))
        made = np.array([states[year].output.sum() for year in range(LAST_YEAR + 1)])
        np.testing.assert_allclose(game.output, made / made[0], rtol=1e-12)
        per_head = {
            year: (region(state.output) / state.people)[0, :, 0] for year, state in states.items()
        }
        for term in range(TERMS):
            first = FIRST_YEAR + term * TERM_YEARS
            growth = (per_head[first + TERM_YEARS] / per_head[first]) ** (1 / TERM_YEARS) - 1
            np.testing.assert_allclose(game.growth[term], growth, rtol=1e-9)
            people = states[first + TERM_YEARS].people[0, :, 0]
            for_it = sum(
                one for one, grew in zip(people, growth, strict=True) if grew >= EXPECTED_GROWTH
            )
            assert game.votes[term] == pytest.approx(for_it / people.sum())

    def test_without_a_budget(self) -> None:
        game = play_game([ALIKE] * 6, 4)
        start = settle([4], Laws(shock_year=game.shock.year))
        made = [state.output.sum() for _, state in years(start, None, game.shock.kind)]
        np.testing.assert_allclose(game.idle_output, np.array(made[:36]) / made[0], rtol=1e-12)

    def test_uses_are_the_policies_of_lesson_09(self) -> None:
        """Their names and their numbers of sites: a change there has to be noticed here."""
        assert GrowthPole().poles == 1
        assert ProductionComplex().sites == 2
        assert Cluster().misreading == 0


class TestRules:
    def test_many_games_are_the_same_games(self) -> None:
        moves = [moves_of(CHANGING), moves_of([CLUSTERS] * 6), moves_of(["networks"] * 6)]
        seeds = [3, 0, 11]
        many = scores_of_many(moves, seeds)
        for place, (own, seed) in enumerate(zip(moves, seeds, strict=True)):
            alone = play_game([dict(zip(USES, one, strict=True)) for one in own], seed).scores
            for name, value in alone.items():
                assert many[name][place] == pytest.approx(value, rel=1e-12)

    def test_without_shocks_sector_countries_do_better(self) -> None:
        seeds = [seed for seed in range(40) if shock_of(seed).kind == "largest sector"]
        moves = [moves_of([ALIKE] * 6)] * len(seeds)
        calm, hit = (scores_of_many(moves, seeds, shocks=flag) for flag in (False, True))
        assert (calm["output"] > hit["output"]).all()

    def test_whoever_loses_is_out_for_one_term_and_then_back(self) -> None:
        for seed in range(12):
            game = play_game(CHANGING, seed)
            assert game.in_office[0]
            for term in range(1, TERMS):
                expected = not game.in_office[term - 1] or game.votes[term - 1] > 0.5
                assert game.in_office[term] == expected
            assert game.elections_won == sum(game.won)
            assert not (game.won & ~game.in_office).any()

    def test_what_is_said_for_a_term_of_the_opposition_is_not_played(self) -> None:
        first = play_game(["the poorest"] * 6, 0)
        assert not first.in_office[1]
        other = play_game(["the poorest", "knowledge", *["the poorest"] * 4], 0)
        np.testing.assert_array_equal(other.output, first.output)

    def test_voters_who_expect_more_turn_a_government_out(self) -> None:
        for expected, won in ((0.015, 6), (0.02, 0), (0.025, 0)):
            game = play_game(["networks"] * 6, 1, expected)
            assert game.elections_won == won
            assert game.voters_expect == expected
        with pytest.raises(ValueError, match=r"0\.02 is 2 per cent"):
            play_game(["networks"] * 6, 1, 2.0)

    def test_always_in_office_no_vote_has_a_consequence(self) -> None:
        moves = [moves_of(["large firms"] * 6)] * 3
        stays, voted = (
            scores_of_many(moves, range(3), always_in_office=always) for always in (True, False)
        )
        assert (stays["terms_in_office"] == 6).all()
        assert (voted["terms_in_office"] == 3).all()
        easy = scores_of_many(moves, range(3), voters_expect=0.0)
        np.testing.assert_allclose(easy["output"], stays["output"])
        table = in_office_and_as_voted({"large firms": "large firms"}, range(3))
        assert table["output, in office"].item() == pytest.approx(stays["output"].mean())
        assert table["output, as voted"].item() == pytest.approx(voted["output"].mean())

    def test_votes_at_the_line(self) -> None:
        people = np.array([1.0, 2.0, 3.0])
        assert votes(people, np.array([0.02, 0.019, 0.021])) == pytest.approx(4 / 6)
        assert votes(people, np.array([0.0, 0.0, 0.0])) == 0
        assert growth_a_year(np.array([2.0]), np.array([2.0 * 1.03**5]))[0] == pytest.approx(0.03)

    @settings(max_examples=15)
    @given(
        st.lists(st.lists(st.integers(0, 9), min_size=6, max_size=6), min_size=6, max_size=6),
        st.integers(0, 30),
    )
    def test_any_moves_can_be_played(self, parts, seed) -> None:
        moves = [
            {use: part / (sum(row) or 1) for use, part in zip(USES, row, strict=True)}
            if sum(row)
            else "networks"
            for row in parts
        ]
        game = play_game(moves, seed)
        assert np.isfinite(game.output).all()
        assert ((game.votes >= 0) & (game.votes <= 1)).all()
        assert game.people.sum(axis=1) == pytest.approx(np.full(6, 24))

    def test_same_seed_and_moves_same_game_and_other_seed_another(self) -> None:
        assert play_game([CLUSTERS] * 6, 8).summary() == play_game([CLUSTERS] * 6, 8).summary()
        assert play_game([CLUSTERS] * 6, 8).summary() != play_game([CLUSTERS] * 6, 9).summary()

    def test_kept_games_cannot_be_changed(self) -> None:
        game = play_game([CLUSTERS] * 6, 8)
        for name in ("votes", "output", "growth", "idle_output", "tier"):
            with pytest.raises(ValueError, match="read-only"):
                getattr(game, name)[0] = 0

    def test_named_programmes_and_your_mix(self) -> None:
        named = game_of_programmes(2.0, *["knowledge"] * 6, seed=3)
        np.testing.assert_array_equal(named.output, play_game(["knowledge"] * 6, 3).output)
        mixed = game_of_programmes(2.0, *[OWN_MIX] * 6, mix=(1, 0, 2, 2, 0, 0), seed=3)
        np.testing.assert_allclose(mixed.output, play_game([CLUSTERS] * 6, 3).output)
        assert all(sum(shares) == pytest.approx(1) for shares in PROGRAMMES.values())

    def test_table_and_sentence(self) -> None:
        game = play_game(["the poorest"] * 6, 0)
        table = game.to_frame()
        assert list(table["governs"]) == ["you", "opposition"] * 3
        assert list(table["the_poorest"]) == [1, 0] * 3  # the opposition's terms are not yours
        assert table["votes"].isna().tolist() == [False, True] * 3  # the opposition has no election
        assert list(table["last_year"]) == [9, 14, 19, 24, 29, 34]
        assert "win 0 elections" in game.summary()


class TestShock:
    def test_every_year_and_kind_is_drawn(self) -> None:
        drawn = [shock_of(seed) for seed in range(400)]
        assert {one.year for one in drawn} == set(range(SHOCK_YEARS[0], SHOCK_YEARS[1] + 1))
        assert 160 < Counter(one.kind for one in drawn)["largest sector"] < 240

    def test_it_strikes_once_and_at_the_end_of_its_year(self) -> None:
        seed = next(seed for seed in range(20) if shock_of(seed).kind == "largest sector")
        game = play_game([CLUSTERS] * 6, seed)
        change = game.output[1:] / game.output[:-1]
        assert change.argmin() == shock_of(seed).year
        assert change.min() < 0.97
        assert (np.delete(change, change.argmin()) > 0.99).all()

    def test_the_numbers_of_the_lesson(self) -> None:
        found = [lost_to_the_shock([ALIKE] * 6, seed) for seed in range(100)]
        lost = Counter(one.kind for one in found if one.lost)
        assert Counter(one.kind for one in found) == {"largest sector": 44, "flagship plant": 56}
        assert lost == {"largest sector": 43}
        in_office = Counter(one.kind for one in found if one.in_office)
        assert in_office == {"largest sector": 43, "flagship plant": 52}
        assert lost_to_the_shock([ALIKE] * 6, 0).term == (shock_of(0).year - 5) // 5 + 1
        assert shock_of(10) == Shock(23, "largest sector")  # the lesson sends students there


class TestBadMoves:
    @pytest.mark.parametrize(
        ("moves", "sentence"),
        [
            ([ALIKE] * 5, r"moves must have 6 terms, one after the other \(got 5\)"),
            ("knowledge", "a list of 6 terms"),
            ([{"knowledge": 0.5}] * 6, "term 1: the shares add up to 0.5, not to 1: some money is"),
            ([ALIKE, {"knowledge": 0.9, "networks": 0.9}, *[ALIKE] * 4], "term 2.*more than the"),
            ([{"knowlege": 1.0}] * 6, "a use of term 1 must be one of 'networks'"),
            ([{"knowledge": 2.0, "networks": -1.0}] * 6, "it is a share"),
            ([{"knowledge": "all"}] * 6, "term 1, knowledge must be"),
            ([{"knowledge": float("nan")}] * 6, "term 1, knowledge must be"),
            ([["knowledge"]] * 6, "a dictionary from uses to shares"),
            (["luck"] * 6, "term 1 must be one of"),
        ],
    )
    def test_sentence(self, moves, sentence) -> None:
        with pytest.raises(ValueError, match=sentence):
            play_game(moves)

    @pytest.mark.parametrize("seed", [-1, 1.5, "7", True, 2**31])
    def test_seed(self, seed) -> None:
        with pytest.raises(ValueError, match="it fixes the country and its shock"):
            play_game([ALIKE] * 6, seed)

    def test_mix(self) -> None:
        with pytest.raises(ValueError, match="gives nothing to anybody"):
            game_of_programmes(mix=(0,) * 6)
        with pytest.raises(ValueError, match="one for each of networks"):
            game_of_programmes(mix=(1, 1))

    def test_shares_are_plain_data(self) -> None:
        assert json.loads(json.dumps(shares_of(CLUSTERS, 1))) == [0.2, 0, 0.4, 0.4, 0, 0]
