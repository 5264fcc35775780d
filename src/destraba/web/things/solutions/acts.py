"""All that can be done on the page of a solution, in the order in which it stands there."""

from destraba.web.things.solutions.climbing import CLIMBING, SolutionAct
from destraba.web.things.solutions.keeping import BELOW, KEEPING
from destraba.web.things.solutions.norms import NORM
from destraba.web.things.solutions.places import PLACES

ACTS: tuple[SolutionAct, ...] = (*CLIMBING, *KEEPING, *NORM, *PLACES, *BELOW)
