"""Indicators of regions: pure functions, tables in, tables out."""

from course_lib.measures.cluster_map import cluster_map, strong_clusters
from course_lib.measures.complexity import (
    EconomicComplexity,
    economic_complexity,
    presence,
    proximity,
    relatedness,
)
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
from course_lib.measures.k_density import KDensity, k_density
from course_lib.measures.localisation import (
    Dartboard,
    dartboard,
    ellison_glaeser,
    plant_herfindahl,
    plant_herfindahl_bounds,
)
from course_lib.measures.mobility import IncomeMobility, income_mobility
from course_lib.measures.shift_share import dynamic_shift_share, shift_share
from course_lib.measures.spatial import MoransI, contiguity_grid, morans_i

__all__ = [
    "BetaConvergence",
    "Dartboard",
    "EconomicComplexity",
    "IncomeMobility",
    "KDensity",
    "MoransI",
    "TheilDecomposition",
    "beta_convergence",
    "beta_convergence_between",
    "cluster_map",
    "strong_clusters",
    "contiguity_grid",
    "dartboard",
    "dynamic_shift_share",
    "economic_complexity",
    "ellison_glaeser",
    "gini",
    "herfindahl",
    "income_mobility",
    "inequality_over_time",
    "k_density",
    "krugman_specialisation",
    "location_quotient",
    "locational_gini",
    "lorenz_curve",
    "morans_i",
    "plant_herfindahl",
    "plant_herfindahl_bounds",
    "presence",
    "proximity",
    "relatedness",
    "shift_share",
    "sigma_convergence",
    "theil",
    "theil_decomposition",
    "williamson",
]
