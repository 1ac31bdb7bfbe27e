"""What a bulk save of Apache Atlas stores, and what its answer names."""

import pytest

from tests.sandbox.atlas.build import UNKNOWN, entity, glossary, key, ref, table, term


@pytest.fixture(scope="module", autouse=True)
def world(atlas):
    atlas.save(glossary(), term("-t", "t", "-g"), table("-tb", "tb"))


def test_the_qualified_name_stays_as_it_was_sent_and_is_the_key(atlas):
    answer = atlas.save(glossary("-again", "g", attributes={"shortDescription": "s"}))
    assert atlas.mutated(answer) == {"UPDATE": {"g"}}
    assert atlas.names["again"] == atlas.names["g"]
    assert atlas.get("g")["attributes"]["qualifiedName"] == atlas.named("<run>g")


def test_a_term_names_the_glossary_it_is_put_into(atlas):
    answer = atlas.save(term("-t2", "t2"))
    assert atlas.mutated(answer) == {"CREATE": {"t2"}, "UPDATE": {"g"}}
    assert atlas.ends("t2", "anchor") == ["g"]
    assert "t2" in atlas.ends("g", "terms")


def test_what_is_unchanged_is_named_nowhere(atlas):
    again = {"entities": [glossary("-x", "same"), table("-y", "same")]}
    atlas.ok("POST", "/entity/bulk", again)
    answer = atlas.ok("POST", "/entity/bulk", again)
    assert list(answer) == ["guidAssignments"]
    assert set(answer["guidAssignments"]) == {"-x", "-y"}


def test_a_real_guid_is_not_among_the_assignments(atlas):
    assert atlas.save(table("<tb>", "tb")) == {"guidAssignments": {}}


def test_an_unknown_guid_is_mapped_to_what_the_key_finds(atlas):
    answer = atlas.save(table(UNKNOWN, "tb"))
    assert answer == {"guidAssignments": {UNKNOWN: atlas.names["tb"]}}


def test_an_entity_without_a_guid_is_given_one(atlas):
    sent = table("-", "nameless")
    del sent["guid"]
    [(temporary, guid)] = atlas.save(sent)["guidAssignments"].items()
    assert temporary.startswith("-")
    assert atlas.ok("GET", f"/entity/guid/{guid}")["entity"]["attributes"]["name"] == "nameless"


def test_of_two_entities_with_one_guid_the_first_counts(atlas):
    atlas.save(glossary("-first", "first"), glossary("-first", "second"))
    assert atlas.get("first")["attributes"]["name"] == "first"


def test_two_new_entities_with_one_key_are_one_and_the_last_counts(atlas):
    answer = atlas.save(
        glossary("-one", "both"), glossary("-two", "both", attributes={"usage": "u"})
    )
    assert atlas.names["one"] == atlas.names["two"]
    assert list(answer["mutatedEntities"]) == ["CREATE"]
    assert atlas.get("one")["attributes"]["usage"] == "u"


def test_what_is_left_out_stays_and_null_clears(atlas):
    atlas.save(glossary("-c", "c", attributes={"usage": "u", "language": "l"}))
    atlas.save(glossary("<c>", "c", attributes={"usage": None}))
    held = atlas.get("c")["attributes"]
    assert (held["usage"], held["language"]) == (None, "l")


def test_unknown_attributes_are_dropped_without_a_word(atlas):
    unknown = {"certificateStatus": "VERIFIED", "displayName": "d"}
    atlas.save(glossary("-u", "u", attributes=unknown))
    assert not unknown.keys() & atlas.get("u")["attributes"].keys()
    again = glossary("<u>", "u", attributes={"displayName": "e"})
    assert atlas.save(again) == {"guidAssignments": {}}


VALUES = [
    ("comment", 7, "7"),
    ("comment", ["a", "b"], "[a, b]"),
    ("comment", {"a": 1}, "{a=1}"),
    ("comment", "", ""),
    ("retention", "12", 12),
    ("retention", None, 0),
    ("temporary", "TRUE", True),
    ("temporary", None, False),
    ("createTime", "2024-01-31T00:00:00.000Z", 1706659200000),
    ("createTime", None, 0),
    ("aliases", ["b", "a", "b"], ["b", "a", "b"]),
    ("aliases", ["a", None], ["a"]),
    ("aliases", [], []),
    ("owner", None, None),
]


@pytest.mark.parametrize(("attribute", "sent", "kept"), VALUES)
def test_values_are_kept_in_the_type_of_their_attribute(atlas, attribute, sent, kept):
    atlas.save(table("-v", f"v {attribute} {sent}", attributes={attribute: sent}))
    assert atlas.get("v")["attributes"][attribute] == kept


def test_numbers_flags_and_dates_that_nobody_set_are_nought(atlas):
    atlas.save(table("-n", "n"))
    held = atlas.get("n")["attributes"]
    assert (held["retention"], held["temporary"], held["createTime"]) == (0, False, 0)


