"""Undo restores the target to its state before the run."""

import sqlite3
from contextlib import closing

import pytest

from importer.errors import UsageError
from importer.pipeline.runs import result_of
from tests.pipeline.bench import building, category, desk, diffs, floor, glossary, link, space, term
from tests.pipeline.raw_api import CATEGORY, GLOSSARY, TERM, related
from tests.send.between import Between, NoQueries

URL = "https://example.org/a"

WORDS = {
    "Glossaries": [glossary(Readme="Of money.", Certificate="VERIFIED")],
    "Categories": [category("C"), category("D", "C")],
    "Terms": [
        term("A", Categories="C > D", Synonyms="B", Tags="PII", Usage="u"),
        term("B", Description="d", Owners="ann"),
    ],
    "Links": [link("A", "Title", URL)],
}
ROOMS = {
    "Buildings": [building(Seats=3)],
    "Floors": [floor("1"), floor("2")],
    "Spaces": [space("Lab", "1")],
    "Desks": [desk("D1", "1", Space="Lab"), desk("D2", "2", Seats=2)],
}


CHANGED = {
    "Glossaries": [glossary("Sales"), glossary(Readme="Of sums.", Certificate="<clear>")],
    "Categories": [category("C"), category("D"), category("E", "D")],
    "Terms": [
        term("A", Categories="C; E", Synonyms="Z", Tags="-PII", Usage="<clear>"),
        term("B", Description="other", Owners="+bob", Antonyms="A"),
        term("Z", Description="new"),
    ],
    "Links": [link("A", "Other", URL), link("Z", "New", URL)],
}
MOVED = {
    "Buildings": [building(Seats=4), building("Annex")],
    "Floors": [floor("1", Capacity=5), floor("3", "Annex")],
    "Spaces": [space("Lab", "3", "Annex", Description="far")],
    "Desks": [desk("D1", "2", Space="<clear>"), desk("D2", "2", Seats="<clear>")],
}


def words(bench):
    """Return the live catalogue without the fields that the server fills in.

    Categories go by name: a deleted one is gone for good, and an undo makes a new one.
    """
    found = {}
    for kind in (GLOSSARY, CATEGORY, TERM, "Link", "Readme"):
        for one in bench.atlan.all(kind):
            attributes = {n: v for n, v in one["attributes"].items() if v not in (None, [], "")}
            attributes = {n: v for n, v in attributes.items() if not isinstance(v, dict | list)}
            tags = sorted(tag["typeName"] for tag in one.get("classifications") or [])
            ends = {name: related(one, name) for name in one["relationshipAttributes"]}
            ends = {name: names for name, names in ends.items() if names}
            identity = one["guid"]
            if kind == CATEGORY:
                identity = attributes["name"]
                attributes.pop("qualifiedName", None)
            found[identity] = (kind, attributes, tags, ends)
    return found


def rooms(bench):
    """Return the live portfolio by path."""
    return {
        place: {name: value for name, value in asset.items() if name != "children"}
        for place, asset in bench.trebellar.places().items()
    }


def without_ids(found):
    return {
        place: {name: value for name, value in asset.items() if "Id" not in name and name != "id"}
        for place, asset in found.items()
    }


def deleting(sheets):
    return {name: [row | {"Action": "delete"} for row in rows] for name, rows in sheets.items()}


def guid(bench, name):
    return bench.atlan.terms()[name]["guid"]


def test_created_terms_are_deleted_children_first(bench):
    made = bench.glossary(WORDS)
    result = bench.undo(made)
    assert (result.counts, result.exit_status) == ({"deleted": 6}, 0)
    assert words(bench) == {}


def test_created_assets_are_deleted(bench):
    made = bench.portfolio(ROOMS)
    assert bench.undo(made).counts == {"deleted": 6}
    assert rooms(bench) == {}


def test_changed_terms_are_restored_and_moved_ones_move_back(bench):
    bench.glossary(WORDS)
    before = words(bench)
    changed = bench.glossary(CHANGED)
    assert changed.exit_status == 0, changed.findings
    assert words(bench) != before
    result = bench.undo(changed)
    assert result.exit_status == 0, result.findings
    assert words(bench) == before


