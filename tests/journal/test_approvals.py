"""Held rows that somebody approves are sent as they were planned, or stay held; never twice."""

from contextlib import closing

import pytest

from importer.errors import UsageError
from importer.journal import Journal
from importer.journal.approvals import approvals
from importer.options import Options
from importer.pipeline.approve import approve, held_rows
from importer.pipeline.run import run
from importer.visitor import By, Role, Visitor
from tests.forked import Forked
from tests.pipeline.bench import NO_REPORT, building, category, desk, diffs, floor, glossary, term
from tests.send.between import KILLED

ADA = Visitor("ada", Role.ADMIN, By.TERMINAL)


def terms(count, usage):
    return [term(f"t{number:02}", Usage=usage) for number in range(count)]


@pytest.fixture
def held(bench):
    """A run that created a term and holds twelve of twenty."""
    bench.glossary({"Glossaries": [glossary()], "Terms": terms(20, "first")})
    return bench.glossary({"Terms": [*terms(12, "second"), term("new")]})


def usages(bench):
    return {name: one["attributes"].get("usage") for name, one in bench.atlan.terms().items()}


def approved(bench, result):
    return approve(result.run, journal=bench.journal, who=ADA)


def test_exactly_the_held_rows_are_sent(bench, held):
    assert approved(bench, held) == 12
    before = len(bench.bodies())
    result = bench.resume(held.run)
    assert result.counts == {"created": 1, "updated": 12}
    assert (result.state, result.exit_status) == ("finished", 0)
    sent = [entity for body in bench.bodies()[before:] for entity in body["entities"]]
    assert len(sent) == 12
    assert {one["attributes"]["usage"] for one in sent} == {"second"}


def test_who_approved_them_and_when_is_kept(bench, held):
    approved(bench, held)
    [one] = approvals(bench.journal.store, held.run)
    assert (one.who, one.rows, len(one.items)) == ("ada", 12, 12)
    assert one.at > 0


def test_what_can_be_approved_is_shown_with_old_and_new_values(bench, held):
    rows = list(held_rows(bench.journal, held.run))
    assert [(row.row, row.action) for row in rows] == [(no, "update") for no in range(2, 14)]
    assert diffs(rows[0]) == {"Usage": ["first", "second"]}


def test_what_is_stale_by_then_stays_held_and_says_what_changed(bench, held):
    bench.glossary({"Terms": [term("t03", Usage="mine"), {**term("t04"), "Action": "delete"}]})
    approved(bench, held)
    result = bench.resume(held.run)
    assert result.counts == {"created": 1, "updated": 10, "held": 2}
    assert (usages(bench)["t03"], usages(bench)["t05"]) == ("mine", "second")
    rows = bench.rows(result)
    assert "it has been changed: Usage (now `mine`)" in rows["Terms", 5].message
    assert "it has been deleted" in rows["Terms", 6].message


def test_a_value_that_the_row_does_not_change_makes_nothing_stale(bench, held):
    bench.glossary({"Terms": [term("t03", Description="mine")]})
    approved(bench, held)
    assert bench.resume(held.run).counts == {"created": 1, "updated": 12}


def test_stale_rows_cannot_be_approved_again(bench, held):
    bench.glossary({"Terms": [term("t03", Usage="mine")]})
    approved(bench, held)
    bench.resume(held.run)
    with pytest.raises(UsageError, match="holds no rows that can be approved"):
        approved(bench, held)
    assert not list(held_rows(bench.journal, held.run))


def test_nothing_is_approved_twice_or_where_nothing_is_held(bench, held):
    approved(bench, held)
    with pytest.raises(UsageError, match="approved already: `importer resume"):
        approved(bench, held)
    done = bench.glossary({"Terms": [term("newer")]})
    with pytest.raises(UsageError, match="holds no rows that can be approved"):
        approved(bench, done)
    assert bench.journal.run(done.run).state == "finished"


def test_a_run_that_is_undone_is_not_approved(bench, held):
    bench.undo(held)
    with pytest.raises(UsageError, match="is undone by run"):
        approved(bench, held)


