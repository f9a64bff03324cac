"""One frame of a diffusion, against the whole run."""

import numpy as np
import pytest

from course_lib.gradient_transition import diffusion_frame
from course_lib.gradient_transition.diffusion import diffusion


class TestDiffusionFrame:
    def test_is_one_frame_of_the_run(self):
        found = diffusion_frame.diffusion_frame(30, "hierarchical", permeability=0.2)
        run = diffusion("hierarchical", barrier=50, permeability=0.2)
        assert np.array_equal(found.run.adoption_step, run.adoption_step)
        assert found.share == run.share[30]

    def test_moving_the_step_makes_no_new_run(self):
        first = diffusion_frame.diffusion_frame(10)
        assert diffusion_frame.diffusion_frame(90).run is first.run
        assert diffusion_frame.diffusion_frame(90, permeability=0.5).run is not first.run
        assert diffusion_frame.diffusion_frame(90, seed=5).run is not first.run

    def test_towns_come_in_their_order(self):
        found = diffusion_frame.diffusion_frame(100, "hierarchical")
        steps = [found.steps_of_towns[name] for name in found.towns_reached]
        assert steps == sorted(steps)
        assert len(steps) == 10
        assert "100% of the cells" in found.summary()

    def test_a_barrier_holds_the_news_back(self):
        opened, closed = (
            diffusion_frame.diffusion_frame(100, permeability=share) for share in (1, 0)
        )
        assert closed.share < opened.share
        assert "with a barrier:" in closed.summary()

    def test_a_barrier_that_lets_all_through_is_none(self):
        open_wall = diffusion(barrier=50, permeability=1.0)
        assert np.array_equal(
            diffusion_frame.diffusion_frame().run.adoption_step, open_wall.adoption_step
        )

    def test_refusals_say_what_to_do(self):
        with pytest.raises(ValueError, match="whole number from 0 to 100"):
            diffusion_frame.diffusion_frame(101)
