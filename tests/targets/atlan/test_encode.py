"""Requests to Atlan are the documented ones, key by key; only the guid is added."""

import json
from pathlib import Path

import pytest

from importer.targets.atlan.encode import EncodeOptions, entity, flags
from importer.targets.atlan.typedefs import TypeDefs
from importer.targets.protocol import Ref
from tests.targets.build import ANCHOR, ASSET, TERM, create, held, update

DEPRECATED = {
    "certificateStatus": "DEPRECATED",
    "certificateStatusMessage": "This asset should no longer be used.",
}


def golden(name):
    return json.loads((Path(__file__).parent / "golden" / f"{name}.json").read_text())


def encoded(changes, **options):
    encode_options = EncodeOptions.of(options)
    return {"entities": [entity(change, TypeDefs(), encode_options) for change in changes]}


def without_guid(body):
    return {
        "entities": [
            {name: value for name, value in one.items() if name != "guid"}
            for one in body["entities"]
        ]
    }


def deprecation(guid, name, qualified_name, glossary):
    before = held(
        TERM,
        guid,
        "G",
        name,
        relations={ANCHOR: Ref("AtlasGlossary", glossary)},
        attributes={"name": name, "qualifiedName": qualified_name, "userDescription": "kept"},
    )
    return update(before, attributes=DEPRECATED)


@pytest.fixture
def two_terms():
    return [
        deprecation(
            "g-1",
            "Example Term",
            "gsNccqJraDZqM6WyGP3ea@FzCMyPR2LxkPFgr8eNGrq",
            "b4113341-251b-4adc-81fb-2420501c30e6",
        ),
        deprecation(
            "g-2",
            "Another Term",
            "sduw38sCas83Ca8sdf982@FzCMyPR2LxkPFgr8eNGrq",
            "b267858d-8316-4c41-a56a-6e9b840cef4a",
        ),
    ]


def test_two_deprecated_terms_are_the_documented_body(two_terms):
    body = encoded(two_terms, references_in="attributes")
    assert without_guid(body) == golden("two_terms")
    assert [one["guid"] for one in body["entities"]] == ["g-1", "g-2"]
    assert flags(body["entities"], two_terms) == []


def test_by_default_the_same_glossary_stands_under_relationship_attributes(two_terms):
    body, documented = without_guid(encoded(two_terms)), golden("two_terms")
    for ours, theirs in zip(body["entities"], documented["entities"], strict=True):
        anchor = theirs["attributes"].pop("anchor")
        assert ours == {**theirs, "relationshipAttributes": {"anchor": anchor}}


@pytest.fixture
def link():
    qualified_name = "default/snowflake/1234567890/reln_db/reln_schema/customers"
    url = "https://en.wikipedia.org/wiki/Customer"
    return create(
        "Link",
        "Table",
        qualified_name,
        url,
        relations={ASSET: Ref("Table", "t-1")},
        attributes={
            "name": "Definition",
            "link": url,
            "qualifiedName": "540182b5-f47b-4ba1-a247-6ca9ffd9f37a",
        },
    )


def test_a_link_with_the_list_switch_is_the_documented_body(link):
    body = encoded([link], link_asset="list")
    assert without_guid(body) == golden("link")
    assert body["entities"][0]["guid"] == f"-{link.seq}"


def test_a_link_has_its_asset_as_one_object_by_default(link):
    [ours] = without_guid(encoded([link]))["entities"]
    [documented] = golden("link")["entities"]
    documented["attributes"].pop("asset")
    asset = {"typeName": "Table", "guid": "t-1"}
    assert ours == {**documented, "relationshipAttributes": {"asset": asset}}
