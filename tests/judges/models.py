"""Judges bodies for Atlan by pyatlan's models of the types of assets."""

import json
from importlib.util import find_spec
from urllib.parse import parse_qs, urlsplit

from tests.fuzz.wire import plainly

WRONG = [
    {"typeName": "Link", "attributes": {"no such attribute": "x"}},
    {"typeName": "AtlasGlossaryTerm", "attributes": {"certificateStatus": "perhaps"}},
    {"typeName": "AtlasGlossaryTerm", "attributes": {"name": "x", "ownerUsers": {"a": 1}}},
    {"typeName": "NoSuchType", "attributes": {}},
]
UNMODELLED = {"appendRelationshipAttributes", "removeRelationshipAttributes"}
"""What pyatlan adds when it serializes an asset (`Asset.json`, SaveSemantic): in no model."""


class Models:
    """Parses each entity of each bulk body with the model of its type.

    A model ignores what it does not know, so each field must be found again in what it has parsed.
    """

    name, system = "pyatlan's models", "atlan"

    def __init__(self):
        self.requests = self.parts = 0
        self.refused = []

    @property
    def missing(self):
        """Why it cannot judge, nothing where it can."""
        return "" if find_spec("pyatlan") else "pyatlan is missing: install the extra `test`"

    def begin(self, _sandbox):
        """Raise AssertionError where it would accept anything."""
        assert all(map(refusal, WRONG))

    def close(self):
        """Nothing is left open."""

    def __call__(self, asked, forward, out):
        """Judge a request on its way to the sandbox."""
        if asked.writes:
            self.requests += 1
            if asked.method == "DELETE":
                self._judge_deletion(asked)
            else:
                for entity in json.loads(asked.body)["entities"]:
                    self.parts += 1
                    self._note(refusal(entity), asked)
        return plainly(asked, forward, out)

    def _judge_deletion(self, asked):
        from pyatlan.model.enums import AtlanDeleteType

        query = parse_qs(urlsplit(asked.path).query)
        self.parts += len(query.get("guid", ()))
        known = [one.value for one in AtlanDeleteType]
        if not query.get("guid") or query.get("deleteType", [""])[0] not in known:
            self._note(f"it deletes {query}", asked)

    def _note(self, words, asked):
        if words:
            self.refused.append(f"{asked.method} {asked.path.partition('?')[0]}: {words}")


def refusal(entity):
    """Return why pyatlan would not have sent an entity, nothing where it might have."""
    from pyatlan.model import assets

    model = getattr(assets, entity.get("typeName", ""), None)
    if model is None:
        return f"there is no type {entity.get('typeName')}"
    try:
        parsed = model.parse_obj(entity)
        kept = json.loads(parsed.json(by_alias=True, exclude_unset=True))
    except (ValueError, TypeError) as error:
        return " ".join(str(error).split())
    lost = sorted({*_fields(entity)} - {*_fields(kept)})
    return f"the model of {entity['typeName']} has no {', '.join(lost)}" if lost else ""


def _fields(entity):
    """Yield the names of an entity's fields and attributes."""
    for name, value in entity.items():
        if name in UNMODELLED:
            continue
        yield name
        if name in ("attributes", "relationshipAttributes") and value:
            yield from (f"{name}.{inner}" for inner in value)
