"""The requests that random workbooks cause: their order, their size, their GUIDs."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.pipeline.bench import building, category, desk, floor, glossary, space, term
from tests.pipeline.raw_api import CATEGORY, GLOSSARY, TERM, related

FEW = settings(
    max_examples=8,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a run is too slow to be tried a hundred times
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
NAMES = "abcdefg"
RELATIONS = ("Synonyms", "See also", "Is a")


@st.composite
def glossaries(draw):
    """Sheets of a glossary in any row order; every parent and every related term is in them."""
    paths = {}
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True)):
        above = draw(st.sampled_from(["", *paths.values()]))
        paths[name] = f"{above} > {name}" if above else name
    names = [f"t{number}" for number in range(draw(st.integers(1, 7)))]
    terms = [_term(draw, name, names, [*paths.values()]) for name in names]
    categories = [category(name, path.rpartition(" > ")[0]) for name, path in paths.items()]
    return {
        "Terms": draw(st.permutations(terms)),
        "Categories": draw(st.permutations(categories)),
        "Glossaries": [glossary()],
    }


def _term(draw, name, names, categories):
    others = st.lists(st.sampled_from([n for n in names if n != name] or [""]), max_size=2)
    related = {heading: ";".join(set(draw(others)) - {""}) for heading in RELATIONS}
    within = draw(st.lists(st.sampled_from(categories), max_size=2, unique=True))
    return term(name, Categories=";".join(within)) | related


@st.composite
def portfolios(draw):
    """Sheets of a portfolio in any row order; desks stand on floors or in spaces."""
    floors = [f"f{number}" for number in range(draw(st.integers(1, 3)))]
    spaces = {f"s{n}": draw(st.sampled_from(floors)) for n in range(draw(st.integers(0, 4)))}
    desks = []
    for number in range(draw(st.integers(0, 5))):
        inside = draw(st.sampled_from([None, *spaces]))
        where = spaces[inside] if inside else draw(st.sampled_from(floors))
        desks.append(desk(f"d{number}", where, Space=inside))
    rows = {
        "Desks": desks,
        "Spaces": [space(name, where) for name, where in spaces.items()],
        "Floors": [floor(name) for name in floors],
        "Buildings": [building()],
    }
    return {name: draw(st.permutations(some)) for name, some in rows.items() if some}


def _guids(value):
    """Every guid that a value refers to."""
    if isinstance(value, dict):
        yield from [value["guid"]] if "guid" in value else []
        for inner in value.values():
            yield from _guids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _guids(inner)


def _references(entity):
    parts = [part for name, part in entity.items() if name.endswith("elationshipAttributes")]
    return set(_guids(parts))


@FEW
@given(sheets=glossaries())
def test_a_reference_is_sent_after_its_target_exists(bench, sheets):
    """Every reference on the wire is a guid that Atlan gave: none is temporary, none is ahead."""
    bench.empty_the_sandbox()
    result = bench.glossary(sheets)
    assert result.counts == {"created": len(bench.rows(result))}
    for body in bench.bodies():
        for entity in body["entities"]:
            assert not [guid for guid in _references(entity) if guid.startswith("-")]
    _related_as_stated(bench, sheets["Terms"])
    assert bench.silent(lambda: bench.glossary(sheets)).exit_status == 0


def _related_as_stated(bench, rows):
    """The live relations are those stated at either end, and no others."""
    stated = {(row["Term"], other) for row in rows for other in _listed(row["Synonyms"])}
    both = stated | {(other, one) for one, other in stated}
    found = {
        (name, other)
        for name, one in bench.atlan.terms().items()
        for other in related(one, "synonyms")
    }
    assert found == both


def _listed(text):
    return [item for item in text.split(";") if item]


@FEW
@given(sheets=portfolios())
def test_parents_are_added_before_their_children(bench, sheets):
    """A parentId comes from an earlier answer, and every asset is where its row says."""
    bench.empty_the_sandbox()
    result = bench.portfolio(sheets)
    assert result.counts == {"created": len(bench.rows(result))}
    places = bench.trebellar.places()
    for row in sheets.get("Desks", []):
        where = [row[name] for name in ("Building", "Floor", "Space", "Desk") if row.get(name)]
        assert tuple(where) in places
    assert bench.silent(lambda: bench.portfolio(sheets)).exit_status == 0


def test_a_bare_name_means_the_same_in_the_second_run(bench):
    """A name that is unique without its path stays so when file and target both have it."""
    sheets = {
        "Terms": [term("T", Categories="A; C")],
        "Categories": [category("A"), category("B", "A"), category("C", "B")],
        "Glossaries": [glossary()],
    }
    assert bench.glossary(sheets).counts == {"created": 5}
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 5}


def _terms(count):
    return [term(f"t{number:02}") for number in range(count)]


@pytest.mark.parametrize(("wanted", "size"), [(None, 20), (7, 7), (1, 1)])
def test_a_batch_has_twenty_rows_or_the_size_given(bench, wanted, size):
    bench.glossary({"Glossaries": [glossary()], "Terms": _terms(23)}, batch_size=wanted)
    sizes = [len(body["entities"]) for body in bench.bodies()[1:]]
    assert sorted(sizes, reverse=True) == [size] * (23 // size) + [23 % size] * bool(23 % size)


def test_a_batch_has_one_level(bench):
    """Glossary, category, its category, terms, their relations, links: each after the other."""
    bench.glossary(
        {
            "Links": [{**term("A"), "Title": "x", "URL": "https://example.com"}],
            "Terms": [term("A", Synonyms="B", Categories="C2"), term("B")],
            "Categories": [category("C2", "C1"), category("C1")],
            "Glossaries": [glossary()],
        }
    )
    sent = [[one["typeName"] for one in body["entities"]] for body in bench.bodies()]
    assert sent == [[GLOSSARY], [CATEGORY], [CATEGORY], [TERM, TERM], [TERM], ["Link"]]


def test_a_new_entity_has_a_temporary_guid_and_an_existing_one_its_own(bench):
    sheets = {"Glossaries": [glossary()], "Terms": _terms(5)}
    bench.glossary(sheets)
    for body in bench.bodies():
        guids = [one["guid"] for one in body["entities"]]
        assert len(set(guids)) == len(guids)
        assert all(guid.startswith("-") for guid in guids)
    before = len(bench.bodies())
    bench.glossary({"Terms": [row | {"Usage": "new"} for row in _terms(5)]})
    [body] = bench.bodies()[before:]
    live = {entity["guid"] for entity in bench.atlan.all(TERM)}
    assert {one["guid"] for one in body["entities"]} == live


def test_terms_that_name_each_other_go_out_first_and_their_relations_after(bench):
    """A cycle among terms is legal: all terms exist before any relation is sent."""
    rows = [term("A", See_also="B"), term("B", See_also="C"), term("C", See_also="A")]
    bench.glossary({"Glossaries": [glossary()], "Terms": rows}, batch_size=1)
    sent = [body["entities"][0] for body in bench.bodies()[1:]]
    assert ["appendRelationshipAttributes" in one for one in sent] == [False] * 3 + [True] * 3
    terms = bench.atlan.terms()
    assert {name: related(one, "seeAlso") for name, one in terms.items()} == {
        "A": ["B", "C"],
        "B": ["A", "C"],
        "C": ["A", "B"],
    }


def test_deletions_go_last_and_children_first(bench):
    """Deletes follow everything else; a floor follows the assets on it."""
    sheets = {"Buildings": [building()], "Floors": [floor("1")], "Desks": [desk("d", "1")]}
    bench.portfolio(sheets)
    before = len(bench.bodies())
    gone = {name: [{**row, "Action": "delete"} for row in rows] for name, rows in sheets.items()}
    result = bench.portfolio(gone | {"Buildings": [*gone["Buildings"], building("New")]})
    sent = [[one["type"] for one in body["operations"]] for body in bench.bodies()[before:]]
    assert sent == [["add"], ["delete"], ["delete"], ["delete"]]
    assert result.counts == {"created": 1, "deleted": 3}
    assert list(bench.trebellar.places()) == [("New",)]


@pytest.mark.slow(6)
def test_a_list_longer_than_one_chunk_of_rows(bench):
    """1,100 terms, each related to the first and the last: counted once, related once."""
    count = 1100
    rows = [term(f"t{n}", See_also="t0; t1099" if 0 < n < count - 1 else "") for n in range(count)]
    result = bench.glossary({"Glossaries": [glossary()], "Terms": rows}, batch_size=200)
    assert result.counts == {"created": count + 1}
    terms = bench.atlan.terms()
    assert len(related(terms["t0"], "seeAlso")) == len(related(terms["t1099"], "seeAlso")) == 1098
    again = bench.silent(lambda: bench.glossary({"Terms": rows}))
    assert again.counts == {"unchanged": count}
