"""A change in, the entity of a bulk request out.

Every entity carries a guid of ours: the target's own where the entity exists, else `-<seq>`; errors
and answers name it, so each finds its way back to its row. What a change does not name is not in
the entity, and so left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from importer.model import Json, Payload
from importer.targets.atlan.identity import qualified_name
from importer.targets.atlan.metadata import custom_metadata, tags
from importer.targets.atlan.relations import relations
from importer.targets.atlan.typedefs import Dictionary
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
from importer.template.paths import DOT

COMPUTED = frozenset(
    {"typeName", ATTRIBUTES, "relationshipAttributes", TAGS, CUSTOM_METADATA, FREE}
)
EMPTIED: dict[str, Json] = {"labels": [], FREE: {}}


@dataclass(frozen=True, slots=True)
class Style:
    """How a template wants things written where sources differ.

    `link_asset` is `object` (default) or `list`: the link's asset as a list under `attributes`;
    `references_in` is `relationshipAttributes` (default) or `attributes`; `link_identity` is `url`
    (default) or `name`: which of them makes two links of an asset the same.
    """

    link_asset: str = "object"
    references_in: str = "relationshipAttributes"
    link_identity: str = "url"

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Style:
        """From a template's options; others than these are not looked at."""
        known = ("link_asset", "references_in", "link_identity")
        return cls(**{name: str(options[name]) for name in known if name in options})


def sent_guid(change: Change) -> str:
    """The guid a change goes by in a request."""
    return change.id or f"-{change.seq}"


def entity(change: Change, dictionary: Dictionary, style: Style) -> Payload:
    """One item of `entities`. Raises UnknownName for a tag or custom metadata Atlan lacks."""
    related = relations(change, style.link_asset, style.references_in)
    body: Payload = {
        "typeName": change.type,
        "guid": sent_guid(change),
        ATTRIBUTES: {**_attributes(change), **related.pop(ATTRIBUTES, {})},
        **related,
        **tags(change, dictionary),
        **custom_metadata(change, dictionary),
        **{name: value for name, value in change.payload.items() if name not in COMPUTED},
        **_free(change),
        **{name: empty for name, empty in EMPTIED.items() if name in change.clears},
    }
    if change.before and change.before.archived:
        body["status"] = ACTIVE
    return body


def _free(change: Change) -> Payload:
    """The free attributes: Atlan takes them as a whole, so those not stated are said again."""
    paths = (path.replace(DOT, ".") for path in change.clears if path.startswith(f"{FREE}."))
    gone = {path.partition(".")[2] for path in paths}
    if FREE not in change.payload and not gone:
        return {}
    held = change.before.payload.get(FREE, {}) if change.before else {}
    kept = {name: value for name, value in held.items() if name not in gone}
    return {FREE: {**kept, **change.payload.get(FREE, {})}}


def flags(entities: list[Payload], changes: list[Change]) -> list[tuple[str, str]]:
    """The query of a bulk request: what has to be switched on for tags and custom metadata.

    Without these an update's tags and custom metadata are silently left alone; with them an
    entity that has none keeps what it has.
    """
    wanted = []
    if any(
        "addOrUpdateClassifications" in one or "removeClassifications" in one for one in entities
    ):
        wanted.append(("appendTags", "true"))
    pairs = zip(entities, changes, strict=True)
    if any(CUSTOM_METADATA in one and change.id for one, change in pairs):
        wanted += [("replaceBusinessAttributes", "true"), ("overwriteBusinessAttributes", "false")]
    return wanted


def _attributes(change: Change) -> dict[str, Json]:
    found = {**_cleared(change), **_identifying(change), **change.payload.get(ATTRIBUTES, {})}
    if change.type == README and found.get("description") is not None:
        found["description"] = quote(found["description"])
    return found


def _identifying(change: Change) -> dict[str, Json]:
    """What every request must say of an entity, also where it does not change."""
    if change.id is None:
        made = {"qualifiedName": qualified_name(change) or sent_guid(change)}
        return {**made, **({"name": _readme_title(change)} if change.type == README else {})}
    held = change.before.payload.get(ATTRIBUTES, {}) if change.before else {}
    needed = ("qualifiedName", "name", "link") if change.type == LINK else ("qualifiedName", "name")
    known = {name: held[name] for name in needed if name in held}
    if change.type == README:
        known.setdefault("name", _readme_title(change))
    return known


def _readme_title(change: Change) -> str:
    return f"{change.key[-2]} Readme"


def _cleared(change: Change) -> dict[str, Json]:
    """None for each attribute to empty."""
    paths = (path for path in change.clears if path.startswith(f"{ATTRIBUTES}."))
    return {path.partition(".")[2]: None for path in paths}
