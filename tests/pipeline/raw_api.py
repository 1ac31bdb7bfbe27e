"""The state of the sandbox, read and changed by raw HTTP, never by the targets under test."""

import requests

ENTITIES = "/api/meta/entity/bulk"
GLOSSARY, CATEGORY, TERM = "AtlasGlossary", "AtlasGlossaryCategory", "AtlasGlossaryTerm"


class Api:
    def __init__(self, url, headers):
        self.url = url
        self.session = requests.Session()
        self.session.headers.update(headers)

    def send(self, method, path, body=None, params=()):
        answer = self.session.request(method, self.url + path, json=body, params=params, timeout=10)
        assert answer.ok, answer.text
        return answer.json()


class Atlan(Api):
    """The live state of the catalogue."""

    def __init__(self, url):
        super().__init__(url, {"Authorization": "Bearer looking"})

    def save(self, *entities):
        """Save raw entities; return temporary guid -> assigned guid."""
        return self.send("POST", ENTITIES, {"entities": entities})["guidAssignments"]

    def add(self, type_name, name, anchor=None, **attributes):
        """Save one entity; return its guid."""
        attributes = {"name": name, "qualifiedName": f"raw/{name}", **attributes}
        related = {"relationshipAttributes": {"anchor": ref(GLOSSARY, anchor)}} if anchor else {}
        entity = {"typeName": type_name, "guid": "-1", "attributes": attributes, **related}
        return self.save(entity)["-1"]

    def archive(self, guid):
        self.send("DELETE", ENTITIES, params={"guid": guid, "deleteType": "SOFT"})

    def purge(self, guid):
        self.send("DELETE", ENTITIES, params={"guid": guid, "deleteType": "PURGE"})

    def all(self, type_name):
        """Return every active entity of a type with all its fields."""
        filters = [
            {"term": {"__typeName.keyword": type_name}},
            {"term": {"__state": "ACTIVE"}},
        ]
        body = {"dsl": {"query": {"bool": {"filter": filters}}, "size": 10_000}}
        found = self.send("POST", "/api/meta/search/indexsearch", body).get("entities", [])
        return [whole for start in range(0, len(found), 500) for whole in self._whole(found, start)]

    def _whole(self, hits, start):
        guids = [("guid", hit["guid"]) for hit in hits[start : start + 500]]
        return self.send("GET", ENTITIES, params=guids)["entities"]

    def named(self, type_name):
        """Return every active entity of a type by its name."""
        found = self.all(type_name)
        by_name = {entity["attributes"]["name"]: entity for entity in found}
        assert len(by_name) == len(found), "two entities have one name"
        return by_name

    def terms(self):
        return self.named(TERM)

    def tags(self):
        """Return internal name of each tag -> its display name."""
        found = self.send("GET", "/api/meta/types/typedefs", params={"type": "classification"})
        return {one["name"]: one["displayName"] for one in found["classificationDefs"]}


class Trebellar(Api):
    """The live state of the portfolio."""

    def __init__(self, url):
        super().__init__(url, {"X-Trebellar-Api-Key": "looking"})

    def bulk(self, *operations):
        return self.send("POST", "/api/v2/assets/bulk", {"operations": operations})["operations"]

    def places(self):
        """Return labels from the root -> asset."""
        found = {}
        for root in self.send("GET", "/api/v2/assets")["data"]:
            _walk(root, (), found)
        return found


def _walk(asset, above, found):
    place = (*above, asset["label"])
    assert place not in found, f"{place} exists twice"
    found[place] = asset
    for child in asset["children"]:
        _walk(child, place, found)


def ref(type_name, guid):
    return {"typeName": type_name, "guid": guid}


def related(entity, relation):
    """Return the names at the other ends of a relation that are still active."""
    ends = entity["relationshipAttributes"].get(relation) or []
    ends = ends if isinstance(ends, list) else [ends]
    return sorted(end["displayText"] for end in ends if end["relationshipStatus"] == "ACTIVE")
