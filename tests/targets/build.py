"""Builders of changes, answers and connection settings for the tests of the targets."""

from itertools import count

from importer.model import Action
from importer.targets.connection import ConnectionSettings
from importer.targets.protocol import Change, LiveEntity
from tests.targets.scripted import Says

TOKEN = "a-token-nobody-may-see"
GLOSSARY, CATEGORY, TERM = "AtlasGlossary", "AtlasGlossaryCategory", "AtlasGlossaryTerm"
ANCHOR = "relationshipAttributes.anchor"
PARENT = "relationshipAttributes.parentCategory"
ASSET = "relationshipAttributes.asset"

KINDS = {"atlan": GLOSSARY, "atlas": "hive_table", "trebellar": "STRUCTURE"}
ATLAN_ERROR = {"errorCode": "ATLAS-404-00-007", "errorMessage": "invalid value"}

_seq = count(1)


def settings(url, token=TOKEN, **more):
    """Connection settings without a rate limit; the variable of the token is THE_KEY."""
    return ConnectionSettings(url, token, **{"token_name": "THE_KEY", "rate": None, **more})


def one_change(system):
    attributes = {"name": "A"} | ({"qualifiedName": "a"} if system == "atlas" else {})
    fields = {"label": "A"} if system == "trebellar" else {"attributes": attributes}
    return create(KINDS[system], "A", **fields)


def granted(system, change):
    """The answer of a system that has carried out `one_change`."""
    if system != "trebellar":
        created = {"CREATE": [{"guid": "g"}]}
        assigned = {f"-{change.seq}": "g"}
        return Says(200, {"guidAssignments": assigned, "mutatedEntities": created})
    echo = {"type": "add", "asset": {"type": "STRUCTURE", "label": "A", "id": "g"}}
    return Says(200, {"success": True, "operations": [echo]})


def create(type_name, *key, relations=None, **payload):
    return Change(
        next(_seq), type_name, Action.CREATE, key, payload, relations=_refs(relations or {})
    )


def update(live, relations=None, append=None, remove=None, clears=(), action=None, **payload):
    return Change(
        next(_seq),
        live.type,
        action or Action.UPDATE,
        live.key,
        payload,
        relations=_refs(relations or {}),
        append=_refs(append or {}),
        remove=_refs(remove or {}),
        clears=tuple(clears),
        id=live.id,
        before=live,
    )


def move(live, relations, **payload):
    return update(live, relations, action=Action.MOVE, **payload)


def delete(live):
    return Change(next(_seq), live.type, Action.DELETE, live.key, {}, id=live.id, before=live)


def held(type_name, guid, *key, relations=None, archived=False, **payload):
    return LiveEntity(type_name, key, guid, payload, _refs(relations or {}), archived=archived)


def glossary(name):
    return create(GLOSSARY, name, typeName=GLOSSARY, attributes={"name": name})


def category(anchor, *path, parent=None):
    relations = {ANCHOR: anchor} | ({PARENT: parent} if parent else {})
    return create(CATEGORY, *path, relations=relations, attributes={"name": path[-1]})


def term(anchor, *key, relations=None, **parts):
    parts["attributes"] = {"name": key[-1], **parts.get("attributes", {})}
    return create(TERM, *key, relations={ANCHOR: anchor, **(relations or {})}, **parts)


def link(asset, *key, name="A title"):
    attributes = {"name": name, "link": key[-1]}
    return create("Link", *key, relations={ASSET: asset}, attributes=attributes)


def readme(asset, *key, html):
    relations = {ASSET: asset}
    return create("Readme", *key, "Readme", relations=relations, attributes={"description": html})


def _refs(relations):
    return {path: refs if isinstance(refs, tuple) else (refs,) for path, refs in relations.items()}
