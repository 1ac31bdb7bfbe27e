"""Entities that refer to each other by words in, resolved keys and levels out."""

from importer.order.directory import Directory, identities_of
from importer.order.index import Index
from importer.order.levels import Levels
from importer.order.registry import Registry
from importer.order.resolve import Resolver

__all__ = ["Directory", "Entity", "Index", "Levels", "Registry", "Resolver", "identities_of"]
