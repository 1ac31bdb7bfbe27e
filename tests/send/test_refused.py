"""Rows that only the target can refuse are named, and all others are imported."""

from math import ceil, log2

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from importer.targets.protocol import Accepted, Refused
from tests.pipeline.bench import building, category, desk, floor, glossary, link, space, term
from tests.pipeline.raw_api import GLOSSARY, TERM, related
from tests.send.between import Between

FEW = settings(
    max_examples=6,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a run is too slow to be tried a hundred times
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
INCLUDE = '<!--#exec cmd="ls"-->'

UNFORESEEN = {
    "an owner who is an address": ({"Owners": "http:ann"}, "ownerUsers"),
    "an announcement with an include": ({"Announcement_message": INCLUDE}, "announcementMessage"),
}


def terms(count, bad=(), **fault):
    """Terms t00, t01...; those with a number in `bad` have a fault."""
    return [term(f"t{n:02}", **(fault if n in bad else {})) for n in range(count)]


def requests_allowed(size, culprits):
    """Return how many requests bisection may need: two a level and row at fault, and one more."""
    return 1 + 2 * culprits * ceil(log2(size))


@pytest.mark.parametrize(("fault", "words"), UNFORESEEN.values(), ids=UNFORESEEN)
def test_a_refused_row_has_the_targets_own_words(bench, fault, words):
    """No check foresees it: Atlan refuses with a reason and does not name the row."""
    sheets = {"Glossaries": [glossary()], "Terms": terms(3, [1], **fault)}
    result = bench.glossary(sheets)
    assert bench.statuses(result)["Terms"] == ["created", "rejected", "created"]
    message = bench.rows(result)["Terms", 3].message
    assert words in message
    assert "ATLAS-400" in message
    assert (result.state, result.exit_status) == ("finished", 1)
    assert set(bench.atlan.terms()) == {"t00", "t02"}


@FEW
@given(bad=st.sets(st.integers(0, 19), max_size=4))
def test_a_batch_of_twenty_lands_except_its_rows_at_fault(bench, bad):
    """Bisection finds each of them; the rest exists once; the requests stay few."""
    bench.empty_the_sandbox()
    sheets = {"Glossaries": [glossary()], "Terms": terms(20, bad, Owners="http:x")}
    result = bench.glossary(sheets)
    expected = ["rejected" if number in bad else "created" for number in range(20)]
    assert bench.statuses(result)["Terms"] == expected
    assert len(bench.atlan.terms()) == 20 - len(bad)
    assert len(bench.bodies()) - 1 <= requests_allowed(20, len(bad))


def relations(bench, synonyms):
    """Twenty terms, one of them related to a term that is purged between plan and send."""
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("Gone")]})
    guid = bench.atlan.terms()["Gone"]["guid"]
    rows = [term(f"t{n:02}", Synonyms=synonyms(n)) for n in range(20)]
    run, _ = bench.prepare({"Glossaries": [glossary()], "Terms": rows}, "atlan-glossary")
    bench.atlan.purge(guid)
    before = len(bench.bodies())
    return bench.resume(run.name), bench.bodies()[before:]


def test_a_row_that_atlan_names_costs_one_more_request(bench):
    """A relation to a purged term: its guid is in the answer, so no bisection is needed."""
    result, bodies = relations(bench, lambda n: "Gone" if n == 7 else "t00" if n else "")
    outcomes = bench.statuses(result)["Terms"]
    assert [number for number, outcome in enumerate(outcomes) if outcome == "rejected"] == [7]
    assert outcomes.count("created") == 19
    assert [len(body["entities"]) for body in bodies] == [20, 19, 18]
    [rejection] = [finding for finding in result.findings if finding.code == "rejected"]
    assert (rejection.place.sheet, rejection.place.row) == ("Terms", 9)
    assert "ATLAS-404-00-00A" in rejection.message


def test_a_row_that_only_mentions_the_row_at_fault_is_sent(bench):
    """Atlan names the first entity that mentions the faulty one: here six correct ones precede."""
    result, bodies = relations(bench, lambda n: "Gone" if n == 7 else "t07" if n else "")
    outcomes = bench.statuses(result)["Terms"]
    assert [number for number, outcome in enumerate(outcomes) if outcome == "rejected"] == [7]
    assert len(bodies) - 1 <= requests_allowed(19, 1)
    expected = [f"t{n:02}" for n in range(1, 20) if n != 7]
    assert related(bench.atlan.terms()["t07"], "synonyms") == expected


def external_ids(*numbers):
    """Raw floors that take external IDs of ours under a building of their own."""
    root = {"type": "STRUCTURE", "label": "Else", "staticProperties": {"timezone": "Etc/UTC"}}
    floors = [
        {"type": "FLOOR", "label": f"x{n}", "staticProperties": {"externalId": f"F-HQ-f{n:02}"}}
        for n in numbers
    ]
    return {"type": "add", "asset": {**root, "children": floors}}


def floors(count):
    return {"Buildings": [building()], "Floors": [floor(f"f{n:02}") for n in range(count)]}


