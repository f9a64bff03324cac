"""The Python that the lessons' and sets' answers use, and no more."""
