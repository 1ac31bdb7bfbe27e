"""Entities with their keys and the live state in, changes out, field by field."""

from importer.plan.diff import Difference, differences, has_landed
from importer.plan.guard import Guard, Mass
from importer.plan.planner import Desired, Planned, Planner
from importer.plan.relations import Edges

__all__ = [
    "Desired",
    "Difference",
    "Edges",
    "Guard",
    "Mass",
    "Planned",
    "Planner",
    "differences",
    "has_landed",
]
