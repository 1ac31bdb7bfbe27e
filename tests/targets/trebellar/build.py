"""Builders for the tests of the Trebellar target."""

from importer.model import Status
from importer.targets.protocol import Accepted, Query, Ref
from tests.targets.build import create


def land(trebellar, *changes):
    reply = trebellar.submit(changes)
    assert isinstance(reply, Accepted), reply
    assert [one.seq for one in reply.landed] == [change.seq for change in changes]
    return [one.status for one in reply.landed], [one.id for one in reply.landed]


def asset(type_name, *key, parent=None, **properties):
    relations = {"parentId": parent} if parent else {}
    return create(
        type_name,
        *key,
        relations=relations,
        type=type_name,
        label=key[-1],
        staticProperties=properties,
    )


def building(label, **properties):
    return asset("STRUCTURE", label, timezone="Europe/Berlin", **properties)


def made(trebellar, change):
    [status], [asset_id] = land(trebellar, change)
    assert status is Status.CREATED
    return Ref(change.type, asset_id)


def all_of(trebellar, name):
    return {live.key: live for live in trebellar.fetch(Query()) if live.key[0] == name}
