"""Tables that several tests use."""

import numpy as np

MILLER_BLAIR = [[150, 500], [200, 100]]
MADE = [1000, 2000]

TWO_REGIONS = [
    [150, 500, 50, 25, 75],
    [200, 100, 400, 200, 100],
    [300, 500, 50, 60, 40],
    [75, 100, 60, 200, 250],
    [50, 25, 25, 150, 100],
]
MADE_IN_BOTH = [1000, 2000, 1000, 1200, 800]


def random_table(sectors, seed):
    """Flows and output of an economy in which each sector buys for less than it makes."""
    chance = np.random.default_rng(seed)
    flows = chance.random((sectors, sectors))
    return flows, flows.sum(axis=0) / chance.uniform(0.3, 0.8, sectors)
