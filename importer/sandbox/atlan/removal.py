"""Archives, removes and restores entities (Atlan developer docs, delete and restore an asset).

SOFT archives: the entity stays, with status DELETED. HARD and PURGE remove it; HARD passes over
an archived one, which must be restored first. A category that is named is always removed
(atlas-metastore AtlasEntityStoreV2). What a glossary owns is deleted with it, in its way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlan import entities, relations, views
from importer.sandbox.atlan.refusals import Refused

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlan.entities import Entity

KINDS = ("SOFT", "HARD", "PURGE")
CATEGORY = "AtlasGlossaryCategory"


def delete(db: sqlite3.Connection, guids: list[str], kind: str) -> dict[str, Any]:
    """Delete entities, passing over unknown guids and entities deleted already.

    Any other deleteType than SOFT, HARD or PURGE is SOFT. Raises Refused without a guid.
    """
    if not guids:
        raise Refused("invalid_parameters", "no guid to delete")
    kind = kind.upper() if kind.upper() in KINDS else "SOFT"
    gone = _with_owned(db, [entity for guid in guids if (entity := entities.by_guid(db, guid))])
    gone = [entity for entity in gone if _is_due(entity, kind)]
    touched = _partners(db, gone)
    headers = []
    for entity in gone:
        entity.status = entities.DELETED
        entity.updated = entities.now()
        headers.append(views.header(db, entity))
        _carry_out(db, entity, "PURGE" if _goes_for_good(entity, guids) else kind)
    return _mutated(db, "DELETE", headers, touched)


def restore(db: sqlite3.Connection, guids: list[str]) -> dict[str, Any]:
    """Restore archived entities. Raises Refused for an unknown guid."""
    found = [_known(db, guid) for guid in guids]
    back = [entity for entity in found if entity.status == entities.DELETED]
    for entity in back:
        entity.status = entities.ACTIVE
        entity.updated = entities.now()
        entities.write(db, entity)
    return _mutated(db, "UPDATE", [views.header(db, entity) for entity in back], [])


def _is_due(entity: Entity, kind: str) -> bool:
    return entity.status == entities.ACTIVE or kind == "PURGE"


def _goes_for_good(entity: Entity, named: list[str]) -> bool:
    return entity.type_name == CATEGORY and entity.guid in named


def _carry_out(db: sqlite3.Connection, entity: Entity, kind: str) -> None:
    if kind == "SOFT":
        entities.write(db, entity)
    else:
        entities.remove(db, entity.guid)


def _with_owned(db: sqlite3.Connection, owners: list[Entity]) -> list[Entity]:
    found = {entity.guid: entity for entity in owners}
    for owner in owners:
        for end in owner.type.relations.values():
            if end.relationship.owns and end.attribute == end.relationship.first and end.many:
                for guid in relations.targets(db, owner.guid, end.attribute):
                    found[guid] = found.get(guid) or _known(db, guid)
    return list(found.values())


def _partners(db: sqlite3.Connection, gone: list[Entity]) -> list[Entity]:
    """Return the active entities that lose a relation."""
    going = {entity.guid for entity in gone}
    guids = {guid: None for entity in gone for _, guid in relations.all_targets(db, entity.guid)}
    others = [entities.by_guid(db, guid) for guid in guids if guid not in going]
    return [other for other in others if other and other.status == entities.ACTIVE]


def _known(db: sqlite3.Connection, guid: str) -> Entity:
    found = entities.by_guid(db, guid)
    if found is None:
        raise Refused("unknown_guid", guid)
    return found


def _mutated(
    db: sqlite3.Connection, operation: str, headers: list[dict[str, Any]], touched: list[Entity]
) -> dict[str, Any]:
    if not headers:
        return {}
    for entity in touched:
        entities.touch(db, entity.guid)
    also = {"UPDATE": [views.header(db, entity) for entity in touched]} if touched else {}
    return {"mutatedEntities": {operation: headers, **also}}
