"""A planned run of the journal and its target in, everything sent out, or what stopped it."""

from __future__ import annotations

from importer.errors import StoppedEarly
from importer.journal import Lease, Outbox, Run
from importer.plan import has_landed
from importer.results import SENDING_STAGE, Progress
from importer.send import STOP_AFTER, Sender
from importer.send.build import ChangeBuilder
from importer.targets.protocol import Target


def send_all(this: Run, system: Target, hold: Lease, watch: Progress) -> StoppedEarly | None:
    """Settle what is in doubt, send what waits; what stopped it, where something did."""
    outbox = Outbox(hold)
    done, total = outbox.progress()
    watch.stage(SENDING_STAGE, total - done)
    names = [sheet["name"] for sheet in this.facts["sheets"]]
    asked = this.facts.get("stop_after")
    sender = Sender(
        outbox,
        system,
        ChangeBuilder(outbox, this.facts["types"], names),
        has_landed,
        this.facts["batch_size"] or system.batch_size,
        this.facts["jobs"],
        watch.advance,
        watch.between,
        STOP_AFTER if asked is None else asked,
        this.facts.get("landing", 60.0),
    )
    try:
        sender.settle_doubts()
        sender.send()
    except StoppedEarly as stop:
        return stop
    return None
