"""Tile maps: everybody is on them, once, and a colour means what the scale says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib import colormaps
from matplotlib.collections import PolyCollection

from course_lib import datasets
from course_lib.lab import style
from course_lib.lab.canvas import Canvas
from course_lib.maps import CHINA_PROVINCES, US_STATES, Tiles, tile_map
from course_lib.measuring_regions.labs import industry_map_lab
from course_lib.start_here.labs import two_countries_lab

COUNTRIES = [US_STATES, CHINA_PROVINCES]
WHITE = (1.0, 1.0, 1.0, 1.0)


class Painted:
    """A map on a canvas, and the colour of each region on it."""

    def __init__(self, tiles: Tiles, scale: str = "sequential", low: float = 0, high: float = 2):
        def chart(axes):
            return tile_map(axes, tiles, low, high, "income, nation = 1", scale)

        self.tiles = tiles
        self.canvas = Canvas(chart, (4, 3))

    @property
    def blocks(self) -> PolyCollection:
        return next(
            one for one in self.canvas.figure.axes[0].collections if isinstance(one, PolyCollection)
        )

    def colours(self, values) -> dict[str, tuple[float, ...]]:
        self.canvas.show(values)
        faces = self.blocks.get_facecolor()
        return {name: tuple(face) for name, face in zip(self.tiles.names, faces, strict=True)}


@pytest.fixture(scope="module")
def us() -> Painted:
    return Painted(US_STATES)


class TestEverybodyIsThere:
    def test_48_states_of_us_income(self):
        states = set(datasets.us_income()["state"])
        assert len(states) == 48
        assert states <= set(US_STATES.names)

    def test_50_states_and_washington_of_us_industry_employment(self):
        states = set(datasets.us_industry_employment()["state"])
        assert len(states) == 51
        assert states == set(US_STATES.names)

    def test_31_provinces(self):
        provinces = set(datasets.china_provinces()["province"])
        assert len(provinces) == 31
        assert provinces == set(CHINA_PROVINCES.names)

    @pytest.mark.parametrize("tiles", COUNTRIES, ids=lambda tiles: tiles.title)
    def test_once_and_at_a_place_of_its_own(self, tiles):
        places = set(zip(tiles.columns, tiles.rows, strict=True))
        assert len(places) == len(tiles.names) == len(set(tiles.names)) == len(set(tiles.labels))
        assert min(tiles.columns) == min(tiles.rows) == 0

    def test_labels_are_the_postal_ones(self):
        label = dict(zip(US_STATES.names, US_STATES.labels, strict=True))
        assert [label[name] for name in ("Alabama", "Alaska", "Arizona", "Arkansas")] == [
            "AL",
            "AK",
            "AZ",
            "AR",
        ]
        assert label["District of Columbia"] == "DC"

    @pytest.mark.parametrize(
        ("tiles", "west", "east"),
        [
            (US_STATES, "California", "New York"),
            (US_STATES, "Washington", "Maine"),
            (CHINA_PROVINCES, "Tibet", "Shanghai"),
            (CHINA_PROVINCES, "Xinjiang", "Beijing"),
        ],
    )
    def test_west_is_left(self, tiles, west, east):
        column = dict(zip(tiles.names, tiles.columns, strict=True))
        assert column[west] < column[east]

    @pytest.mark.parametrize(
        ("tiles", "north", "south"),
        [
            (US_STATES, "Minnesota", "Louisiana"),
            (US_STATES, "Washington", "California"),
            (CHINA_PROVINCES, "Heilongjiang", "Guangdong"),
            (CHINA_PROVINCES, "Beijing", "Hainan"),
        ],
    )
    def test_north_is_up(self, tiles, north, south):
        row = dict(zip(tiles.names, tiles.rows, strict=True))
        assert row[north] < row[south]
        low, high = Painted(tiles).canvas.figure.axes[0].get_ylim()
        assert low > high  # rows are counted downwards

    @pytest.mark.parametrize("make", [two_countries_lab, industry_map_lab])
    def test_no_label_is_covered_by_a_block(self, make):
        """Labels lie beneath the blocks, so that a step need not draw them: on top they look equal.

        At the sizes that the lessons use.
        """
        lab = make()

        def labels_on_top(axes):
            update = lab.chart(axes)
            for text in (text for one in axes for text in one.texts):
                if text.get_text() in {*US_STATES.labels, *CHINA_PROVINCES.labels}:
                    text.set_zorder(10)
            return update

        on_top = Canvas(labels_on_top, lab.size, lab.panels).show(lab.result).pixels()
        assert (lab.canvas.pixels() == on_top).all()


class TestColours:
    def test_ends_and_middle_of_the_scale(self, us):
        colours = us.colours({"Utah": 0.0, "Ohio": 1.0, "Iowa": 2.0})
        scale = colormaps[style.SEQUENTIAL]
        assert colours["Utah"] == scale(0.0)
        assert colours["Ohio"] == scale(0.5)
        assert colours["Iowa"] == scale(1.0)

    def test_beyond_the_ends_is_as_at_the_ends(self, us):
        colours = us.colours({"Utah": -5.0, "Ohio": 99.0, "Iowa": np.inf, "Maine": -np.inf})
        scale = colormaps[style.SEQUENTIAL]
        assert colours["Utah"] == colours["Maine"] == scale(0.0)
        assert colours["Ohio"] == colours["Iowa"] == scale(1.0)

    def test_the_pale_middle_of_two_colours(self):
        colours = Painted(US_STATES, "diverging").colours({"Utah": 0, "Ohio": 1, "Iowa": 2})
        assert min(colours["Ohio"][:3]) > 0.95
        assert max(colours["Utah"][:3]) < 0.6
        assert colours["Utah"] != colours["Iowa"]

    @pytest.mark.parametrize("nothing", [float("nan"), None])
    def test_no_figure_is_white_and_not_zero(self, us, nothing):
        colours = us.colours({"Utah": 0.0, "Ohio": nothing})
        assert colours["Ohio"] == colours["Iowa"] == WHITE
        assert colours["Utah"] != WHITE

    def test_a_figure_that_comes_back(self, us):
        us.colours({})
        assert us.colours({"Ohio": 1.0})["Ohio"] != WHITE
        assert us.colours({})["Ohio"] == WHITE

    def test_a_series_is_taken_by_name_and_not_by_place(self, us):
        series = pd.Series({"Wyoming": 0.5, "Alabama": 1.5})
        assert us.colours(series) == us.colours({"Alabama": 1.5, "Wyoming": 0.5})

    def test_every_state_at_once(self, us):
        values = dict.fromkeys(US_STATES.names, 1.0)
        assert set(us.colours(values).values()) == {colormaps[style.SEQUENTIAL](0.5)}

    def test_the_scale_stands_beside_with_what_it_means(self, us):
        us.canvas.show({})
        assert us.canvas.figure.axes[1].get_ylabel() == "income, nation = 1"

    def test_the_second_of_two_maps_can_do_without(self):
        def chart(axes):
            return tile_map(axes, US_STATES, 0, 2, "income", colour_bar=False)

        assert len(Canvas(chart, (4, 3)).show({}).figure.axes) == 1


class TestSentences:
    def test_a_region_that_is_not_on_the_map(self, us):
        before = us.colours({"Utah": 1.0})
        with pytest.raises(ValueError, match=r"'Guangdong' is not on the map 'US states': use"):
            us.colours({"Utah": 2.0, "Guangdong": 1.0})
        faces = [tuple(face) for face in us.blocks.get_facecolor()]
        assert faces == list(before.values())

    def test_a_region_twice_or_a_number_as_a_name(self, us):
        with pytest.raises(ValueError, match="'Utah' is there twice"):
            us.colours(pd.Series([1.0, 2.0], index=["Utah", "Utah"]))
        with pytest.raises(ValueError, match="is not on the map"):
            us.colours({"Utah": 1.0, 7: 2.0, "Nowhere": 3.0})

    @pytest.mark.parametrize("ends", [(1, 1), (2, 1), (float("nan"), 1)])
    def test_a_scale_needs_two_ends(self, ends):
        with pytest.raises(ValueError, match="needs low below high"):
            Painted(US_STATES, low=ends[0], high=ends[1])
