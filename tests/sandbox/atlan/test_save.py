"""What a bulk save does, and what its answer says: creates, updates, nothing changed, relations."""

import pytest

from tests.sandbox.build import key, link, ref, table


@pytest.fixture(scope="module", autouse=True)
def world(atlan):
    atlan.names["table"] = atlan.guid(table("-1", "orders"))


def column(guid, name, **related):
    return {
        "typeName": "Column",
        "guid": guid,
        "attributes": {"name": name, "qualifiedName": f"db/orders/{name}"},
        "relationshipAttributes": related,
    }


def guids(answer, operation):
    return [header["guid"] for header in answer.get("mutatedEntities", {}).get(operation, [])]


@pytest.mark.parametrize("path", ["/entity/bulk", "/entity/bulk/"])
def test_both_spellings_of_the_path_save(atlan, path):
    name = f"path {len(path)}"
    answer = atlan.ok("POST", path, {"entities": [table("-1", name)]})
    [header] = answer["mutatedEntities"]["CREATE"]
    assert header["guid"] == answer["guidAssignments"]["-1"]
    assert (header["typeName"], header["status"]) == ("Table", "ACTIVE")
    assert header["attributes"] == {"name": name, "qualifiedName": f"db/{name}"}


def test_the_key_finds_what_is_there_and_only_what_changed_is_reported(atlan):
    guid = atlan.guid(table("-1", "known"))
    answer = atlan.save(table("-2", "known", attributes={"description": "d"}), table("-3", "new"))
    assert guids(answer, "UPDATE") == [guid]
    assert len(guids(answer, "CREATE")) == 1
    assert answer["guidAssignments"]["-2"] == guid


def test_what_is_unchanged_is_only_in_the_assignments(atlan):
    sent = table("-1", "same", attributes={"ownerUsers": ["b", "a"], "rowCount": 3})
    guid = atlan.guid(sent)
    again = table("-5", "same", attributes={"ownerUsers": ["a", "b"], "rowCount": 3})
    assert atlan.save(again) == {"guidAssignments": {"-5": guid}}


def test_a_real_guid_is_not_in_the_assignments(atlan):
    guid = atlan.guid(table("-1", "real"))
    assert atlan.save(table(guid, "real")) == {"guidAssignments": {}}


def test_an_entity_without_a_guid_is_given_a_temporary_one(atlan):
    sent = table("-1", "unnamed")
    del sent["guid"]
    answer = atlan.save(sent)
    [(temporary, guid)] = answer["guidAssignments"].items()
    assert temporary.startswith("-")
    assert guids(answer, "CREATE") == [guid]


def test_a_real_guid_can_change_the_key(atlan):
    guid = atlan.guid(table("-1", "before"))
    atlan.save(table(guid, "after"))
    assert atlan.get(guid)["attributes"]["qualifiedName"] == "db/after"
    assert atlan.guid(table("-1", "before")) != guid


def test_keys_differ_by_letter_case(atlan):
    assert atlan.guid(table("-1", "Case")) != atlan.guid(table("-1", "case"))


def test_the_same_key_twice_in_one_request_is_one_entity(atlan):
    answer = atlan.save(table("-1", "twice"), table("-2", "twice", attributes={"description": "d"}))
    assert answer["guidAssignments"]["-1"] == answer["guidAssignments"]["-2"]
    assert len(guids(answer, "CREATE")) == 1
    assert atlan.get(answer["guidAssignments"]["-1"])["attributes"]["description"] == "d"


def test_an_absent_attribute_stays_and_null_clears(atlan):
    attributes = {"description": "d", "certificateStatus": "DRAFT", "ownerUsers": ["ann"]}
    guid = atlan.guid(table("-1", "cleared", attributes=attributes))
    atlan.save(table("-1", "cleared", attributes={"certificateStatus": None, "ownerUsers": []}))
    kept = atlan.get(guid)["attributes"]
    assert (kept["description"], kept["certificateStatus"]) == ("d", None)
    assert not kept["ownerUsers"]


def test_unknown_attributes_are_dropped_without_a_word(atlan):
    guid = atlan.guid(table("-1", "dropped", attributes={"descripton": "typo"}))
    assert "descripton" not in atlan.get(guid)["attributes"]
    again = table("-2", "dropped", attributes={"descripton": "other typo"})
    assert "mutatedEntities" not in atlan.save(again)


