"""What the kit expects of a chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Update = Callable[[Any], None]
Chart = Callable[[Any], Update]
