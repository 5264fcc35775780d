"""What somebody starts, one line for each job. What starts by itself stands in `timetable`."""

from collections.abc import Mapping

from destraba.jobs.catalogue import Work
from destraba.jobs.imports import import_matrix
from destraba.jobs.prints import print_matrix
from destraba.jobs.replacements import replace

ON_DEMAND: Mapping[str, Work] = {"import": import_matrix, "print": print_matrix, "replacement": replace}
