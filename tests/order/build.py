"""Resolves literal rows against what is live; a template of roots, nodes in trees and leaves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from importer.mapping import Entity
from importer.model import Finding
from importer.order import LiveIndex, Registry, Resolver
from importer.order.entities import PackedEntities, WholeEntities
from importer.pipeline.steps.intake import Intake, NullSink
from importer.pipeline.steps.resolve import resolve_references
from importer.targets.protocol import LiveEntity, Ref
from importer.template import Template
from tests.mapping.build import OPEN, Line, Rows, opened, taken, template

TREES = """
type_path = "type"
[kinds.root]
type = "Root"
key = ["name"]
identities = ["code"]
[kinds.node]
type = "Node"
key = ["name"]
identities = ["code"]
[kinds.leaf]
type = "Leaf"
key = ["name"]
identities = ["code"]
[kinds.seat]
type = "Seat"
key = ["name"]
identities = ["code"]
[column_sets]
all = [
  { heading = "Code", path = "code" },
  { heading = "GUID", type = "id" },
  { heading = "Action", type = "action" },
]
[[sheets]]
name = "Roots"
[[sheets.entities]]
kind = "root"
columns = [{ heading = "Root", path = "name", required = true }]
include = ["all"]
[[sheets]]
name = "Nodes"
[[sheets.entities]]
kind = "node"
columns = [
  { heading = "Root", required = true },
  { heading = "Node", path = "name", required = true },
  { heading = "Parent" },
  { heading = "Parent code" },
]
include = ["all"]
[[sheets.entities.references]]
path = "up"
to = ["node"]
by = ["Parent code"]
via = "code"
parent = true
[[sheets.entities.references]]
path = "up"
to = ["node"]
by = ["Parent"]
within = ["Root"]
parent = true
forms = ["{path}@{scope}", "{path}"]
path_separators = [" > "]
[[sheets.entities.references]]
path = "root"
to = ["root"]
by = ["Root"]
parent = true
required = true
[[sheets]]
name = "Leaves"
[[sheets.entities]]
kind = "leaf"
columns = [
  { heading = "Root", required = true },
  { heading = "Leaf", path = "name", required = true },
  { heading = "Nodes" },
  { heading = "Same" },
  { heading = "Above" },
  { heading = "Below" },
  { heading = "Text", path = "facts.text" },
  { heading = "Size", path = "facts.size", type = "number" },
  { heading = "Tags", path = "tags", type = "list" },
  { heading = "Steps", path = "steps", type = "list" },
  { heading = "Secret", path = "secret" },
  { heading = "Shape", path = "shape", type = "json" },
  { heading = "Free: *", path = "free.*" },
]
include = ["all"]
[[sheets.entities.references]]
path = "root"
to = ["root"]
by = ["Root"]
parent = true
required = true
[[sheets.entities.references]]
path = "nodes"
to = ["node"]
by = ["Nodes"]
within = ["Root"]
many = true
forms = ["{path}@{scope}", "{path}"]
[[sheets.entities.references]]
path = "same"
to = ["leaf"]
by = ["Same"]
within = ["Root"]
many = true
inverse = "same"
forms = ["{path}@{scope}", "{path}"]
[[sheets.entities.references]]
path = "above"
to = ["leaf"]
by = ["Above"]
within = ["Root"]
many = true
inverse = "below"
forms = ["{path}@{scope}", "{path}"]
[[sheets.entities.references]]
path = "below"
to = ["leaf"]
by = ["Below"]
within = ["Root"]
many = true
inverse = "above"
forms = ["{path}@{scope}", "{path}"]
[[sheets]]
name = "Seats"
[[sheets.entities]]
kind = "seat"
columns = [
  { heading = "Root" },
  { heading = "Node" },
  { heading = "Seat", path = "name", required = true },
  { heading = "Node code" },
]
include = ["all"]
[[sheets.entities.references]]
path = "up"
to = ["node", "root"]
by = ["Node code"]
via = "code"
parent = true
required = true
[[sheets.entities.references]]
path = "up"
to = ["node"]
by = ["Root", "Node"]
parent = true
required = true
[[sheets.entities.references]]
path = "up"
to = ["root"]
by = ["Root"]
parent = true
required = true
or_below = true
"""
LEAF = {
    "type": "object",
    "properties": {
        "tags": {"type": "array", "uniqueItems": True},
        "steps": {"type": "array"},
        "secret": {"type": "string", "writeOnly": True},
    },
}
NODES = ("Root", "Node", "Parent", "Parent code", "Code")
SEATS = ("Root", "Node", "Seat", "Node code", "Code", "GUID")
LEAVES = ("Root", "Leaf", "Nodes", "Same", "Above", "Below", "Code")


@dataclass
class Resolved:
    """Sheets that were read, checked and resolved against what is live."""

    intake: Intake
    resolver: Resolver
    findings: list[Finding]

    @property
    def registry(self) -> Registry:
        return self.intake.registry

    @property
    def records(self) -> WholeEntities | PackedEntities:
        return self.intake.registry.entities

    def keys(self) -> dict[tuple[str, int], tuple[str, ...] | None]:
        """Kind and row -> key."""
        return {(record.kind, record.row): record.key for record in self.records}

    def record(self, row: int, kind: str | None = None) -> Entity:
        return next(r for r in self.records if r.row == row and kind in (None, r.kind))

    def meant(self, row: int, path: str, kind: str) -> list[tuple[str, ...] | None]:
        """The keys that a row's cell at a reference path was resolved to."""
        record = self.record(row, kind)
        texts = (text for _, named in record.references for text in named)
        found = (self.resolver.meaning.get(t) for t in texts if t.rule.rule.path == path)
        return [named[1] if named else None for named in found]


