"""Writes a mapping from scratch for tables that no template knows, and a schema for each kind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from importer.model import column_letter
from importer.template.init.profile import Guess, guess
from importer.template.init.table import Heading, Table
from importer.template.init.toml import comment, toml
from importer.template.types import types_of

Files = dict[str, str]
"""File name -> text."""

_SCHEMAS: dict[str, dict[str, Any]] = {
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Payload paths of a system: the kind's name, the entity's name and any other field (`{}`).

    `type` is what a system with a closed list of types calls a kind that the list has not.
    """

    type_path: str
    name: str
    other: str
    type: str = ""


SHAPES = {
    "atlan": Shape("typeName", "attributes.name", "attributes.{}"),
    "trebellar": Shape("type", "label", "dynamicProperties.{}", "OTHER"),
}
PLAIN = Shape("type", "name", "{}")


@dataclass(frozen=True, slots=True)
class Draft:
    """A column of the new mapping: its heading, its guessed type and its payload path."""

    heading: Heading
    guess: Guess
    path: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of the new mapping, made from a sheet; `key` is the payload path of its key."""

    name: str
    table: Table
    key: str
    drafts: tuple[Draft, ...]


def first_files(title: str, tables: Sequence[Table], system: str) -> Files:
    """Return the files of a template that reads these tables; comments say what to complete."""
    shape = SHAPES.get(system, PLAIN)
    kinds = list(_kinds(tables, shape))
    lines = [*_top(title, system, shape)]
    for kind in kinds:
        lines += _kind_lines(kind, system, shape)
    for kind in kinds:
        lines += _sheet_lines(kind, kinds)
    files = {"mapping.toml": "\n".join(lines) + "\n"}
    return files | {f"{kind.name}.schema.json": _schema(kind, shape) for kind in kinds}


def _kinds(tables: Sequence[Table], shape: Shape) -> Iterator[Kind]:
    taken: set[str] = set()
    for table in tables:
        guesses = {h: guess(h.text, table.cells(h)) for h in table.headings}
        key = _key(table, guesses)
        drafts = tuple(_drafts(guesses, key, shape))
        path = next(draft.path for draft in drafts if draft.heading is key)
        yield Kind(_unused(_slug(table.name), taken), table, path, drafts)


def _key(table: Table, guesses: dict[Heading, Guess]) -> Heading:
    """Return the first column with all cells filled and different, measures and dates aside."""
    fits = (
        heading
        for heading, found in guesses.items()
        if found.type in ("text", "integer") and found.unique and found.filled == len(table.rows)
    )
    return next(fits, table.headings[0])


def _drafts(guesses: dict[Heading, Guess], key: Heading, shape: Shape) -> Iterator[Draft]:
    """Yield the columns; the name's path goes to the column called `name`, else to the key."""
    taken = {shape.type_path.rpartition(".")[2], shape.name.rpartition(".")[2]}
    named = next((h for h in guesses if _camel(h.text) == shape.name.rpartition(".")[2]), key)
    for heading, found in guesses.items():
        if heading in (key, named):
            found = Guess(filled=found.filled, unique=found.unique)
        if heading is named:
            yield Draft(heading, found, shape.name)
        else:
            yield Draft(heading, found, shape.other.format(_unused(_camel(heading.text), taken)))


def _slug(name: str) -> str:
    return "_".join(re.findall(r"[a-z0-9]+", name.lower())) or "kind"


def _camel(heading: str) -> str:
    """Return a heading in camel case: `Cost centre (EUR)` -> `costCentreEur`."""
    words: list[str] = re.findall(r"[^\W_]+", heading) or ["column"]
    first, *rest = words
    return first.lower() + "".join(word[:1].upper() + word[1:].lower() for word in rest)


def _unused(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}{number}"
    taken.add(found)
    return found


