"""One country of regions, sectors and tiers, and what a government's budget does in it."""
