"""The journal: the durable record of runs, and the only state there is."""

from importer.journal.items import Items
from importer.journal.journal import Item, Journal, Run, key_label, key_text
from importer.journal.lease import Lease, cancel, free, holder_of, state_of
from importer.journal.outbox import Outbox
from importer.journal.outcomes import blocked_by, counts, results

__all__ = [
    "Item",
    "Items",
    "Journal",
    "Lease",
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