def test_a_term_renamed_into_another_glossary_moves_back(bench):
    bench.glossary(WORDS | {"Glossaries": [glossary(), glossary("Sales")]})
    before = words(bench)
    moved = bench.glossary({"Terms": [term("Y", "Sales", GUID=guid(bench, "B"))]})
    assert moved.counts == {"moved": 1}
    result = bench.undo(moved)
    assert result.counts == {"moved": 1}
    now = words(bench)
    for one in (now, before):
        for _, attributes, _, _ in one.values():
            attributes.pop("qualifiedName", "")  # the server makes another for each place
    assert now == before


def test_moved_assets_move_back(bench):
    bench.portfolio(ROOMS)
    before = rooms(bench)
    moved = bench.portfolio(MOVED)
    assert moved.exit_status == 0, moved.findings
    result = bench.undo(moved)
    assert result.exit_status == 0, result.findings
    assert rooms(bench) == before


def test_deleted_terms_are_restored_with_all_fields_and_relations(bench):
    bench.glossary(WORDS)
    before = words(bench)
    gone = bench.glossary(deleting(WORDS))
    assert gone.counts == {"deleted": 6}
    result = bench.undo(gone)
    assert result.exit_status == 0, result.findings
    assert words(bench) == before


def test_deleted_assets_are_created_again(bench):
    """The target assigns other ids; nothing else differs."""
    bench.portfolio(ROOMS)
    before = rooms(bench)
    result = bench.undo(bench.portfolio(deleting(ROOMS)))
    assert result.counts == {"created": 6}
    assert without_ids(rooms(bench)) == without_ids(before)


@pytest.mark.parametrize(
    ("importing", "first", "then"),
    [("glossary", WORDS, CHANGED), ("portfolio", ROOMS, MOVED)],
    ids=["words", "rooms"],
)
def test_an_undo_can_be_undone(bench, importing, first, then):
    state = words if importing == "glossary" else rooms
    getattr(bench, importing)(first)
    changed = getattr(bench, importing)(then)
    after = state(bench)
    undone = bench.undo(changed)
    again = bench.undo(undone)
    assert again.exit_status == 0, again.findings
    if importing == "glossary":
        assert state(bench) == after
    else:
        assert without_ids(state(bench)) == without_ids(after)
    assert bench.undo(again).exit_status == 0


def test_a_second_undo_changes_nothing(bench):
    bench.glossary(WORDS)
    changed = bench.glossary(CHANGED)
    bench.undo(changed)
    second = bench.silent(lambda: bench.undo(changed))
    assert second.counts == {"unchanged": 10}


def test_rows_that_have_drifted_are_held_and_named(bench):
    bench.glossary(WORDS)
    changed = bench.glossary(
        {"Terms": [term("A", Usage="mine"), term("B", Usage="mine"), term("N")]}
    )
    bench.glossary({"Terms": [term("A", Usage="theirs"), term("N", Description="theirs")]})
    result = bench.undo(changed)
    assert (result.counts, result.exit_status) == ({"updated": 1, "held": 2}, 1)
    rows = bench.rows(result)
    assert rows["Terms", 2].message == (
        "Not reverted, since it has been changed: Usage (now `theirs`)."
    )
    assert "Description (now `theirs`)" in rows["Terms", 4].message
    live = bench.atlan.terms()
    assert live["A"]["attributes"]["usage"] == "theirs"
    assert "usage" not in live["B"]["attributes"] or not live["B"]["attributes"]["usage"]
    assert "N" in live


def test_a_created_parent_with_children_of_others_is_kept(bench):
    """The building stays, and the floor with their desk; the other floor is deleted."""
    made = bench.portfolio({"Buildings": [building()], "Floors": [floor("1"), floor("2")]})
    bench.portfolio({"Desks": [desk("D1", "1")]})
    result = bench.undo(made)
    assert result.counts == {"deleted": 1, "held": 2}
    assert bench.rows(result)["Floors", 2].message == "Not reverted: it still has `D1` in it."
    assert set(rooms(bench)) == {("HQ",), ("HQ", "1"), ("HQ", "1", "D1")}