@FEW
@given(bad=st.sets(st.integers(0, 49), min_size=1, max_size=3))
def test_trebellars_empty_refusal_is_traced_to_the_rows(bench, bad):
    """Others take some external IDs after the plan: one empty 400 for all fifty."""
    bench.empty_the_sandbox()
    run, _ = bench.prepare(floors(50), "trebellar-portfolio")
    bench.trebellar.bulk(external_ids(*bad))
    before = len(bench.bodies())
    result = bench.resume(run.name)
    expected = ["rejected" if number in bad else "created" for number in range(50)]
    assert bench.statuses(result)["Floors"] == expected
    assert "gave no reason" in bench.rows(result)["Floors", 2 + min(bad)].message
    assert len(bench.bodies()) - before - 1 <= requests_allowed(50, len(bad))
    assert len(bench.trebellar.places()) == 1 + 50 - len(bad) + 1 + len(bad)


def test_a_name_taken_between_plan_and_sending_is_refused(bench):
    """The query did not find it, Atlan refuses it."""
    run, _ = bench.prepare(
        {"Glossaries": [glossary()], "Terms": terms(3)}, template="atlan-glossary"
    )
    guid = bench.atlan.add(GLOSSARY, "Finance")
    result = bench.resume(run.name)
    assert bench.statuses(result) == {"Glossaries": ["rejected"], "Terms": ["blocked"] * 3}
    assert "already exists" in bench.rows(result)["Glossaries", 2].message
    assert [one["guid"] for one in bench.atlan.all(GLOSSARY)] == [guid]


def test_a_term_taken_between_plan_and_sending_is_the_only_one_refused(bench):
    anchor = bench.atlan.add(GLOSSARY, "Finance")
    run, _ = bench.prepare({"Terms": terms(5)}, template="atlan-glossary")
    bench.atlan.add(TERM, "t03", anchor)
    result = bench.resume(run.name)
    assert bench.statuses(result)["Terms"] == ["created"] * 3 + ["rejected", "created"]


BLOCKED = {
    "an invalid glossary": [glossary(Certificate="Verfied")],
    "a refused glossary": [glossary(Owners="http:ann")],
}


@pytest.mark.parametrize("glossaries", BLOCKED.values(), ids=BLOCKED)
def test_children_of_a_failed_row_are_blocked_and_name_it(bench, glossaries):
    """The whole chain of category, subcategory, term and link is not sent."""
    result = bench.glossary(
        {
            "Glossaries": [*glossaries, glossary("Sales")],
            "Categories": [category("C"), category("D", "C")],
            "Terms": [term("A", Categories="C"), term("B", "Sales")],
            "Links": [link("A", "x", "https://example.com")],
        }
    )
    rows = bench.rows(result)
    blocked = [place for place, row in rows.items() if row.status == "blocked"]
    assert blocked == [("Categories", 2), ("Categories", 3), ("Terms", 2), ("Links", 2)]
    assert "`Finance` (row 2 of Glossaries)" in rows["Categories", 2].message
    assert "`C` (row 2)" in rows["Categories", 3].message
    assert "(row 2 of Terms)" in rows["Links", 2].message
    assert set(bench.atlan.terms()) == {"B"}


def test_assets_on_a_refused_floor_are_blocked(bench):
    sheets = {
        **floors(2),
        "Spaces": [space("S", "f00"), space("T", "f01")],
        "Desks": [desk("d", "f00", Space="S")],
    }
    run, _ = bench.prepare(sheets, "trebellar-portfolio")
    bench.trebellar.bulk(external_ids(0))
    result = bench.resume(run.name)
    assert bench.statuses(result) == {
        "Buildings": ["created"],
        "Floors": ["rejected", "created"],
        "Spaces": ["blocked", "created"],
        "Desks": ["blocked"],
    }
    assert "`f00` (row 2 of Floors)" in bench.rows(result)["Spaces", 2].message
    assert "`S` (row 2 of Spaces)" in bench.rows(result)["Desks", 2].message


class Rivals(Between):
    """A target that treats names that differ only in case as equal, and gives no reason."""

    def __init__(self, inner):
        super().__init__(inner)
        self.there = set()

    def submit(self, changes):
        names = [change.key[-1].casefold() for change in changes]
        if len(set(names)) < len(names) or self.there & set(names):
            return Refused("No.", 400)
        reply = super().submit(changes)
        if isinstance(reply, Accepted):
            self.there |= set(names)
        return reply


@pytest.mark.parametrize("places", [(3, 4), (2, 11)], ids=["of one half", "of both halves"])
def test_of_two_conflicting_rows_the_refused_row_names_the_other(bench, places):
    """In whichever part of the bisection they are; an ordinary row at fault names no other."""
    first, second = places
    rows = terms(12)
    rows[second]["Term"] = rows[first]["Term"].upper()
    rows.append(term("bad", Owners="http:x"))
    bench.wrap = Rivals
    result = bench.glossary({"Glossaries": [glossary()], "Terms": rows}, jobs=1)
    outcomes = bench.statuses(result)["Terms"]
    assert [n for n, outcome in enumerate(outcomes) if outcome != "created"] == [second, 12]
    found = bench.rows(result)
    text = found["Terms", 2 + second].message
    assert (
        text
        == f"No. Row {2 + first} (`t{first:02}`) was sent together with it: do the two conflict?"
    )
    assert "together" not in found["Terms", 14].message
