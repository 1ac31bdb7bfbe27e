"""How many objects of each kind a run has made: one row may make several of them."""

from __future__ import annotations

from collections import Counter

from importer.journal.items import Items
from importer.journal.journal import Journal
from importer.model import FINE


def objects_made(journal: Journal, run: str) -> dict[tuple[str, str], int]:
    """Count what is in the target as its rows say, by kind and outcome."""
    items = Items(journal, run).in_row_order()
    made = (one for one in items if not one.is_relations and one.state in FINE)
    return dict(Counter((one.kind, one.state.value) for one in made))