def test_an_approved_run_can_be_undone_as_a_whole(bench, held):
    approved(bench, held)
    result = bench.resume(held.run)
    assert bench.undo(result).counts == {"deleted": 1, "updated": 12}
    assert set(usages(bench).values()) == {"first"}


def test_approved_deletes_go_but_for_what_has_been_put_into_them(bench):
    tree = [category("A"), category("B"), category("A1", "A"), category("B1", "B")]
    bench.glossary({"Glossaries": [glossary()], "Categories": [*tree, category("C")]})
    short = {"Categories": [category("C")]}
    held = bench.glossary(short, prune=("Finance",), mass_alone=0.5)
    assert held.counts == {"unchanged": 1, "held": 4}
    bench.glossary({"Categories": [category("B2", "B")]})
    approved(bench, held)
    result = bench.resume(held.run)
    assert result.counts == {"unchanged": 1, "deleted": 3, "held": 1}
    [row] = [row for row in bench.rows(result).values() if row.status == "held"]
    assert "still has `B2` in it" in row.message


def test_approved_moves_are_stale_where_somebody_moved_first(bench):
    desks = [desk(f"d{number:02}", "1") for number in range(12)]
    floors = [floor("1"), floor("2"), floor("3")]
    bench.portfolio({"Buildings": [building()], "Floors": floors, "Desks": desks})
    held = bench.portfolio({"Desks": [row | {"Floor": "2"} for row in desks]})
    bench.portfolio({"Desks": [desks[4] | {"Floor": "3"}]})
    approved(bench, held)
    result = bench.resume(held.run)
    assert result.counts == {"moved": 11, "held": 1}
    assert "Floor (now `HQ > 3`)" in bench.rows(result)["Desks", 6].message


def elsewhere(bench, sheets):
    """Import with another journal, which knows nothing of the lease."""
    with closing(Journal(bench.folder / "other.db")) as journal:
        run(
            bench.request([bench.book(sheets)], Options(template="atlan-glossary", landing=0)),
            journal=journal,
            report=NO_REPORT,
        )


def process(bench, name, last=0):
    words = (bench.place, bench.box.url, "resume", name, last)
    with Forked("tests.pipeline.process", *words) as found:
        found.communicate()
    return found.returncode


@pytest.mark.parametrize(("last", "stale"), [(1, 1), (2, 1), (4, 0), (5, 0)])
def test_killed_in_mid_way_it_sends_nothing_twice_and_nothing_stale(bench, last, stale):
    """Between the two processes somebody changes a row of the third batch."""
    bench.glossary({"Glossaries": [glossary()], "Terms": terms(20, "first")})
    rows = [row | {"Synonyms": "t19"} for row in terms(12, "second")]
    held = bench.glossary({"Terms": rows}, batch_size=4, jobs=1)
    approved(bench, held)
    before = len(bench.bodies())
    assert process(bench, held.run, last) == KILLED
    elsewhere(bench, {"Terms": [term("t11", Usage="mine")]})
    assert process(bench, held.run) == 0
    assert bench.rows(held)["Terms", 13].status == ("held" if stale else "updated")
    assert usages(bench)["t11"] == "mine"
    assert sum(usage == "second" for usage in usages(bench).values()) == 11
    sent = [
        (one["guid"], "appendRelationshipAttributes" in one)
        for body in bench.bodies()[before:]
        for one in body["entities"]
        if one["attributes"].get("usage") != "mine"
    ]
    assert len(sent) == len(set(sent)) == 24 - 2 * stale


def test_what_was_to_be_created_is_stale_where_it_has_been_made(bench):
    """The guard holds rows: what they would create is held with them."""
    rows = [{"Glossary": "Finance", "Term": f"t{number:02}", "Usage": "a"} for number in range(12)]
    bench.glossary({"Glossaries": [glossary()], "Terms": rows})
    more = [row | {"Usage": "b", "Synonyms": "t00"} for row in rows[1:]]
    held = bench.glossary({"Terms": more})
    assert held.counts == {"held": 11}
    approved(bench, held)
    assert bench.resume(held.run).counts == {"updated": 11}
    assert bench.glossary({"Terms": more}).counts == {"unchanged": 11}