def test_a_created_term_that_others_refer_to_is_kept(bench):
    made = bench.glossary({"Glossaries": [glossary()], "Terms": [term("A"), term("B")]})
    bench.glossary({"Terms": [term("C", Synonyms="A")]})
    result = bench.undo(made)
    assert bench.statuses(result) == {"Glossaries": ["held"], "Terms": ["held", "deleted"]}
    assert bench.rows(result)["Terms", 2].message.endswith("Synonyms (now `Finance > C`).")


def test_an_object_deleted_since_is_named(bench):
    bench.glossary(WORDS)
    changed = bench.glossary({"Terms": [term("A", Usage="mine"), term("N")]})
    bench.glossary({"Terms": [term("A", Action="delete"), term("N", Action="delete")]})
    result = bench.undo(changed)
    assert bench.statuses(result) == {"Terms": ["held", "unchanged"]}
    assert bench.rows(result)["Terms", 2].message == "Not reverted: it has been deleted since."


def test_what_somebody_has_made_something_else_of_is_kept(bench):
    bench.portfolio({"Buildings": [building()], "Floors": [floor("1")]})
    made = bench.portfolio({"Desks": [desk("D1", "1")]})
    with closing(sqlite3.connect(bench.box.database)) as database, database:
        database.execute(
            "UPDATE asset SET type = 'OTHER', body = json_set(body, '$.type', 'OTHER') "
            "WHERE type = 'DESK'"
        )
    result = bench.undo(made)
    assert result.counts == {"held": 1}
    words = "Not reverted: its type is OTHER now, not DESK."
    assert bench.rows(result)["Desks", 2].message == words


def test_a_deleted_object_is_not_restored_where_another_has_its_place(bench):
    bench.portfolio(ROOMS)
    gone = bench.portfolio(deleting({"Desks": ROOMS["Desks"]}))
    bench.portfolio({"Desks": [desk("D1", "1", Space="Lab")]})
    result = bench.undo(gone)
    assert result.counts == {"created": 1, "held": 1}
    assert "another `D1` in its place" in bench.rows(result)["Desks", 2].message


def test_an_undo_can_be_planned(bench):
    """Row by row, from live state to before-image; the journal has no new run."""
    bench.glossary(WORDS)
    changed = bench.glossary({"Terms": [term("A", Usage="mine"), term("B", Usage="mine")]})
    bench.glossary({"Terms": [term("B", Usage="theirs")]})
    runs = len(bench.journal.runs())
    plan = bench.silent(lambda: bench.plan_undo(changed.run))
    assert (plan.counts, plan.exit_status) == ({"update": 1, "held": 1}, 1)
    [change] = plan.changes
    assert (change.action, change.row, diffs(change)) == ("update", 2, {"Usage": ["mine", "u"]})
    assert [finding.place.row for finding in plan.findings] == [3]
    assert len(bench.journal.runs()) == runs


def test_a_declined_undo_changes_nothing(bench):
    made = bench.glossary(WORDS)
    seen = []
    result = bench.silent(lambda: bench.undo(made, confirm=lambda p: seen.append(p.counts)))
    assert (seen, result.state) == ([{"delete": 6}], "abandoned")


def test_a_confirmed_undo_does_not_touch_held_rows(bench):
    made = bench.portfolio({"Buildings": [building()], "Floors": [floor("1")]})
    bench.portfolio({"Desks": [desk("D1", "1")]})
    result = bench.undo(made, confirm=lambda _: True)
    assert result.counts == {"held": 2}


def test_an_undo_names_the_types_of_what_it_parts(bench):
    """Both terms were made by the run that is undone, which knew no types."""
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("A")]})
    made = bench.glossary({"Terms": [term("A", Synonyms="B"), term("B")]})
    bench.undo(made)
    [removed] = [
        one["removeRelationshipAttributes"]
        for body in bench.bodies()
        for one in body["entities"]
        if "removeRelationshipAttributes" in one
    ]
    assert [end["typeName"] for end in removed["synonyms"]] == [TERM]


