"""The command `course`: open the course, check this computer, store the notebooks, run the tests.

`app.py` holds the commands and what they say; each of the other modules does one job:
`jupyter` starts JupyterLab, `doctor` looks at this computer, `notebooks` executes and stores the
lessons, `testing` runs pytest, `browser` finds Chromium, `checkout` finds the course's folder.
"""

from course_lib.cli.app import app

__all__ = ["app"]
