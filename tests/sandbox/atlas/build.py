"""Builders of minimal JSON for entities and references of Apache Atlas."""

GLOSSARY, TERM, CATEGORY = "AtlasGlossary", "AtlasGlossaryTerm", "AtlasGlossaryCategory"


def entity(type_name, guid, name, related=None, **rest):
    """An entity; its qualifiedName is its name behind the text of the run."""
    attributes = {"name": name, "qualifiedName": f"<run>{name}", **rest.pop("attributes", {})}
    ends = {} if related is None else {"relationshipAttributes": related}
    return {"typeName": type_name, "guid": guid, "attributes": attributes, **ends, **rest}


def glossary(guid="-g", name="g", **rest):
    return entity(GLOSSARY, guid, name, **rest)


def term(guid, name, anchor="<g>", related=None, **rest):
    ends = {"anchor": ref(GLOSSARY, anchor), **(related or {})}
    return entity(TERM, guid, name, ends, **rest)


def category(guid, name, anchor="<g>", related=None, **rest):
    ends = {"anchor": ref(GLOSSARY, anchor), **(related or {})}
    return entity(CATEGORY, guid, name, ends, **rest)


def table(guid, name, related=None, **rest):
    return entity("hive_table", guid, name, related, **rest)


def ref(type_name, guid):
    return {"typeName": type_name, "guid": guid}


def key(type_name, name):
    return {"typeName": type_name, "uniqueAttributes": {"qualifiedName": f"<run>{name}"}}


UNKNOWN = "11111111-1111-1111-1111-111111111111"