def _top(title: str, system: str, shape: Shape) -> Iterator[str]:
    yield "# A first mapping, guessed from the headings and cells of a file. Read it line by line:"
    yield "# what is said after a # is for you to decide."
    yield f"title = {toml(title)}"
    yield f"system = {toml(system)}  # which system it is for"
    yield f"type_path = {toml(shape.type_path)}  # where the payload carries the kind's name"
    yield "instructions = []  # lines for the Instructions sheet of the blank workbook"


def _kind_lines(kind: Kind, system: str, shape: Shape) -> Iterator[str]:
    yield ""
    yield f"[kinds.{kind.name}]"
    yield f"word = {toml(kind.table.name)}  # what messages call one of them"
    name = shape.type or "".join(part.capitalize() for part in kind.name.split("_"))
    known = f": one of {', '.join(types_of(system))}" if types_of(system) else ""
    yield f"type = {toml(name)}  # what the system calls this kind{known}"
    yield f"key = {toml([kind.key])}  # the paths that tell one of them from all others"


def _sheet_lines(kind: Kind, kinds: Sequence[Kind]) -> Iterator[str]:
    yield ""
    yield "[[sheets]]"
    yield f"name = {toml(kind.table.name)}"
    if not kind.table.header:
        yield "header_row = 0  # no heading row was found, so columns go by their letters"
    for heading in kind.table.repeated:
        yield f"# {comment(heading)} stands there twice: rename one of the two in the file."
    yield ""
    yield "[[sheets.entities]]"
    yield f"kind = {toml(kind.name)}"
    yield "columns = ["
    for draft in kind.drafts:
        yield f"  {toml(_column(kind, draft))},{_remark(draft)}"
    yield "]"
    yield from _references(kind, kinds)


def _column(kind: Kind, draft: Draft) -> dict[str, Any]:
    found = draft.guess
    column: dict[str, Any] = {"heading": draft.heading.text}
    if not kind.table.header:
        column["letter"] = column_letter(draft.heading.place + 1)
    column["path"] = draft.path
    if found.type != "text":
        column["type"] = found.type
    for word in ("formats", "separators"):
        if getattr(found, word):
            column[word] = list(getattr(found, word))
    if draft.heading.starred or draft.path == kind.key:
        column["required"] = True
    return column | {"note": ""}


def _remark(draft: Draft) -> str:
    if not draft.guess.filled:
        return "  # no cell is filled, so this is taken for text"
    if draft.guess.formats:
        return "  # is day or month first?"
    return "  # the schema lists its values" if draft.guess.words else ""


def _references(kind: Kind, kinds: Sequence[Kind]) -> Iterator[str]:
    """Yield a comment for each column whose cells are all keys of another sheet."""
    for draft in kind.drafts:
        cells = set(map(str, kind.table.cells(draft.heading)))
        for other in kinds:
            key = next(d.heading for d in other.drafts if d.path == other.key)
            if other is not kind and cells and cells <= set(map(str, other.table.cells(key))):
                line = {"path": draft.path, "to": [other.name], "by": [draft.heading.text]}
                yield f"# {comment(draft.heading.text)} seems to name a row of another sheet:"
                yield f"# references = [{toml(line)}]  # and take path from its column above"


def _schema(kind: Kind, shape: Shape) -> str:
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.table.name,
        **_object(),
    }
    _put(schema, shape.type_path, {"type": "string"})
    for draft in kind.drafts:
        _put(schema, draft.path, _property(draft.guess))
    _require(schema, kind.key)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _object() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": [], "properties": {}}


def _property(found: Guess) -> dict[str, Any]:
    if found.words:
        return {"type": "string", "enum": list(found.words)}
    return _SCHEMAS.get(found.type, {"type": "string"})


def _put(schema: dict[str, Any], path: str, node: dict[str, Any]) -> None:
    *above, last = path.split(".")
    for step in above:
        schema = schema["properties"].setdefault(step, _object())
    schema["properties"][last] = node


def _require(schema: dict[str, Any], path: str) -> None:
    for step in path.split("."):
        schema["required"].append(step)
        schema = schema["properties"][step]