def live_index(made: Template, live: Sequence[LiveEntity]) -> LiveIndex:
    """Index what is live; parents come before their children."""
    index = LiveIndex(made)
    for entity in live:
        index.add(entity)
    return index


def resolved(
    made: Template, *sheets: Rows, live: Sequence[LiveEntity] = (), looked_up: bool = True
) -> Resolved:
    """Sheets read, mapped, checked and resolved against what is live."""
    intake = taken(made, *sheets)
    index = live_index(made, live)
    found = resolve_references(intake, index, strict=False, looked_up=looked_up)
    return Resolved(intake, found.resolver, found.findings)


class Pieces(list[bytes]):
    """A store of what is packed."""

    def add(self, piece: bytes) -> int:
        self.append(piece)
        return len(self) - 1

    def read(self, place: int) -> bytes:
        return self[place]


def in_pieces(
    made: Template, *sheets: Rows, live: Sequence[LiveEntity] = (), looked_up: bool = False
) -> Resolved:
    """Sheets read, mapped and resolved with packed entities."""
    intake = opened(made, *sheets)
    intake.registry.pack_into(Pieces())
    intake.read(NullSink())
    index = live_index(made, live)
    found = resolve_references(intake, index, strict=False, looked_up=looked_up)
    return Resolved(intake, found.resolver, found.findings)


def trees(folder: Path) -> Template:
    return template(folder, TREES, root=OPEN, node=OPEN, leaf=LEAF, seat=OPEN)


def roots(*names: str) -> Rows:
    return Rows("Roots", [["Root"], *([name] for name in names)])


def nodes(*lines: Line) -> Rows:
    return Rows("Nodes", [NODES, *lines])


def leaves(*lines: Line) -> Rows:
    return Rows("Leaves", [LEAVES, *lines])


def live(kind: str, *key: str, **more: object) -> LiveEntity:
    """A live entity whose id is its key."""
    payload = {"type": kind.title(), "name": key[-1]}
    return LiveEntity(kind.title(), key, "/".join(key), payload, **more)  # type: ignore[arg-type]


def below(
    kind: str,
    *key: str,
    id: str | None = None,  # noqa: A002
    parent: str | None = None,
    **more: object,
) -> LiveEntity:
    """A live entity with the reference to what it stands in; its id is its key."""
    path, name = ("root", "root") if len(key) == 2 and kind != "seat" else ("up", "node")
    above = parent or "/".join(key[:-1])
    found = live(kind, *key, relations={path: (Ref(name.title(), above),)}, **more)
    return replace(found, id=id) if id else found


def lives(found: Resolved, kind: str) -> list[str | None]:
    """The id of what is live of each entity of a kind, in the order of the rows."""
    return [record.live for record in found.records if record.kind == kind]


def seats(*lines: Line) -> Rows:
    return Rows("Seats", [SEATS, *lines])


def node_keys(found: Resolved) -> list[str]:
    """The key of each node as a path, in the order of the rows."""
    records = (record for record in found.records if record.kind == "node")
    return ["/".join(record.key or ("?",)) for record in records]
