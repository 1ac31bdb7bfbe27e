"""The journal: the durable record of runs, and the only state that outlives a process."""

from importer.journal.item import Item
from importer.journal.items import Items
from importer.journal.journal import Journal, RunTarget
from importer.journal.lease import Lease
from importer.journal.lease_row import lease_of
from importer.journal.outbox import Outbox
from importer.journal.outcomes import blocked_by, counts, results
from importer.journal.run import Run, RunPlan, RunSpec
from importer.journal.under_way import abandon, cancel, state_of

__all__ = [
    "Item",
    "Items",
    "Journal",
    "Lease",
    "Outbox",
    "Run",
    "RunPlan",
    "RunSpec",
    "RunTarget",
    "abandon",
    "blocked_by",
    "cancel",
    "counts",
    "lease_of",
    "results",
    "state_of",
]
