"""Tools for those who change the course: the test run, benchmarks, a browser that is driven.

They stay in a checkout: the wheel leaves this package out. Nothing that a student runs needs it.
"""

from pathlib import Path

#: The checkout in which these tools lie.
CHECKOUT = Path(__file__).resolve().parents[2]
