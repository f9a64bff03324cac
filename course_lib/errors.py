"""The error whose text a person reads in place of a traceback."""

from __future__ import annotations


class CourseError(Exception):
    """Something that the reader can put right: sentences, which the command `course` prints."""
