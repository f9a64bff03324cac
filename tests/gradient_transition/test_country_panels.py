"""The tables behind the labs of two countries."""

import pytest

from course_lib.gradient_transition.country_panels import panel_of


def test_a_panel_is_its_callers_own() -> None:
    mine = panel_of("US states")
    mine["Utah"] = 1.0
    assert panel_of("US states")["Utah"].max() > 1.0


def test_there_are_two_countries() -> None:
    with pytest.raises(ValueError, match="country must be one of 'US states'"):
        panel_of("France")
