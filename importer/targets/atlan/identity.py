"""Derives the qualifiedNames of links and readmes, so that a second import finds the first one's.

Atlan's developer docs (links and readmes) let the client choose the qualifiedName of a link; that
of a readme follows from its asset's guid (pyatlan 11.6, Readme.creator).
"""

from __future__ import annotations

import uuid

from importer.targets.atlan.vocabulary import GLOSSARY_TYPES, LINK, README, relation_path
from importer.targets.protocol import Change

NAMESPACE = uuid.UUID("6d1b9d0e-9a55-5c1e-8f0e-3f1f8a3f6c52")
"""Must never change: the qualifiedNames of all imported links are derived from it."""

ASSET = relation_path("asset")


def link_name(asset: str, identity: str) -> str:
    """Return the qualifiedName of a link; the same asset guid and URL or title give the same."""
    return str(uuid.uuid5(NAMESPACE, f"{asset}\n{identity}"))


def readme_name(asset: str) -> str:
    """Return the qualifiedName of the only readme of the asset with this guid."""
    return f"{asset}/readme"


def resource_name(type_name: str, asset: str, identity: str) -> str:
    """Return the qualifiedName that our link or readme on the asset with this guid has."""
    return readme_name(asset) if type_name == README else link_name(asset, identity)


def qualified_name(change: Change) -> str | None:
    """Return the qualifiedName a new entity is sent with, None where the server makes it."""
    stated = change.payload.get("attributes", {}).get("qualifiedName")
    if stated and change.type not in GLOSSARY_TYPES:
        return str(stated)
    owners = change.relations.get(ASSET, ())
    if change.type in {LINK, README} and owners:
        return resource_name(change.type, owners[0].id, change.key[-1])
    return None
