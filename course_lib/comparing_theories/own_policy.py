"""A policy of a student's own, beside the four theories in the labs of lesson 09."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from course_lib.lab import words_table
from course_lib.lab.words_table import WordsTable
from course_lib.regional_economy.budget import Plan, View, name_of

MINE = "my policy"

SEEN = {
    "output": ("24 x 6", "what each region makes in each sector, in this year"),
    "output_per_head": ("24 x 1", "output of the region divided by its people"),
    "people": ("24 x 1", "workers of each region"),
    "capital": ("24 x 6", "machines and buildings"),
    "technology": ("24 x 6", "logarithm of technology"),
    "advantage": ("24 x 6", "logarithm of how good nature made the region at the sector"),
    "tier": ("24 x 1", "1 at the coast, 2, 3 inland"),
    "place": ("24 x 2", "distance from the coast, and place along it"),
    "endowment": ("24 x 1", "skill and access to markets"),
    "nearness": ("24 x 24", "weight of one region for another; 1 for itself"),
    "start_output": ("24 x 6", "what each region made in year 0"),
    "year": ("a number", "5 to 49: the years with a budget"),
    "stage": ("a number", "share of these years that have passed, 0 to below 1"),
}
"""What a policy may look at, with its size and its meaning."""


def policy_card() -> WordsTable:
    """What a policy may see in a year, on one card.

    Examples
    --------
    >>> policy_card().frame.loc["now.people", "size"]
    '24 x 1'
    """
    rows = {f"now.{name}": row for name, row in SEEN.items()}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["size", "what it is"])
    return words_table(table.rename_axis("write"))


class Own:
    """A student's policy as the labs hold it: it can be told from any other one.

    Parameters
    ----------
    policy : Policy
        A function from what it sees to a `Plan`.

    Raises
    ------
    ValueError
        If it is no function.
    """

    def __init__(self, policy: Callable[[View], Plan]):
        if not callable(policy):
            raise ValueError(
                "mine is the name of your policy, without brackets behind it: mine=my_policy "
                f"(got {type(policy).__name__})"
            )
        self.policy = policy
        self.takes_all_runs = getattr(policy, "takes_all_runs", False)
        self.label = name_of(policy)

    @property
    def python(self) -> tuple[str, str]:
        """The line that brings it, none, and the words for it: it stands in the notebook."""
        return "", self.label

    def __call__(self, now: View) -> Plan:
        return self.policy(now)


def own(policy: Callable[[View], Plan] | None) -> Own | None:
    """A policy as the labs hold it; None stays None."""
    return policy if policy is None or isinstance(policy, Own) else Own(policy)
