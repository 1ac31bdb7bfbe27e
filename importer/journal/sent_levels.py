"""How much of a run is sent, level by level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from msgspec import Struct
from sqlalchemy import select

from importer.journal.planned_rows import Plan
from importer.journal.settled import settled_count
from importer.journal.store import Store
from importer.journal.tables import OUTCOMES, THIS_RUN

_HELD = select(OUTCOMES.c.no).where(OUTCOMES.c.run == THIS_RUN, OUTCOMES.c.guard == 1)


class SentLevel(Struct, frozen=True):
    """How many items of a level are settled, and how many there are that nothing holds."""

    level: int
    kinds: tuple[str, ...]
    done: int
    total: int


def sent_by_level(store: Store, run: str) -> list[SentLevel]:
    """Return how far each level is: a level is sent when the one before it is settled."""
    plan = Plan(store, run)
    sent = [one for _, some in plan.levels() for one in some]
    with store.reading() as connection:
        held = set(connection.execute(_HELD, {"this_run": run}).scalars())
        done = settled_count(connection, run) - len(held)
    totals = _totals(sent)
    totals.subtract(_levels_of(plan, held) if held else {})
    levels = []
    for level in sorted(level for level, total in totals.items() if total):
        kinds = sorted({kind for at, kind, _ in sent if at == level})
        here = min(done, totals[level])
        levels.append(SentLevel(level, tuple(kinds), here, totals[level]))
        done -= here
    return levels


def _totals(sent: Iterable[tuple[int, str, int]]) -> Counter[int]:
    totals: Counter[int] = Counter()
    for level, _, number in sent:
        totals[level] += number
    return totals


def _levels_of(plan: Plan, numbers: Collection[int]) -> Counter[int]:
    """Count items by level."""
    items = (item for no in plan.chunks_with(numbers) for item in plan.items_of(no))
    return Counter(item.level or 0 for item in items if item.no in numbers)
