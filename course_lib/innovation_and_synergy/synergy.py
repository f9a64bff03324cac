"""One hand cannot clap: entrepreneurs, government and association together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from course_lib.parameters import number, numbers
from course_lib.sentence import listed

PARTNERS = ("entrepreneurs", "government", "association")
LEVELS = np.linspace(0, 1, 51)
LEVELS.flags.writeable = False
STEP = 0.1
"""By how much one partner is strengthened when the gain is asked for."""


@dataclass(frozen=True, eq=False)
class Synergy:
    """What three partners achieve together: the result of `synergy`.

    Attributes
    ----------
    partners : numpy.ndarray of float, shape (3,)
        Strength of entrepreneurs, government and association, 0 to 1.
    weights : numpy.ndarray of float, shape (3,)
        What each counts for; they add up to 1.
    substitution : float
        How easily one partner stands in for another.
    ability : float
        The region's learning ability, 0 to 1.
    gains : numpy.ndarray of float, shape (3,)
        What 0.1 more of one partner (or what is lacking to 1, if less) would add to the ability.
    level : numpy.ndarray of float, shape (n_levels,)
        Strengths for which the curves are drawn.
    curves : numpy.ndarray of float, shape (n_levels, 3)
        The ability if one partner had that strength and the two others stayed.
    """

    partners: np.ndarray
    weights: np.ndarray
    substitution: float
    ability: float
    gains: np.ndarray
    level: np.ndarray
    curves: np.ndarray

    @property
    def first(self) -> str:
        """The partner to strengthen first: the one whose 0.1 more adds most."""
        return PARTNERS[int(np.argmax(self.gains))]

    def to_frame(self) -> pd.DataFrame:
        """Strength, weight and gain, one row a partner."""
        return pd.DataFrame(
            {"strength": self.partners, "weight": self.weights, "gain_from_a_tenth": self.gains},
            index=pd.Index(PARTNERS, name="partner"),
        )

    def summary(self) -> str:
        """One sentence: the ability, and which partner to strengthen first."""
        at_most = float(self.gains.max())
        tied = [
            name
            for name, gain in zip(PARTNERS, self.gains, strict=True)
            if math.isclose(gain, at_most, rel_tol=1e-6, abs_tol=1e-12)
        ]
        if at_most < 1e-12:
            advice = "a tenth more of one partner alone adds nothing"
        elif len(tied) > 1:
            advice = f"a tenth more adds {at_most:.3f}, the same for {listed(tied)}"
        else:
            advice = f"a tenth more adds most with the {self.first}, {at_most:.3f}"
        strengths = ", ".join(
            f"{name} {strength:.2f}" for name, strength in zip(PARTNERS, self.partners, strict=True)
        )
        return f"With {strengths} the region's learning ability is {self.ability:.3f}; {advice}."


def synergy(
    partners: Sequence[float] = (0.4, 0.4, 0.1),
    substitution: float = 0.5,
    weights: Sequence[float] = (1.0, 1.0, 1.0),
) -> Synergy:
    r"""What entrepreneurs, government and associations achieve together.

    The proverb says that one hand cannot clap. In the words of economics: the three are
    *complements*. How strongly they are is one number, the elasticity of substitution. To measure
    a region's learning ability like that is this course's own; the function is that of Arrow,
    Chenery, Minhas and Solow (1961).

    Parameters
    ----------
    partners : sequence of float, length 3
        Strength of entrepreneurs, government and association, each 0 to 1.
    substitution : float
        Elasticity of substitution :math:`\sigma`, above 0: near 0 the weakest partner decides
        alone, far above 1 each can stand in for the others.
    weights : sequence of float, length 3
        What each counts for, above 0; only their proportions matter.

    Returns
    -------
    Synergy

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Notes
    -----
    See `learning_ability`.

    References
    ----------
    Arrow, K. J., Chenery, H. B., Minhas, B. S. and Solow, R. M. (1961). Capital-labor
    substitution and economic efficiency. *Review of Economics and Statistics* 43(3), 225-250.

    Etzkowitz, H. and Leydesdorff, L. (2000). The dynamics of innovation: from National Systems
    and "Mode 2" to a Triple Helix of university-industry-government relations. *Research Policy*
    29(2), 109-123.

    Examples
    --------
    >>> region = synergy()
    >>> round(region.ability, 3), region.first
    (0.2, 'association')
    >>> synergy((0.9, 0.9, 0.0)).ability
    0.0
    """
    strengths = _strengths(partners)
    shares = _shares(weights)
    ability = float(learning_ability(strengths, substitution, shares))
    more = np.minimum(1.0, strengths + STEP * np.eye(3))
    varied = np.broadcast_to(strengths, (3, len(LEVELS), 3)).copy()
    for partner in range(3):
        varied[partner, :, partner] = LEVELS
    curves = learning_ability(varied, substitution, shares).T
    gains = learning_ability(more, substitution, shares) - ability
    for array in (strengths, shares, gains, curves):
        array.flags.writeable = False
    return Synergy(strengths, shares, float(substitution), ability, gains, LEVELS, curves)


def learning_ability(
    partners: Sequence[float] | np.ndarray,
    substitution: float,
    weights: Sequence[float] | np.ndarray = (1.0, 1.0, 1.0),
) -> np.ndarray:
    r"""Learning ability of a region: a CES function of its three partners.

    Parameters
    ----------
    partners : array-like of float, shape (..., 3)
        Strength of entrepreneurs, government and association, each 0 to 1.
    substitution : float
        Elasticity of substitution :math:`\sigma`, above 0.
    weights : array-like of float, shape (3,)
        What each counts for; only their proportions matter.

    Returns
    -------
    numpy.ndarray of float, shape (...)
        :math:`\left(\sum_i w_i x_i^\rho\right)^{1/\rho}` with :math:`\rho = 1 - 1/\sigma`; at
        :math:`\sigma = 1` the geometric mean :math:`\prod_i x_i^{w_i}`. For :math:`\sigma \le 1`
        it is 0 as soon as one partner is.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> learning_ability([0.9, 0.9, 0.0], substitution=1.0).item()
    0.0
    >>> round(learning_ability([0.9, 0.9, 0.0], substitution=2.0).item(), 6)
    0.4
    """
    strengths = _strengths(partners)
    substitution = number(
        "substitution", substitution, above=0, because="it is an elasticity: 1 is the middle"
    )
    shares = _shares(weights)
    power = 1 - 1 / substitution
    if abs(power) < 1e-6:  # nearer to 0 the power below loses digits
        missing = (strengths == 0).any(axis=-1)
        logs = np.log(np.where(strengths > 0, strengths, 1.0))
        return np.asarray(np.where(missing, 0.0, np.exp(logs @ shares)))
    # Measured against the partner that counts most in the sum, so that no power overflows.
    scale = strengths.max(axis=-1) if power > 0 else strengths.min(axis=-1)
    safe = np.where(scale > 0, scale, 1.0)
    relative = strengths / safe[..., None]
    if power < 0:
        relative = np.where(relative > 0, relative, 1.0)
    ability = safe * ((relative**power) @ shares) ** (1 / power)
    return np.asarray(np.where(scale > 0, ability, 0.0))


def _strengths(partners: object) -> np.ndarray:
    try:
        strengths = np.array(partners, dtype=float)
    except (TypeError, ValueError):
        strengths = np.array(np.nan)
    if strengths.shape[-1:] != (3,) or not ((strengths >= 0) & (strengths <= 1)).all():
        raise ValueError(
            f"partners must be three numbers from 0 to 1, for {', '.join(PARTNERS)} "
            f"(got {partners!r}): 0 is absent, 1 as strong as can be"
        )
    return strengths


def _shares(weights: object) -> np.ndarray:
    checked = numbers("weights", weights, "partner")
    if checked.shape != (3,) or not (checked > 0).all():
        raise ValueError(
            f"weights must be three numbers above 0 (got {weights!r}): leave no partner out, or "
            "the question would be another one"
        )
    return np.asarray(checked / checked.sum())
