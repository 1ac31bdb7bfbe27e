"""Validates payloads against the JSON Schemas of their kinds, and traces faults to cells.

jsonschema-rs screens every payload; jsonschema explains those that it refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from msgspec import Struct, field

from importer.column_screen import ColumnScreen, Screen
from importer.finding_codes import FindingCode
from importer.mapping import BoundSheet, Entity, MappedChunk
from importer.mapping.absent import no_column
from importer.mapping.binding import BoundEntity
from importer.mapping.conversion.converters import allowed_words
from importer.mapping.conversion.lists import split_otherwise
from importer.mapping.conversion.values import shown
from importer.mapping.entity import NOT_BUILT
from importer.model import Finding
from importer.payload_path import join, split, value_at
from importer.suggest import Speller, did_you_mean, listed
from importer.template import Kind, Template
from importer.template.explaining import explaining_validator
from importer.template.paths import node_at
from importer.template.patterns import linear


class TargetNames(Struct, frozen=True):
    """The names that the target knows, by payload path; `refuses` says where one may not stand.

    It is given a type of entities, a payload path and a name.
    """

    by_path: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refuses: Callable[[str, str, str], bool] = lambda _type, _path, _name: False


class KindChecker:
    """The validators of one kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    @cached_property
    def screen(self) -> Screen:
        """The fast validator of one payload."""
        import jsonschema_rs

        found: Screen = jsonschema_rs.Draft202012Validator(
            self.kind.schema, pattern_options=linear()
        )
        return found

    @cached_property
    def screen_all(self) -> Screen:
        """The fast validator of a list of payloads."""
        import jsonschema_rs

        payload = {"$id": "urn:payload", **self.kind.schema}
        all_of_them = {"items": {"$ref": payload["$id"]}, "$defs": {"payload": payload}}
        found: Screen = jsonschema_rs.Draft202012Validator(all_of_them, pattern_options=linear())
        return found

    @cached_property
    def reference(self) -> Any:
        """The validator whose errors are explained."""
        return explaining_validator(self.kind.schema)

    def faults(self, entity: Entity) -> Iterator[Finding]:
        """Yield a finding for each value of an entity that the schema refuses."""
        errors = self.reference.iter_errors(entity.payload)
        yield from dict.fromkeys(f for error in errors for f in self._explain(entity, error))

    def _explain(self, entity: Entity, error: Any) -> Iterator[Finding]:
        path = [step for step in error.absolute_path if isinstance(step, str)]
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            for name in missing:
                yield self._missing(entity, [*path, name], missing)
            return
        column, heading = entity.bound.origin(join((*path, *_refused_name(error))))
        place = entity.sheet.place(entity.row, column, heading)
        message = _message(error, heading or ".".join(path))
        yield Finding(FindingCode.SCHEMA, message, place, value=_short(error.instance))

    def _missing(self, entity: Entity, path: list[str], missing: Sequence[str]) -> Finding:
        """Return the finding on a missing value; a cell that has part of it is not called blank."""
        bound, name = entity.bound, self._heading(entity, join(path)) or ".".join(path)
        column, heading = bound.origin(join(path))
        place = entity.sheet.place(entity.row, column, heading)
        title, beside = place.title or name, self._beside(entity, path)
        if join(path) in bound.origins and beside:
            message = f"{title} is blank, and is required where {beside} is filled."
        elif join(path) in bound.origins or not column:
            message = f"{title} is required and blank." if column else no_column(name)
        elif any(join(path[:n]) in bound.origins for n in range(len(path))):
            message = f"{title} lacks {' and '.join(f'`{part}`' for part in missing)}."
        else:
            message = f"{title} is filled, and needs {name} too, which the sheet has no column for."
        return Finding(FindingCode.MISSING, message, place)

    def _beside(self, entity: Entity, path: list[str]) -> str | None:
        """Return the heading of a filled cell without which nothing would be missing."""
        if not self._optional(path[:-1]):
            return None
        above = f"{join(path[:-1])}."
        others = (at[1] for other, at in entity.bound.origins.items() if other.startswith(above))
        filled = (at for at in others if at != entity.bound.origin(join(path))[1])
        return next(filled, None)

    def _optional(self, path: list[str]) -> bool:
        """Return whether an object may be absent as a whole."""
        schema = self.kind.schema
        above = (node_at(schema, join(path[:n])) if n else schema for n in range(len(path)))
        needed = (step in (node or {}).get("required", ()) for node, step in zip(above, path))  # noqa: B905
        return not all(needed)

    def _heading(self, entity: Entity, path: str) -> str | None:
        """Return the heading that would fill a path, where the sheet does not have it."""
        columns = (c for c in entity.bound.rule.columns if c.heading and c.path)
        below = (c.heading for c in columns if f"{c.path}.".startswith(f"{path}."))
        return next(below, None)


