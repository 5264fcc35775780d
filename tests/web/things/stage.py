"""What stands on the pages of these stories, and where."""

from dataclasses import dataclass

from destraba.models import Commitment, Problem, Solution

PROBLEM = "/mesas/forestal/problems/1/"
SOLUTION = "/mesas/forestal/solutions/1.1/"
COMMITMENT = "/mesas/forestal/commitments/1/"
PAGES = (PROBLEM, SOLUTION, COMMITMENT)
SEATED = ("ana", "teo", "pilar", "marco", "lucia", "hilda", "alto")
STRANGERS = ("ejes", "admin", "vecina", "antes")


@dataclass(frozen=True)
class Scene:
    problem: Problem
    solution: Solution
    commitment: Commitment
