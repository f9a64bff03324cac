"""The quizzes and the check of lesson 03."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from course_lib.lab import Check, Property, Quiz

ShiftShare = Callable[[np.ndarray, np.ndarray, np.ndarray, np.ndarray], Sequence[float]]

# A region's jobs at the start and at the end, then the nation's: no round answer among them.
REGIONS = tuple(
    tuple(np.array(row, dtype=float) for row in rows)
    for rows in (
        ((120, 310, 70), (150, 290, 95), (2100, 4800, 1600), (2350, 4300, 2100)),
        ((40, 25), (31, 47), (900, 1500), (860, 2040)),
        ((310, 55, 80, 205), (330, 40, 120, 190), (5200, 900, 2600, 3100), (5600, 700, 3300, 2900)),
    )
)


def advantage_quiz() -> Quiz:
    """Comparative is not absolute advantage."""
    return Quiz(
        "In the hills a worker makes 6 tools or 3 sacks of grain in a day, on the coast 8 tools or "
        "8 sacks. The coast is better at both. Who sells what, once a road connects them?",
        {
            "The hills sell tools": "In the hills a tool costs half a sack of grain, on the coast "
            "a whole one. The hills' tools are the cheaper ones, counted in grain.",
            "The hills sell grain": "What does a sack of grain cost in the hills, counted in "
            "tools given up? And on the coast?",
            "The hills sell nothing": "The coast is better at both goods. Can it be cheaper in "
            "both, if each good is paid with the other one?",
            "The coast sells both goods": "What would the hills pay with?",
        },
        answer="The hills sell tools",
        name="03 who sells what",
    )


def mix_quiz() -> Quiz:
    """A good mix and a good performance are two things."""
    return Quiz(
        "A region has two industries, and both grow there by 3 per cent. In the nation one of them "
        "grows by 3 per cent and the other by 5, and all jobs together by 2. What does shift-share "
        "say of the region?",
        {
            "Industry mix above zero, regional shift below zero": "Both industries beat the "
            "nation's 2 per cent, so the mix is good. In one of them the region falls behind the "
            "nation's 5 per cent, and in none is it ahead.",
            "Industry mix above zero, regional shift above zero": "The region grows faster than "
            "the nation. But does any of its industries grow faster than the same industry "
            "elsewhere?",
            "Industry mix below zero, regional shift above zero": "Compare the growth of these "
            "two industries in the nation, 3 and 5, with that of all jobs in the nation, 2.",
            "Both are zero": "The national part is zero only if the nation stands still. Compare "
            "3 and 5 with 2, then 3 and 3 with 3 and 5.",
        },
        answer="Industry mix above zero, regional shift below zero",
        name="03 mix or region",
    )


def shift_share_check() -> Check:
    """Properties that any right classic shift-share of one region has.

    The answer is a function of four arrays, jobs by industry: the region's at the start and at
    the end, the nation's at the start and at the end. It returns three numbers: national,
    industry mix, regional.
    """
    return Check(
        "Classic shift-share of one region",
        [
            Property(
                "the three parts add up to the change in the region's jobs",
                lambda parts: all(
                    _close(sum(parts(*case)), case[1].sum() - case[0].sum()) for case in REGIONS
                ),
                [
                    "Write the three parts below each other. Which terms cancel when you add them?",
                    "With e for the jobs at the start: e * G, then e * (G_i - G), then "
                    "e * (g_i - G_i). Sum each of them over the industries.",
                ],
            ),
            Property(
                "the national part is the region's jobs times the growth of all jobs in the nation",
                lambda parts: all(
                    _close(parts(*case)[0], case[0].sum() * (case[3].sum() / case[2].sum() - 1))
                    for case in REGIONS
                ),
                [
                    "There is one growth rate for the nation as a whole. It is not the mean of "
                    "the industries' rates: large industries count more.",
                    "nation_end.sum() / nation_start.sum() - 1",
                ],
            ),
            Property(
                "a small copy of the nation has a mix of zero",
                lambda parts: all(
                    _close(parts(n0 / 50, e1, n0, n1)[1], 0, case=n0) for _, e1, n0, n1 in REGIONS
                ),
                [
                    "Which growth rates does the industry mix compare? The region's own are not "
                    "among them.",
                    "Each industry's growth in the nation, less the nation's, weighted by the "
                    "region's jobs at the start.",
                ],
            ),
            Property(
                "if each industry grows as it does in the nation, the regional part is zero",
                lambda parts: all(
                    _close(parts(e0, e0 * n1 / n0, n0, n1)[2], 0, case=n0)
                    for e0, _, n0, n1 in REGIONS
                ),
                ["Compare industry by industry: growth here less growth of the same industry."],
            ),
            Property(
                "jobs or thousands of jobs: each part only changes its unit",
                lambda parts: all(
                    _close(1000 * part, large)
                    for case in REGIONS
                    for part, large in zip(
                        parts(*case), parts(*(1000 * jobs for jobs in case)), strict=True
                    )
                ),
                ["Is there a number in your function that is not a growth rate or a job?"],
            ),
        ],
        name="03 shift share",
    )


def _close(found: float, wanted: float, case: np.ndarray | None = None) -> bool:
    """Equal but for rounding, which is small beside the jobs that were added up."""
    size = abs(wanted) if case is None else float(case.sum())
    return bool(abs(float(found) - wanted) <= 1e-9 * max(size, 1.0))