def test_an_unfinished_run_cannot_be_undone(bench):
    bench.wrap = NoQueries
    unplanned = bench.glossary(WORDS)
    with pytest.raises(UsageError, match="has sent nothing"):
        bench.undo(unplanned)
    bench.wrap = lambda target: target
    run, _ = bench.prepare(WORDS, "atlan-glossary")
    with pytest.raises(UsageError, match=f"First `importer resume {run.name}`"):
        bench.undo(result_of(bench.journal, run.name))


def test_another_target_under_the_same_name_is_refused(bench):
    class Elsewhere(Between):
        identity = "atlan elsewhere"

    made = bench.glossary(WORDS)
    bench.wrap = Elsewhere
    with pytest.raises(UsageError, match="is atlan elsewhere now"):
        bench.undo(made)


def test_an_undo_waits_until_the_search_index_shows_the_run(bench):
    """The index lags behind writes: a plan made too early would create everything again."""
    asked = []

    class Waits(Between):
        def catch_up(self, seconds):
            asked.append(seconds)

    bench.wrap = Waits
    made = bench.glossary(WORDS)
    assert asked == []
    bench.glossary(WORDS)
    bench.undo(made)
    assert len(asked) == 2
    assert all(0 <= seconds < 60 for seconds in asked)


def test_the_enrichment_of_an_asset_is_undone(bench):
    """Its own fields, tags, terms, custom metadata and readme; the asset itself stays."""
    bench.atlan.add("Table", "orders")
    before = bench.atlan.all("Table")
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("A"), term("B")]})
    row = {
        "Type": "Table",
        "Qualified name": "raw/orders",
        "Name": "orders",
        "Description": "all orders",
        "Tags": "PII",
        "Terms": "A@Finance",
        "Readme": "Long.",
        "Data Quality::Level": "Gold",
    }
    first = bench.glossary({"Assets": [row]})
    assert first.counts == {"updated": 1}
    other = row | {"Terms": "B@Finance", "Tags": "<clear>", "Readme": "Longer."}
    second = bench.glossary({"Assets": [other]})
    assert bench.undo(second).counts == {"updated": 1}
    [live] = bench.atlan.all("Table")
    assert (related(live, "meanings"), len(live["classifications"])) == (["A"], 1)
    assert bench.undo(first).counts == {"updated": 1}
    [live] = bench.atlan.all("Table")
    assert (related(live, "meanings"), live.get("classifications") or []) == ([], [])
    assert live["attributes"].get("userDescription") == before[0]["attributes"].get(
        "userDescription"
    )
    assert bench.atlan.all("Readme") == []


def test_a_restored_entity_is_archived_again(bench):
    """It kept a usage and a category that the row does not name, which is no drift."""
    first = {
        "Glossaries": [glossary()],
        "Categories": [category("C")],
        "Terms": [term("A", Usage="old", Categories="C", Synonyms="B"), term("B")],
    }
    bench.glossary(first)
    bench.glossary({"Terms": [term("A", Action="delete")]})
    restored = bench.glossary({"Terms": [term("A", Description="new")]})
    assert bench.undo(restored).counts == {"deleted": 1}
    assert set(bench.atlan.terms()) == {"B"}


def test_an_undo_says_what_it_cannot_restore(bench):
    """Trebellar never shows the times of what it deletes; what is archived keeps all it has."""
    when = {"Effective from": "2026-03-01", "Removed from": "2027-03-01"}
    bench.portfolio({"Buildings": [building("A", **when), building("B"), building("C")]})
    gone = [building(name, Action="delete") for name in "ABC"]
    deleted = bench.portfolio({"Buildings": gone})
    [finding] = bench.plan_undo(deleted.run).findings
    assert (finding.code, finding.severity, finding.place.row) == ("not_restored", "info", 2)
    assert finding.message == (
        "What rows 2 to 4 deleted is made again without Effective from and Removed from: the "
        "target never shows it."
    )
    assert bench.undo(deleted).findings == [finding]
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("T", Starred="yes")]})
    archived = bench.glossary({"Terms": [term("T", Action="delete")]})
    assert bench.plan_undo(archived.run).findings == []
