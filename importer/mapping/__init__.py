"""Rows in, entities out: sheets recognised, bound to their columns and mapped column by column."""

from importer.mapping.assemble import SheetMapper
from importer.mapping.bind import Binder
from importer.mapping.bound import BoundEntity, BoundReference, BoundSheet
from importer.mapping.entity import Entity, Mapped, RefText

__all__ = [
    "Binder",
    "BoundEntity",
    "BoundReference",
    "BoundSheet",
    "Entity",
    "Mapped",
    "RefText",
    "SheetMapper",
]
