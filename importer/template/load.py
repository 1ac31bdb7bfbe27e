"""A template folder in, a checked Template out; every mistake is told at once, with its line."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from importer.errors import TemplateError
from importer.template.locate import Step, line_of
from importer.template.model import (
    Column,
    Each,
    EntityRule,
    Kind,
    Reference,
    SheetRule,
    Template,
    fold,
)
from importer.template.paths import leaves, node_at

MAPPING = "mapping.toml"
Raw = dict[str, Any]
Mistake = tuple[tuple[Step, ...], str]


def load(folder: Path) -> Template:
    """Read and check one template folder.

    Raises TemplateError naming file, line and key of every mistake found.
    """
    text, raw = _read_toml(folder / MAPPING)
    _refuse(folder / MAPPING, text, _schema_mistakes(raw))
    kinds, sets = _inherited(folder, raw)
    kinds |= _kinds(folder, raw, text)
    template = _build(folder, raw, kinds, sets)
    _refuse(folder / MAPPING, text, _meaning_mistakes(template, raw))
    return template


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
        raise TemplateError(f"{path}: not valid TOML: {error}") from None


def _refuse(path: Path, text: str, mistakes: Sequence[Mistake]) -> None:
    if not mistakes:
        return
    lines = [
        f"{path}:{line_of(text, way)}: {'.'.join(map(str, way)) or 'file'}: {message}"
        for way, message in mistakes
    ]
    raise TemplateError("\n".join(dict.fromkeys(lines)))


@cache
def vocabulary() -> Raw:
    """The published JSON Schema of mapping.toml."""
    found: Raw = json.loads(Path(__file__).with_name("mapping.schema.json").read_text("utf-8"))
    return found


def _schema_mistakes(raw: Raw) -> list[Mistake]:
    import jsonschema

    validator = jsonschema.Draft202012Validator(vocabulary())
    return [
        mistake
        for error in validator.iter_errors(raw)
        for mistake in _explain(error, list(error.absolute_path))
    ]


def _explain(error: Any, way: list[Step]) -> Iterator[Mistake]:
    if error.validator == "additionalProperties":
        known = list(error.schema["properties"])
        for key in error.instance.keys() - set(known):
            near = difflib.get_close_matches(key, known, 1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}."
            yield (*way, key), f"unknown key; {hint}"
    elif error.validator == "anyOf":
        yield tuple(way), "needs one of heading, headings, part, constant."
    else:
        yield tuple(way), f"{error.message}."


def _inherited(folder: Path, raw: Raw) -> tuple[dict[str, Kind], Raw]:
    sets = {**raw.get("column_sets", {}), **_prefixed(raw)}
    if "extends" not in raw:
        return {}, sets
    base = folder.parent / raw["extends"]
    _, parent_raw = _read_toml(base / MAPPING)
    kinds, parent_sets = _inherited(base, parent_raw)
    kinds |= _kinds(base, parent_raw, "")
    for key in ("type_path", "clear", "options", "instructions"):
        if key in parent_raw:
            raw.setdefault(key, parent_raw[key])
    return kinds, {**parent_sets, **sets}


def _prefixed(raw: Raw) -> Raw:
    return {f"references:{name}": rules for name, rules in raw.get("reference_sets", {}).items()}


def _kinds(folder: Path, raw: Raw, text: str) -> dict[str, Kind]:
    return {
        name: _kind(folder, name, rule, raw, text) for name, rule in raw.get("kinds", {}).items()
    }


def _kind(folder: Path, name: str, rule: Raw, raw: Raw, text: str) -> Kind:
    path = folder / rule.get("schema", f"{name}.schema.json")
    constants = dict(rule.get("constants", {}))
    if "type" in rule and "type_path" in raw:
        constants[raw["type_path"]] = rule["type"]
    return Kind(
        name=name,
        word=rule.get("word", name),
        type=rule.get("type"),
        schema=_read_schema(path, folder / MAPPING, text, name),
        key=tuple(rule["key"]),
        identities=tuple(rule.get("identities", ())),
        mode=rule.get("mode", "upsert"),
        constants=constants,
    )


def _read_schema(path: Path, mapping: Path, text: str, kind: str) -> Raw:
    import jsonschema

    try:
        schema: Raw = json.loads(path.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
    except OSError as error:
        where = f"{mapping}:{line_of(text, ('kinds', kind))}"
        raise TemplateError(
            f"{where}: kinds.{kind}: {path.name} cannot be read ({error.strerror})."
        ) from None
    except json.JSONDecodeError as error:
        raise TemplateError(f"{path}:{error.lineno}: not valid JSON: {error.msg}.") from None
    except jsonschema.SchemaError as error:
        raise TemplateError(f"{path}: not a JSON Schema: {error.message}.") from None
    return schema


def _build(folder: Path, raw: Raw, kinds: dict[str, Kind], sets: Raw) -> Template:
    return Template(
        name=folder.name,
        title=raw["title"],
        system=raw["system"],
        folder=folder,
        description=raw.get("description", ""),
        type_path=raw.get("type_path", ""),
        kinds=kinds,
        sheets=tuple(_sheet(sheet, sets) for sheet in raw.get("sheets", ())),
        clear=raw.get("clear", "<clear>"),
        ignore_sheets=tuple(raw.get("ignore_sheets", ())),
        options=raw.get("options", {}),
        instructions=tuple(raw.get("instructions", ())),
    )


def _sheet(raw: Raw, sets: Raw) -> SheetRule:
    entities = [entity for rule in raw["entities"] for entity in _entities(rule, sets)]
    return SheetRule(
        name=raw["name"],
        aliases=tuple(raw.get("aliases", ())),
        header=raw.get("header", True),
        ignored=tuple(raw.get("ignored", ())),
        entities=tuple(entities),
    )


def _entities(raw: Raw, sets: Raw) -> Iterator[EntityRule]:
    included = raw.get("include", ())
    columns = [*raw.get("columns", ()), *(c for name in included for c in sets.get(name, ()))]
    references = [
        *raw.get("references", ()),
        *(r for name in included for r in sets.get(f"references:{name}", ())),
    ]
    for number in range(1, raw.get("repeat", 1) + 1):
        yield EntityRule(
            kind=raw["kind"],
            columns=tuple(Column(**_frozen(_numbered(column, number))) for column in columns),
            references=tuple(Reference(**_frozen(_numbered(rule, number))) for rule in references),
            when=_numbered({k: tuple(v) for k, v in raw.get("when", {}).items()}, number),
            creates=raw.get("creates", False),
            each=Each(**_frozen(raw["each"])) if "each" in raw else None,
        )


def _numbered(value: Any, number: int) -> Any:
    """Put the group's number where a text says {n}."""
    if isinstance(value, str):
        return value.replace("{n}", str(number))
    if isinstance(value, dict):
        return {_numbered(k, number): _numbered(v, number) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_numbered(item, number) for item in value)
    return value


