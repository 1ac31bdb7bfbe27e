"""What a run made and how that stands now in, what somebody has changed of it since out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from importer.plan.diff import value_at
from importer.plan.undo.history import AppliedChange, RunHistory, ids_at
from importer.targets.protocol import LiveEntity
from importer.template.paths import split

Since: TypeAlias = tuple[str, Any]
"""A heading, and what somebody has put there since."""

SHOWN, LONGEST = 3, 60
"""How many changes of others are named, and how much of each."""


def changed_since(done: AppliedChange, there: LiveEntity, past: RunHistory) -> Iterator[Since]:
    """Whatever is not as the run has made it."""
    yield from _values(done, there, past)
    yield from _relations(done, there, past)


def _values(done: AppliedChange, there: LiveEntity, past: RunHistory) -> Iterator[Since]:
    """What is not what was sent, and what was filled in since; not what came out of an archive."""
    sent, before = done.sent["payload"], done.before.payload if done.before else {}
    for path, (heading, _, _) in done.sent["fields"].items():
        new, now = value_at(sent, split(path)), value_at(there.payload, split(path))
        if new is not None and not past.same(done.kind, path, new, now):
            yield heading, now
    for heading, steps in past.headings.filled(done.kind, there.payload):
        now = value_at(there.payload, steps)
        if value_at(sent, steps) is None and now != value_at(before, steps):
            yield heading, now


def _relations(done: AppliedChange, there: LiveEntity, past: RunHistory) -> Iterator[Since]:
    """Where it refers to less than was sent, or to more than the run has named."""
    stated = {path: past.ids_of(refs) for path, refs in done.sent["relations"].items()}
    added = {path: past.ids_of(refs) for path, refs in done.ends("append").items()}
    for path in {**stated, **there.relations}:
        now, said = ids_at(there, path), stated.get(path, set())
        now -= {ref.id for ref in done.held(path)} - said
        if now - said - added.get(path, set()) - past.run or said - now:
            yield past.headings.of(done.kind, path), past.shown(now)


def since_words(since: Iterable[Since]) -> str:
    """Why something is not taken back."""
    said = list(dict(_shown(since)).items())
    listed = ", ".join(f"{heading} (now {now})" for heading, now in said[:SHOWN])
    more = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
    return f"Not taken back, since somebody has changed it: {listed}{more}."


def _shown(since: Iterable[Since]) -> Iterator[tuple[str, str]]:
    for heading, now in since:
        text = "; ".join(map(str, now)) if isinstance(now, list) else str(now or "")
        cut = f"{text[:LONGEST]}..." if len(text) > LONGEST else text
        yield heading, f"`{cut}`" if text else "blank"
