"""Entities that refer to what the same row makes: which wait for it, and which miss it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from importer.finding_codes import FindingCode
from importer.mapping.binding import BoundEntity
from importer.mapping.entity import Entity, MappedChunk, RefText
from importer.model import Finding, Key


def set_steps(entities: Sequence[BoundEntity]) -> None:
    """Note how many steps each rule is from one that refers to no other entity of its row.

    What refers to something that many rows create waits until all rows are read; so does what many
    rows create and refers to something else.
    """
    for _ in entities:
        for bound in entities:
            beside = [other for other in entities if other.kind.name in kinds_beside(bound)]
            above = max((other.steps for other in beside), default=0)
            bound.steps = above + 1 if kinds_beside(bound) else 0
            awaited = any(other.rule.creates or other.waits for other in beside)
            bound.waits = awaited or (bound.rule.creates and bound.steps > 0)


def kinds_beside(bound: BoundEntity) -> set[str]:
    """Return the kinds of what the same row makes that entities of a rule refer to."""
    return {
        kind for reference in bound.references if not reference.by for kind in reference.rule.to
    }


def name_kept(mapped: MappedChunk) -> None:
    """Give the entities that rows delete the path of what they stand in, which the rows keep.

    Such a row makes nothing but the deletion, so nothing else of it can be referred to.
    """
    made = {(e.row, e.kind): e for e in mapped.entities if e.row in mapped.deleted}
    for entity in [entity for entity in made.values() if entity.delete]:
        for text in _beside(entity):
            parent = _parent(text, entity.row, made)
            if parent is not None and not parent.delete:
                text.steps = _path(parent, made)
                mapped.texts.append(text)


def _parent(text: RefText, row: int, made: Mapping[tuple[int, str], Entity]) -> Entity | None:
    return next((made[row, kind] for kind in text.rule.rule.to if (row, kind) in made), None)


def _path(entity: Entity, made: Mapping[tuple[int, str], Entity]) -> Key:
    """Return the texts that name an entity, outermost first."""
    above = (texts for reference, texts in entity.references if reference.parent and texts)
    text = next(above, (None,))[0]
    if text is None:
        return entity.labels
    if not text.beside:
        return (*text.within, *(text.steps or (text.text,)), *entity.labels)
    parent = _parent(text, entity.row, made)
    return (*_path(parent, made), *entity.labels) if parent else entity.labels


def drop_orphans(mapped: MappedChunk) -> None:
    """Drop what belongs to something that its row does not make, and report it.

    A row that has an error already needs no other.
    """
    if not any(entity.bound.steps for entity in mapped.entities):
        return
    made = {(entity.row, entity.kind) for entity in mapped.entities}
    alone = [entity for entity in mapped.entities if _misses(entity, made)]
    gone = set(map(id, alone))
    mapped.entities[:] = [entity for entity in mapped.entities if id(entity) not in gone]
    for entity in alone:
        if entity.row not in mapped.invalid:
            mapped.report(_orphan(entity))


def _misses(entity: Entity, made: Container[tuple[int, str]]) -> bool:
    return any(
        not any((entity.row, kind) in made for kind in text.rule.rule.to)
        for text in _beside(entity)
    )


def _beside(entity: Entity) -> Iterator[RefText]:
    """Yield the texts by which an entity means another one of its row."""
    if entity.bound.steps:
        yield from (text for _, texts in entity.references for text in texts if text.beside)


def _orphan(entity: Entity) -> Finding:
    bound = entity.bound
    words = {other.kind.name: other.kind.word for other in entity.sheet.entities}
    missing = " or ".join(words.get(kind, kind) for kind in sorted(kinds_beside(bound)))
    message = f"The row makes a {bound.kind.word} and no {missing}, to which it belongs."
    return Finding(FindingCode.MISSING, message, entity.sheet.place(entity.row))
