"""Division of labour (lesson 03): why regions specialise, and what that brings them."""

from course_lib.division_of_labour.continuum import Continuum, continuum, log_gains
from course_lib.division_of_labour.ricardo import Ricardo, ricardo
from course_lib.division_of_labour.trade_costs import TradeCosts, employment, trade_costs
from course_lib.division_of_labour.us_shift_share import StateShiftShare, us_shift_share

__all__ = [
    "Continuum",
    "Ricardo",
    "StateShiftShare",
    "TradeCosts",
    "continuum",
    "employment",
    "log_gains",
    "ricardo",
    "trade_costs",
    "us_shift_share",
]
