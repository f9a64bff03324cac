"""Where an industry is at home: quotients by hand from the table."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import datasets
from course_lib.maps import US_STATES
from course_lib.measuring_regions.charts import BARS
from course_lib.measuring_regions.labs import industry_map_lab
from course_lib.measuring_regions.specialisation import ENOUGH, industries, industry_map

FILM = "Motion Picture and Sound Recording Industries"


@pytest.mark.parametrize("industry", [FILM, "Food Services and Drinking Places"])
@pytest.mark.parametrize("state", ["California", "Utah", "Ohio"])
def test_quotient_by_hand(industry, state):
    """LQ = (industry's share of the state's jobs) / (its share of the nation's jobs)."""
    table = datasets.us_industry_employment()
    row = table[(table["state"] == state) & (table["industry"] == industry)].iloc[0]
    nation = table.drop_duplicates("state")["state_employment"].sum()
    at_home = row["employment"] / row["state_employment"]
    in_all = row["us_employment"] / nation
    here = industry_map(industry).states.loc[state]
    assert here["location_quotient"] == pytest.approx(at_home / in_all)
    assert here["share"] == pytest.approx(row["employment"] / row["us_employment"])
    assert here["employment"] == row["employment"]


@pytest.mark.parametrize("industry", industries())
class TestEveryIndustry:
    def test_quotients_average_to_one(self, industry):
        """Weighted by jobs in all, the quotients' mean is one, but for what is withheld."""
        table = datasets.us_industry_employment()
        jobs = table.drop_duplicates("state").set_index("state")["state_employment"]
        result = industry_map(industry)
        states = result.states
        mean = (states["location_quotient"] * jobs[states.index] / jobs.sum()).sum()
        assert mean == pytest.approx(states["share"].sum(), abs=1e-9)
        assert ENOUGH <= mean <= 1 + 1e-9
        assert mean == pytest.approx(result.coverage, abs=1e-3)

    def test_states_stand_in_order_without_gaps(self, industry):
        states = industry_map(industry).states
        assert len(states) >= BARS  # or the chart's bars would be left over
        assert states["location_quotient"].is_monotonic_decreasing
        assert states.notna().all().all()
        assert states.index.is_unique
        assert (states["employment"] >= 0).all()


def test_a_withheld_cell_is_no_zero():
    table = datasets.us_industry_employment()
    published = table.groupby("industry")["state"].nunique()
    gappy = next(name for name in industries() if published[name] < 51)
    withheld = set(table["state"]) - set(industry_map(gappy).states.index)
    assert len(withheld) == 51 - published[gappy]
    axes = industry_map_lab().set(industry=gappy).figure.axes[0]
    faces = dict(zip(US_STATES.names, axes.collections[0].get_facecolor(), strict=True))
    assert {state for state, face in faces.items() if (face == 1).all()} == withheld


class TestSentences:
    def test_film(self):
        assert industry_map(FILM).summary() == (
            f"{FILM}, 2019: the highest location quotient is Utah's, 3.0; the largest share is "
            "California's, 34% of the nation's jobs in the industry."
        )

    def test_no_such_industry(self):
        with pytest.raises(ValueError, match=r"no industry 'Film' in the table: see industries"):
            industry_map("Film")

    def test_an_industry_of_which_too_much_is_withheld(self):
        coverage = datasets.us_industry_employment().groupby("industry")["coverage"].first()
        hidden = coverage.idxmin()
        assert hidden not in industries()
        with pytest.raises(ValueError, match=r"Only \d+% of the jobs in .* Choose another"):
            industry_map(hidden)

    def test_those_that_can_be_chosen_are_all_that_are_published_enough(self):
        coverage = datasets.us_industry_employment().groupby("industry")["coverage"].first()
        assert industries() == sorted(coverage.index[coverage >= ENOUGH].str.strip())


class TestLab:
    def test_the_figures_in_the_question(self):
        table = datasets.us_industry_employment()
        jobs = table.drop_duplicates("state").set_index("state")["state_employment"]
        assert round(100 * jobs["California"] / jobs.sum()) == 12
        assert round(100 * industry_map(FILM).states.loc["California", "share"]) == 34

    def test_a_small_state_level_with_california(self):
        lab = industry_map_lab()
        assert lab.settle() == "utah"
        first, second = lab.result.states.index[:2]
        assert (first, second) == ("Utah", "California")
        ratio = np.divide(*lab.result.states["location_quotient"].iloc[:2])
        assert ratio == pytest.approx(1, abs=0.01)

    def test_bars_say_what_the_numbers_say(self):
        lab = industry_map_lab().set(industry=FILM)
        right = lab.figure.axes[1]
        first = lab.result.states.head(BARS)
        widths = np.array([bar.get_width() for bar in right.patches])
        quotients = first["location_quotient"].to_numpy()
        assert np.allclose(widths / widths[0], quotients / quotients[0])
        words = [text.get_text() for text in right.texts]
        assert words[:BARS] == list(first.index)
        assert words[BARS] == "2.95  (3.1%)"


def test_a_result_can_be_changed_without_changing_the_next():
    mine = industry_map(FILM).states
    mine.loc[:, "share"] = 0.0
    assert industry_map(FILM).states["share"].max() > 0.3
