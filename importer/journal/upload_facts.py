"""The parts of an upload that no statement asks for, as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field, to_builtins

from importer.counts import RowCounts, SheetCount
from importer.journal.serialize import pack, unpack
from importer.journal.upload import Step, UploadFile


class Facts(Struct, frozen=True):
    """What is known of an upload besides its columns.

    `template` is what its files were recognised as. `mapping` is the folder of the mapping that was
    accepted for it, or the name it is kept by; `kept` is the name under which `kept_by` has kept
    it, where somebody has. With `without_kept`, no kept mapping is looked for. `only` are the
    sheets to take, each with its kind.
    `questions` are asked of a person: name, question, default, choices and why the last answer does
    not do. `choices` are what was chosen in the column matching, a sheet each. `release` is
    how many held rows an admin lets go.
    """

    files: tuple[UploadFile, ...]
    template: str = ""
    sheets: tuple[SheetCount, ...] = ()
    counts: RowCounts | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    mapping: str = ""
    kept: str = ""
    kept_by: str = ""
    only: tuple[str, ...] = ()
    without_kept: bool = False
    questions: tuple[Mapping[str, Any], ...] = ()
    choices: tuple[Mapping[str, Any], ...] = ()
    release: int | None = None


def pack_facts(facts: Facts) -> bytes:
    """Return facts as JSON."""
    return pack(to_builtins(facts))


def unpack_facts(content: bytes) -> Facts:
    """Return the facts in JSON."""
    raw: dict[str, Any] = unpack(content)
    raw["files"] = tuple(UploadFile(**file) for file in raw["files"])
    raw["sheets"] = tuple(SheetCount(**sheet) for sheet in raw["sheets"])
    raw["counts"] = RowCounts(**raw["counts"]) if raw["counts"] else None
    for name in ("only", "questions", "choices"):
        raw[name] = tuple(raw[name])
    return Facts(**raw)


def pack_step(step: Step) -> bytes:
    """Return a step as JSON."""
    return pack(to_builtins(step))


def unpack_step(content: bytes | None) -> Step | None:
    """Return the step in JSON, None where there is none."""
    return Step(**unpack(content)) if content else None
