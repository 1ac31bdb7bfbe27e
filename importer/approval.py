"""A planned run in, what can be kept of its plan out; a kept plan and a run in, what differs out.

A run may only do what was approved: same files, same target, and for every row the same change,
made from the same values that the target held then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from importer.errors import UsageError
from importer.journal import Item, Items, Journal, Run
from importer.journal.history import key_of
from importer.journal.journal import now
from importer.journal.serialize import pack, unpack
from importer.mapping.key_text import show

Kept: TypeAlias = dict[str, Any]
"""JSON: `made`, `identity`, `template`, `files` (name -> SHA-256), `rows` (place -> what to do)."""

VERSION = 1
FEW = 10
KEYS = {"version", "made", "identity", "template", "files", "rows"}


def kept(journal: Journal, this: Run) -> Kept:
    """What a plan is recognised by: nothing of it is secret, and values stand in it as digests."""
    rows: dict[str, list[list[str]]] = {}
    for item in Items(journal, this.run).changes():
        sheet = this.facts["sheets"][item.sheet]
        row = f"row {item.row}" if item.row > 0 else f"(not in the file) {show(key_of(item))}"
        place = f"{sheet['file']}, {sheet['name']} {row}"
        rows.setdefault(place, []).append(_what(item))
    return {
        "version": VERSION,
        "made": now(),
        "identity": this.identity,
        "template": this.template,
        "files": {file["name"]: file["sha256"] for file in this.facts["files"]},
        "rows": rows,
    }


def _what(item: Item) -> list[str]:
    """Key and action in words, and a digest of what would be sent and of what it is based on."""
    named = show(key_of(item))
    does = item.action or item.state
    return [named, does, hashlib.sha256(item.change or b"").hexdigest()]


def write_kept(path: Path, plan: Kept) -> None:
    """Write a plan to a file. Raises UsageError where it cannot be written."""
    try:
        path.write_bytes(pack(plan) + b"\n")
    except OSError as error:
        raise UsageError(f"The plan {path} could not be written: {error.strerror}.") from None


def read_kept(path: Path) -> Kept:
    """The plan in a file. Raises UsageError where it is none."""
    try:
        plan = unpack(path.read_bytes())
    except OSError as error:
        raise UsageError(f"The plan {path} cannot be read: {error.strerror}.") from None
    except ValueError:
        plan = None
    if not isinstance(plan, dict) or plan.keys() != KEYS or plan["version"] != VERSION:
        raise UsageError(f"{path} is no plan: `importer plan FILE --out {path}` makes one.")
    return plan


def demand_as_approved(approved: Kept, found: Kept) -> None:
    """Raise UsageError that says what has changed since a plan was made, where anything has."""
    changed = list(_differences(approved, found))
    if changed:
        more = [f"and {len(changed) - FEW} more"] if len(changed) > FEW else []
        told = "\n  ".join([*changed[:FEW], *more])
        raise UsageError(
            f"Nothing was sent: this is not what was planned at {approved['made']}.\n  {told}\n"
            "Make the plan anew."
        )


def _differences(approved: Kept, found: Kept) -> Iterator[str]:
    if approved["identity"] != found["identity"]:
        yield f"The plan is for {approved['identity']}, the target is {found['identity']}."
    if approved["template"] != found["template"]:
        yield f"The plan follows the template {approved['template']}, not {found['template']}."
    if approved["files"].keys() != found["files"].keys():
        yield f"The plan is of {', '.join(approved['files'])}."
        return
    for name, digest in found["files"].items():
        if approved["files"][name] != digest:
            yield f"{name} has changed."
    for place in {**approved["rows"], **found["rows"]}:
        yield from _difference(place, approved["rows"].get(place), found["rows"].get(place))


def _difference(
    place: str, before: list[list[str]] | None, now: list[list[str]] | None
) -> Iterator[str]:
    """What is different about a row."""
    if before == now:
        return
    if before is None or now is None:
        yield f"{place}: {'is new' if before is None else 'is gone'}."
        return
    was, does = (", ".join(f"{what} {key}" for key, what, _ in items) for items in (before, now))
    if was == does:
        yield f"{place}: {does}, but other values: the target or the mapping has changed."
    else:
        yield f"{place}: {was} was planned, now it is {does}."
