"""Gradient transition (lesson 04): when production moves down, and whether the gap narrows."""

from course_lib.gradient_transition.belts import (
    BELTS,
    MUNICIPALITIES,
    SCHEMES,
    Belts,
    PopulationJumps,
    belts,
    population_jumps,
    spread_jumps_back,
)
from course_lib.gradient_transition.catch_up import CatchUp, catch_up
from course_lib.gradient_transition.convergence import (
    Convergence,
    NoiseExperiment,
    convergence,
    noise_experiment,
)
from course_lib.gradient_transition.diffusion import (
    MEAN_INFORMATION_FIELD,
    NOT_ADOPTED,
    Diffusion,
    Town,
    default_towns,
    diffusion,
    logistic_adopters,
    logistic_midpoint,
)
from course_lib.gradient_transition.flying_geese import FlyingGeese, flying_geese
from course_lib.gradient_transition.innovation_transfer import (
    InnovationTransfer,
    ThreeTiers,
    innovation_transfer,
    three_tiers,
)
from course_lib.gradient_transition.product_cycle import ProductCycle, product_cycle, switch_age

__all__ = [
    "BELTS",
    "MEAN_INFORMATION_FIELD",
    "MUNICIPALITIES",
    "NOT_ADOPTED",
    "SCHEMES",
    "Belts",
    "CatchUp",
    "Convergence",
    "Diffusion",
    "FlyingGeese",
    "InnovationTransfer",
    "NoiseExperiment",
    "PopulationJumps",
    "ProductCycle",
    "ThreeTiers",
    "Town",
    "belts",
    "catch_up",
    "convergence",
    "default_towns",
    "diffusion",
    "flying_geese",
    "innovation_transfer",
    "logistic_adopters",
    "logistic_midpoint",
    "noise_experiment",
    "population_jumps",
    "product_cycle",
    "spread_jumps_back",
    "switch_age",
    "three_tiers",
]
