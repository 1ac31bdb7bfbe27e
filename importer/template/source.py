"""Reads the files of a template folder, TOML and schemas, and merges in what it extends."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from importer.errors import TemplateError
from importer.suggest import nearest
from importer.template.locate import Step, line_of
from importer.template.model import Kind

MAPPING = "mapping.toml"
PACKAGE = Path(__file__).resolve().parent.parent
INHERITED = ("type_path", "clear", "options", "instructions")

Raw = dict[str, Any]
Location = tuple[Step, ...]
Mistake = tuple[Location, str]


@dataclass(frozen=True, slots=True)
class Source:
    """The content of a template folder, with what it inherits.

    `text` and `own` are the folder's own mapping.toml, as text and parsed; `raw` has the inherited
    keys too, and `columns` and `references` (sets by name) and `kinds` the inherited ones.
    """

    folder: Path
    text: str
    own: Raw
    raw: Raw
    columns: Raw
    references: Raw
    kinds: dict[str, Kind]

    def refuse(self, mistakes: Sequence[Mistake]) -> None:
        """Raise TemplateError with file, line and key of each mistake, if there are any."""
        path = self.folder / MAPPING
        lines = [
            f"{path}:{line_of(self.text, at)}: {'.'.join(map(str, at)) or 'file'}: {message}"
            for at, message in mistakes
        ]
        if lines:
            raise TemplateError("\n".join(dict.fromkeys(lines)))


def shipped(name: str) -> Path:
    """Return a folder that ships with the package (`templates`, `data`), in a wheel or checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


@cache
def vocabulary() -> Raw:
    """Return the published JSON Schema of mapping.toml."""
    found: Raw = json.loads(Path(__file__).with_name("mapping.schema.json").read_text("utf-8"))
    return found


def read(folder: Path, below: tuple[Path, ...] = ()) -> Source:
    """Read a folder and those it extends; `below` are the folders that extend this one.

    Raises TemplateError.
    """
    text, own = _read_toml(folder / MAPPING)
    bare = Source(folder, text, own, own, {}, {}, {})
    bare.refuse(_vocabulary_mistakes(own))
    base = _base(bare, (*below, folder.resolve()))
    inherited = {key: base.raw[key] for key in INHERITED if key in base.raw}
    raw = {**inherited, **own}
    own_kinds = {name: _kind(bare, raw, name, rule) for name, rule in raw.get("kinds", {}).items()}
    return Source(
        folder,
        text,
        own,
        raw,
        {**base.columns, **own.get("column_sets", {})},
        {**base.references, **own.get("reference_sets", {})},
        {**base.kinds, **own_kinds},
    )


def _read_toml(path: Path) -> tuple[str, Raw]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TemplateError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise TemplateError(f"{path}: is not UTF-8 text.") from None
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"{path}: not valid TOML: {error}.") from None


def _base(source: Source, below: tuple[Path, ...]) -> Source:
    """Return what `extends` names: a folder beside this one, else a shipped template."""
    name = source.own.get("extends")
    if name is None:
        return Source(source.folder, "", {}, {}, {}, {}, {})
    places = [source.folder.resolve().parent / name, shipped("templates") / name]
    found = next((place for place in places if (place / MAPPING).is_file()), None)
    if found is None:
        source.refuse([(("extends",), f"there is no template called {name}.")])
    elif found.resolve() in below:
        source.refuse([(("extends",), f"{name} extends this template itself.")])
    return read(found or places[0], below)


def _vocabulary_mistakes(raw: Raw) -> list[Mistake]:
    import jsonschema_rs

    if jsonschema_rs.Draft202012Validator(vocabulary()).is_valid(raw):
        return []
    import jsonschema

    validator = jsonschema.Draft202012Validator(vocabulary())
    return [
        mistake
        for error in validator.iter_errors(raw)
        for mistake in _explain(error, tuple(error.absolute_path))
    ]


def _explain(error: Any, location: Location) -> Iterator[Mistake]:
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for key in sorted(error.instance.keys() - set(known)):
            near = nearest(key, known)
            hint = f"did you mean {near}?" if near else f"known are {', '.join(known)}."
            yield (*location, key), f"unknown key; {hint}"
    elif error.validator == "anyOf":
        yield location, "needs one of heading, headings, part, constant."
    elif error.validator == "pattern":
        yield location, f"`{error.instance}` {error.schema['x-says']}."
    else:
        yield location, f"{error.message}."


def _kind(source: Source, raw: Raw, name: str, rule: Raw) -> Kind:
    constants = dict(rule.get("constants", {}))
    if "type" in rule and "type_path" in raw:
        constants[raw["type_path"]] = rule["type"]
    return Kind(
        name=name,
        word=rule.get("word", name),
        type=rule.get("type"),
        schema=_schema(source, name, rule.get("schema", f"{name}.schema.json")),
        key=tuple(rule["key"]),
        identities=tuple(rule.get("identities", ())),
        mode=rule.get("mode", "upsert"),
        empty_first=rule.get("empty_first", False),
        goes_along=rule.get("goes_along", False),
        members=rule.get("members", ""),
        constants=constants,
    )


def _schema(source: Source, kind: str, name: str) -> Raw:
    path = source.folder / name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{name} cannot be read ({error.strerror})."
        source.refuse([(("kinds", kind), message)])
    except UnicodeDecodeError:
        raise TemplateError(f"{path}: is not UTF-8 text.") from None
    return _checked_schema(path, text)


def _checked_schema(path: Path, text: str) -> Raw:
    import jsonschema_rs

    try:
        schema: Raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise TemplateError(f"{path}:{error.lineno}: not valid JSON: {error.msg}.") from None
    if not jsonschema_rs.meta.is_valid(schema):
        _explain_schema(path, schema)
    return schema


def _explain_schema(path: Path, schema: Raw) -> None:
    """Raise TemplateError with the explanation of the reference implementation."""
    import jsonschema

    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        where = ".".join(map(str, error.absolute_path)) or "file"
        raise TemplateError(f"{path}: {where}: not a JSON Schema: {error.message}.") from None
