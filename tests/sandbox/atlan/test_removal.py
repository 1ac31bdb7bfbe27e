"""Entities archived, removed and restored."""

import pytest

from tests.sandbox.build import category, glossary, link, ref, table, term


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    atlan.names["table"] = atlan.guid(table("-1", "orders", attributes={"description": "d"}))
    atlan.names["link"] = atlan.guid(link("-1"))


def deleted(atlan, guid, kind):
    answer = atlan.ok("DELETE", f"/entity/bulk/?guid={guid}&deleteType={kind}")
    return [header["guid"] for header in answer.get("mutatedEntities", {}).get("DELETE", [])]


def test_archiving_keeps_the_entity_and_updates_its_asset(atlan):
    guid = atlan.guid(link("-1", qualified_name="archived"))
    answer = atlan.ok("DELETE", f"/entity/bulk?guid={guid}&deleteType=SOFT")
    [header] = answer["mutatedEntities"]["DELETE"]
    assert (header["guid"], header["status"]) == (guid, "DELETED")
    touched = [header["guid"] for header in answer["mutatedEntities"]["UPDATE"]]
    assert touched == [atlan.names["table"]]
    assert atlan.get(guid)["status"] == "DELETED"
    ends = atlan.get("<table>")["relationshipAttributes"]["links"]
    assert {end["guid"]: end["relationshipStatus"] for end in ends}[guid] == "DELETED"


def test_archiving_is_the_default_and_done_once(atlan):
    guid = atlan.guid(table("-1", "archived once"))
    assert atlan.ok("DELETE", f"/entity/bulk?guid={guid}")["mutatedEntities"]["DELETE"]
    assert atlan.ok("DELETE", f"/entity/bulk?guid={guid}") == {}


@pytest.mark.parametrize("kind", ["HARD", "PURGE"])
def test_removing_leaves_nothing(atlan, kind):
    guid = atlan.guid(link("-1", qualified_name=kind))
    assert deleted(atlan, guid, kind) == [guid]
    assert atlan.send("GET", f"/entity/guid/{guid}").status_code == 404
    ends = atlan.get("<table>")["relationshipAttributes"]["links"]
    assert guid not in {end["guid"] for end in ends}


def test_an_archived_entity_can_be_purged_but_not_hard_deleted(atlan):
    guid = atlan.guid(table("-1", "archived first"))
    assert deleted(atlan, guid, "SOFT") == [guid]
    assert deleted(atlan, guid, "HARD") == []
    assert deleted(atlan, guid, "PURGE") == [guid]


@pytest.mark.parametrize("kind", ["SOFT", "HARD", "PURGE"])
def test_a_category_goes_for_good_and_its_terms_lose_it(atlan, kind):
    atlan.names["finance"] = atlan.guid(glossary("-1", f"Finance {kind}"))
    gone = atlan.guid(category("-1", "Gone"))
    related = {"categories": [ref("AtlasGlossaryCategory", gone)]}
    left = atlan.guid(term("-1", "Left", related=related))
    answer = atlan.ok("DELETE", f"/entity/bulk?guid={gone}&deleteType={kind}")
    [header] = answer["mutatedEntities"]["DELETE"]
    assert (header["guid"], header["status"]) == (gone, "DELETED")
    assert atlan.send("GET", f"/entity/guid/{gone}").status_code == 404
    assert atlan.get(left)["relationshipAttributes"]["categories"] == []
    assert atlan.send("POST", f"/entity/restore/bulk?guid={gone}").status_code == 404


@pytest.mark.parametrize("kind", ["GENTLE", "", "soft"])
def test_any_other_kind_of_deletion_archives(atlan, kind):
    guid = atlan.guid(table("-1", f"other kind {kind}"))
    assert deleted(atlan, guid, kind) == [guid]
    assert atlan.get(guid)["status"] == "DELETED"


@pytest.mark.parametrize("kind", ["SOFT", "HARD", "PURGE"])
def test_an_unknown_guid_is_no_mistake_in_a_deletion(atlan, kind):
    before = atlan.stored()
    assert atlan.ok("DELETE", f"/entity/bulk?guid=none&deleteType={kind}") == {}
    assert atlan.stored() == before


def test_an_archived_entity_is_updated_but_stays_archived(atlan):
    guid = atlan.guid(table("-1", "asleep"))
    deleted(atlan, guid, "SOFT")
    assert atlan.guid(table("-1", "asleep", attributes={"description": "still"})) == guid
    entity = atlan.get(guid)
    assert (entity["status"], entity["attributes"]["description"]) == ("DELETED", "still")


def test_status_active_restores(atlan):
    guid = atlan.guid(table("-1", "awake"))
    deleted(atlan, guid, "SOFT")
    answer = atlan.save(table("-1", "awake", status="ACTIVE"))
    assert [header["guid"] for header in answer["mutatedEntities"]["UPDATE"]] == [guid]
    assert atlan.get(guid)["status"] == "ACTIVE"
    assert "mutatedEntities" not in atlan.save(table("-1", "awake", status="ACTIVE"))


def test_restoring_by_guid(atlan):
    guid = atlan.guid(table("-1", "back"))
    deleted(atlan, guid, "SOFT")
    answer = atlan.ok("POST", f"/entity/restore/bulk?guid={guid}")
    assert [header["guid"] for header in answer["mutatedEntities"]["UPDATE"]] == [guid]
    assert atlan.get(guid)["status"] == "ACTIVE"
