"""Read what a server holds, in a form in which two servers can be compared.

Guids and times differ between servers: an object is named by type and qualified name instead, and
so is each object that it is related to.
"""

import requests

from tests.atlas.books import ASSETS
from tests.atlas.configuration import ADMIN

API = "/api/atlas/v2"
TYPES = ("AtlasGlossary", "AtlasGlossaryCategory", "AtlasGlossaryTerm", *ASSETS)
PAGE = 500
AT_ONCE = 100


CATEGORIES = ("enum", "classification", "entity", "relationship", "businessMetadata")


def copy_definitions(source, target):
    """Define the types of the server at `source` at the one at `target`, unless it has them."""
    path = f"{API}/types/typedefs"
    with requests.Session() as session:
        session.auth = ADMIN
        theirs = session.get(f"{target}{path}", timeout=300).json()
        if any(one["name"] == "AtlasGlossary" for one in theirs["entityDefs"]):
            return
        ours = session.get(f"{source}{path}", timeout=300).json()
        body = {f"{name}Defs": [_bare(one) for one in ours[f"{name}Defs"]] for name in CATEGORIES}
        session.post(f"{target}{path}", json=body, timeout=300).raise_for_status()


def _bare(definition):
    """Return a definition without the guid that a server has given it."""
    return {name: value for name, value in definition.items() if name != "guid"}


def objects(address):
    """Return (type, qualified name) -> what it holds, of all objects that are not deleted."""
    with requests.Session() as session:
        session.auth = ADMIN
        guids = [guid for kind in TYPES for guid in _guids(session, address, kind)]
        entities = [
            entity
            for start in range(0, len(guids), AT_ONCE)
            for entity in _entities(session, address, guids[start : start + AT_ONCE])
        ]
    names = {entity["guid"]: key_of(entity) for entity in entities}
    return {key_of(entity): content(entity, names) for entity in entities}


def _guids(session, address, kind):
    found, page = [], None
    while page is None or len(page) == PAGE:
        body = {
            "typeName": kind,
            "includeSubTypes": False,
            "excludeDeletedEntities": True,
            "limit": PAGE,
            "offset": len(found),
        }
        answer = session.post(f"{address}{API}/search/basic", json=body, timeout=120)
        answer.raise_for_status()
        page = answer.json().get("entities", [])
        found += [header["guid"] for header in page]
    return found


def _entities(session, address, guids):
    answer = session.get(f"{address}{API}/entity/bulk", params={"guid": guids}, timeout=120)
    answer.raise_for_status()
    return answer.json()["entities"]


def key_of(entity):
    return entity["typeName"], entity["attributes"]["qualifiedName"]


def content(entity, names):
    """Return what an entity holds; `names` are the keys of the objects, by guid."""
    return {
        **{f"attributes.{name}": value for name, value in entity["attributes"].items()},
        **{
            f"relationshipAttributes.{name}": _related(value, names)
            for name, value in entity["relationshipAttributes"].items()
        },
        "status": entity["status"],
        "classifications": sorted(
            (one["typeName"], sorted(one.get("attributes", {}).items(), key=str))
            for one in entity.get("classifications", [])
            if one["entityGuid"] == entity["guid"]
        ),
        "labels": sorted(entity.get("labels", [])),
        "customAttributes": entity.get("customAttributes") or {},
        "businessAttributes": entity.get("businessAttributes") or {},
    }


def _related(value, names):
    """Name the related objects, in no order; what is said of a relation that is deleted, too."""
    if isinstance(value, list):
        return sorted(_related(one, names) for one in value)
    if value is None:
        return None
    return (value["relationshipStatus"], *names.get(value["guid"], (value["typeName"], "?")))
