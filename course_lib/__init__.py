"""The library that carries the course on how regions develop.

Each lesson has a room here with the name of its notebook. Nothing is imported until a
lesson asks for it: ``from course_lib import datasets, measures``.
"""

#: The year and the number of its term; .dev0 until the term's release is tagged.
__version__ = "2027.1.dev0"
