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
from importer.template.schema_rules import (
    SchemaError,
    demand_2020_12,
    demand_local,
    nests_deeply,
)

MAPPING = "mapping.toml"
MAX_FILE = 4 << 20
"""Bytes of a mapping or a schema; the largest of those that ship has 50 kB."""
MAX_WORDS = 300
PACKAGE = Path(__file__).resolve().parent.parent
INHERITED = ("type_path", "clear", "blanks", "options", "instructions")

TOO_DEEP = "its values have too many levels."

Raw = dict[str, Any]
Location = tuple[Step, ...]
Mistake = tuple[Location, str]


@dataclass(frozen=True, slots=True)
class Source:
    """The content of a template folder, with what it inherits.

    `text` and `own` are the folder's own mapping.toml, as text and parsed; `raw` has the inherited
    keys too, and `columns` and `references` (sets by name) and `kinds` the inherited ones.
    `extended` are the folders that it extends, the outermost first.
    """

    folder: Path
    text: str
    own: Raw
    raw: Raw
    columns: Raw
    references: Raw
    kinds: dict[str, Kind]
    extended: tuple[Path, ...] = ()

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
    return _read_ours(folder) if is_ours(folder) and not below else _read(folder, below)


@cache
def _read_ours(folder: Path) -> Source:
    """Read a folder that ships, once: others extend it."""
    return _read(folder, ())


def _read(folder: Path, below: tuple[Path, ...]) -> Source:
    text, own = read_toml(folder / MAPPING)
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
        (*base.extended, base.folder) if "extends" in own else (),
    )


def read_toml(path: Path) -> tuple[str, Raw]:
    """Return a TOML file of a template, as text and parsed. Raises TemplateError."""
    try:
        text = _text(path)
    except OSError as error:
        raise TemplateError(f"{path}: cannot be read ({error.strerror}).") from None
    try:
        found = tomllib.loads(text)
    except ValueError as error:
        raise TemplateError(f"{path}: not valid TOML: {error}.") from None
    except RecursionError:
        raise TemplateError(f"{path}: {TOO_DEEP}") from None
    _demand_shallow(path, found)
    return text, found


def is_ours(path: Path) -> bool:
    """Return whether a file ships with the package: it was checked before, by a test."""
    return path.is_relative_to(shipped("templates"))


def _demand_shallow(path: Path, found: Any) -> None:
    if not is_ours(path) and nests_deeply(found):
        raise TemplateError(f"{path}: {TOO_DEEP}")


def _text(path: Path) -> str:
    """Return the text of a file of a template. Raises OSError and TemplateError."""
    if path.exists() and not path.is_file():
        raise TemplateError(f"{path}: is no file.")
    with path.open("rb") as stream:
        content = stream.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise TemplateError(f"{path}: has more than {MAX_FILE:,} bytes.")
    try:
        return content.decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise TemplateError(f"{path}: is not UTF-8 text.") from None


def _base(source: Source, below: tuple[Path, ...]) -> Source:
    """Return what `extends` names: a folder beside this one, else a shipped template."""
    name = source.own.get("extends")
    if name is None:
        return Source(source.folder, "", {}, {}, {}, {}, {})
    at = ("extends",)
    beside = source.folder.resolve().parent
    places = [_within(base, name) for base in (beside, shipped("templates"))]
    if not any(places):
        source.refuse([(at, f"`{_short(name)}` is no name of a template, shipped or beside this.")])
    found = next((place for place in places if place and (place / MAPPING).is_file()), None)
    if found is None:
        source.refuse([(at, f"there is no template called {_short(name)}.")])
    elif found in below:
        source.refuse([(at, f"{name} extends this template itself.")])
    place = found or source.folder
    return _read_ours(place) if is_ours(place) else _read(place, below)


def _within(base: Path, name: str) -> Path | None:
    """Return the place of a name within a folder, links followed; None where it is not in it."""
    try:
        place = (base / name).resolve()
        place.exists()
    except (OSError, RuntimeError, ValueError):  # too long, links in a circle, a NUL
        return None
    return place if place.is_relative_to(base) and place != base else None


def _vocabulary_mistakes(raw: Raw) -> list[Mistake]:
    if _validator().is_valid(raw):
        return []
    import jsonschema

    validator = jsonschema.Draft202012Validator(vocabulary())
    return [
        mistake
        for error in validator.iter_errors(raw)
        for mistake in _explain(error, tuple(error.absolute_path))
    ]


@cache
def _validator() -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(vocabulary())


def _explain(error: Any, location: Location) -> Iterator[Mistake]:
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for key in sorted(error.instance.keys() - set(known)):
            near = nearest(key, known)
            hint = f"did you mean {near}?" if near else f"known are {', '.join(known)}."
            yield (*location, key), f"unknown key; {hint}"
    elif error.validator == "anyOf":
        yield location, "needs one of heading, headings, part, constant."
    elif error.validator == "oneOf":
        yield location, "needs system or systems, and not both."
    elif error.validator == "dependentRequired":
        yield location, "needs both sheet and heading, or neither."
    elif error.validator == "pattern":
        yield location, f"`{error.instance}` {error.schema['x-says']}."
    else:
        yield location, f"{_short(error.message)}."


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
        for_good=rule.get("for_good", "members" in rule),
        constants=constants,
    )


def _schema(source: Source, kind: str, name: str) -> Raw:
    path, at = source.folder / name, ("kinds", kind)
    try:
        if not path.resolve().is_relative_to(source.folder.resolve()):
            source.refuse([(at, f"{name} leads out of the folder of the template.")])
        text = _text(path)
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle, a NUL in the name
        reason = getattr(error, "strerror", None) or error
        source.refuse([(at, f"{name} cannot be read ({reason}).")])
    return _checked_schema(path, text)


def _checked_schema(path: Path, text: str) -> Raw:
    """Return a schema that is valid and stands for itself, without its own address."""
    try:
        schema = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise TemplateError(f"{path}:{error.lineno}: not valid JSON: {error.msg}.") from None
    except ValueError as error:
        raise TemplateError(f"{path}: not valid JSON: {error}.") from None
    except RecursionError:
        raise TemplateError(f"{path}: {TOO_DEEP}") from None
    _demand_shallow(path, schema)
    return _local(path, schema)


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")


def _local(path: Path, schema: Any) -> Raw:
    import jsonschema_rs

    try:
        demand_2020_12(schema)
        own = {key: value for key, value in schema.items() if key not in {"$schema", "$id"}}
        if not jsonschema_rs.meta.is_valid(own):
            _explain_schema(path, own)
        if not is_ours(path):
            demand_local(own)
    except SchemaError as problem:
        raise TemplateError(f"{path}: {problem.where}: {problem}.") from None
    except ValueError as problem:  # a text that is no Unicode
        raise TemplateError(f"{path}: not a JSON Schema: {_short(problem)}.") from None
    return own


def _short(words: object) -> str:
    """Return words on one line, cut where they quote a whole file."""
    line = " ".join(str(words).split())
    return line if len(line) <= MAX_WORDS else f"{line[:MAX_WORDS]}…"


def _explain_schema(path: Path, schema: Raw) -> None:
    """Raise TemplateError with the explanation of the reference implementation."""
    import jsonschema

    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        where = ".".join(map(str, error.absolute_path)) or "file"
        raise TemplateError(
            f"{path}: {where}: not a JSON Schema: {_short(error.message)}."
        ) from None
