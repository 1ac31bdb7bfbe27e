"""Encodes a change as an entity of a bulk request (atlas-metastore EntityREST, `entity/bulk`).

Every entity is sent with a guid: its own if it exists, else `-<seq>`. Errors and answers name that
guid, which leads back to the row. An attribute that is left out stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from importer.model import Json, Payload
from importer.payload_path import DOT
from importer.targets.atlan.identity import qualified_name
from importer.targets.atlan.metadata import custom_metadata, tags
from importer.targets.atlan.relations import relations
from importer.targets.atlan.typedefs import TypeDefs
from importer.targets.atlan.vocabulary import (
    ACTIVE,
    ATTRIBUTES,
    CUSTOM_METADATA,
    FREE,
    LINK,
    README,
    TAGS,
)
from importer.targets.protocol import Change

ENCODED = frozenset({"typeName", ATTRIBUTES, "relationshipAttributes", TAGS, CUSTOM_METADATA, FREE})
EMPTIED: dict[str, Json] = {"labels": [], FREE: {}}


class EncodeOptions(Struct, frozen=True):
    """Options of a template for encoding, where the public sources differ from one another.

    `link_asset` is `object` (default; pyatlan 11.6) or `list`, which puts the asset of a link into
    a list under `attributes` (Atlan developer docs, links). `references_in` is
    `relationshipAttributes` (default) or `attributes`. `link_identity` is `url` (default) or
    `name`: which of the two makes two links of an asset the same.
    """

    link_asset: str = "object"
    references_in: str = "relationshipAttributes"
    link_identity: str = "url"

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> EncodeOptions:
        """Return the encoding options among the options of a template."""
        known = ("link_asset", "references_in", "link_identity")
        return cls(**{name: str(options[name]) for name in known if name in options})


def sent_guid(change: Change) -> str:
    """Return the guid that stands for the entity of a change in a request."""
    return change.id or f"-{change.seq}"


def entity(change: Change, typedefs: TypeDefs, options: EncodeOptions) -> Payload:
    """Return an item of `entities`. Raises UnknownName for a tag or metadata Atlan lacks."""
    related = relations(change, options.link_asset, options.references_in)
    body: Payload = {
        "typeName": change.type,
        "guid": sent_guid(change),
        ATTRIBUTES: {**_attributes(change), **related.pop(ATTRIBUTES, {})},
        **related,
        **tags(change, typedefs),
        **custom_metadata(change, typedefs),
        **{name: value for name, value in change.payload.items() if name not in ENCODED},
        **_free(change),
        **{name: empty for name, empty in EMPTIED.items() if name in change.clears},
    }
    # atlas-metastore restores an archived entity only if the request says so
    if change.before and change.before.archived:
        body["status"] = ACTIVE
    return body


def _free(change: Change) -> Payload:
    """Return the customAttributes, which Atlan replaces whole: those not stated are repeated."""
    paths = (path.replace(DOT, ".") for path in change.clears if path.startswith(f"{FREE}."))
    removed = {path.partition(".")[2] for path in paths}
    if FREE not in change.payload and not removed:
        return {}
    before = change.before.payload.get(FREE, {}) if change.before else {}
    kept = {name: value for name, value in before.items() if name not in removed}
    return {FREE: {**kept, **change.payload.get(FREE, {})}}


def flags(entities: list[Payload], changes: list[Change]) -> list[tuple[str, str]]:
    """Return the query parameters of a bulk request: (name, value) pairs.

    Without them atlas-metastore's EntityREST ignores tags and custom metadata of an update; with
    them it merges: an entity sent without any keeps what it has.
    """
    found = []
    if any(
        "addOrUpdateClassifications" in one or "removeClassifications" in one for one in entities
    ):
        found.append(("appendTags", "true"))
    pairs = zip(entities, changes, strict=True)
    if any(CUSTOM_METADATA in one and change.id for one, change in pairs):
        found += [("replaceBusinessAttributes", "true"), ("overwriteBusinessAttributes", "false")]
    return found


def _attributes(change: Change) -> dict[str, Json]:
    """Return the attributes to set, null for those to empty."""
    paths = (path for path in change.clears if path.startswith(f"{ATTRIBUTES}."))
    cleared: dict[str, Json] = {path.partition(".")[2]: None for path in paths}
    found = {**cleared, **_identifying(change), **change.payload.get(ATTRIBUTES, {})}
    if change.type == README and found.get("description") is not None:
        found["description"] = quote(found["description"])
    return found


def _identifying(change: Change) -> dict[str, Json]:
    """Return the attributes every request must hold, changed or not.

    An update repeats qualifiedName and name (Atlan developer docs, bulk update); a link also its
    URL (atlas-metastore LinkPreProcessor).
    """
    if change.id is None:
        made = {"qualifiedName": qualified_name(change) or sent_guid(change)}
        return {**made, **({"name": _readme_title(change)} if change.type == README else {})}
    before = change.before.payload.get(ATTRIBUTES, {}) if change.before else {}
    needed = ("qualifiedName", "name", "link") if change.type == LINK else ("qualifiedName", "name")
    known = {name: before[name] for name in needed if name in before}
    if change.type == README:
        known.setdefault("name", _readme_title(change))
    return known


def _readme_title(change: Change) -> str:
    return f"{change.key[-2]} Readme"
