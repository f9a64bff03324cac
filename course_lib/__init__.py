"""The library that carries the course on how regions develop.

Each lesson has a room here with the name of its notebook. Nothing is imported until a
lesson asks for it: ``from course_lib import datasets, measures``.
"""

__version__ = "0.1.0"
