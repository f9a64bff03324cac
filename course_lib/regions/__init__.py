"""A country's or a region's own tables: read, checked, and ready for the course's labs."""

from course_lib.regions.builtin import china, united_states
from course_lib.regions.examples import invented_country, mexico, mexico_folder
from course_lib.regions.folder import read_region
from course_lib.regions.make import make_region
from course_lib.regions.refusal import TableError
from course_lib.regions.region import Jobs, Region

__all__ = [
    "Jobs",
    "Region",
    "TableError",
    "china",
    "invented_country",
    "make_region",
    "mexico",
    "mexico_folder",
    "read_region",
    "united_states",
]
