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
    because: str,
) -> float:
    """Return `value` as a float, or say in one sentence what it must be and why.

    `above` and `below` are limits that are themselves excluded, `least` is included.
    """
    limits = []
    if above is not None:
        limits.append(f"above {above:g}")
    if least is not None:
        limits.append(f"at least {least:g}")
    if below is not None:
        limits.append(f"below {below:g}")
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        real = float(value)
        outside = (
            not math.isfinite(real)
            or (above is not None and real <= above)
            or (least is not None and real < least)
            or (below is not None and real >= below)
        )
        if not outside:
            return real
    shown = repr(value.item() if isinstance(value, np.generic) else value)
    raise ValueError(f"{name} must be {' and '.join(limits)} (got {shown}): {because}")


def two_numbers(name: str, values: object, *, because: str) -> tuple[float, float]:
    """Return two numbers above zero, one for each good."""
    listed = list(values) if isinstance(values, list | tuple | np.ndarray) else []
    if len(listed) != 2:
        raise ValueError(
            f"{name} must be two numbers, one for each good (got {values!r}): {because}"
        )
    return (
        number(f"{name}, first good,", listed[0], above=0, because=because),
        number(f"{name}, second good,", listed[1], above=0, because=because),
    )