def _refused_name(error: Any) -> tuple[str, ...]:
    """Return the name within an object that is refused, nothing where it is a value."""
    named = "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str)
    return (error.instance,) if named else ()


def _message(error: Any, name: str) -> str:
    own = error.schema.get("x-says") if isinstance(error.schema, dict) else None
    if own:
        words = own if "{value}" in own else f"{name} {own}"
        ended = words if words.endswith("?") else f"{words.rstrip('.')}."
        return ended.replace("{value}", _short(error.instance))
    if error.validator == "maxLength":
        return f"{name} has {len(error.instance)} characters; {error.validator_value} are allowed."
    if error.validator == "enum":
        allowed = allowed_words(error.validator_value)
        return f"`{error.instance}` is not one of the allowed values: {allowed}."
    if error.validator == "type":
        return f"`{_short(error.instance)}` should be of type {error.validator_value}."
    if error.validator == "additionalProperties":
        return f"{name}: {error.message}."
    return f"{name}: {error.message[:200]}."


def _short(value: Any) -> str:
    text = shown(value) if isinstance(value, (str, int, float)) else str(value)
    return text if len(text) <= 120 else f"{text[:117]}..."


class KnownNames:
    """The names that the target knows at a payload path, and how its first ones are shown."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.speller = Speller(sorted(names))
        self.first = ", ".join(sorted(names)[:10])


class Checker:
    """The checker of all mapped chunks.

    `names` are the names that the target knows at each payload path; other paths are not checked.
    """

    def __init__(self, template: Template, names: TargetNames | None = None) -> None:
        self._kinds = {name: KindChecker(kind) for name, kind in template.kinds.items()}
        self._names = names or TargetNames()
        self._paths = {path: split(path) for path in self._names.by_path}
        self._type_path = split(template.type_path)
        self._known: dict[str, KnownNames] = {}
        self._misplaced: dict[tuple[str, str, str], bool] = {}
        self._said: dict[int, frozenset[str]] = {}
        self._by_columns: dict[int, ColumnScreen] = {}

    @property
    def knows_names(self) -> bool:
        """Whether payloads are searched for names that the target does not know."""
        return bool(self._paths)

    def fits(self, bound: BoundEntity, values: Sequence[list[Any]]) -> bool:
        """Return whether the columns of some rows tell that all of them fit their schema."""
        if id(bound) not in self._by_columns:
            self._by_columns[id(bound)] = ColumnScreen(bound)
        return self._by_columns[id(bound)].fits(values)

    def check(self, mapped: MappedChunk) -> None:
        """Report what the schemas refuse in a mapped chunk, and mark those entities invalid.

        A cell that could not be read is not reported as missing as well.
        """
        before = set(mapped.reported)
        for entity in mapped.entities if self._paths else ():
            for finding in self._wrong_names(entity):
                mapped.report(finding)
                entity.valid = False
        for entity in self._refused(mapped.entities):
            for finding in self._kinds[entity.bound.kind.name].faults(entity):
                entity.valid = False
                if not finding.place.column:
                    known = finding.message in self._said_of(entity.sheet)
                else:
                    known = finding.place in before
                if not known:
                    mapped.report(finding)

    def _said_of(self, sheet: BoundSheet) -> frozenset[str]:
        """Return the messages on the headings of a sheet, which count for all its rows."""
        if sheet.no not in self._said:
            said = (finding.message for finding in sheet.findings if sheet.refused)
            self._said[sheet.no] = frozenset(said)
        return self._said[sheet.no]

    def _refused(self, entities: Sequence[Entity]) -> Iterator[Entity]:
        """Yield the entities whose payloads do not fit, with one call where all of a kind fit.

        One whose payload is not built is known to fit.
        What a row deletes is not checked, what several rows state only when it is complete.
        """
        for bound, group in groupby(entities, attrgetter("bound")):
            kind = self._kinds[bound.kind.name]
            mine = [e for e in group if not e.delete and e.payload is not NOT_BUILT]
            if bound.rule.creates or kind.screen_all.is_valid([e.payload for e in mine]):
                continue
            yield from (e for e in mine if not kind.screen.is_valid(e.payload))

    def check_one(self, entity: Entity) -> list[Finding]:
        """Return the schema's findings on one entity that several rows state."""
        kind = self._kinds[entity.bound.kind.name]
        return [] if kind.screen.is_valid(entity.payload) else list(kind.faults(entity))

    def _wrong_names(self, entity: Entity) -> Iterator[Finding]:
        """Yield a finding on each name that is unknown, or may not stand on such an entity."""
        for path, steps in self._paths.items():
            for name in names_at(entity.payload, steps):
                known = self._known_at(path)
                if name not in known.names:
                    yield _unknown_name(entity, path, name, known)
                elif self._refused_on(self._type(entity), path, name):
                    yield _misplaced_name(entity, path, name, self._type(entity))

    def _known_at(self, path: str) -> KnownNames:
        if path not in self._known:
            self._known[path] = KnownNames(self._names.by_path[path])
        return self._known[path]

    def _refused_on(self, type_name: str, path: str, name: str) -> bool:
        asked = type_name, path, name
        if asked not in self._misplaced:
            self._misplaced[asked] = self._names.refuses(*asked)
        return self._misplaced[asked]

    def _type(self, entity: Entity) -> str:
        """Return the target's type of an entity, which a row may state."""
        stated = next(names_at(entity.payload, self._type_path), "")
        return entity.bound.kind.type or stated


