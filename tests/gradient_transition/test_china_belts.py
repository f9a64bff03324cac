"""China's belts with one year in detail, against the model that they wrap."""

import pandas as pd
import pytest

from course_lib import datasets
from course_lib.gradient_transition.belts import belts
from course_lib.gradient_transition.china_belts import china_belts


class TestChinaBelts:
    @pytest.mark.parametrize("scheme", datasets.REGION_SCHEMES)
    def test_is_the_model_with_a_year(self, scheme):
        found = china_belts(2005, scheme, municipalities=False, spread_back=5)
        wanted = belts(
            datasets.china_provinces(),
            datasets.REGION_SCHEMES[scheme],
            municipalities=False,
            spread_back=5,
        )
        pd.testing.assert_frame_equal(found.to_frame(), wanted.to_frame())
        assert found.belts.years[found.now] == 2005

    def test_relative_output_is_over_the_country(self):
        table = datasets.china_provinces().query("year == 1995")
        country = table["gdp"].sum() / table["population"].sum()
        west = table.query("belts_1986 == 'West'")
        found = china_belts(1995)
        column = found.belts.belts.index("West")
        assert found.relative[found.now, column] == pytest.approx(
            west["gdp"].sum() / west["population"].sum() / country
        )

    def test_sentence_says_what_was_changed(self):
        assert "in 1978" not in china_belts(1978).summary()
        changed = china_belts(2005, municipalities=False, spread_back=10).summary()
        assert "without Beijing, Shanghai, Tianjin" in changed
        assert "spread back over 10 years" in changed
        assert "(1.40 in 1978)" in changed

    def test_refusals_say_what_to_do(self):
        with pytest.raises(ValueError, match="1978 to 2023"):
            china_belts(1970)
        with pytest.raises(ValueError, match="scheme must be one of 'three belts"):
            china_belts(scheme="belts")


def test_what_is_kept_for_the_next_time_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        china_belts(1990).belts.theil[:] = 9