def _frozen(raw: Raw) -> Raw:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}


def _meaning_mistakes(template: Template, raw: Raw) -> list[Mistake]:
    mistakes: list[Mistake] = []
    for number, sheet in enumerate(template.sheets):
        rules = raw["sheets"][number]["entities"]
        for index, rule in enumerate(rules):
            way: tuple[Step, ...] = ("sheets", number, "entities", index)
            for entity in _entities(rule, _inherited(template.folder, raw)[1]):
                mistakes += _entity_mistakes(template, sheet, entity, way)
    return mistakes + _set_mistakes(template, raw)


def _set_mistakes(template: Template, raw: Raw) -> list[Mistake]:
    sets = _inherited(template.folder, raw)[1]
    return [
        (("sheets", number, "entities", index, "include"), f"there is no set called {name}.")
        for number, sheet in enumerate(raw["sheets"])
        for index, rule in enumerate(sheet["entities"])
        for name in rule.get("include", ())
        if name not in sets and f"references:{name}" not in sets
    ]


def _entity_mistakes(
    template: Template, sheet: SheetRule, entity: EntityRule, way: tuple[Step, ...]
) -> Iterator[Mistake]:
    kind = template.kinds.get(entity.kind)
    if kind is None:
        yield (*way, "kind"), f"there is no kind called {entity.kind}."
        return
    for index, column in enumerate(entity.columns):
        yield from _path_mistakes(kind, column.path, (*way, "columns", index, "path"))
    headings = {fold(name) for name in sheet.columns}
    for index, reference in enumerate(entity.references):
        here = (*way, "references", index)
        yield from _path_mistakes(kind, reference.path, (*here, "path"))
        for name in reference.to:
            if name not in template.kinds:
                yield (*here, "to"), f"there is no kind called {name}."
        for heading in (*reference.by, *reference.within):
            if fold(heading) not in headings:
                yield (*here, "by"), f"there is no column with the heading {heading}."
    for heading in entity.when:
        if fold(heading) not in headings:
            yield (*way, "when"), f"there is no column with the heading {heading}."


def _path_mistakes(kind: Kind, path: str | None, way: tuple[Step, ...]) -> Iterator[Mistake]:
    if path is None or node_at(kind.schema, path) is not None:
        return
    near = difflib.get_close_matches(path, list(leaves(kind.schema)), 1)
    hint = f" Did you mean {near[0]}?" if near else ""
    yield way, f"the schema of {kind.name} has no {path}.{hint}"
