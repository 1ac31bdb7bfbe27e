"""Builders of minimal JSON for entities, assets, operations and queries."""


def table(guid="-1", name="T", **rest):
    attributes = {"name": name, "qualifiedName": f"db/{name}", **rest.pop("attributes", {})}
    return {"typeName": "Table", "guid": guid, "attributes": attributes, **rest}


def glossary(guid="-1", name="Finance", **attributes):
    return {
        "typeName": "AtlasGlossary",
        "guid": guid,
        "attributes": {"name": name, "qualifiedName": guid, **attributes},
    }


def term(guid="-1", name="Revenue", anchor="<finance>", qualified_name=None, **rest):
    return _in_glossary("AtlasGlossaryTerm", guid, name, anchor, qualified_name, rest)


def category(guid="-1", name="Costs", anchor="<finance>", qualified_name=None, **rest):
    return _in_glossary("AtlasGlossaryCategory", guid, name, anchor, qualified_name, rest)


def _in_glossary(type_name, guid, name, anchor, qualified_name, rest):
    attributes = {
        "name": name,
        "qualifiedName": qualified_name or guid,
        **rest.pop("attributes", {}),
    }
    related = {"anchor": ref("AtlasGlossary", anchor), **rest.pop("related", {})}
    return {
        "typeName": type_name,
        "guid": guid,
        "attributes": attributes,
        "relationshipAttributes": related,
        **rest,
    }


def link(guid="-1", url="https://example.org/a", asset="<table>", qualified_name="link-1"):
    return {
        "typeName": "Link",
        "guid": guid,
        "attributes": {"name": "Definition", "qualifiedName": qualified_name, "link": url},
        "relationshipAttributes": {"asset": ref("Table", asset)},
    }


def ref(type_name, guid):
    return {"typeName": type_name, "guid": guid}


def key(type_name, qualified_name):
    return {"typeName": type_name, "uniqueAttributes": {"qualifiedName": qualified_name}}


def term_query(field, value, **rest):
    return {"term": {field: {"value": value, **rest}}}


def structure(label="HQ", external_id=None, **rest):
    return asset("STRUCTURE", label, external_id, properties={"timezone": "UTC"}, **rest)


def asset(kind, label, external_id=None, properties=None, **rest):
    own = {"externalId": external_id} if external_id else {}
    return {"type": kind, "label": label, "staticProperties": {**(properties or {}), **own}, **rest}


def add(one, **rest):
    return {"type": "add", "asset": one, **rest}


def update(one):
    return {"type": "update", "asset": one}


def move(one, parent):
    return {"type": "move", "id": one, "newParentId": parent}


def delete(one):
    return {"type": "delete", "id": one}
