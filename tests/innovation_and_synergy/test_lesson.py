"""The figures in the prose of lesson 08 are those of the models and of the table."""

import json
from pathlib import Path

import pytest

from course_lib.innovation_and_synergy.learning import learning
from course_lib.innovation_and_synergy.metro_invention import metro_invention
from course_lib.innovation_and_synergy.pipelines import pipelines
from course_lib.innovation_and_synergy.synergy import synergy

LESSON = Path(__file__).parents[2] / "notebooks" / "08_innovation_and_synergy.ipynb"


@pytest.fixture(scope="module")
def prose():
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_the_puzzle(prose):
    found = metro_invention()
    rate, share = found.per_thousand_jobs, found.share_of_first(5)
    middle = rate.index[len(rate) // 2]
    assert f"Here are {len(rate)} large metros" in prose
    assert f"In {rate.index[0]}, the heart of Silicon Valley, {rate.iloc[0]:.1f} patents" in prose
    assert f"In {middle}, in the middle of the list, it is {rate[middle]:.2f}." in prose
    assert f"In {rate.index[-1]}, the last, it is {rate.iloc[-1]:.2f}, a fifty-third" in prose
    assert round(rate.iloc[0] / rate.iloc[-1]) == 53
    assert f"had {100 * share[2000]:.0f} per cent of the patents of the first 100" in prose
    assert f"the first five had {100 * share[2015]:.0f} per cent" in prose
    assert f"all 100 metros grew by {100 * found.growth[2015] - 100:.0f} per cent" in prose
    fall = 100 - 100 * found.growth_of("Rochester")[2015]
    assert f"the home of Kodak, they fell by {fall:.0f} per cent" in prose
    assert round(found.growth_of("Boise City")[2015], 2) == 0.5


def test_latecomers(prose):
    after_very_long = learning(spillover=0.5, absorption=0.5, horizon=1_000_000).lead
    assert f"leaves three latecomers {100 * after_very_long:.0f} per cent behind" in prose
    assert 1 + after_very_long == pytest.approx(
        ((1 + 0.5 * 3) / (1 + 0.5 * 0.5 * 3)) ** 0.32192809, rel=1e-4
    )

    with_, without = (100 * learning(s, 0.5).lead for s in (0.5, 0.0))
    assert f"{with_:.1f} and {without:.1f} per cent, because the head start" in prose
    assert f"with them it stays at {100 * after_very_long:.0f} per cent" in prose


def test_pipelines(prose):
    nothing, silent, both = (
        100 * pipelines(linked=linked, buzz=buzz).mean_long_run
        for linked, buzz in ((0, 0.5), (1, 0.0), (1, 0.5))
    )
    assert nothing == pytest.approx(0)
    assert f"A pipeline alone: {silent:.0f} per cent. Both: {both:.0f} per cent" in prose
    assert both > 3 * (nothing + silent)
    ring, star = (100 * 0.1 * weight / (0.1 * weight + 0.02) for weight in (1 / 9, 1 / 2))
    assert f"gives {ring:.0f} per cent, in the middle of a star $0.1/2$ gives {star:.0f}" in prose
    hub = pipelines(linked=1, buzz=0.5, shape="star").mean_long_run
    assert star / 100 - 0.02 < hub < star / 100


def test_synergy(prose):
    today = synergy((0.5, 0.4, 0.1)).ability
    strong = 100 * (synergy((1.0, 0.4, 0.1)).ability / today - 1)
    weak = 100 * (synergy((0.5, 0.4, 0.2)).ability / today - 1)
    assert f"strongest partner adds {strong:.0f} per cent, doubling the weakest {weak:.0f}" in prose


def test_numbers_by_hand(prose):
    assert f"0.8 + 0.8 + 0.1) / 3 = {1.7 / 3:.2f}" in prose
    assert "is 0.4" in prose
    assert pytest.approx(0.4) == (0.8 * 0.8 * 0.1) ** (1 / 3)
    assert "Together 38.5" in prose
    assert f"{1 / 0.64:.2f} times the leader's" in prose
    assert "k = 0.1 / 0.12 = 0.83" in prose


def test_answers(prose):
    usable = {part: learning(0.5, part).lead for part in (0.5, 0.55)}
    assert usable[0.55] < learning(0.0, 0.5).lead < usable[0.5]
    reached = [round(100 * pipelines(linked=n, buzz=0.5).mean_long_run) for n in (1, 2, 8, 9)]
    assert (
        "to {} per cent, the second brings it to {}, the ninth from {} to {}".format(*reached)
        in prose
    )
    shapes = [
        round(100 * pipelines(buzz=0.5, shape=shape).mean_long_run)
        for shape in ("ring", "star", "line")
    ]
    assert "the ring reaches {} per cent, the star {}, the line {}".format(*shapes) in prose
    assert f"brings {synergy((0.5, 0.4, 0.2)).ability:.3f}, half as much again" in prose
