"""The journal's JSON: runs, entities, changes and findings as bytes, and back."""

from importer.journal.serialize.changes import (
    pack_apart,
    pack_change,
    unpack_apart,
    unpack_change,
    unpack_fields,
    with_ids,
)
from importer.journal.serialize.entities import (
    pack_live,
    unpack_live,
)
from importer.journal.serialize.findings import pack_finding, unpack_finding
from importer.journal.serialize.plain import pack, unpack
from importer.journal.serialize.runs import pack_run, unpack_run

__all__ = [
    "pack",
    "pack_apart",
    "pack_change",
    "pack_finding",
    "pack_live",
    "pack_run",
    "unpack",
    "unpack_apart",
    "unpack_change",
    "unpack_fields",
    "unpack_finding",
    "unpack_live",
    "unpack_run",
    "with_ids",
]
