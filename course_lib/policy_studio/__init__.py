"""Policy studio, lesson 12: types of region, strategies, a policy game, and a report."""
