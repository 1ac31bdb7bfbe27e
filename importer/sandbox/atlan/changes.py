"""Applies a draft to an entity, as the flags of a bulk request say (atlas-metastore EntityREST)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from importer.sandbox.atlan.entities import ACTIVE, Entity
from importer.sandbox.atlan.refusals import Refused
from importer.sandbox.atlan.values import normal_custom_metadata, normal_tag

if TYPE_CHECKING:
    from importer.sandbox.atlan.drafts import Draft
    from importer.sandbox.atlan.tenant import Tenant

LONGEST_WORD = 50
PLAIN = re.compile("[A-Za-z0-9_-]*")
WITHOUT_TAGS = frozenset({"AtlasGlossary", "AtlasGlossaryCategory", "DataDomain"})


class Flags(Struct, frozen=True):
    """What a bulk request does to tags and custom metadata of entities that exist.

    Tags are left alone unless one of the first three is set; custom metadata unless
    `replace_custom` is set: then it is merged, or replaced with `overwrite_custom` as well.
    """

    replace_tags: bool = False
    replace_classifications: bool = False
    append_tags: bool = False
    replace_custom: bool = False
    overwrite_custom: bool = False

    @property
    def contradictory(self) -> bool:
        """Whether more than one of the three ways to change tags is set."""
        return self.replace_tags + self.replace_classifications + self.append_tags > 1


def new_entity(draft: Draft, values: dict[str, Any], flags: Flags, tenant: Tenant) -> Entity:
    """Return the entity a draft creates."""
    entity = Entity(draft.type.name, attributes=_without_none(values))
    entity.tags = _tags(draft, "classifications", entity.guid, tenant)
    if flags.append_tags:
        entity.tags = _appended(draft, entity, tenant)
    sent = normal_custom_metadata(draft.type, draft.sent.get("businessAttributes"), tenant)
    entity.custom_metadata = _merged({}, sent)
    _set_extras(entity, draft)
    return entity


def changed_entity(
    draft: Draft, before: Entity, values: dict[str, Any], flags: Flags, tenant: Tenant
) -> Entity:
    """Return the entity as it is after a draft that updates it; equal to `before` if unchanged."""
    after = before.copy()
    after.attributes = _without_none({**before.attributes, **_without_reordered(before, values)})
    after.tags = _changed_tags(draft, before, flags, tenant)
    after.custom_metadata = _changed_custom_metadata(draft, before, flags, tenant)
    if draft.sent.get("status") == ACTIVE:
        after.status = ACTIVE
    _set_extras(after, draft)
    return after


def _without_reordered(before: Entity, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without lists that only differ in order: they are sets."""
    return {
        name: value
        for name, value in values.items()
        if not (isinstance(value, list) and set(value) == set(before.attributes.get(name) or ()))
    }


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None and value != []}


def check_extras(draft: Draft) -> None:
    """Refuse labels and free keys beyond PLAIN or 50 characters, and tags where none may be.

    atlas-metastore refuses tags on glossaries, categories and data domains.
    """
    for label in draft.sent.get("labels") or ():
        _check_word(str(label), "label")
    for key in draft.sent.get("customAttributes") or {}:
        _check_word(key, "key")
    tagged = any(
        draft.sent.get(field) for field in ("classifications", "addOrUpdateClassifications")
    )
    if tagged and draft.type.name in WITHOUT_TAGS:
        raise Refused("no_tags", draft.type.name)


def _check_word(word: str, kind: str) -> None:
    if len(word) > LONGEST_WORD:
        raise Refused(f"long_{kind}", word)
    if not PLAIN.fullmatch(word):
        raise Refused(f"bad_{kind}", word)


def _set_extras(entity: Entity, draft: Draft) -> None:
    if draft.sent.get("labels") is not None:
        entity.labels = sorted({str(label) for label in draft.sent["labels"]})
    if draft.sent.get("customAttributes") is not None:
        entity.custom_attributes = dict(draft.sent["customAttributes"])


def _tags(draft: Draft, field: str, guid: str, tenant: Tenant) -> list[dict[str, Any]]:
    return [normal_tag(tag, guid, tenant.tags) for tag in draft.sent.get(field) or []]


def _changed_tags(
    draft: Draft, before: Entity, flags: Flags, tenant: Tenant
) -> list[dict[str, Any]]:
    if flags.append_tags:
        return _appended(draft, before, tenant)
    if flags.replace_tags or flags.replace_classifications:
        wanted = _tags(draft, "classifications", before.guid, tenant)
        return before.tags if _same(wanted, before.tags) else wanted
    return before.tags


def _appended(draft: Draft, entity: Entity, tenant: Tenant) -> list[dict[str, Any]]:
    tags = {tag["typeName"]: tag for tag in entity.tags}
    for tag in _tags(draft, "addOrUpdateClassifications", entity.guid, tenant):
        tags[tag["typeName"]] = tag
    for tag in _tags(draft, "removeClassifications", entity.guid, tenant):
        tags.pop(tag["typeName"], None)
    return list(tags.values())


def _same(some: list[dict[str, Any]], others: list[dict[str, Any]]) -> bool:
    return {tag["typeName"]: tag for tag in some} == {tag["typeName"]: tag for tag in others}


def _changed_custom_metadata(
    draft: Draft, before: Entity, flags: Flags, tenant: Tenant
) -> dict[str, dict[str, Any]]:
    if not flags.replace_custom:
        return before.custom_metadata
    sent = normal_custom_metadata(draft.type, draft.sent.get("businessAttributes"), tenant)
    return _merged({} if flags.overwrite_custom else before.custom_metadata, sent)


def set_custom_metadata(
    entity: Entity, sent: dict[str, Any], tenant: Tenant, *, overwrite: bool = False
) -> None:
    """Merge custom metadata into an entity, or replace what it has. Raises Refused."""
    normal = normal_custom_metadata(entity.type, sent, tenant)
    entity.custom_metadata = _merged({} if overwrite else entity.custom_metadata, normal)


def _merged(
    before: dict[str, dict[str, Any]], sent: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return `before` with `sent` merged in; an empty set and a None clear what they name."""
    merged = dict(before)
    for name, values in sent.items():
        merged[name] = _without_none({**merged.get(name, {}), **values}) if values else {}
    return {name: values for name, values in merged.items() if values}