CONVERTED = [
    ("description", 7, "7"),
    ("description", True, "true"),
    ("rowCount", "12", 12),
    ("isTemporary", "TRUE", True),
    ("viewScore", "1.5", 1.5),
    ("viewScore", 33.333333333, 33.333332),
    ("viewScore", 0.1, 0.1),
    ("sourceCreatedAt", "2024-01-31T00:00:00.000Z", 1706659200000),
    ("sourceCreatedAt", "1706659200000", 1706659200000),
    ("description", ["a", "b"], "[a, b]"),
    ("description", {"a": [1, None], "b": True}, "{a=[1, null], b=true}"),
    ("certificateStatus", "Verified", "VERIFIED"),
    ("assetTags", ["b", "a", "b"], ["b", "a"]),
    ("sourceCreatedAt", 1706659200000, 1706659200000),
]


@pytest.mark.parametrize(("attribute", "sent", "kept"), CONVERTED)
def test_values_are_kept_in_the_type_of_their_attribute(atlan, attribute, sent, kept):
    guid = atlan.guid(table("-1", f"{attribute} {sent}", attributes={attribute: sent}))
    assert atlan.get(guid)["attributes"][attribute] == kept


@pytest.mark.parametrize("order", [1, -1])
def test_temporary_guids_point_forward_and_back(atlan, order):
    name = f"pointed {order}"
    both = [table("-1", name), column("-2", f"c{order}", table=ref("Table", "-1"))][::order]
    answer = atlan.save(*both)
    whole = atlan.get(answer["guidAssignments"]["-2"])
    assert whole["relationshipAttributes"]["table"]["guid"] == answer["guidAssignments"]["-1"]
    assert len(guids(answer, "CREATE")) == 2


def test_a_reference_by_key_finds_what_is_stored(atlan):
    answer = atlan.save(column("-1", "by key", table=key("Table", "db/orders")))
    assert guids(answer, "UPDATE") == [atlan.names["table"]]


def test_relations_in_attributes_count_but_null_there_does_not(atlan):
    sent = column("-1", "in attributes")
    sent["attributes"]["table"] = ref("Table", "<table>")
    guid = atlan.guid(sent)
    again = column("-2", "in attributes")
    again["attributes"]["table"] = None
    atlan.save(again)
    held = atlan.get(guid)["relationshipAttributes"]["table"]
    assert held["guid"] == atlan.names["table"]


@pytest.mark.parametrize("nothing", [[], None])
def test_nothing_in_relationship_attributes_clears(atlan, nothing):
    child = atlan.guid(column("-1", f"cleared {nothing}", table=ref("Table", "<table>")))
    answer = atlan.save(column("-1", f"cleared {nothing}", table=nothing))
    assert atlan.ends(child, "table") == []
    assert set(guids(answer, "UPDATE")) == {child, atlan.names["table"]}


def test_relations_are_replaced_appended_and_removed(atlan):
    one, two, three = (atlan.guid(column("-1", f"part {n}")) for n in range(3))
    owner = table("-1", "owner", relationshipAttributes={"columns": [ref("Column", one)]})
    guid = atlan.guid(owner)

    def change(**maps):
        atlan.save({**table(guid, "owner"), **maps})
        return set(atlan.ends(guid, "columns"))

    append = {"columns": [ref("Column", two), ref("Column", three)]}
    assert change(appendRelationshipAttributes=append) == {one, two, three}
    assert change(removeRelationshipAttributes={"columns": [ref("Column", one)]}) == {two, three}
    assert change(relationshipAttributes={"columns": [ref("Column", one)]}) == {one}
    assert atlan.ends(two, "table") == []


def test_appending_what_is_there_changes_nothing(atlan):
    child = atlan.guid(column("-1", "already", table=ref("Table", "<table>")))
    again = {"appendRelationshipAttributes": {"columns": [ref("Column", child)]}}
    assert "mutatedEntities" not in atlan.save({**table("<table>", "orders"), **again})


def test_referred_entities_are_saved_with_the_one_that_refers_to_them(atlan):
    body = {
        "entities": [column("-1", "refers", table=ref("Table", "-100"))],
        "referredEntities": {"-100": table("-100", "referred"), "-101": table("-101", "lonely")},
    }
    answer = atlan.ok("POST", "/entity/bulk", body)
    assert len(guids(answer, "CREATE")) == 2
    assert set(answer["guidAssignments"]) == {"-1", "-100"}


def test_labels_and_custom_attributes_are_kept(atlan):
    sent = {**table("-1", "labelled"), "labels": ["b", "a"], "customAttributes": {"k": "v"}}
    whole = atlan.get(atlan.guid(sent))
    assert (whole["labels"], whole["customAttributes"]) == (["a", "b"], {"k": "v"})


def test_labels_alone_are_stored_and_named_nowhere(atlan):
    guid = atlan.guid({**table("-1", "silent"), "labels": ["a"]})
    assert atlan.save({**table(guid, "silent"), "labels": ["b"]}) == {"guidAssignments": {}}
    assert atlan.get(guid)["labels"] == ["b"]
    assert atlan.save({**table(guid, "silent"), "labels": []}) == {"guidAssignments": {}}
    assert atlan.get(guid)["labels"] == []


