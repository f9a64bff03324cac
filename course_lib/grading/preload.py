"""What each grading process needs, imported and built once: the forkserver loads this module.

A process that is copied from one in which all this is done starts grading at once.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from jupyter_client.provisioning import KernelProvisionerFactory
from nbformat.validator import get_validator
from sqlalchemy.orm import configure_mappers

NEEDED = (
    "IPython.paths",
    "course_lib.measures",
    "jupyter_client.asynchronous",
    "jupyter_client.provisioning",
    "nbgrader.converters",
    "nbgrader.coursedir",
    "nbgrader.preprocessors",
    "pyarrow.pandas_compat" if find_spec("pyarrow") else "pandas",
    "sqlalchemy.dialects.sqlite",
    "sqlite3",
    "course_lib.grading.preprocessors",
)

for name in NEEDED:
    import_module(name)
configure_mappers()
KernelProvisionerFactory.instance()  # it looks through everything that is installed
for minor in (4, 5):  # a validator is compiled from its schema
    get_validator(version=4, version_minor=minor, relax_add_props=True)
    get_validator(version=4, version_minor=minor)
