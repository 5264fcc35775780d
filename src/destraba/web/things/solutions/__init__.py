"""The page of a solution: what can be done there, and how its parts are shown."""

from destraba.web.things.solutions.acts import ACTS

__all__ = ["ACTS"]
