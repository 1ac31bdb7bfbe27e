"""The rules for glossaries, categories and terms (atlas-metastore, glossary PreProcessors).

The server makes their qualifiedNames, `<id>` for a glossary and `<id>@<glossary>` for the others,
whatever is sent. Names of active objects are unique, case-sensitively: of glossaries in the tenant,
of terms in their glossary, of categories on their level. Only stored objects are compared, so that
two equal names in the same request pass, as they do in Atlan.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from importer.sandbox.atlan import entities, relations
from importer.sandbox.atlan.refusals import Refused

if TYPE_CHECKING:
    import sqlite3

    from importer.sandbox.atlan.drafts import Draft
    from importer.sandbox.atlan.entities import Entity
    from importer.sandbox.atlan.references import Resolver

GLOSSARY, CATEGORY, TERM = "AtlasGlossary", "AtlasGlossaryCategory", "AtlasGlossaryTerm"
FOREIGN_CATEGORY = "Passed category doesn't belongs to Passed Glossary"


def new_id() -> str:
    """Return 21 random letters and digits."""
    return secrets.token_urlsafe(16)[:21].replace("-", "a").replace("_", "b")


def refuse_without_anchor(draft: Draft) -> None:
    """Raise Refused for a term or a category that does not name its glossary, changed or not."""
    if draft.type.name in (CATEGORY, TERM) and not draft.replaced.get("anchor"):
        raise Refused("missing_value", draft.type.name, "anchor", draft.type.name)


def prepare_glossary(resolver: Resolver, draft: Draft) -> set[str]:
    """Check the name and make the qualifiedName. Raises Refused."""
    _set_name(draft)
    if _renamed(draft) and _taken(resolver.db, draft.result):
        raise Refused("glossary_exists", draft.result.name)
    _set_qualified_name(draft, draft.before.qualified_name if draft.before else new_id())
    return set()


def prepare_term(resolver: Resolver, draft: Draft) -> set[str]:
    """Check name and categories, make the qualifiedName; another anchor moves the term.

    Raises Refused.
    """
    anchor = _anchor(resolver, draft)
    _set_name(draft)
    draft.result.glossary = anchor.qualified_name
    if draft.before is None:
        _refuse_taken_term(resolver.db, draft.result)
        _check_categories(resolver, draft, anchor)
    else:
        _check_categories(resolver, draft, anchor)
        if _renamed(draft) or _moved(draft):
            _refuse_taken_term(resolver.db, draft.result)
        _check_kept_categories(resolver.db, draft, anchor)
    _set_qualified_name(draft, _under(draft, anchor))
    return set()


def prepare_category(resolver: Resolver, draft: Draft) -> set[str]:
    """Check name and parent, make the qualifiedName; another anchor moves it with its contents.

    Return the guids of the contents that moved. Raises Refused.
    """
    anchor = _anchor(resolver, draft)
    parent = _parent(resolver, draft)
    _set_name(draft)
    draft.result.glossary = anchor.qualified_name
    draft.result.parent = parent
    if (_renamed(draft) or _moved(draft)) and _taken(resolver.db, draft.result):
        raise Refused("category_exists", draft.result.name)
    if parent and not parent.endswith("@" + anchor.qualified_name):
        raise Refused("foreign_parent", parent)
    _set_qualified_name(draft, _under(draft, anchor))
    if draft.before and _moved(draft):
        return _move_contents(resolver.db, draft.before, anchor, {draft.result.guid})
    return set()


def refresh_parent(db: sqlite3.Connection, guid: str) -> None:
    """Store the qualifiedName of the parent with a category, as the search needs it."""
    db.execute(
        "UPDATE entity SET parent = (SELECT above.qualified_name FROM relation"
        " JOIN entity AS above ON above.guid = relation.target"
        " WHERE relation.source = entity.guid AND relation.attribute = 'parentCategory')"
        " WHERE guid = ? AND type = 'AtlasGlossaryCategory'",
        (guid,),
    )


def _anchor(resolver: Resolver, draft: Draft) -> Entity:
    """Return the glossary, which must be sent every time and be stored already."""
    anchor = resolver.stored(draft.replaced["anchor"][0])
    if anchor is None:
        raise Refused("same_request", "the glossary")
    return anchor


def _parent(resolver: Resolver, draft: Draft) -> str | None:
    """Return the qualifiedName of the parent category: as sent, else as it was."""
    if "parentCategory" not in draft.replaced:
        return draft.before.parent if draft.before else None
    references = draft.replaced["parentCategory"]
    parent = resolver.stored(references[0]) if references else None
    if references and parent is None:
        raise Refused("same_request", "the parent category")
    return parent.qualified_name if parent else None


def _set_name(draft: Draft) -> None:
    name = draft.result.name.strip()
    if not name or "@" in name:
        raise Refused("bad_name")
    draft.result.attributes["name"] = name


def _set_qualified_name(draft: Draft, qualified_name: str) -> None:
    draft.result.attributes["qualifiedName"] = qualified_name


def _under(draft: Draft, anchor: Entity) -> str:
    own = draft.before.qualified_name.partition("@")[0] if draft.before else new_id()
    return f"{own}@{anchor.qualified_name}"


def _renamed(draft: Draft) -> bool:
    return draft.before is None or draft.before.name != draft.result.name


def _moved(draft: Draft) -> bool:
    return draft.before is not None and draft.before.glossary != draft.result.glossary


def _taken(db: sqlite3.Connection, entity: Entity) -> bool:
    row = db.execute(
        "SELECT 1 FROM entity WHERE name = ? AND type = ? AND status = 'ACTIVE' AND guid <> ?"
        " AND glossary IS ? AND parent IS ?",
        (entity.name, entity.type_name, entity.guid, entity.glossary, entity.parent),
    ).fetchone()
    return row is not None


def _refuse_taken_term(db: sqlite3.Connection, term: Entity) -> None:
    if _taken(db, term):
        raise Refused("term_exists", term.name)


def _check_categories(resolver: Resolver, draft: Draft, anchor: Entity) -> None:
    """Check the first category only, which must be stored already, as atlas-metastore does."""
    first = next(iter(draft.replaced.get("categories", [])), None)
    if first is None:
        return
    category = None if first.temporary else resolver.stored(first)
    if category is None:
        raise Refused("unknown_guid", first.guid)
    _refuse_foreign(category, anchor)


def _check_kept_categories(db: sqlite3.Connection, draft: Draft, anchor: Entity) -> None:
    """Refuse a term that moves to another glossary and keeps categories of the old one."""
    if "categories" in draft.replaced or not _moved(draft):
        return
    for guid in relations.active_targets(db, draft.result.guid, "categories"):
        category = entities.by_guid(db, guid)
        if category:
            _refuse_foreign(category, anchor)


def _refuse_foreign(category: Entity, anchor: Entity) -> None:
    if not category.qualified_name.endswith(anchor.qualified_name):
        raise Refused("bad_request", FOREIGN_CATEGORY)


def _move_contents(
    db: sqlite3.Connection, category: Entity, anchor: Entity, moved: set[str]
) -> set[str]:
    """Move what is below a category to another glossary; return the guids of all that moved."""
    for attribute in ("childrenCategories", "terms"):
        for guid in relations.active_targets(db, category.guid, attribute):
            child = entities.by_guid(db, guid)
            if child and guid not in moved:
                moved.add(guid)
                _move_one(db, child, anchor)
                _move_contents(db, child, anchor, moved)
    for guid in moved:
        refresh_parent(db, guid)
    return moved


def _move_one(db: sqlite3.Connection, entity: Entity, anchor: Entity) -> None:
    entity.glossary = anchor.qualified_name
    if entity.type_name == TERM:
        _refuse_taken_term(db, entity)
    own = entity.qualified_name.partition("@")[0]
    entity.attributes["qualifiedName"] = f"{own}@{anchor.qualified_name}"
    entity.updated = entities.now()
    entities.write(db, entity)
    relations.join(db, entity.guid, entity.type.relations["anchor"], anchor.guid, None)
