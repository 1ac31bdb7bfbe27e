"""A 200 that is not what its call answers is an error, never a target that holds nothing."""

import pytest

from importer.errors import TargetUnreachable
from importer.targets.protocol import InDoubt, Query
from importer.targets.shape import WrongShape, demand, list_of, object_with, text
from tests.targets.build import GLOSSARY, KINDS, delete, held, one_change, update
from tests.targets.scripted import HTML, Says

TERM_HIT = {"guid": "t", "typeName": "AtlasGlossaryTerm", "attributes": {}}

STRANGE = {
    "nothing": {},
    "another server's ok": {"status": "ok"},
    "a list": [],
    "a list of objects": [{"id": "a"}],
    "null": None,
    "a number": 7,
    "a text": "ok",
    "entities that are no list": {"entities": {"guid": "g"}, "data": {"id": "a"}},
    "entities that are no objects": {"entities": ["a"], "data": ["a"]},
    "entities of null": {"entities": [None], "data": [None]},
    "entities without an id": {"entities": [{"typeName": "X"}], "data": [{"type": "X"}]},
    "an id that is no text": {
        "entities": [{"guid": 7, "typeName": "X", "attributes": {}}],
        "data": [{"id": 7}],
    },
    "a part that is no object": {
        "entities": [{"guid": "g", "typeName": "X", "attributes": ["a"]}],
        "data": [{"id": "a", "staticProperties": ["a"]}],
    },
    "a count alone that is no number": {"approximateCount": "0", "data": None},
}
CALLS = {
    "atlan": "POST /api/meta/search/indexsearch",
    "atlas": "POST /search/basic",
    "trebellar": "GET /api/v2/assets",
}
DEFINITIONS = {"classificationDefs": [], "entityDefs": [{"name": "hive_table"}]}


@pytest.fixture
def target(system, against, scripted):
    """A target whose names are read already, where it has some."""
    opened = against(system)
    if system != "trebellar":
        scripted.will_say(Says(200, DEFINITIONS))
        opened.names()
    scripted.requests.clear()
    return opened


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE)
def test_a_strange_answer_to_a_fetch_names_the_call_and_what_came(body, target, system, scripted):
    scripted.will_say(Says(200, "null" if body is None else body))
    with pytest.raises(TargetUnreachable) as caught:
        list(target.fetch(Query(keys={KINDS[system]: {("A",)}}, whole=True)))
    assert CALLS[system] in str(caught.value)
    assert f"(HTTP 200): {'null' if body is None else ''}" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("body", STRANGE.values(), ids=STRANGE)
def test_a_strange_answer_to_a_look_up_does_not_say_that_nothing_landed(body, target, scripted):
    """Else what may have been carried out would be sent a second time.

    To Apache Atlas 2.1.0 an empty object is the answer that it has none of several names: sent
    again, an entity of such a name is found by it.
    """
    scripted.will_say(Says(200, "null" if body is None else body))
    if target.system == "atlas" and body == {}:
        assert target.find([one_change(target.system)]) == {}
        return
    with pytest.raises(TargetUnreachable):
        target.find([one_change(target.system)])


@pytest.mark.parametrize("body", [{}, {"status": "ok"}, [], 7, {"mutatedEntities": ["a"]}])
def test_a_strange_answer_to_a_batch_leaves_it_in_doubt(body, target, system, scripted):
    live = held(KINDS[system], "g", "A", typeName=KINDS[system], attributes={"name": "A"})
    for change in (one_change(system), update(live, label="B", attributes={"name": "B"})):
        scripted.will_say(Says(200, body))
        assert isinstance(target.submit([change]), InDoubt)


def test_a_deletion_that_another_server_answers_is_in_doubt(against, scripted):
    scripted.will_say(Says(200, {"status": "ok"}))
    assert isinstance(against("atlan").submit([delete(held(GLOSSARY, "g", "A"))]), InDoubt)


@pytest.mark.parametrize("body", [{}, {"status": "ok"}, [], {"classificationDefs": ["PII"]}])
def test_strange_names_are_an_error_not_a_tenant_without_tags(body, against, scripted):
    scripted.will_say(Says(200, body))
    with pytest.raises(TargetUnreachable, match="GET /api/meta/types/typedefs"):
        against("atlan").names()


def test_a_page_that_says_404_does_not_say_that_an_asset_is_gone(against, scripted):
    scripted.will_say(Says(404, HTML))
    with pytest.raises(TargetUnreachable, match="Is the base URL right"):
        against("trebellar").ping()


def test_a_relation_that_leads_to_no_object_is_named(against, scripted):
    hit = {**TERM_HIT, "attributes": {"synonyms": ["b"]}}
    target = against("atlan")
    scripted.will_say(Says(200, {"entities": [hit]}))
    with pytest.raises(TargetUnreachable, match=r"`entities\[0\].attributes.synonyms\[0\]` is a"):
        target.ping()


def test_a_glossary_without_its_qualified_name_is_not_an_empty_one(against, scripted):
    target = against("atlan")
    hit = {"guid": "g", "typeName": GLOSSARY, "attributes": {"name": "A"}}
    scripted.will_say(
        Says(200, {"classificationDefs": []}),
        Says(200, {"businessMetadataDefs": []}),
        Says(200, {"enumDefs": []}),
        Says(200, {"entities": [hit], "approximateCount": 1}),
    )
    with pytest.raises(TargetUnreachable, match=r"no qualifiedName of the glossary A \(g\)"):
        list(target.fetch(Query(keys={GLOSSARY: {("A",)}})))


def test_an_answer_that_nests_without_end_is_an_answer_of_no_use(system, target, scripted):
    deep = '{"children":[' * 500 + '{"id":"z"}' + "]}" * 500
    body = f'{{"data":[{deep}],"entities":[{deep}]}}'
    for status in (200, 400):
        scripted.will_say(Says(status, body))
        with pytest.raises(TargetUnreachable):
            list(target.fetch(Query(keys={KINDS[system]: {("A",)}}, whole=True)))


def test_the_token_is_masked_in_what_came(system, against, scripted):
    scripted.will_say(Says(200, {"status": "key a-token-nobody-may-see"}))
    with pytest.raises(TargetUnreachable) as caught:
        against(system).ping()
    assert "a-token-nobody-may-see" not in str(caught.value)


def test_a_shape_says_where_it_is_not_met():
    shape = object_with({"rows": list_of(object_with({"name": text}))})
    demand(shape, {"rows": [{"name": "a", "more": 1}]})
    with pytest.raises(WrongShape, match=r"^`rows\[1\].name` is a number, not a text$"):
        demand(shape, {"rows": [{"name": "a"}, {"name": 7}]})
