"""The shipped schemas accept the values the targets accept and refuse what these refuse."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

from importer.template import find

ATLAN = find("atlan-glossary").kinds
TREBELLAR = find("trebellar-portfolio").kinds
LONG = "x" * 100_001

BASES: dict[str, dict[str, Any]] = {
    "glossary": {"typeName": "AtlasGlossary", "attributes": {"name": "Finance"}},
    "category": {"typeName": "AtlasGlossaryCategory", "attributes": {"name": "Income"}},
    "term": {"typeName": "AtlasGlossaryTerm", "attributes": {"name": "Net revenue"}},
    "asset": {"typeName": "Table", "attributes": {"name": "orders", "qualifiedName": "default/x"}},
    "link": {"typeName": "Link", "attributes": {"name": "Wiki", "link": "https://example.com"}},
    "readme": {"typeName": "Readme", "attributes": {"description": "<p>Hello</p>"}},
    "building": {"type": "STRUCTURE", "label": "HQ", "staticProperties": {"timezone": "UTC"}},
    "floor": {"type": "FLOOR", "label": "1", "staticProperties": {}},
    "space": {"type": "SPACE", "label": "Golden Gate", "staticProperties": {}},
    "desk": {"type": "DESK", "label": "1-01", "staticProperties": {}},
    "sensor_group": {"type": "SENSOR_GROUP", "label": "Lobby", "staticProperties": {}},
    "sensor": {
        "type": "SENSOR",
        "label": "North",
        "staticProperties": {},
        "sensorProperties": {"sensorId": "A8"},
    },
}


def changed(kind: str, path: str, value: Any) -> dict[str, Any]:
    payload = copy.deepcopy(BASES[kind])
    *way, last = path.split(".")
    node = payload
    for step in way:
        node = node.setdefault(step, {})
    node[last] = value
    return payload


def fits(kind: str, payload: dict[str, Any]) -> bool:
    """What both validators say; they must agree."""
    schema = (ATLAN | TREBELLAR)[kind].schema
    answer = jsonschema.Draft202012Validator(schema).is_valid(payload)
    assert jsonschema_rs.validator_for(schema).is_valid(payload) == answer
    return answer


@pytest.mark.parametrize("kind", BASES)
def test_the_least_that_a_kind_needs_is_taken(kind):
    assert fits(kind, BASES[kind])
    assert not fits(kind, {**BASES[kind], "colour": "red"})


TAKEN = [
    ("term", "attributes.name", "  Net revenue  "),
    ("term", "attributes.name", "売上 (net) > 0"),
    ("term", "attributes.certificateStatus", "VERIFIED"),
    ("term", "attributes.examples", ["a", "b"]),
    ("term", "attributes.additionalAttributes", {"source": "SAP"}),
    ("term", "classifications", [{"typeName": "PII"}]),
    ("term", "businessAttributes", {"Quality": {"Score": 7, "Checks": ["a", "b"]}}),
    ("term", "customAttributes", {"legacy_id-1": "42"}),
    (
        "term",
        "relationshipAttributes",
        {"synonyms": [{"typeName": "AtlasGlossaryTerm", "guid": "g"}]},
    ),
    ("asset", "attributes.name", "a@b"),
    ("link", "attributes.link", "http://x:8080/a?b=c&d=e#f"),
    ("link", "attributes.link", "mailto:someone@example.com"),
    ("link", "attributes.link", "ftp://files.example.com/a'(b)!"),
    ("building", "staticProperties.status", "pending_exit"),
    ("building", "staticProperties.coordinates", {"lat": 37.79, "lon": -122.4}),
    ("building", "staticProperties.photos", [{"url": "https://example.com/a.jpg"}]),
    ("building", "location", {"type": "Point", "coordinates": [-122.4, 37.79]}),
    ("building", "location", {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1]]]}),
    ("desk", "staticProperties.bookable", True),
    ("desk", "staticProperties.bookable", "managers only"),
    ("desk", "dynamicProperties", {"Cost centre": "CC-1", "nested": {"a": [1]}}),
    ("desk", "operation", {"timestampMs": 1767225600000, "timestampMsDelete": 1798761600000}),
    ("sensor", "staticProperties", {"externalId": "S-1", "anything": 1}),
]
REFUSED = [
    ("term", "attributes.name", ""),
    ("term", "attributes.name", " \n "),
    ("term", "attributes.name", "Net@Finance"),
    ("term", "attributes.name", " @"),
    ("category", "attributes.name", "a@b"),
    ("glossary", "attributes.name", "a@b"),
    ("term", "attributes.name", LONG),
    ("term", "attributes.userDescription", LONG),
    ("term", "attributes.examples", [LONG]),
    ("term", "attributes.additionalAttributes", {"source": LONG}),
    ("term", "attributes.certificateStatus", "verified"),
    ("term", "attributes.announcementType", "INFORMATION"),
    ("term", "attributes.ownerUsers", "jsmith"),
    ("term", "attributes.domainGUIDs", ["a", "b"]),
    ("term", "attributes.nmae", "x"),
    ("term", "relationshipAttributes.seeAlsoo", []),
    ("term", "customAttributes", {"with blank": "1"}),
    ("term", "customAttributes", {"x" * 51: "1"}),
    ("term", "starred", "yes"),
    ("asset", "typeName", "not a type"),
    ("asset", "attributes.qualifiedName", " "),
    ("link", "attributes.link", "javascript:alert(1)"),
    ("link", "attributes.link", "example.com"),
    ("link", "attributes.link", "https://"),
    ("link", "attributes.link", "https://exa mple.com"),
    ("link", "attributes.link", "https://[::1]/"),
    ("link", "attributes.link", "https://example.com/{id}"),
    ("link", "attributes.iconType", "gif"),
    ("readme", "attributes.description", LONG),
    ("building", "label", "  "),
    ("building", "staticProperties", {}),
    ("building", "staticProperties.status", "inactive"),
    ("building", "staticProperties.coordinates", {"lat": 37.79}),
    ("building", "staticProperties.seats", "120"),
    ("building", "staticProperties.photos", [{"uri": "https://example.com/a.jpg"}]),
    ("building", "location", {"type": "Circle", "coordinates": [0, 0]}),
    ("building", "location", {"type": "Point", "coordinates": ["0", "0"]}),
    ("building", "operation", {"timestamp": 1}),
    ("floor", "staticProperties.spaceType", "lobby"),
    ("desk", "staticProperties.bookable", 1),
    ("sensor", "sensorProperties", {"name": "x"}),
]


@pytest.mark.parametrize(("kind", "path", "value"), TAKEN)
def test_what_the_target_takes_is_taken(kind, path, value):
    assert fits(kind, changed(kind, path, value))


@pytest.mark.parametrize(("kind", "path", "value"), REFUSED)
def test_what_the_target_refuses_or_drops_is_refused(kind, path, value):
    assert not fits(kind, changed(kind, path, value))
