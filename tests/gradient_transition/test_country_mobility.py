"""Mobility in two countries, against the measure on the same panel."""

import pandas as pd
import pytest

from course_lib import measures
from course_lib.gradient_transition.country_mobility import CLASSES, country_mobility
from course_lib.gradient_transition.country_panels import CHINA, COUNTRIES, panel_of


class TestMobility:
    @pytest.mark.parametrize("country", COUNTRIES)
    @pytest.mark.parametrize("drawn", CLASSES)
    def test_is_the_measure_on_the_panel(self, country, drawn):
        found = country_mobility(country, drawn, 4)
        wanted = measures.income_mobility(panel_of(country), 4, CLASSES[drawn])
        pd.testing.assert_frame_equal(found.counts, wanted.counts)

    def test_ranks_give_the_sizes_of_the_classes_back(self):
        found = country_mobility(CHINA, "anew in each year", 5)
        assert found.steady_state.tolist() == pytest.approx([7 / 31, *[6 / 31] * 4])

    def test_refusals_say_what_to_do(self):
        with pytest.raises(ValueError, match="country must be one of"):
            country_mobility("France")
        with pytest.raises(ValueError, match="classes_drawn must be one of"):
            country_mobility(classes_drawn="pooled")
