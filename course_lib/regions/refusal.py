"""What a table that cannot be read says of itself."""

from __future__ import annotations

from course_lib.errors import CourseError


class TableError(CourseError, ValueError):
    """A table that cannot be used as it is: file, row, and what to do, in sentences."""
