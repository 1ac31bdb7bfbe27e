"""Rows in, entities out: sheets recognised, bound to their columns and mapped column by column."""

from importer.mapping.binder import Binder
from importer.mapping.binding import BoundEntity, BoundReference, BoundSheet
from importer.mapping.entity import Entity, Mapped, RefText
from importer.mapping.sheet_mapper import SheetMapper

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
