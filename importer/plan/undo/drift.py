"""Drift: what has been changed, since a run, of what the run made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from importer.payload_path import split, value_at
from importer.plan.undo.history import AppliedChange, RunHistory, ids_at
from importer.suggest import listed
from importer.targets.protocol import LiveEntity

Drift: TypeAlias = tuple[str, Any]
"""A heading, and the live value that has replaced the run's."""

LONGEST = 60
"""How many characters of a value a message shows."""


def drift(applied: AppliedChange, live: LiveEntity, history: RunHistory) -> Iterator[Drift]:
    """Yield every heading whose live value is not what the run made it."""
    yield from _values(applied, live, history)
    yield from _relations(applied, live, history)


def _values(applied: AppliedChange, live: LiveEntity, history: RunHistory) -> Iterator[Drift]:
    """Yield values that were changed or filled in since; not those restored from the archive."""
    sent, before = applied.payload, applied.before.payload if applied.before else {}
    for path, diff in applied.fields.items():
        new, now = value_at(sent, split(path)), value_at(live.payload, split(path))
        if new is not None and not history.same(applied.kind, path, new, now):
            yield diff.heading, now
    for heading, steps in history.headings.filled(applied.kind, live.payload):
        now = value_at(live.payload, steps)
        if value_at(sent, steps) is None and now != value_at(before, steps):
            yield heading, now


def _relations(applied: AppliedChange, live: LiveEntity, history: RunHistory) -> Iterator[Drift]:
    """Yield references that lack what was sent, or have what the run never named."""
    sent = {path: history.ids_of(refs) for path, refs in applied.relations.items()}
    added = {path: history.ids_of(refs) for path, refs in applied.appended.items()}
    for path in {**sent, **live.relations}:
        now, stated = ids_at(live, path), sent.get(path, set())
        now -= {ref.id for ref in applied.refs_before(path)} - stated
        if now - stated - added.get(path, set()) - history.run or stated - now:
            yield history.headings.of(applied.kind, path), history.shown(now)


def drift_message(found: Iterable[Drift]) -> str:
    """Return why an entity is not undone: its headings and live values."""
    return f"Not reverted, since it has been changed: {drift_words(found)}."


def drift_words(found: Iterable[Drift]) -> str:
    """Return headings with the live values under them, in words."""
    shown = [f"{heading} (now {now})" for heading, now in dict(_shown(found)).items()]
    return listed(shown, quote="")


def _shown(found: Iterable[Drift]) -> Iterator[tuple[str, str]]:
    for heading, now in found:
        text = "; ".join(map(str, now)) if isinstance(now, list) else str(now or "")
        cut = f"{text[:LONGEST]}..." if len(text) > LONGEST else text
        yield heading, f"`{cut}`" if text else "blank"
