"""An asset's guid and what makes a link or readme the same one in, its qualifiedName out."""

from __future__ import annotations

import uuid

from importer.targets.atlan.vocabulary import GLOSSARY_TYPES, LINK, README, relation_path
from importer.targets.protocol import Change

NAMESPACE = uuid.UUID("6d1b9d0e-9a55-5c1e-8f0e-3f1f8a3f6c52")
"""Must never change: the names of all links ever imported are derived from it."""

ASSET = relation_path("asset")


def link_name(asset: str, identity: str) -> str:
    """The same asset and identity (URL or title) always give the same qualifiedName."""
    return str(uuid.uuid5(NAMESPACE, f"{asset}\n{identity}"))


def readme_name(asset: str) -> str:
    """Atlan keeps one readme for each asset, under this qualifiedName."""
    return f"{asset}/readme"


def resource_name(type_name: str, asset: str, identity: str) -> str:
    """The qualifiedName of a link or readme of ours on the asset with this guid."""
    return readme_name(asset) if type_name == README else link_name(asset, identity)


def qualified_name(change: Change) -> str | None:
    """The qualifiedName a new entity is sent with, None where the server makes it."""
    given = change.payload.get("attributes", {}).get("qualifiedName")
    if given and change.type not in GLOSSARY_TYPES:
        return str(given)
    owners = change.relations.get(ASSET, ())
    if change.type in {LINK, README} and owners:
        return resource_name(change.type, owners[0].id, change.key[-1])
    return None
