"""The command `course`: open the course, check this computer, store the notebooks, run the tests.

`app.py` holds the commands and what they say; each of the other modules does one job: `doctor`
looks at this computer, `notebooks` executes and stores the lessons, `slides` turns one into slides,
`reference_pages` writes glossary and sources, `checkout` finds the course's folder, and `classroom`
and `decisions` hold the commands for a class. `course_lib.local_jupyter` starts JupyterLab, and
`course_lib.dev` has what only those need who change the course.
"""

from course_lib.cli.app import app

__all__ = ["app"]
