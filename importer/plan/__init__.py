"""The plan: what every entity changes in the target, field by field, and what the guard holds."""

from importer.plan.diff import differences, has_landed, unmet
from importer.plan.guard import Guard, Mass
from importer.plan.planner import Desired, Planned, Planner
from importer.plan.relations import Edges

__all__ = [
    "Desired",
    "Edges",
    "Guard",
    "Mass",
    "Planned",
    "Planner",
    "differences",
    "has_landed",
    "unmet",
]
