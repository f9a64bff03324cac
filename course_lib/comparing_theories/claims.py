"""What the document claims of the four theories, as statements that a run can contradict.

A share of runs in which a claim holds says how it goes with the assumptions of this economy. It is
no evidence about real regions: there the laws are not known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from course_lib.parameters import one_of
from course_lib.regional_economy.ensemble import Ensemble
from course_lib.regional_economy.policies import FOUR, POLICIES

Scores = Callable[[str, str], pd.Series]
"""``scores(policy, name)``: one score of one policy, a number for each country."""

RESIDUAL_GAP = 1.1  # output per head of tier 1 over tier 3 that still counts as a gap


@dataclass(frozen=True)
class Claim:
    """One comparative claim.

    Attributes
    ----------
    name : str
        Short name.
    sentence : str
        What has to hold in a run.
    said : str
        Where it comes from: the document's own words, or "not in the document".
    holds : callable
        ``holds(scores)`` is a Series of bool, one for each country.
    assumption : str
        What in this economy it leans on, as far as changes of one law or policy show it.
    """

    name: str
    sentence: str
    said: str
    holds: Callable[[Scores], pd.Series]
    assumption: str


def _all_four(holds: Callable[[str], pd.Series]) -> pd.Series:
    return pd.concat([holds(policy) for policy in FOUR], axis=1).all(axis=1)


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "agglomeration",
        "under all four the largest region has a larger share of output than with an even spread",
        '"Emphasizes the economic effect of agglomeration"',
        lambda score: _all_four(
            lambda policy: (
                score(policy, "largest_region_50") > score("even spread", "largest_region_50")
            )
        ),
        "regions differ in what they are good at, and suppliers near by help",
    ),
    Claim(
        "division of labour",
        "under all four regions are more specialised than with an even spread",
        '"Emphasizes the division of labor between regions"',
        lambda score: _all_four(
            lambda policy: (
                score(policy, "specialisation_50") > score("even spread", "specialisation_50")
            )
        ),
        "money that is not spread evenly over sectors; no change of a law has upset it",
    ),
    Claim(
        "unbalanced pole",
        "in year 20 regions are more unequal under the growth pole than under the cluster",
        '"the gradient transition theory and the growth pole theory are unbalanced"',
        lambda score: score("growth pole", "inequality_20") > score("cluster", "inequality_20"),
        "one region gets the whole budget; no change of a law has upset it",
    ),
    Claim(
        "unbalanced gradient",
        "in year 20 regions are more unequal under the gradient than under the cluster",
        '"the gradient transition theory and the growth pole theory are unbalanced"',
        lambda score: score("gradient", "inequality_20") > score("cluster", "inequality_20"),
        "tier 1 gets its money first",
    ),
    Claim(
        "gap narrows",
        "under the gradient the gap between tiers 1 and 3 is smaller in year 50 than in year 20",
        '"can be gradually narrowed"',
        lambda score: score("gradient", "tier_gap_50") < score("gradient", "tier_gap_20"),
        "people move up and plants move down: without either it fails",
    ),
    Claim(
        "gap remains",
        "under the gradient tier 1 still makes 10 per cent more per head than tier 3 in year 50",
        '"unbalanced economic development still needs to be resolved"',
        lambda score: score("gradient", "tier_gap_50") > RESIDUAL_GAP,
        "endowments differ, and research stays in tier 1: without both it fails",
    ),
    Claim(
        "gap opens again",
        "under the gradient the gap is wider in year 60, ten years after the policy has ended",
        "not in the document",
        lambda score: score("gradient", "tier_gap_60") > score("gradient", "tier_gap_50"),
        "capital wears out, and what the top has learnt stays",
    ),
    Claim(
        "innovation",
        "own innovation is highest under the cluster, then the gradient, then the other two",
        '"highlights technological progress and technological innovation"',
        lambda score: (
            (score("cluster", "innovation_50") > score("gradient", "innovation_50"))
            & (score("gradient", "innovation_50") > score("growth pole", "innovation_50"))
            & (score("gradient", "innovation_50") > score("production complex", "innovation_50"))
        ),
        "only these two get money for knowledge, and the cluster alone money for institutions: "
        "without the first or the second it fails",
    ),
    Claim(
        "latecomers",
        "of the four, the cluster gives tier 3 the best technology",
        '"benefiting all industries and leading companies and latecomers"',
        lambda score: pd.concat(
            [
                score("cluster", "technology_3_50") > score(policy, "technology_3_50")
                for policy in FOUR
                if policy != "cluster"
            ],
            axis=1,
        ).all(axis=1),
        "money for knowledge and for institutions in every region: with the same shares of both "
        "for all it fails",
    ),
    Claim(
        "more than a pile of plants",
        "the complex makes more in year 60 than the same plants scattered",
        '"greater economic effects of agglomeration than a single location of enterprises"',
        lambda score: (
            score("production complex", "output_60") > score("scattered plants", "output_60")
        ),
        "the two best sites, suppliers near by, and planners: none of them alone carries it",
    ),
    Claim(
        "fragile complex",
        "when the flagship fails, other sectors beside it lose more in the complex than in a "
        "cluster",
        "not in the document",
        lambda score: score("production complex", "linked_loss") > score("cluster", "linked_loss"),
        "the complex depends on its core, a cluster is one sector",
    ),
    Claim(
        "cluster grows most",
        "of the four, the cluster has the largest output in year 60",
        '"increased the development speed of the industry"',
        lambda score: pd.concat(
            [
                score("cluster", "output_60") > score(policy, "output_60")
                for policy in FOUR
                if policy != "cluster"
            ],
            axis=1,
        ).all(axis=1),
        "its money for knowledge and for institutions: without either it fails, and also if all "
        "get the same of either",
    ),
    Claim(
        "cluster ahead early",
        "of all policies, the cluster has the largest output already in year 20",
        "not in the document",
        lambda score: pd.concat(
            [
                score("cluster", "output_20") > score(policy, "output_20")
                for policy in POLICIES
                if policy != "cluster"
            ],
            axis=1,
        ).all(axis=1),
        "knowledge pays late, plants pay at once",
    ),
    Claim(
        "cluster at risk",
        "when the largest sector collapses, the worst region loses more than with an even spread",
        "not in the document",
        lambda score: score("cluster", "sector_loss") > score("even spread", "sector_loss"),
        "a specialised region has all its eggs in one basket",
    ),
)

CLAIM = {claim.name: claim for claim in CLAIMS}


def holds(claim: str, found: Ensemble, over: str = "countries") -> pd.Series:
    """Where one claim holds.

    Parameters
    ----------
    claim : str
        Name of the claim.
    found : Ensemble
        An ensemble with all of `policies.POLICIES`.
    over : {"countries", "draws"}
        Look at each country, or at the means over all countries with the same laws.

    Returns
    -------
    pandas.Series of bool
        One for each country, or for each draw.

    Raises
    ------
    ValueError
        If there is no such claim, or the ensemble lacks a policy.
    """
    wanted = CLAIM[one_of("claim", claim, CLAIM)]
    one_of("over", over, ("countries", "draws"))
    lacking = [policy for policy in POLICIES if policy not in found.policies]
    if lacking:
        raise ValueError(
            f"the ensemble lacks the policy {lacking[0]!r}: claims compare all of "
            "policies.POLICIES, so make it with ensemble() or with POLICIES | {'mine': ...}"
        )

    return wanted.holds(scores_of(found, over)).rename(claim)


def scores_of(found: Ensemble, over: str = "countries") -> Scores:
    """The scores of an ensemble as a claim reads them.

    Parameters
    ----------
    found : Ensemble
        The ensemble.
    over : {"countries", "draws"}
        As in `holds`.

    Returns
    -------
    callable
        ``scores(policy, name)``. A country in which a run of any policy failed is left out: no
        number is neither more nor less than another. It raises a ValueError if the policy failed
        in all of them.
    """

    def scores(policy: str, name: str) -> pd.Series:
        wide = found.by_policy(name)
        lost = [failure for failure in found.failures if failure.policy == policy]
        if policy not in wide and lost:
            raise ValueError(f"no run of {policy} could be computed. The first: {lost[0]}")
        wide = wide.dropna()
        return (wide.groupby("draw").mean() if over == "draws" else wide)[policy]

    return scores


def check_claims(found: Ensemble, over: str = "countries") -> pd.DataFrame:
    """In which share of the runs each claim holds.

    Parameters
    ----------
    found : Ensemble
        An ensemble with all of `policies.POLICIES`.
    over : {"countries", "draws"}
        As in `holds`.

    Returns
    -------
    pandas.DataFrame
        One row a claim: ``share``, ``runs``, the ``sentence``, what the document ``said``, and the
        ``assumption`` that it leans on.

    Raises
    ------
    ValueError
        If the ensemble lacks a policy.

    Examples
    --------
    >>> from course_lib.regional_economy.ensemble import ensemble
    >>> float(check_claims(ensemble(seeds=5)).loc["unbalanced pole", "share"])
    1.0
    """
    rows = []
    for claim in CLAIMS:
        held = holds(claim.name, found, over)
        rows.append(
            {
                "claim": claim.name,
                "share": float(held.mean()),
                "runs": len(held),
                "sentence": claim.sentence,
                "said": claim.said,
                "assumption": claim.assumption,
            }
        )
    return pd.DataFrame(rows).set_index("claim")
