"""Entities with their keys and the live state in, changes out, field by field."""

from importer.plan.compare import Difference, differences, has_landed
from importer.plan.guard import Guard, Mass
from importer.plan.planner import Planned, Planner, Stated
from importer.plan.relations import Edges

__all__ = [
    "Difference",
    "Edges",
    "Guard",
    "Mass",
    "Planned",
    "Planner",
    "Stated",
    "differences",
    "has_landed",
]
