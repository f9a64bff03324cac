"""Indicators of regions: pure functions, tables in, tables out."""

from course_lib.measures.concentration import (
    herfindahl,
    krugman_specialisation,
    location_quotient,
    locational_gini,
)
from course_lib.measures.convergence import (
    BetaConvergence,
    beta_convergence,
    beta_convergence_between,
    sigma_convergence,
)
from course_lib.measures.inequality import (
    TheilDecomposition,
    gini,
    inequality_over_time,
    lorenz_curve,
    theil,
    theil_decomposition,
    williamson,
)
from course_lib.measures.mobility import IncomeMobility, income_mobility
from course_lib.measures.shift_share import dynamic_shift_share, shift_share
from course_lib.measures.spatial import MoransI, contiguity_grid, morans_i

__all__ = [
    "BetaConvergence",
    "IncomeMobility",
    "MoransI",
    "TheilDecomposition",
    "beta_convergence",
    "beta_convergence_between",
    "contiguity_grid",
    "dynamic_shift_share",
    "gini",
    "herfindahl",
    "income_mobility",
    "inequality_over_time",
    "krugman_specialisation",
    "location_quotient",
    "locational_gini",
    "lorenz_curve",
    "morans_i",
    "shift_share",
    "sigma_convergence",
    "theil",
    "theil_decomposition",
    "williamson",
]