def test_labels_beside_another_change_are_stored_with_it(atlan):
    guid = atlan.guid(table("-1", "labelled too"))
    changed = table(guid, "labelled too", attributes={"description": "d"})
    assert guids(atlan.save({**changed, "labels": ["b"]}), "UPDATE") == [guid]
    assert atlan.get(guid)["labels"] == ["b"]


def test_a_view_with_the_key_of_a_table_is_another_entity(atlan):
    guid = atlan.guid(table("-1", "typed"))
    view = {**table("-1", "typed"), "typeName": "View"}
    assert atlan.guid(view) != guid


def test_the_first_of_two_entities_with_one_guid_counts(atlan):
    answer = atlan.save(table("-1", "first of two"), table("-1", "second of two"))
    [header] = answer["mutatedEntities"]["CREATE"]
    assert header["attributes"]["name"] == "first of two"


def test_a_real_guid_that_is_not_there_is_mapped_to_what_the_key_finds(atlan):
    guid = atlan.guid(table("-1", "mapped"))
    assert atlan.save(table("gone", "mapped")) == {"guidAssignments": {"gone": guid}}


def test_an_entity_of_an_abstract_type_is_created(atlan):
    guid = atlan.guid({**table("-1", "abstract"), "typeName": "Asset"})
    assert atlan.get(guid)["typeName"] == "Asset"


def test_an_unknown_attribute_of_custom_metadata_is_dropped_without_a_word(atlan):
    [known] = atlan.ok("GET", "/types/typedefs", type="business_metadata")["businessMetadataDefs"]
    score = next(one["name"] for one in known["attributeDefs"] if one["displayName"] == "Score")
    sent = {known["name"]: {"none": 1, score: 2}}
    guid = atlan.guid(table("-1", "half known", businessAttributes=sent))
    assert atlan.get(guid)["businessAttributes"] == {known["name"]: {score: 2.0}}


# links


@pytest.mark.parametrize("where", ["attributes", "relationshipAttributes"])
@pytest.mark.parametrize("wrap", [list, dict])
def test_a_link_takes_its_asset_in_every_documented_form(atlan, where, wrap):
    name = f"form {where} {wrap.__name__}"
    sent = link("-1", qualified_name=name)
    reference = key("Table", "db/orders")
    sent["relationshipAttributes"] = {}
    sent[where] = {**sent[where], "asset": [reference] if wrap is list else reference}
    answer = atlan.save(sent)
    assert len(guids(answer, "CREATE")) == 1
    assert guids(answer, "UPDATE") == [atlan.names["table"]]
    whole = atlan.get(answer["guidAssignments"]["-1"])
    assert whole["relationshipAttributes"]["asset"]["guid"] == atlan.names["table"]


def test_a_link_sent_again_is_updated(atlan):
    guid = atlan.guid(link("-1", "https://a.org", qualified_name="again"))
    answer = atlan.save(link("-1", "https://b.org", qualified_name="again"))
    assert guids(answer, "UPDATE") == [guid]
    assert atlan.get(guid)["attributes"]["link"] == "https://b.org"


def test_a_link_belongs_to_one_asset_at_a_time(atlan):
    other = atlan.guid(table("-1", "other"))
    guid = atlan.guid(link("-1", qualified_name="moved"))
    answer = atlan.save(link("-1", asset=other, qualified_name="moved"))
    assert set(guids(answer, "UPDATE")) == {guid, other, atlan.names["table"]}
    assert guid not in atlan.ends("<table>", "links")


URLS = [
    "https://example.org",
    "http://x:8080/a?b=c&d=e#f",
    "ftp://files.org/a (1).txt",
    "ftps://files.org/a",
    "mailto:ann@example.org",
    "/relative/path?x=1",
    "#place",
    "https://example.org/über",
    " https://example.org ",
]


@pytest.mark.parametrize("url", URLS)
def test_urls_that_pass(atlan, url):
    assert atlan.guid(link("-1", url, qualified_name=f"passes {url}"))


def test_a_readme_is_one_per_asset(atlan):
    def readme(name):
        return {
            "typeName": "Readme",
            "guid": "-1",
            "attributes": {"name": name, "qualifiedName": name, "description": "%3Cp%3E"},
            "relationshipAttributes": {"asset": ref("Table", "<table>")},
        }

    first, second = atlan.guid(readme("r1")), atlan.guid(readme("r2"))
    assert atlan.ends("<table>", "readme") == [second]
    assert atlan.ends(first, "asset") == []


# text length


def test_the_longest_text_passes(atlan):
    assert atlan.guid(table("-1", "long", attributes={"description": "x" * 100_000}))