def names_at(node: Any, path: Sequence[str]) -> Iterator[str]:
    """Yield the names at a path: the texts at its end, or the keys of an object."""
    if isinstance(node, list):
        for item in node:
            yield from names_at(item, path)
    elif path and isinstance(node, dict):
        if path[0] in node:
            yield from names_at(node[path[0]], path[1:])
    elif isinstance(node, dict):
        yield from node
    elif not path and isinstance(node, str):
        yield node


def _origin(entity: Entity, path: str, name: str) -> tuple[int, str | None]:
    """Return the column and heading that give an entity a name; of several the first filled."""
    steps = (*split(path), name)
    inner = value_at(entity.payload, steps)
    first = next(iter(inner), None) if isinstance(inner, dict) else None
    return entity.bound.origin(join(steps if first is None else (*steps, first)))


def _misplaced_name(entity: Entity, path: str, name: str, type_name: str) -> Finding:
    """Return the finding on a name that the target knows, and not on such an entity."""
    column, heading = _origin(entity, path, name)
    kind = entity.bound.kind
    what = f"`{name}` under {heading}" if heading and name not in heading else heading or name
    where = kind.word if kind.type or not type_name else type_name
    message = f"The target has no {what} on a {where}."
    place = entity.sheet.place(entity.row, column, heading)
    return Finding(FindingCode.NOT_ALLOWED, message, place, value=name)


def _unknown_name(entity: Entity, path: str, name: str, known: KnownNames) -> Finding:
    parts = next(
        (p for p in split_otherwise(name) if len(p) > 1 and known.names.issuperset(p)), None
    )
    if parts:
        return _list_of_names(entity, path, name, parts)
    near = known.speller.nearest(name)
    column, heading = _origin(entity, path, name)
    end = did_you_mean(near, f"It has: {known.first}." if known.first else "It has none.")
    return Finding(
        FindingCode.UNKNOWN_NAME,
        f"The target has no `{name}` for {heading or path}{end}",
        entity.sheet.place(entity.row, column, heading),
        value=name,
        suggestion=near,
    )


def _list_of_names(entity: Entity, path: str, name: str, parts: Sequence[str]) -> Finding:
    """Return the finding on several known names that stand as one in a list cell."""
    column, heading = _origin(entity, path, name)
    rules = (one.rule for one in entity.bound.columns if one.rule.path == path)
    separator = next((rule.separators[0].strip() for rule in rules if rule.separators), "") or ";"
    better = f"{separator} ".join(parts)
    message = (
        f"The target has no `{name}` for {heading or path}, but it has {listed(parts)}: part them "
        f"by {separator}, as in `{better}`."
    )
    place = entity.sheet.place(entity.row, column, heading)
    return Finding(FindingCode.UNKNOWN_NAME, message, place, value=name, suggestion=better)
