"""What a schema says of each payload path, looked up once."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from importer.cache import Cache
from importer.model import Key
from importer.payload_path import join
from importer.template.paths import Schema, node_at

MOST = 10_000
"""How many paths are remembered: objects in cells may have any number of them."""

ALTERNATIVES = ("oneOf", "anyOf")


class SchemaField(Struct, frozen=True, eq=False):
    """What a schema says of the values at a payload path; `types` are the JSON types it names.

    The target takes what is `unreadable` and never shows it (JSON Schema's `writeOnly`); it takes
    what is `only_new` of something new only (our `x-only-new`); what is `never_sent` it makes
    itself, so that a cell only finds what has it (`readOnly`). The order of a set means nothing.
    """

    steps: Key
    path: str
    types: frozenset[str]
    unreadable: bool
    only_new: bool
    never_sent: bool
    is_set: bool


class SchemaFields(Cache[Key, SchemaField]):
    """The fields of a schema, by the steps of their paths."""

    def __init__(self, schema: Schema) -> None:
        super().__init__(lambda steps: _field(schema, steps), most=MOST)


NO_SCHEMA = SchemaFields({})
"""The fields of something of which no schema is known."""


def _field(schema: Schema, steps: Key) -> SchemaField:
    above = [node_at(schema, join(steps[:count])) or {} for count in range(1, len(steps) + 1)]

    def marked(keyword: str) -> bool:
        """Return whether the schema says so of the path, or of what it leads through."""
        return any(bool(node.get(keyword)) for node in above)

    return SchemaField(
        steps,
        join(steps),
        frozenset(_types(above[-1])),
        marked("writeOnly"),
        marked("x-only-new"),
        marked("readOnly"),
        bool(above[-1].get("uniqueItems")),
    )


def _types(node: Schema) -> Iterator[str]:
    """Yield the JSON types that a sub-schema names."""
    nodes = [node, *(one for name in ALTERNATIVES for one in node.get(name, ()))]
    named = (one.get("type", ()) for one in nodes if isinstance(one, dict))
    return (name for one in named for name in ([one] if isinstance(one, str) else one))
