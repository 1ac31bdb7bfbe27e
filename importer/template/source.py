"""Reads the files of a template folder, and merges in what it extends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from msgspec import Struct

from importer.errors import TemplateError
from importer.template.files import Raw, read_toml, short, text_of
from importer.template.locate import Mistake, line_of
from importer.template.model import Kind
from importer.template.schema_file import checked_schema
from importer.template.shipped import is_ours, shipped
from importer.template.vocabulary import vocabulary_mistakes

MAPPING = "mapping.toml"
INHERITED = ("type_path", "clear", "blanks", "options", "instructions")


class Source(Struct, frozen=True):
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
    bare.refuse(vocabulary_mistakes(own))
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


def _base(source: Source, below: tuple[Path, ...]) -> Source:
    """Return what `extends` names: a folder beside this one, else a shipped template."""
    name = source.own.get("extends")
    if name is None:
        return Source(source.folder, "", {}, {}, {}, {}, {})
    at = ("extends",)
    beside = source.folder.resolve().parent
    places = [_within(base, name) for base in (beside, shipped("templates"))]
    if not any(places):
        source.refuse([(at, f"`{short(name)}` is no name of a template, shipped or beside this.")])
    found = next((place for place in places if place and (place / MAPPING).is_file()), None)
    if found is None:
        source.refuse([(at, f"there is no template called {short(name)}.")])
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
        text = text_of(path)
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle, a NUL in the name
        reason = getattr(error, "strerror", None) or error
        source.refuse([(at, f"{name} cannot be read ({reason}).")])
    return checked_schema(path, text)
