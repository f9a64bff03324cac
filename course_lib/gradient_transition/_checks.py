"""Checks of parameters that the models of this lesson share: each failure is one sentence."""

from __future__ import annotations

import math

import numpy as np


def number(
    name: str,
    value: object,
    *,
    above: float | None = None,
    least: float | None = None,
    below: float | None = None,
    most: float | None = None,
    because: str,
) -> float:
    """Return `value` as a float, or say in one sentence what it must be and why.

    `above` and `below` are limits that are themselves excluded, `least` and `most` are included.
    """
    limits = []
    if above is not None:
        limits.append(f"above {above:g}")
    if least is not None:
        limits.append(f"at least {least:g}")
    if below is not None:
        limits.append(f"below {below:g}")
    if most is not None:
        limits.append(f"at most {most:g}")
    wanted = " and ".join(limits) if limits else "a finite number"

    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        real = float(value)
        outside = (
            not math.isfinite(real)
            or (above is not None and real <= above)
            or (least is not None and real < least)
            or (below is not None and real >= below)
            or (most is not None and real > most)
        )
        if not outside:
            return real
    raise ValueError(f"{name} must be {wanted} (got {_show(value)}): {because}")


def whole_number(name: str, value: object, *, least: int, most: int, because: str) -> int:
    """Return `value` as an int between two limits, or say in one sentence what it must be."""
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        whole = int(value)
        if least <= whole <= most:
            return whole
    raise ValueError(
        f"{name} must be a whole number from {least} to {most} (got {_show(value)}): {because}"
    )


def _show(value: object) -> str:
    """A value as a student would have typed it: 0.5, not np.float64(0.5)."""
    return repr(value.item() if isinstance(value, np.generic) else value)