def test_a_map_keeps_texts_and_null(atlas):
    free = {"a": 1, "b": True, "c": None}
    atlas.save(glossary("-m", "m", attributes={"additionalAttributes": free}))
    kept = {"a": "1", "b": "true", "c": None}
    assert atlas.get("m")["attributes"]["additionalAttributes"] == kept


@pytest.mark.parametrize("order", [1, -1])
def test_temporary_guids_point_forward_and_back(atlas, order):
    name = f"order {order}"
    both = [glossary("-og", name), term("-ot", name, "-og")]
    assert atlas.mutated(atlas.save(*both[::order])) == {"CREATE": {"og", "ot"}}
    assert atlas.ends("ot", "anchor") == ["og"]


def test_a_reference_by_key_finds_what_is_stored(atlas):
    atlas.save(entity("AtlasGlossaryTerm", "-k", "k", {"anchor": key("AtlasGlossary", "g")}))
    assert atlas.ends("k", "anchor") == ["g"]


def test_a_relation_may_stand_among_the_attributes_where_null_is_nothing(atlas):
    atlas.save(glossary("-ig", "ig"))
    plain = {"anchor": ref("AtlasGlossary", "<ig>")}
    atlas.save(entity("AtlasGlossaryTerm", "-it", "it", attributes=plain))
    assert atlas.ends("it", "anchor") == ["ig"]


def test_a_create_takes_tags_labels_and_metadata_and_an_update_ignores_them(atlas):
    extras = {
        "labels": ["b", "a"],
        "classifications": [{"typeName": "Confidential", "attributes": {"level": "high"}}],
        "businessAttributes": {"Stewardship": {"steward": "ann", "priority": "3"}},
    }
    answer = atlas.save(table("-e", "e", **extras))
    assert answer["mutatedEntities"]["CREATE"][0]["classificationNames"] == []
    other = {**extras, "labels": [], "classifications": [], "businessAttributes": {}}
    assert atlas.save(table("<e>", "e", **other)) == {"guidAssignments": {}}
    held = atlas.get("e")
    assert sorted(held["labels"]) == ["a", "b"]
    [tag] = held["classifications"]
    assert tag["attributes"] == {"level": "high", "until": 0}
    assert held["businessAttributes"] == {"Stewardship": {"steward": "ann", "priority": 3}}


def test_free_attributes_are_replaced_by_an_update(atlas):
    atlas.save(table("-f", "f", customAttributes={"a": "b"}))
    answer = atlas.save(table("<f>", "f", customAttributes={"c": "d"}))
    assert atlas.mutated(answer) == {"UPDATE": {"f"}}
    assert atlas.get("f")["customAttributes"] == {"c": "d"}
    atlas.save(table("<f>", "f", customAttributes={}))
    assert atlas.get("f")["customAttributes"] == {}


def test_a_status_is_ignored_though_the_answer_names_the_entity(atlas):
    answer = atlas.save(table("<tb>", "tb", status="DELETED"))
    assert atlas.mutated(answer) == {"UPDATE": {"tb"}}
    assert atlas.get("tb")["status"] == "ACTIVE"


def test_a_new_qualified_name_moves_the_key(atlas):
    atlas.save(table("-r", "r"))
    atlas.save(table("<r>", "r2"))
    assert atlas.get("r")["attributes"]["qualifiedName"] == atlas.named("<run>r2")
    assert atlas.mutated(atlas.save(table("-r3", "r"))) == {"CREATE": {"r3"}}


def test_append_and_remove_maps_are_ignored(atlas):
    more = {"synonyms": [ref("AtlasGlossaryTerm", "<t>")]}
    sent = term("-a", "a", appendRelationshipAttributes=more, removeRelationshipAttributes=more)
    atlas.save(sent)
    assert atlas.ends("a", "synonyms") == []


def test_part_of_an_entity_is_updated_by_its_key(atlas):
    atlas.save(table("-p", "p", attributes={"comment": "c"}))
    path = "/entity/uniqueAttribute/type/hive_table?attr:qualifiedName=<run>p"
    part = {"typeName": "hive_table", "attributes": {"description": "d"}}
    answer = atlas.ok("PUT", path, {"entity": part})
    assert atlas.mutated(answer) == {"PARTIAL_UPDATE": {"p"}}
    assert [one["guid"] for one in answer["partialUpdatedEntities"]] == [atlas.names["p"]]
    held = atlas.get("p")["attributes"]
    assert (held["comment"], held["description"]) == ("c", "d")
    assert "mutatedEntities" not in atlas.ok("PUT", path, {"entity": part})


def test_a_single_attribute_is_updated_by_guid(atlas):
    answer = atlas.ok("PUT", "/entity/guid/<tb>?name=description", "new")
    assert atlas.mutated(answer) == {"PARTIAL_UPDATE": {"tb"}}
    assert atlas.get("tb")["attributes"]["description"] == "new"


def test_one_entity_is_saved_alone(atlas):
    answer = atlas.ok("POST", "/entity", {"entity": table("-1", "alone")})
    [header] = answer["mutatedEntities"]["CREATE"]
    assert header["displayText"] == "alone"
