"""Types of region, and the strategies of 4.2."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib.cli.reference_pages import bibliography
from course_lib.policy_studio.evidence import STUDIES, evidence
from course_lib.policy_studio.moves import USES
from course_lib.policy_studio.region_types import (
    FEATURES,
    MARKUSENS,
    STRATEGIES,
    TYPES,
    match_region,
    strategies_table,
    types_table,
)
from course_lib.policy_studio.western_programme import western_programme

SHARE = st.floats(0, 1)


@pytest.mark.parametrize("name", TYPES)
def test_each_type_is_most_like_itself(name: str) -> None:
    found = match_region(*TYPES[name].profile)
    assert found.nearest == name
    assert found.likeness.max() == 1
    assert found.summary().startswith(f"The nearest type is {name}")


@given(st.tuples(*[SHARE] * 5))
def test_likeness_is_one_less_the_distance(shares) -> None:
    found = match_region(*shares)
    for place, one in enumerate(TYPES.values()):
        apart = (sum((a - b) ** 2 for a, b in zip(shares, one.profile, strict=True)) / 5) ** 0.5
        assert found.likeness[place] == pytest.approx(1 - apart)
    assert ((found.likeness >= 0) & (found.likeness <= 1)).all()
    assert found.to_frame()["likeness"].is_monotonic_decreasing


def test_each_point_of_the_document_has_one_type_and_one_use() -> None:
    meant = [one.strategy for one in TYPES.values()]
    assert sorted(name for name in meant if name) == sorted(STRATEGIES)
    assert [name for name, one in TYPES.items() if one.strategy is None] == ["satellite platform"]
    assert MARKUSENS[:2] == ("Marshallian district", "hub and spoke")
    assert list(strategies_table().index) == [1, 2, 3, 4, 5]
    assert {one.use for one in STRATEGIES.values()} == set(USES) - {"the poorest"}


def test_a_region_between_two_types_is_mixed() -> None:
    middle = np.mean([TYPES["hub and spoke"].profile, TYPES["state-anchored"].profile], axis=0)
    assert match_region(*middle).is_mixed
    assert "nearly as near is" in match_region(*middle).summary()
    assert "no strategy" in match_region(*TYPES["satellite platform"].profile).summary()


def test_a_region_far_from_every_type_is_said_to_be_so() -> None:
    far = match_region(1, 1, 1, 1, 1)
    assert far.likeness.max() == pytest.approx(0.31, abs=0.01)
    assert not far.fits
    assert "no type fits this region well" in far.summary()
    for one in TYPES.values():
        assert match_region(*one.profile).fits
        assert "no type fits" not in match_region(*one.profile).summary()


@pytest.mark.parametrize("name", FEATURES)
def test_bad_input_gets_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} must be at least 0 and at most 1"):
        match_region(**{name: 1.2})


def test_the_evidence_bears_on_every_point() -> None:
    table = evidence()
    assert len(table) == len(STUDIES) == 10
    points = ", ".join(table["points"])
    assert all(str(point) in points for point in STRATEGIES.values() for point in [point.point])
    assert not table.isna().any().any()


def test_each_study_is_in_the_bibliography() -> None:
    known = {source.short for source in bibliography(Path(__file__).parents[2] / "data")}
    assert set(evidence().index) <= known


def test_the_table_of_types_holds_their_profiles() -> None:
    table = types_table()
    assert list(table.index) == list(TYPES)
    for name, one in TYPES.items():
        assert table.loc[name].tolist() == pytest.approx([100 * share for share in one.profile])


def first_that_is(name: str, **profile: float) -> int:
    """The lowest setting of the one share that is left out, in hundredths, with this type."""
    (moved,) = set(FEATURES) - set(profile)
    return next(
        share
        for share in range(101)
        if match_region(**profile, **{moved: share / 100}).nearest == name
    )


def test_where_a_type_turns_into_another() -> None:
    """The lesson names these shares, and its controls reach them."""
    profiles = {name: dict(zip(FEATURES, one.profile, strict=True)) for name, one in TYPES.items()}
    hub = profiles["hub and spoke"]
    del hub["decided_elsewhere"]
    assert 60 < first_that_is("satellite platform", **hub) <= 65  # the slider goes in steps of 5
    state = profiles["state-anchored"]
    del state["research"]
    assert first_that_is("knowledge area", **state) == 58
    assert first_that_is("knowledge area", **(state | {"largest_firms": 0.1})) == 20


def test_the_table_of_the_puzzle() -> None:
    path = western_programme().path
    wanted = {
        "West": (0.72, 0.62, 0.62, 0.68, 0.79),
        "Northeast": (1.55, 1.12, 0.94, 0.84, 0.70),
        "Central": (0.76, 0.70, 0.71, 0.77, 0.84),
        "East": (1.28, 1.51, 1.52, 1.42, 1.30),
    }
    for name, values in wanted.items():
        found = path.loc[[1978, 2000, 2005, 2010, 2023], name]
        assert tuple(found.round(2)) == pytest.approx(values, abs=0.0051), name
    rise = path.loc[2023] / path.loc[2000] - 1
    assert round(100 * rise["West"]) == 27
    assert round(100 * rise["Central"]) == 20
    assert rise["Northeast"] < -1 / 3
    growth = {
        span: 100 * ((path.loc[span[1]] / path.loc[span[0]]) ** (1 / (span[1] - span[0])) - 1)
        for span in ((1978, 2000), (2000, 2023))
    }
    before, after = growth.values()
    assert before[["West", "Central"]].round(1).tolist() == [-0.7, -0.4]
    assert after[["West", "Central"]].round(1).tolist() == [1.0, 0.8]
    change = after - before
    assert round(change["West"] - change["Central"], 1) == 0.5
    assert round(change["West"] - change["East"], 1) == 3.1
    assert western_programme().to_frame().columns.tolist() == [
        "east", "northeast", "central", "west",
    ]  # fmt: skip
