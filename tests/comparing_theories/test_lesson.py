"""The figures in the prose of lesson 09 are those of the runs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from course_lib.regional_economy.ensemble import ensemble
from course_lib.regional_economy.policies import Cluster

LESSON = Path(__file__).parents[2] / "notebooks" / "09_comparing_theories.ipynb"


@pytest.fixture(scope="module")
def prose() -> str:
    cells = json.loads(LESSON.read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def test_steps_of_the_hands_are_differences_of_the_figures_that_are_shown(prose: str) -> None:
    hands = {str(n): Cluster(partners=[1.0] * n + [0.0] * (3 - n)) for n in range(4)}
    shown = ensemble(hands, seeds=12).spread("output_60")["mean"].round(3)
    steps = np.diff([shown[str(n)] for n in range(4)])
    assert (
        f"rises from {shown['0']:.3f} by {steps[0]:.3f}, then {steps[1]:.3f}, then {steps[2]:.3f}"
    ) in prose
    assert (np.diff(steps) > 0).all()


def test_the_gap_opens_again_under_all_but_the_pole() -> None:
    means = ensemble(seeds=30).table.groupby("policy")[["tier_gap_50", "tier_gap_60"]].mean()
    wider = means["tier_gap_60"] > means["tier_gap_50"]
    assert wider[["gradient", "production complex", "cluster", "even spread"]].all()
    assert not wider["growth pole"]
    assert means["tier_gap_50"].idxmax() == means["tier_gap_60"].idxmax() == "growth pole"
