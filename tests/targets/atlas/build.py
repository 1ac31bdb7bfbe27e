"""Builders for the tests of the target Apache Atlas: what is sent must land."""

from importer.model import Status
from importer.targets.protocol import Accepted, Query, Ref
from tests.targets.build import create


def land(atlas, *changes):
    """Submit; return (statuses, ids). What the answer leaves out is asked for."""
    reply = atlas.submit(changes)
    assert isinstance(reply, Accepted), reply
    assert [one.seq for one in reply.landed] == [change.seq for change in changes]
    assert not any(one.refused for one in reply.landed)
    return [one.status for one in reply.landed], [one.id for one in reply.landed]


def made(atlas, change):
    """Submit one new entity; return a reference to it."""
    [status], [guid] = land(atlas, change)
    assert status is Status.CREATED
    return Ref(change.type, guid)


def found(atlas, **keys):
    return list(atlas.fetch(Query(keys=keys)))


def at(atlas, type_name, *key, **also):
    """The one live entity with a key."""
    lives = found(atlas, **{type_name: {key}}, **also)
    [one] = [live for live in lives if live.key == key and live.type == type_name]
    return one


def asset(type_name, qualified_name, **attributes):
    attributes = {"name": "orders", "qualifiedName": qualified_name, **attributes}
    return create(type_name, type_name, qualified_name, typeName=type_name, attributes=attributes)
