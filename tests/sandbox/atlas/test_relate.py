"""Lists of relations in a bulk save: compared place by place, whatever is meant (Atlas 2.1)."""

import pytest

from tests.sandbox.atlas.build import (
    CATEGORY,
    GLOSSARY,
    TERM,
    category,
    entity,
    glossary,
    ref,
    table,
    term,
)

NUMBERS = (1, 2, 3, 4)


@pytest.fixture(scope="module", autouse=True)
def world(atlas):
    terms = [term(f"-t{n}", f"t{n}", "-g") for n in NUMBERS]
    categories = [category(f"-c{n}", f"c{n}", "-g") for n in NUMBERS]
    databases = [entity("hive_db", f"-d{n}", f"d{n}") for n in (1, 2)]
    atlas.save(glossary(), glossary("-other", "other"), *terms, *categories, *databases)


def with_list(owner, name, attribute, numbers):
    """The entity `name` with these at an end; terms for all but categories."""
    letter, kind = ("c", CATEGORY) if attribute == "categories" else ("t", TERM)
    ends = {attribute: [ref(kind, f"<{letter}{n}>") for n in numbers]}
    guid = f"<{name}>" if owner.startswith("<") else f"-{name}"
    return table(guid, name, ends) if attribute == "meanings" else term(guid, name, related=ends)


def after(atlas, attribute, held, wanted):
    """The ends of a new entity that held some and is given others, and whom the answer named."""
    name = f"{attribute}{held}{wanted}".replace(" ", "")
    atlas.save(with_list("-", name, attribute, []))
    for many in range(1, len(held) + 1):
        atlas.save(with_list("<", name, attribute, held[:many]))
    named = atlas.mutated(atlas.save(with_list("<", name, attribute, wanted))).get("UPDATE", set())
    return "".join(atlas.ends(name, attribute)).replace("t", "").replace("c", ""), named - {name}


LISTS = [
    ([], [1, 2], "12", "12", "12"),
    ([1, 2], [1], "1", "1", "12 gone"),
    ([1, 2], [2], "12", "122", "1 gone2"),
    ([1], [2], "12", "12", "1 gone2"),
    ([1, 2, 3], [1, 3], "123", "1233", "12 gone3"),
    ([1, 2, 3], [1], "1", "1", "12 gone3 gone"),
    ([1, 2, 3], [2, 1], "12", "11223", "123 gone"),
    ([1, 2, 3], [1, 2, 4], "1234", "1234", "123 gone4"),
    ([1, 2], [2, 1, 3], "123", "11223", "123"),
    ([1, 2], [3, 1, 2], "123", "1123", "123"),
    ([1, 2, 3], [3, 2, 1], "123", "123", "123"),
    ([1, 2], [], "", "", "1 gone2 gone"),
]
"""Held, wanted; what is there afterwards at categories, at synonyms, at an asset's meanings."""


@pytest.mark.parametrize(("held", "wanted", "plain", "symmetric", "soft"), LISTS)
def test_a_list_is_compared_place_by_place(atlas, held, wanted, plain, symmetric, soft):
    assert after(atlas, "categories", held, wanted)[0] == plain
    assert after(atlas, "synonyms", held, wanted)[0] == symmetric
    assert after(atlas, "meanings", held, wanted)[0] == soft


NAMED = [
    ([1, 2], [1], {"c2"}),
    ([1, 2], [2], {"c1", "c2"}),
    ([1, 2], [3, 1, 2], {"c1", "c3"}),
    ([1, 2, 3], [3, 2, 1], set()),
]


@pytest.mark.parametrize(("held", "wanted", "named"), NAMED)
def test_an_answer_names_the_ends_that_were_touched(atlas, held, wanted, named):
    assert after(atlas, "categories", held, wanted)[1] == named


def test_a_relation_between_glossary_objects_can_be_made_again(atlas):
    for numbers in ([1], [], [1]):
        atlas.save(with_list("-", "again", "isA", numbers))
    assert atlas.ends("again", "isA") == ["t1"]
    assert "again" in atlas.ends("t1", "classifies")


def test_a_relation_of_an_asset_that_was_removed_is_not_made_again_by_a_list(atlas):
    for numbers in ([1, 2], [1]):
        atlas.save(with_list("-", "soft", "meanings", numbers))
    assert atlas.save(with_list("<", "soft", "meanings", [1, 2])) == {"guidAssignments": {}}
    assert atlas.ends("soft", "meanings") == ["t1", "t2 gone"]
    assert "soft gone" in atlas.ends("t2", "assignedEntities")


def test_null_is_an_empty_list_and_what_is_left_out_stays(atlas):
    atlas.save(with_list("-", "null", "categories", [1]))
    assert atlas.save(term("<null>", "null")) == {"guidAssignments": {}}
    atlas.save(term("<null>", "null", related={"categories": None}))
    assert atlas.ends("null", "categories") == []


