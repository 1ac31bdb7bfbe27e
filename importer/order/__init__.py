"""Resolves references between entities, matches them with what is live, and orders the kinds."""

from importer.order.key_index import KeyIndex
from importer.order.levels import Levels
from importer.order.live_index import LiveIndex, identities_of
from importer.order.near import NearNames
from importer.order.registry import Registry
from importer.order.resolve import Resolver

__all__ = [
    "Entity",
    "KeyIndex",
    "Levels",
    "LiveIndex",
    "NearNames",
    "Registry",
    "Resolver",
    "identities_of",
]
