"""The journal: the durable record of runs, and the only state there is."""

from importer.journal.hold import Hold, cancel, free, holder_of, state_of
from importer.journal.items import Items
from importer.journal.journal import Item, Journal, Run, key_label, key_text
from importer.journal.outcomes import blocked_by, counts, results
from importer.journal.sending import Outbox

__all__ = [
    "Hold",
    "Item",
    "Items",
    "Journal",
    "Outbox",
    "Run",
    "blocked_by",
    "cancel",
    "counts",
    "free",
    "holder_of",
    "key_label",
    "key_text",
    "results",
    "state_of",
]