def test_a_symmetric_relation_is_one_from_either_end(atlas):
    atlas.save(with_list("-", "s1", "antonyms", []), with_list("-", "s2", "antonyms", []))
    atlas.save(term("<s1>", "s1", related={"antonyms": [ref(TERM, "<s2>")]}))
    again = term("<s2>", "s2", related={"antonyms": [ref(TERM, "<s1>")]})
    assert atlas.save(again) == {"guidAssignments": {}}
    atlas.save(term("<s2>", "s2", related={"antonyms": []}))
    assert atlas.ends("s1", "antonyms") == []


def test_another_order_beside_another_change_doubles_a_symmetric_relation(atlas):
    atlas.save(with_list("-", "twice", "antonyms", [1, 2]))
    turned = with_list("<", "twice", "antonyms", [2, 1])
    turned["attributes"]["usage"] = "u"
    atlas.save(turned)
    assert atlas.ends("twice", "antonyms") == ["t1", "t1", "t2", "t2"]


def test_a_parent_is_set_moved_taken_away_and_set_again(atlas):
    shown = []
    for parent in ("<c1>", "<c2>", None, "<c1>"):
        end = {"parentCategory": parent and ref(CATEGORY, parent)}
        atlas.save(category("-child", "child", related=end))
        shown.append(atlas.ends("child", "parentCategory"))
    assert shown == [["c1"], ["c2"], [], ["c1"]]
    assert "parentCategory" not in atlas.get("c4")["relationshipAttributes"]


def test_a_term_moves_to_another_glossary_and_back(atlas):
    atlas.save(term("-moved", "moved"))
    answer = atlas.save(term("<moved>", "moved", "<other>"))
    assert atlas.mutated(answer) == {"UPDATE": {"moved", "g", "other"}}
    assert atlas.ends("moved", "anchor") == ["other"]
    atlas.save(term("<moved>", "moved"))
    assert (atlas.ends("moved", "anchor"), atlas.ends("other", "terms")) == (["g"], [])


def test_a_single_end_of_an_asset_shows_what_was_removed_and_takes_it_no_more(atlas):
    shown = []
    for database in ("<d1>", "<d2>", "<d1>", None, "<d1>"):
        end = {"db": database and ref("hive_db", database)}
        atlas.save(table("-single", "single", end))
        shown.append(atlas.ends("single", "db"))
    assert shown == [["d1"], ["d2"], ["d1"], ["d1 gone"], ["d1 gone"]]


@pytest.mark.parametrize("part", ["attributes", "relationshipAttributes"])
def test_the_inputs_of_a_process_are_an_attribute_and_a_relation(atlas, part):
    inputs = {"inputs": [ref("hive_table", "-in")]}
    sent = entity("Process", "-p", f"p {part}")
    sent[part] = {**sent.get(part, {}), **inputs}
    atlas.save(table("-in", f"in {part}"), sent)
    shown = atlas.get("p")["attributes"]
    assert [atlas.name(one["guid"]) for one in shown["inputs"]] == ["in"]
    assert shown["outputs"] == []
    assert (atlas.ends("p", "inputs"), atlas.ends("in", "inputToProcesses")) == (["in"], ["p"])


def test_attributes_of_a_relation_count_beside_its_type_only(atlas):
    about = {"typeName": "AtlasGlossaryRelatedTerm", "attributes": {"description": "why"}}
    plain = {**ref(TERM, "<t1>"), "relationshipAttributes": about}
    typed = {**ref(TERM, "<t2>"), "relationshipAttributes": about}
    typed["relationshipType"] = about["typeName"]
    atlas.save(term("-about", "about", related={"seeAlso": [plain, typed]}))
    ends = atlas.get("about")["relationshipAttributes"]["seeAlso"]
    told = {
        atlas.name(end["guid"]): end["relationshipAttributes"]["attributes"]["description"]
        for end in ends
    }
    assert told == {"t1": None, "t2": "why"}


def test_the_type_of_a_reference_with_a_guid_does_not_matter(atlas):
    atlas.save(entity(TERM, "-odd", "odd", {"anchor": ref(TERM, "<g>")}))
    assert atlas.ends("odd", "anchor") == ["g"]


def test_the_same_end_twice_is_one(atlas):
    atlas.save(with_list("-", "same", "isA", [1, 1]))
    assert atlas.ends("same", "isA") == ["t1"]


def test_a_glossary_may_take_terms_of_another_and_both_show_them(atlas):
    atlas.save(term("-shared", "shared"))
    taken = {"terms": [ref(TERM, "<shared>")]}
    answer = atlas.save(entity(GLOSSARY, "<other>", "other", taken))
    assert atlas.mutated(answer) == {"UPDATE": {"other", "shared"}}
    assert "shared" in atlas.ends("other", "terms")
    assert "shared" in atlas.ends("g", "terms")
