"""What a fetch finds on a server: objects by name, assets by qualifiedName, anything by guid."""

from msgspec import structs

from importer.targets.protocol import Query
from tests.targets.atlas.build import asset, at, found, land, made
from tests.targets.build import (
    ANCHOR,
    CATEGORY,
    GLOSSARY,
    PARENT,
    TERM,
    category,
    delete,
    glossary,
    term,
    update,
)

TERMS = "relationshipAttributes.terms"
MEANINGS = "relationshipAttributes.meanings"
NOBODY = "00000000-0000-0000-0000-000000000000"


def test_a_glossary_with_all_that_is_in_it_is_found_again_parents_first(atlas, anchor, name):
    outer = made(atlas, category(anchor, name, "B"))
    inner = made(atlas, category(anchor, name, "B", "A", parent=outer))
    one = made(
        atlas, term(anchor, name, "T", relations={"relationshipAttributes.categories": inner})
    )
    other = made(atlas, term(anchor, name, "U", relations={"relationshipAttributes.synonyms": one}))
    lives = found(atlas, **{CATEGORY: {(name, "B", "A")}, TERM: {(name, "T")}})
    assert [live.key for live in lives[:3]] == [(name,), (name, "B"), (name, "B", "A")]
    assert {live.key for live in lives[3:]} == {(name, "T"), (name, "U")}
    assert lives[2].relations == {ANCHOR: (anchor,), PARENT: (outer,), TERMS: (one,)}
    by_id = {live.id: live for live in lives}
    assert by_id[one.id].relations["relationshipAttributes.synonyms"] == (other,)
    assert by_id[other.id].relations["relationshipAttributes.synonyms"] == (one,)


def test_only_the_kinds_that_are_asked_for_are_read(atlas, anchor, name):
    made(atlas, category(anchor, name, "A"))
    made(atlas, term(anchor, name, "T"))
    lives = found(atlas, **{TERM: {(name, "T")}})
    assert [live.type for live in lives] == [GLOSSARY, TERM]


def test_an_object_named_by_its_qualified_name_brings_its_glossary(atlas, anchor, name):
    made(atlas, term(anchor, name, "T"))
    lives = list(atlas.fetch(Query(identities={TERM: {f"T@{name}", f"U@{name}"}})))
    assert [live.key for live in lives] == [(name,), (name, "T")]


def test_a_renamed_glossary_is_found_by_its_name(atlas, anchor, name):
    land(atlas, update(at(atlas, GLOSSARY, name), attributes={"name": f"{name} e.g."}))
    assert at(atlas, GLOSSARY, f"{name} e.g.").id == anchor.id


def test_a_glossary_that_looks_alike_comes_without_what_is_in_it(atlas, name):
    anchor = made(atlas, glossary(f"{name} ABC"))
    made(atlas, term(anchor, f"{name} ABC", "T"))
    lives = found(atlas, **{TERM: {(f"{name}  abc", "T")}})
    assert [live.key for live in lives] == [(f"{name} ABC",)]


def test_unknown_guids_and_types_and_names_are_not_there(atlas, anchor, name):
    query = Query(
        keys={"Nix": {("Nix", "q")}, "sample_table": {("sample_table", name)}},
        ids={NOBODY, anchor.id, *(f"{NOBODY[:-2]}{n:02}" for n in range(1, 20))},
        identities={"Nix": {"q"}},
    )
    assert [live.id for live in atlas.fetch(query)] == [anchor.id]


def test_more_objects_than_one_request_names_are_all_found_once(atlas, anchor, name):
    labels = [f"T{n} with a name of some length" for n in range(130)]
    land(atlas, *(term(anchor, name, one) for one in labels))
    lives = found(atlas, **{TERM: {(name, labels[0])}})
    assert sorted(live.key[-1] for live in lives[1:]) == sorted(labels)
    names = {f"{one}@{name}" for one in labels}
    lives = list(atlas.fetch(Query(identities={TERM: names})))
    assert len(lives) == len(labels) + 1


def test_a_whole_fetch_adds_the_assets_that_have_terms_and_all_of_a_type(atlas, anchor, name):
    one = made(atlas, term(anchor, name, "T"))
    used = structs.replace(asset("hive_table", f"{name}-used"), relations={MEANINGS: (one,)})
    made(atlas, used)
    made(atlas, asset("hive_table", f"{name}-unused"))
    made(atlas, asset("sample_table", f"{name}-other"))
    gone = made(atlas, asset("sample_table", f"{name}-gone"))
    land(atlas, delete(at(atlas, "sample_table", "sample_table", f"{name}-gone")))
    query = Query(keys={GLOSSARY: set(), TERM: set(), "sample_table": set()}, whole=True)
    lives = {live.id: live for live in atlas.fetch(query)}
    mine = {live.key[-1] for live in lives.values() if live.key[-1].startswith(name)}
    assert mine == {name, f"{name}-used", f"{name}-other"}
    assert gone.id not in lives


def test_assets_are_found_by_type_and_name(atlas, table):
    qualified_name, ref = table
    live = at(atlas, "sample_table", "sample_table", qualified_name)
    assert (live.id, live.identities) == (ref.id, (qualified_name,))
    by_id = list(atlas.fetch(Query(ids={ref.id})))
    assert by_id == [live]
