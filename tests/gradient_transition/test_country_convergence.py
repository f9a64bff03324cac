"""Convergence of two countries, against the model on the same panel."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.gradient_transition.belts import MUNICIPALITIES
from course_lib.gradient_transition.convergence import convergence
from course_lib.gradient_transition.country_convergence import china_convergence, us_convergence
from course_lib.gradient_transition.country_panels import CHINA, US, panel_of

periods = st.tuples(st.integers(1929, 2008), st.integers(1, 80)).map(
    lambda pair: (pair[0], min(2009, pair[0] + pair[1]))
)


class TestConvergence:
    @settings(max_examples=25)
    @given(periods, st.sets(st.sampled_from(["Nevada", "Ohio", "Delaware"])))
    def test_is_the_model_on_the_states(self, period, leave_out):
        found = us_convergence(*period, tuple(leave_out))
        wanted = convergence(panel_of(US), *period, tuple(leave_out))
        assert found.convergence.summary() == wanted.summary()
        pd.testing.assert_frame_equal(found.to_frame(), wanted.to_frame())
        pd.testing.assert_series_equal(found.convergence.sigma, wanted.sigma)

    def test_share_of_the_gap_that_the_line_closes(self):
        found = us_convergence()
        speed = found.convergence.beta.speed
        assert found.gap_closed == pytest.approx(1 - np.exp(-80 * speed))

    def test_known_values(self):
        # Nominal income per head of 48 states: slope, speed, sigma.
        long = us_convergence(1929, 2009)
        assert long.convergence.beta.slope == pytest.approx(-0.00915, abs=5e-6)
        assert long.convergence.beta.speed == pytest.approx(0.01647, abs=5e-6)
        assert long.sigma.loc[[1929, 1950, 2009]].round(4).tolist() == [0.3655, 0.2325, 0.1376]

    def test_two_decades_tell_nothing(self):
        decades = [(start, start + 10) for start in range(1930, 2000, 10)]
        silent = [
            period
            for period in decades
            if not us_convergence(*period).convergence.beta.is_significant
        ]
        assert silent == [(1980, 1990), (1990, 2000)]

    def test_china_converges_and_its_spread_does_not_without_three_cities(self):
        found = china_convergence(leave_out=MUNICIPALITIES)
        assert found.convergence.beta.is_significant
        assert found.convergence.beta.slope < china_convergence().convergence.beta.slope < 0
        assert found.sigma.loc[[1978, 2023]].round(3).tolist() == [0.277, 0.282]

    def test_refusals_say_what_to_do(self):
        with pytest.raises(ValueError, match="end must come after start"):
            us_convergence(1950, 1950)
        with pytest.raises(ValueError, match="1929 to 2009"):
            us_convergence(1900, 1950)
        with pytest.raises(ValueError, match="'Guam', which is no region of the panel"):
            us_convergence(leave_out=("Guam",))
        with pytest.raises(ValueError, match="at least three regions"):
            china_convergence(leave_out=tuple(panel_of(CHINA).columns[2:]))


def test_one_region_may_be_left_out_by_its_name() -> None:
    one, several = us_convergence(leave_out="Utah"), us_convergence(leave_out=("Utah",))
    assert one.summary() == several.summary() != us_convergence().summary()
    with pytest.raises(ValueError, match="'Utopia'"):
        us_convergence(leave_out="Utopia")
