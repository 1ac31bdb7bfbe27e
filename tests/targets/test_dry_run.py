"""A dry run's target: it answers like the real one to reads, and writes nothing."""

import uuid

import pytest

from importer.model import Action, Status
from importer.targets.dry_run import MANY_AT_ONCE, DryRunTarget
from importer.targets.protocol import Accepted, Landed, Query
from tests.targets.atlan.build import at, made
from tests.targets.build import TERM, delete, glossary, term, update

OUTCOMES = {
    Action.UPDATE: Status.UPDATED,
    Action.MOVE: Status.MOVED,
    Action.UNCHANGED: Status.UNCHANGED,
}


@pytest.fixture
def dry(atlan):
    return DryRunTarget(atlan)


def test_every_change_gets_its_planned_outcome_and_no_request_is_sent(atlan, dry, box):
    name = f"Glossary {uuid.uuid4()}"
    anchor = made(atlan, glossary(name))
    made(atlan, term(anchor, name, "T"))
    live = at(atlan, TERM, name, "T")
    new = term(anchor, name, "U")
    changes = [new, *(update(live, action=action) for action in OUTCOMES), delete(live)]
    sent = len(box.requests)
    statuses = [Status.CREATED, *OUTCOMES.values(), Status.DELETED]
    ids = [f"new {new.seq}", *[live.id] * 4]
    assert dry.submit(changes) == Accepted(
        tuple(map(Landed, [change.seq for change in changes], statuses, ids))
    )
    assert len(box.requests) == sent


def test_reads_show_the_live_state(atlan, dry):
    name = f"Glossary {uuid.uuid4()}"
    anchor = made(atlan, glossary(name))
    one = term(anchor, name, "T")
    query = Query(keys={TERM: {one.key}})
    assert [live.key for live in dry.fetch(query)] == [(name,)]
    assert dry.find([one]) == {}
    made(atlan, one)
    assert [live.key for live in dry.fetch(query)] == [(name,), one.key]
    assert list(dry.find([one])) == [one.seq]
    assert dry.names() == atlan.names()
    assert (dry.identity, dry.system, dry.batch_size) == (atlan.identity, "atlan", MANY_AT_ONCE)


def test_a_guard_is_not_handed_to_the_real_target(against, dry, scripted):
    """The guard protects writes, of which a dry run makes none."""
    inner = against("atlan")
    asked = []
    DryRunTarget(inner).guard(lambda: asked.append(1))
    inner.submit([glossary("G")])
    assert asked == []
