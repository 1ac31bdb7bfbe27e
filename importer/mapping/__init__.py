"""Maps rows to entities: recognises sheets, binds rules to columns, maps column by column."""

from importer.mapping.binder import Binder
from importer.mapping.binding import BoundEntity, BoundReference, BoundSheet
from importer.mapping.entity import Entity, MappedChunk, RefText
from importer.mapping.retype import own_columns, retype, typed
from importer.mapping.sheet_mapper import SheetMapper

__all__ = [
    "Binder",
    "BoundEntity",
    "BoundReference",
    "BoundSheet",
    "Entity",
    "MappedChunk",
    "RefText",
    "SheetMapper",
    "own_columns",
    "retype",
    "typed",
]
