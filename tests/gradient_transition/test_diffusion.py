"""Diffusion over a map, against Hagerstrand's field, his form with tellers, and barriers."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.gradient_transition.diffusion import (
    MEAN_INFORMATION_FIELD,
    NOT_ADOPTED,
    Town,
    default_towns,
    diffusion,
)

HERE = (Town("Here", 10, 10, 1.0),)
"""One town in the middle of a small map."""


def step_of(run, name):
    """Step at which a town adopts; infinite if it does not."""
    step = dict(zip([town.name for town in run.towns], run.town_step, strict=True))[name]
    return math.inf if step == NOT_ADOPTED else step


def hagerstrand_with_tellers(size, steps, rng):
    """Adopters by step in the form with tellers: each adopter sends each message to one cell."""
    chance = np.append(MEAN_INFORMATION_FIELD.ravel(), 1 - MEAN_INFORMATION_FIELD.sum())
    adopted = np.zeros((size, size), dtype=bool)
    adopted[size // 2, size // 2] = True
    counts = [1]
    for _ in range(steps):
        row, column = np.nonzero(adopted)
        field = rng.choice(len(chance), size=len(row), p=chance)
        arrived = field < 25
        row = row[arrived] + field[arrived] // 5 - 2
        column = column[arrived] + field[arrived] % 5 - 2
        on_map = (row >= 0) & (row < size) & (column >= 0) & (column < size)
        adopted[row[on_map], column[on_map]] = True
        counts.append(int(adopted.sum()))
    return counts


def test_mean_information_field_as_published():
    # Hagerstrand (1967): corner, edge, ring and centre; the sum of .9999 is as published.
    field = MEAN_INFORMATION_FIELD
    assert field.shape == (5, 5)
    assert field[0].tolist() == [0.0096, 0.0140, 0.0168, 0.0140, 0.0096]
    assert field[1].tolist() == [0.0140, 0.0301, 0.0547, 0.0301, 0.0140]
    assert field[2, 2] == 0.4431
    assert field.sum() == pytest.approx(0.9999)
    assert 1 - field[2, 2] == pytest.approx(0.5569)  # a contact leaves the cell
    np.testing.assert_array_equal(field, field.T)
    np.testing.assert_array_equal(field, field[::-1, ::-1])
    assert not field.flags.writeable


def test_first_step_has_the_chances_of_the_field():
    """Of many runs, the share in which a cell adopts first is its entry in the field."""
    runs = 4000
    adopted = np.zeros((5, 5))
    for seed in range(runs):
        run = diffusion(towns=HERE, size=21, steps=1, seed=seed)
        adopted += run.adoption_step[8:13, 8:13] == 1
    error = np.sqrt(MEAN_INFORMATION_FIELD / runs)
    outside = np.ones((5, 5), dtype=bool)
    outside[2, 2] = False  # the centre knows already
    distance = abs(adopted / runs - MEAN_INFORMATION_FIELD)
    assert (distance[outside] < 4.5 * error[outside]).all()


def test_growth_is_close_to_that_of_hagerstrands_tellers():
    rng = np.random.default_rng(0)
    tellers = np.mean([hagerstrand_with_tellers(30, 15, rng) for _ in range(250)], axis=0)
    middle = (Town("Here", 15, 15, 1.0),)
    ours = np.mean(
        [diffusion(towns=middle, size=30, steps=15, seed=seed).share for seed in range(250)], axis=0
    )
    ours *= 30**2
    assert ours[1] == pytest.approx(1.5568, abs=0.2)  # 1 + .5568 in both forms
    np.testing.assert_allclose(ours[[2, 5, 10, 15]], tellers[[2, 5, 10, 15]], rtol=0.25)
    assert ours[15] < tellers[15]  # the mean-field form starts a little slower, as its text says


def test_one_seed_one_run():
    np.testing.assert_array_equal(diffusion(seed=7).adoption_step, diffusion(seed=7).adoption_step)
    assert (diffusion(seed=7).adoption_step != diffusion(seed=8).adoption_step).any()


def test_encoding_shares_and_frames():
    run = diffusion(steps=60)
    assert run.adoption_step.dtype == np.int64
    assert run.adoption_step.min() == NOT_ADOPTED == -1
    assert run.adoption_step.max() <= 60
    assert (run.adoption_step == 0).sum() == 1
    for step in (0, 1, 30, 60):
        assert run.adopters(step).mean() == pytest.approx(run.share[step])
    assert (np.diff(run.share) >= 0).all()
    assert run.half_step == NOT_ADOPTED
    assert diffusion(steps=150).share[diffusion(steps=150).half_step] >= 0.5


def test_a_longer_run_begins_like_a_shorter_one():
    short, long = diffusion(steps=30), diffusion(steps=90)
    np.testing.assert_array_equal(short.adopters(30), long.adopters(30))


def as_time(run):
    """Adoption steps with infinity for "not yet", so that they can be compared."""
    return np.where(run.adoption_step == NOT_ADOPTED, np.inf, run.adoption_step)


@given(st.integers(0, 1000), st.floats(0, 1), st.floats(0, 1), st.integers(0, 40))
@settings(max_examples=25)
def test_an_opener_barrier_never_delays_a_cell(seed, one, other, gap):
    common = {"size": 40, "steps": 60, "barrier": 20, "seed": seed, "mode": "hierarchical"}
    closed, opener = sorted((one, other))
    later = diffusion(permeability=closed, gap=gap // 2, **common)
    sooner = diffusion(permeability=opener, gap=gap, **common)
    assert (as_time(sooner) <= as_time(later)).all()


@given(st.integers(0, 1000), st.floats(0, 2))
@settings(max_examples=25)
def test_calls_between_towns_never_delay_a_cell(seed, gravity):
    alone = diffusion("contagious", size=40, steps=60, seed=seed)
    called = diffusion("hierarchical", gravity=gravity, size=40, steps=60, seed=seed)
    assert (as_time(called) <= as_time(alone)).all()


def test_hierarchical_without_gravity_is_contagious():
    np.testing.assert_array_equal(
        diffusion("hierarchical", gravity=0).adoption_step, diffusion("contagious").adoption_step
    )


def test_hierarchical_diffusion_jumps_to_the_second_city_before_the_near_village():
    seeds = range(100)
    jumps = near_first = 0
    for seed in seeds:
        run = diffusion("hierarchical", steps=60, seed=seed)
        jumps += step_of(run, "Second city") < step_of(run, "Near village")
        run = diffusion("contagious", steps=60, seed=seed)
        near_first += step_of(run, "Near village") < step_of(run, "Second city")
    assert jumps >= 95
    assert near_first == len(seeds)


def test_a_closed_barrier_holds():
    run = diffusion("hierarchical", barrier=50, gap=0, steps=200)
    assert (run.adoption_step[:, 50:] == NOT_ADOPTED).all()
    assert run.adopters(200)[:, :50].mean() > 0.99


def test_without_permeability_news_comes_through_the_gap():
    run = diffusion(barrier=50, gap=6, steps=150)
    assert run.gap_rows == (47, 53)
    beyond = np.where(run.adoption_step[:, 50:] == NOT_ADOPTED, 999, run.adoption_step[:, 50:])
    row = np.unravel_index(beyond.argmin(), beyond.shape)[0]
    assert 44 <= row <= 55
    assert beyond[50].min() < beyond[5].min()


def test_an_open_barrier_is_no_barrier():
    open_map = diffusion(steps=120).adoption_step
    for opened in ({"permeability": 1.0, "gap": 0}, {"gap": 100}):
        run = diffusion(barrier=40, steps=120, **opened)
        np.testing.assert_array_equal(run.adoption_step, open_map)


def test_messages_along_the_barrier_are_not_stopped():
    # A town right beside a closed barrier: all of its own side adopts.
    towns = (Town("Wall", 10, 9, 1.0),)
    run = diffusion(towns=towns, size=20, barrier=10, gap=0, steps=300)
    assert (run.adoption_step[:, :10] >= 0).all()
    assert (run.adoption_step[:, 10:] == NOT_ADOPTED).all()


def test_no_direction_is_preferred():
    """Over many runs, what adopts left and right, above and below, is the same but for chance."""
    runs = [diffusion(towns=HERE, size=21, steps=8, seed=seed) for seed in range(600)]
    adopted = np.array([run.adoption_step >= 0 for run in runs])
    for turned in (adopted, adopted.transpose(0, 2, 1)):
        difference = turned[:, :, :10].sum(axis=(1, 2)) - turned[:, :, 11:].sum(axis=(1, 2))
        assert abs(difference.mean()) < 4.5 * difference.std() / math.sqrt(len(runs))


def test_calls_follow_gravity():
    """Expected waiting times go as d^2 / (P_i P_j): measured with contacts switched off."""
    towns = (
        Town("Centre", 10, 2, 100.0),
        Town("Large", 10, 12, 50.0),  # 100 * 50 / 100 = 50: the strongest tie
        Town("Small", 2, 2, 16.0),  # 100 * 16 / 64 = 25: half of it
    )
    waits = {"Large": [], "Small": []}
    for seed in range(300):
        run = diffusion(
            "hierarchical", towns, contacts=0, gravity=0.1, size=20, steps=250, seed=seed
        )
        for name, steps in waits.items():
            steps.append(step_of(run, name))
    # Large also hears from Small and Small from Large, but that tie is weak (800 / 164).
    assert np.mean(waits["Large"]) == pytest.approx(10, rel=0.2)
    assert np.mean(waits["Small"]) == pytest.approx(19, rel=0.2)


def test_start_in_several_towns():
    run = diffusion(start=["Third town", "Sixth town"])
    assert set(run.town_order[:2]) == {"Third town", "Sixth town"}
    assert (run.adoption_step == 0).sum() == 2
    assert diffusion(start="Third town").town_order[0] == "Third town"


def test_default_towns_follow_the_rank_size_rule():
    towns = default_towns()
    assert [town.population for town in towns[:4]] == [1000, 500, 333, 250]
    for size in (20, 37, 500):
        cells = {(town.row, town.column) for town in default_towns(size)}
        assert len(cells) == len(towns)
        assert all(0 <= place < size for cell in cells for place in cell)


def test_the_order_of_towns_in_one_step_is_by_size():
    towns = (Town("Small", 3, 3, 1.0), Town("Large", 15, 15, 9.0), Town("Far", 3, 15, 2.0))
    run = diffusion(towns=towns, start=["Small", "Large"], size=20, steps=1, contacts=0)
    assert run.town_order == ("Large", "Small")
    assert list(run.to_frame().index) == ["Large", "Small", "Far"]
    assert run.to_frame().loc["Far", "adoption_step"] == NOT_ADOPTED


def test_summary():
    run = diffusion(towns=HERE, size=20, steps=2, contacts=0)
    assert run.summary() == (
        "After 2 steps of contagious diffusion 0% of the map have adopted; the first towns are "
        "Here (step 0)."
    )
    assert ", half of it by step " in diffusion(steps=150).summary()


@pytest.mark.parametrize(
    "parameters,message",
    [
        ({"mode": "random"}, 'mode must be "contagious" or "hierarchical"'),
        ({"size": 10}, "size must be a whole number from 20 to 500"),
        ({"steps": 0}, "steps must be a whole number"),
        ({"contacts": -1}, "contacts must be at least 0 and at most 10"),
        ({"gravity": 11}, "gravity must be at least 0 and at most 10"),
        ({"barrier": 0}, "barrier must be a whole number from 1 to 99"),
        ({"barrier": 100}, "barrier must be a whole number from 1 to 99"),
        ({"gap": 101}, "gap must be a whole number from 0 to 100"),
        ({"permeability": 1.5}, "permeability must be at least 0 and at most 1"),
        ({"seed": -1}, "seed must be a whole number"),
        ({"towns": ()}, "at least one town"),
        ({"start": ()}, "start must name at least one town"),
        ({"start": ["Atlantis"]}, "'Atlantis', which is no town on the map: choose among First"),
        ({"towns": [Town("A", 100, 5, 1.0)]}, "row of A must be a whole number from 0 to 99"),
        ({"towns": [Town("A", 5, -1, 1.0)]}, "column of A must be"),
        ({"towns": [Town("A", 5, 5, 0.0)]}, "population of A must be above 0"),
        ({"towns": [Town("A", 5, 5, 1.0), Town("B", 5, 5, 1.0)]}, "A and B lie on one cell"),
        ({"towns": [Town("A", 5, 5, 1.0), Town("A", 6, 5, 1.0)]}, "two towns are called 'A'"),
    ],
)
def test_errors_are_sentences(parameters, message):
    with pytest.raises(ValueError, match=message):
        diffusion(**parameters)


def test_other_errors_are_sentences():
    with pytest.raises(ValueError, match="step must be a whole number from 0 to 5"):
        diffusion(steps=5).adopters(6)
    with pytest.raises(ValueError, match="size must be a whole number from 20"):
        default_towns(5)
