"""Builders for the tests of the Atlan target: what is sent must land, what is there is found."""

from importer.model import Status
from importer.targets.protocol import Accepted, Query, Ref
from tests.targets.build import create

URL = "https://wiki.example.com/a?b=c"
TABLE = "db/schema/orders"


def land(atlan, *changes):
    """Submit; return (statuses, ids)."""
    reply = atlan.submit(changes)
    assert isinstance(reply, Accepted), reply
    assert [one.seq for one in reply.landed] == [change.seq for change in changes]
    return [one.status for one in reply.landed], [one.id for one in reply.landed]


def made(atlan, change):
    """Submit one new entity; return a reference to it."""
    [status], [guid] = land(atlan, change)
    assert status is Status.CREATED
    return Ref(change.type, guid)


def found(atlan, **keys):
    return list(atlan.fetch(Query(keys=keys)))


def at(atlan, type_name, *key, **also):
    """The one live entity with a key."""
    lives = found(atlan, **{type_name: {key}}, **also)
    [one] = [live for live in lives if live.key == key and live.type == type_name]
    return one


def table(qualified_name=TABLE, **attributes):
    attributes = {"name": "orders", "qualifiedName": qualified_name, **attributes}
    return create("Table", "Table", qualified_name, typeName="Table", attributes=attributes)
