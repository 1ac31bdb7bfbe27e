"""A saved plan: a plan in a file, to which a later run is held, or refused as stale.

A run may do only what was approved: the same files, the same target, and for every row the same
change, made from the same live values.
"""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from importer.atomic import whole
from importer.errors import UsageError
from importer.journal import Item, Items, Journal, Run
from importer.journal.serialize import pack_change, unpack
from importer.mapping.key_text import show
from importer.now import utc_now

VERSION = 1
MOST_DIFFERENCES = 10
"""How many differences the message of a stale plan shows."""


class SavedChange(NamedTuple):
    """What a row was planned to do: the key of the entity, the action, a digest of the change."""

    key: str
    action: str
    digest: str


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """What a plan is recognised by; nothing of it is secret, and values stand in it as digests.

    `made` is ISO 8601 in UTC. `files` maps names to the SHA-256 of their content, `rows` the
    places of rows to what they do.
    """

    made: str
    identity: str
    template: str
    files: dict[str, str]
    rows: dict[str, list[SavedChange]]
    version: int = VERSION


_KEYS = {"version", "made", "identity", "template", "files", "rows"}


def save_plan(journal: Journal, run: Run) -> SavedPlan:
    """Return the plan of a run in the form of a saved plan."""
    rows: dict[str, list[SavedChange]] = {}
    for item in Items(journal, run.name).in_row_order():
        sheet = run.sheets[item.sheet]
        row = f"row {item.row}" if item.row > 0 else f"(not in the file) {show(item.key)}"
        rows.setdefault(f"{sheet.file}, {sheet.name} {row}", []).append(_saved(item))
    return SavedPlan(
        made=utc_now(),
        identity=run.identity,
        template=run.template,
        files={file.name: file.sha256 for file in run.spec.files},
        rows=rows,
    )


def _saved(item: Item) -> SavedChange:
    change = pack_change(item.change) if item.change else b""
    action = (item.action or item.state).value
    return SavedChange(show(item.key), action, hashlib.sha256(change).hexdigest())


def write_plan(path: Path, plan: SavedPlan) -> None:
    """Write a saved plan to a file. Raises UsageError where it cannot be written."""
    raw = {one.name: getattr(plan, one.name) for one in fields(plan)}
    try:
        with whole(path, private=True) as stream:
            stream.write(orjson.dumps(raw, default=list) + b"\n")
    except OSError as error:
        raise UsageError(f"The plan {path} could not be written: {error.strerror}.") from None


def read_plan(path: Path) -> SavedPlan:
    """Return the saved plan in a file. Raises UsageError where it holds none."""
    try:
        raw = unpack(path.read_bytes())
    except OSError as error:
        raise UsageError(f"The plan {path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raw = None
    if not isinstance(raw, dict) or raw.keys() != _KEYS or raw["version"] != VERSION:
        raise UsageError(f"{path} is no plan: {_how_to_make(path)} makes one.")
    return SavedPlan(**{**raw, "rows": _rows(raw["rows"])})


def _how_to_make(path: Path) -> str:
    return f"`importer plan FILE --out {shlex.quote(str(path))}`"


def _rows(raw: dict[str, list[Any]]) -> dict[str, list[SavedChange]]:
    return {place: [SavedChange(*one) for one in changes] for place, changes in raw.items()}


def refuse_stale(saved: SavedPlan, found: SavedPlan) -> None:
    """Compare a saved plan with the plan of today.

    Raises UsageError that says what has changed, where anything has.
    """
    changed = list(_differences(saved, found))
    if changed:
        more = len(changed) - MOST_DIFFERENCES
        listed = [*changed[:MOST_DIFFERENCES], *([f"and {more} more"] if more > 0 else [])]
        shown = "\n  ".join(listed)
        raise UsageError(
            f"Nothing was sent: this is not what was planned at {saved.made}.\n  {shown}\n"
            "Make the plan anew."
        )


def _differences(saved: SavedPlan, found: SavedPlan) -> Iterator[str]:
    if saved.identity != found.identity:
        yield f"The plan is for {saved.identity}, the target is {found.identity}."
    if saved.template != found.template:
        yield f"The plan follows the template {saved.template}, not {found.template}."
    if saved.files.keys() != found.files.keys():
        yield f"The plan is of {', '.join(saved.files)}."
        return
    for name, digest in found.files.items():
        if saved.files[name] != digest:
            yield f"{name} has changed."
    for place in {**saved.rows, **found.rows}:
        yield from _difference(place, saved.rows.get(place), found.rows.get(place))


def _difference(
    place: str, before: list[SavedChange] | None, now: list[SavedChange] | None
) -> Iterator[str]:
    """Yield what is different about a row."""
    if before == now:
        return
    if before is None or now is None:
        yield f"{place}: {'is new' if before is None else 'is gone'}."
        return
    was, does = (", ".join(f"{one.action} {one.key}" for one in some) for some in (before, now))
    if was == does:
        yield f"{place}: {does}, but other values: the target or the mapping has changed."
    else:
        yield f"{place}: {was} was planned, now it is {does}."
