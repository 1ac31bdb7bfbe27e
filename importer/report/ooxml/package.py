"""A workbook's package (.xlsx, .xlsm): its parts by name, and the relationships between them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from msgspec import Struct

from importer.report.ooxml.archive import Member, ZipWriter, members, unpacked_pieces
from importer.report.ooxml.content_types import ContentTypes
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Part, demand_no_doctype, xml_attribute
from importer.report.ooxml.sheet_part import SheetPart

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of all workbooks but those in strict OOXML."""

TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "[Content_Types].xml"
UNTOUCHABLE = ("xl/revisions/", "_xmlsignatures/")
"""Parts of a workbook that records who changed what, or that is signed."""


class Relation(Struct, frozen=True):
    """A relationship of a part to another; `kind` is the last segment of its type."""

    id: str
    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """A workbook file; its parts are read on demand, and patched, added or dropped."""

    file: BinaryIO
    archive: zipfile.ZipFile
    parts: dict[str, Part] = field(default_factory=dict)
    added: dict[str, bytes] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    _related: dict[str, list[Relation]] = field(default_factory=dict)
    _original: frozenset[str] = field(init=False)
    _taken: set[str] = field(init=False)
    _numbers: dict[str, int] = field(default_factory=dict)
    _types: ContentTypes | None = None

    def __post_init__(self) -> None:
        self._original = frozenset(self.archive.namelist())
        self._taken = {name.lower() for name in self._original}

    @classmethod
    @contextmanager
    def open(cls, file: BinaryIO) -> Iterator[Package]:
        """Provide the package. Raises PatchRefused for a file that cannot be patched."""
        with _opened(file) as archive:
            names = archive.namelist()
            if len({name.lower() for name in names}) < len(names):
                raise PatchRefused("two of its parts have one name")
            if any(name.startswith(UNTOUCHABLE) for name in names):
                raise PatchRefused("it is signed, or keeps track of changes")
            yield cls(file, archive)

    def has(self, name: str) -> bool:
        """Return whether there is a part of that name."""
        return name in self.added or (name in self._original and name not in self.dropped)

    def names(self) -> list[str]:
        """Return the names of the parts in their order."""
        old = (name for name in self.archive.namelist() if name not in self.dropped)
        return [*old, *self.added]

    def count(self) -> int:
        """Return how many parts there are."""
        return len(self._original) - len(self.dropped) + len(self.added)

    def part(self, name: str) -> Part:
        """Return a part, to be read or patched. Raises PatchRefused where it cannot be read."""
        if name not in self.parts:
            content = b"".join(self.unpacked(name))
            demand_no_doctype(name, content)
            self.parts[name] = Part(name, content)
        return self.parts[name]

    def sheet_part(self, name: str) -> SheetPart:
        """Return a worksheet's part without its rows. Raises PatchRefused as `part` does."""
        known = self.parts.get(name)
        if not isinstance(known, SheetPart):
            known = self.parts[name] = SheetPart.read(name, lambda: self.unpacked(name))
        return known

    def unpacked(self, name: str) -> Iterator[bytes]:
        """Yield the content of a part in pieces. Raises PatchRefused where it cannot be read."""
        return unpacked_pieces(self.archive, name)

    def relations(self, name: str) -> list[Relation]:
        """Return the relationships of a part."""
        return [*self._written(name), *self._related.get(name, ())]

    def _written(self, name: str) -> list[Relation]:
        rels = rels_of(name)
        part = self.part(rels) if self.has(rels) and rels not in self.added else None
        return [
            Relation(
                each.get("Id"),
                each.get("Type").rpartition("/")[2],
                _resolved(name, each.get("Target"), each.get("TargetMode")),
            )
            for each in (part.children(part.root()) if part else ())
        ]

    def relate(self, name: str, kind: str, target: str) -> str:
        """Add a relationship to a part and return its id."""
        taken = {relation.id for relation in self.relations(name)}
        identity = next(f"rId{n}" for n in range(1, 100_000) if f"rId{n}" not in taken)
        mine = self._related.setdefault(name, [])
        mine.append(Relation(identity, kind, target))
        rels = rels_of(name)
        if rels in self._original:
            self.dropped.discard(rels)
            part = self.part(rels)
            part.append(part.root(), _prefixed(_entry(mine[-1]), part.prefix()))
        else:
            whole = b"".join(map(_entry, mine))
            head = f'<Relationships xmlns="{RELATIONS}">'.encode()
            self.added[rels] = head + whole + b"</Relationships>"
        return identity

    def drop(self, source: str, name: str) -> None:
        """Drop a part to which only `source` has a relationship."""
        self.dropped.add(name)
        self._taken.discard(name.lower())
        self.types.forget(name)
        rels = self.part(rels_of(source))
        entries = zip(rels.children(rels.root()), self._written(source), strict=True)
        targets = {each: relation.target for each, relation in entries}
        for each, target in targets.items():
            if target == name:
                rels.replace(each.start, each.end, b"")
        if self.dropped.issuperset(targets.values()) and source not in self._related:
            self.dropped.add(rels.name)

    @property
    def types(self) -> ContentTypes:
        """The content types of the parts."""
        if self._types is None:
            self._types = ContentTypes(self.part(TYPES))
        return self._types

    def free_name(self, form: str) -> str:
        """Return a part name that is not in use: `xl/comments{}.xml` -> `xl/comments2.xml`."""
        number = self._numbers.get(form, 1)
        while form.format(number).lower() in self._taken:
            number += 1
        self._numbers[form] = number + 1
        return form.format(number)

    def kept(self) -> dict[str, Member]:
        """Return the file's members that are not dropped, by name."""
        original = members(self.file, self.archive.infolist())
        return {name: member for name, member in original.items() if name not in self.dropped}

    def save(self, out: BinaryIO) -> None:
        """Write the package; parts that were not touched are copied as packed."""
        writing = ZipWriter(out)
        for name, member in self.kept().items():
            if name in self.parts and self.parts[name].changed:
                writing.pack(name, self.parts[name].pieces(), member)
            else:
                writing.copy(member, self.file)
        for name, content in self.added.items():
            writing.pack(name, [content])
        writing.finish(self.archive.comment)


@contextmanager
def _opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise PatchRefused("its archive is damaged, or it has a password") from None
    with archive:
        yield archive


def rels_of(name: str) -> str:
    """Return the name of the part that holds a part's relationships."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _resolved(source: str, target: str, mode: str) -> str:
    if mode == "External":
        return ""
    folder = posixpath.dirname(source)
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _entry(each: Relation) -> bytes:
    kind, target = f"{TRANSITIONAL}/{each.kind}", xml_attribute(each.target)
    return f'<Relationship Id="{each.id}" Type="{kind}" Target="/{target}"/>'.encode()


def _prefixed(entry: bytes, prefix: bytes) -> bytes:
    return entry.replace(b"<", b"<" + prefix, 1)
