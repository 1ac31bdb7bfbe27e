"""Rows about existing objects cause exactly the change that they ask for."""

import pytest

from importer.options import Options
from importer.report.cause_text import problem_lines
from tests.pipeline.bench import building, category, desk, floor, glossary, link, space, term
from tests.pipeline.raw_api import CATEGORY, related

URL = "https://example.com/a"


def attributes(bench, name="A"):
    return bench.atlan.terms()[name]["attributes"]


@pytest.fixture
def filled(bench):
    """One term with something in every sort of field."""
    row = term(
        "A",
        Description="old",
        Usage="old use",
        Owners="ann; bob",
        Examples="one\ntwo",
        Categories="C",
        Synonyms="B",
        Tags="PII",
        Certificate="DRAFT",
    )
    bench.glossary(
        {"Glossaries": [glossary()], "Categories": [category("C")], "Terms": [row, term("B")]}
    )
    return row


def test_an_update_sends_only_the_differences(bench, filled):
    before = len(bench.bodies())
    result = bench.glossary({"Terms": [filled | {"Description": "new"}]})
    assert result.counts == {"updated": 1}
    [[entity]] = [body["entities"] for body in bench.bodies()[before:]]
    assert entity["attributes"].keys() == {"name", "qualifiedName", "userDescription"}
    assert entity["relationshipAttributes"].keys() == {"anchor"}
    assert attributes(bench)["userDescription"] == "new"
    assert attributes(bench)["ownerUsers"] == ["ann", "bob"]


@pytest.mark.parametrize("cell", ["", None, "  "])
def test_a_blank_cell_leaves_the_field_alone(bench, filled, cell):
    row = dict.fromkeys(filled, cell) | term("A")
    assert bench.silent(lambda: bench.glossary({"Terms": [row]})).counts == {"unchanged": 1}


def test_an_absent_column_touches_nothing(bench, filled):
    row = term("A", Abbreviation="a")
    assert bench.glossary({"Terms": [row]}).counts == {"updated": 1}
    found = bench.atlan.terms()["A"]
    assert (related(found, "synonyms"), related(found, "categories")) == (["B"], ["C"])
    assert (found["attributes"]["usage"], len(found["classifications"])) == ("old use", 1)


CLEARED = {
    "Usage": lambda found: found["attributes"]["usage"],
    "Owners": lambda found: found["attributes"]["ownerUsers"],
    "Examples": lambda found: found["attributes"]["examples"],
    "Certificate": lambda found: found["attributes"]["certificateStatus"],
    "Tags": lambda found: found["classifications"],
    "Categories": lambda found: related(found, "categories"),
    "Synonyms": lambda found: related(found, "synonyms"),
}


@pytest.mark.parametrize("heading", CLEARED)
def test_the_clear_token_empties_one_field(bench, filled, heading):
    """Single values, lists, tags and relations alike; all other fields stay; then it is done."""
    before = bench.atlan.terms()["A"]
    sheets = {"Terms": [term("A") | {heading: "<clear>"}]}
    assert bench.glossary(sheets).counts == {"updated": 1}
    after = bench.atlan.terms()["A"]
    emptied = {name: not look(after) for name, look in CLEARED.items()}
    assert emptied == {name: name == heading for name in CLEARED}
    assert all(look(before) for look in CLEARED.values())
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 1}


def test_a_field_that_depends_on_a_cleared_one_is_cleared_and_shown(bench):
    """An announcement without a type has no title; a title that the row gives stays."""
    title, kind = "Announcement title", "Announcement type"
    full = {kind: "information", title: "t", "Announcement message": "m"}
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("A") | full, term("B") | full]})
    sheets = {"Terms": [term("A", **{kind: "<clear>"}), term("B", **{kind: "<clear>", title: "n"})]}
    options = Options(template="atlan-glossary")
    plan = bench.plan_files([bench.book(sheets)], options)
    assert [list(change.fields) for change in plan.changes] == [
        [kind, title, "Announcement message"],
        [title, kind, "Announcement message"],
    ]
    bench.glossary(sheets)
    found = bench.atlan.terms()
    assert [found[name]["attributes"].get("announcementTitle") for name in "AB"] == [None, "n"]


def test_clearing_an_empty_field_is_no_change(bench):
    sheets = {"Glossaries": [glossary()], "Terms": [term("A", Usage="<clear>", Synonyms="<clear>")]}
    assert bench.glossary(sheets).counts == {"created": 2}
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 2}


def test_a_term_moves_to_another_glossary_by_its_guid(bench):
    bench.glossary({"Glossaries": [glossary(), glossary("Sales")], "Terms": [term("A", Usage="u")]})
    guid = bench.atlan.terms()["A"]["guid"]
    result = bench.glossary({"Terms": [term("A", "Sales", GUID=guid)]})
    assert result.counts == {"moved": 1}
    found = bench.atlan.terms()["A"]
    assert (found["guid"], related(found, "anchor")) == (guid, ["Sales"])
    assert found["attributes"]["usage"] == "u"


def test_a_term_is_renamed_by_its_guid(bench):
    bench.glossary({"Glossaries": [glossary()], "Terms": [term("A")]})
    guid = bench.atlan.terms()["A"]["guid"]
    assert bench.glossary({"Terms": [term("Z", GUID=guid)]}).counts == {"updated": 1}
    assert {name: one["guid"] for name, one in bench.atlan.terms().items()} == {"Z": guid}


def test_deleting_archives_children_before_their_parents(bench):
    """Term, category and glossary of one file; deleting what does not exist is no error."""
    sheets = {
        "Glossaries": [glossary()],
        "Categories": [category("C"), category("D", "C")],
        "Terms": [term("A", Categories="C")],
    }
    bench.glossary(sheets)
    gone = {name: [row | {"Action": "delete"} for row in rows] for name, rows in sheets.items()}
    assert bench.glossary(gone).counts == {"deleted": 4}
    assert bench.atlan.terms() == {}
    assert bench.atlan.all(CATEGORY) == []
    assert bench.silent(lambda: bench.glossary(gone)).counts == {"unchanged": 4}


def test_a_glossary_with_children_outside_the_file_is_not_deleted(bench):
    """One row would delete what others have written; a readme is deleted with its glossary."""
    sheets = {
        "Glossaries": [glossary(Readme="Of money.")],
        "Categories": [category("C"), category("D", "C")],
        "Terms": [term("A")],
    }
    bench.glossary(sheets)
    gone = {
        "Glossaries": [glossary(Action="delete")],
        "Categories": [category("C", Action="delete")],
    }
    result = bench.silent(lambda: bench.glossary(gone))
    assert bench.statuses(result) == {"Glossaries": ["invalid"], "Categories": ["invalid"]}
    words = sorted(finding.message for finding in result.findings)
    assert words == [
        "`C` still has `D` in it: delete or move what is in it too.",
        "`Finance` still has `C`, `A` in it: delete or move what is in it too.",
    ]
    whole = {name: [row | {"Action": "delete"} for row in rows] for name, rows in sheets.items()}
    assert bench.glossary(whole).counts == {"deleted": 4}


def test_absence_deletes_nothing(bench, filled):
    bench.glossary({"Terms": [term("B")]})
    assert set(bench.atlan.terms()) == {"A", "B"}


def test_a_deleted_name_is_restored(bench):
    """An archived entity that a file names again is restored, not duplicated."""
    sheets = {"Glossaries": [glossary()], "Terms": [term("A"), term("B")]}
    bench.glossary(sheets)
    bench.glossary({"Terms": [term("A", Action="delete")]})
    result = bench.glossary(sheets)
    assert bench.statuses(result)["Terms"] in (["created", "unchanged"], ["updated", "unchanged"])
    assert set(bench.atlan.terms()) == {"A", "B"}
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 3}


@pytest.fixture
def linked(bench):
    """A term with one link; the link's guid."""
    bench.glossary(
        {"Glossaries": [glossary()], "Terms": [term("A")], "Links": [link("A", "Title", URL)]}
    )
    return bench.atlan.all("Link")[0]["guid"]


def test_a_link_is_deleted_by_its_guid_alone(bench, linked):
    """The row has nothing but the link's GUID and the action."""
    row = {"Glossary": "", "Term": "", "Title": "", "URL": "", "GUID": linked, "Action": "delete"}
    result = bench.glossary({"Links": [row]})
    assert result.counts == {"deleted": 1}
    assert bench.atlan.all("Link") == []
    assert related(bench.atlan.terms()["A"], "links") == []


def test_all_values_of_a_link_that_is_restored_are_shown_as_new(bench, linked):
    """What it was before it was deleted is not what it is."""
    bench.atlan.archive(linked)
    book = bench.book({"Links": [link("A", "Title", URL)]})
    plan = bench.plan_files([book], Options(template="atlan-glossary"))
    [change] = plan.changes
    assert change.action == "create"
    assert [diff.old for diff in change.fields.values() if diff.new == URL] == [None]


def test_a_deleted_link_is_restored(bench, linked):
    bench.atlan.archive(linked)
    bench.glossary({"Links": [link("A", "Title", URL)]})
    assert [one["guid"] for one in bench.atlan.all("Link")] == [linked]
    assert related(bench.atlan.terms()["A"], "links") == ["Title"]


def test_a_link_is_found_by_its_url_not_by_its_author(bench, linked):
    """Another title updates the link that exists and adds no second one."""
    assert bench.glossary({"Links": [link("A", "Other", URL)]}).counts == {"updated": 1}
    assert [one["attributes"]["name"] for one in bench.atlan.all("Link")] == ["Other"]


PORTFOLIO = {
    "Buildings": [building()],
    "Floors": [floor("1"), floor("2")],
    "Spaces": [space("Lab", "1", Seats="4", Description="old")],
    "Desks": [desk("d", "1", Space="Lab")],
}


def test_an_asset_moves_to_another_floor_by_its_external_id(bench):
    """Its children move with it; nothing is created."""
    bench.portfolio(PORTFOLIO)
    found = bench.trebellar.places()
    before = len(bench.bodies())
    result = bench.portfolio({"Spaces": [space("Lab", "2", Seats="4", Description="old")]})
    assert result.counts == {"moved": 1}
    assert [one["type"] for body in bench.bodies()[before:] for one in body["operations"]] == [
        "move"
    ]
    after = bench.trebellar.places()
    assert after["HQ", "2", "Lab"]["id"] == found["HQ", "1", "Lab"]["id"]
    assert after["HQ", "2", "Lab", "d"]["id"] == found["HQ", "1", "Lab", "d"]["id"]


def test_an_asset_moves_and_changes_in_one_row(bench):
    bench.portfolio(PORTFOLIO)
    moved = space("Laboratory", "2", Seats="5", Description="<clear>")
    rows = {"Spaces": [moved | {"External ID": "S-Lab"}]}
    assert bench.portfolio(rows).counts == {"moved": 1}
    properties = bench.trebellar.places()["HQ", "2", "Laboratory"]["staticProperties"]
    assert properties == {"externalId": "S-Lab", "seats": 5}
    assert bench.silent(lambda: bench.portfolio(rows)).counts == {"unchanged": 1}


def test_a_property_whose_name_holds_a_full_stop_is_cleared(bench):
    name = "Property: v1.2"
    filled = {"Spaces": [space("Lab", "1") | {name: "x", "Property: kept": "y"}]}
    bench.portfolio(PORTFOLIO)
    bench.portfolio(filled)
    cleared = {"Spaces": [space("Lab", "1") | {name: "<clear>"}]}
    assert bench.portfolio(cleared).counts == {"updated": 1}
    assert bench.trebellar.places()["HQ", "1", "Lab"]["dynamicProperties"] == {"kept": "y"}
    assert bench.silent(lambda: bench.portfolio(cleared)).counts == {"unchanged": 1}


def test_an_update_keeps_the_fields_that_the_row_does_not_name(bench):
    bench.portfolio(PORTFOLIO)
    assert bench.portfolio({"Spaces": [space("Lab", "1", Capacity="9")]}).counts == {"updated": 1}
    properties = bench.trebellar.places()["HQ", "1", "Lab"]["staticProperties"]
    assert properties == {"externalId": "S-Lab", "seats": 4, "description": "old", "capacity": 9}


def test_a_floor_and_its_desks_go_together(bench):
    bench.portfolio(PORTFOLIO)
    gone = {name: [row | {"Action": "delete"} for row in rows] for name, rows in PORTFOLIO.items()}
    assert bench.portfolio(gone).counts == {"deleted": 5}
    assert bench.trebellar.places() == {}


def test_an_asset_without_external_id_is_matched_by_its_path(bench):
    sheets = {
        name: [row | {"External ID": None} for row in rows] for name, rows in PORTFOLIO.items()
    }
    assert bench.portfolio(sheets).counts == {"created": 5}
    assert bench.silent(lambda: bench.portfolio(sheets)).counts == {"unchanged": 5}
    sheets["Desks"][0]["Seats"] = 1
    assert bench.portfolio(sheets).counts == {"updated": 1, "unchanged": 4}


def test_a_readme_is_cleared_by_deleting_it_and_the_term_stays(bench):
    row = term("A", Readme="<p>long</p>")
    bench.glossary({"Glossaries": [glossary()], "Terms": [row]})
    cleared = {"Terms": [row | {"Readme": "<clear>"}]}
    assert bench.glossary(cleared).counts == {"updated": 1}
    assert bench.silent(lambda: bench.glossary(cleared)).counts == {"unchanged": 1}
    assert bench.atlan.terms().keys() == {"A"}
    assert not related(bench.atlan.terms()["A"], "readme")


STARRED = {
    "a cleared field": {"Usage": "<clear>"},
    "a category": {"Categories": "X"},
    "a synonym": {"Synonyms": "B"},
}


@pytest.mark.parametrize("also", STARRED.values(), ids=STARRED)
def test_a_star_is_sent_with_whatever_else_changes(bench, also):
    """No answer shows it, so that alone it would be sent for ever."""
    start = {
        "Glossaries": [glossary()],
        "Categories": [category("X")],
        "Terms": [term("A", Usage="u"), term("B")],
    }
    bench.glossary(start)
    alone = {"Terms": [term("A", Starred="yes")]}
    assert bench.silent(lambda: bench.glossary(alone)).counts == {"unchanged": 1}
    before = len(bench.bodies())
    assert bench.glossary({"Terms": [term("A", Starred="yes", **also)]}).counts == {"updated": 1}
    sent = [one for body in bench.bodies()[before:] for one in body["entities"]]
    assert any(one.get("starred") for one in sent)


def with_lab(bench, **parts):
    """Make the space Lab as another client would; returns its id."""
    bench.portfolio({"Buildings": [building()], "Floors": [floor("1")]})
    above = bench.trebellar.places()["HQ", "1"]["id"]
    asset = {"type": "SPACE", "label": "Lab", "parentId": above, "staticProperties": {}, **parts}
    bench.trebellar.bulk({"type": "add", "asset": asset})


def row_of_lab(**more):
    return {"Building": "HQ", "Floor": "1", "Space": "Lab", **more}


def test_a_truth_value_that_is_live_as_a_word_is_unchanged(bench):
    with_lab(bench, staticProperties={"bookable": "Yes"})
    rows = {"Spaces": [row_of_lab(Bookable="yes")]}
    assert bench.silent(lambda: bench.portfolio(rows)).counts == {"unchanged": 1}
    assert bench.portfolio({"Spaces": [row_of_lab(Bookable="no")]}).counts == {"updated": 1}
    assert bench.trebellar.places()["HQ", "1", "Lab"]["staticProperties"] == {"bookable": False}


def test_a_property_keeps_the_type_that_is_live(bench):
    """What cells say of it is the same whether they are numbers, truth values or texts."""
    with_lab(bench, dynamicProperties={"open": True, "size": 5, "code": "7"})
    for same in ("yes", True, "TRUE"):
        row = row_of_lab(**{"Property: open": same, "Property: size": 5, "Property: code": 7})
        assert bench.silent(lambda r=row: bench.portfolio({"Spaces": [r]})).counts == {
            "unchanged": 1
        }
    row = row_of_lab(**{"Property: open": "no", "Property: size": "5.5", "Property: code": 8})
    assert bench.portfolio({"Spaces": [row]}).counts == {"updated": 1}
    found = bench.trebellar.places()["HQ", "1", "Lab"]["dynamicProperties"]
    assert found == {"open": False, "size": 5.5, "code": "8"}
    assert found["open"] is False


def test_a_new_property_is_a_text_or_the_truth_value_of_its_cell(bench):
    with_lab(bench)
    row = row_of_lab(**{"Property: open": True, "Property: size": 5, "Property: word": "TRUE"})
    assert bench.portfolio({"Spaces": [row]}).counts == {"updated": 1}
    found = bench.trebellar.places()["HQ", "1", "Lab"]["dynamicProperties"]
    assert found == {"open": True, "size": "5", "word": "TRUE"}
    assert bench.silent(lambda: bench.portfolio({"Spaces": [row]})).counts == {"unchanged": 1}


NET = [category("Income"), category("Net", "Income")]


def test_a_cleared_parent_moves_a_category_that_the_row_identifies(bench):
    bench.glossary({"Glossaries": [glossary()], "Categories": NET})
    guid = bench.atlan.named(CATEGORY)["Net"]["guid"]
    rows = {"Categories": [category("Net", "<clear>", GUID=guid)]}
    assert bench.glossary(rows).counts == {"moved": 1}
    assert related(bench.atlan.named(CATEGORY)["Net"], "parentCategory") == []


def test_a_cleared_parent_makes_no_second_category(bench):
    """Only its GUID says that the row is about the one in Income."""
    bench.glossary({"Glossaries": [glossary()], "Categories": NET})
    result = bench.glossary({"Categories": [category("Net", "<clear>")]})
    assert result.counts == {"invalid": 1}
    [finding] = result.findings
    assert (finding.code, finding.place.heading) == ("ambiguous", "Parent category")
    assert finding.message == (
        "`<clear>` would make a new category `Net` beside the one in `Finance > Income`: leave it "
        "blank for that. To move the one that is there: say which under Qualified name or GUID."
    )


def test_a_cleared_parent_is_nothing_to_speak_of_where_the_file_has_the_other_one_too(bench):
    bench.glossary({"Glossaries": [glossary()], "Categories": NET})
    rows = [*NET, category("Net", "<clear>")]
    assert bench.glossary({"Categories": rows}).counts == {"created": 1, "unchanged": 2}
    again = bench.silent(lambda: bench.glossary({"Categories": rows}))
    assert again.counts == {"unchanged": 3}


def told(result):
    return [(one.place.heading, one.message) for one in result.findings if one.code == "not_sent"]


NEVER_SHOWN = (
    "Effective from of rows 2 and 3 cannot be sent alone: the target never shows it, so that "
    "nobody can see whether it has changed. It goes with another change of its row, and there is "
    "none."
)
ONLY_NEW = (
    "Removed from of row 2 cannot be sent of what is there already: the target takes it only of a "
    "new building."
)


def test_what_the_target_never_shows_is_said_not_to_be_sent_alone(bench):
    bench.portfolio({"Buildings": [building("A"), building("B"), building("C")]})
    when = {"Effective from": "2026-03-01"}
    rows = [building("A", **when), building("B", **when), building("C", Seats=2, **when)]
    before = len(bench.bodies())
    result = bench.portfolio({"Buildings": rows})
    assert result.counts == {"unchanged": 2, "updated": 1}
    assert told(result) == [("Effective from", NEVER_SHOWN)]
    [operation] = bench.bodies()[before]["operations"]
    assert operation["timestampMs"] == 1772323200000
    assert result.exit_status == 0


def test_what_the_target_takes_only_of_something_new_is_said(bench):
    """A plan does not show it as a change either."""
    gone = {"Removed from": "2027-01-01"}
    assert told(bench.portfolio({"Buildings": [building(**gone)]})) == []
    row = building(Seats=2, **gone)
    file = bench.book({"Buildings": [row]})
    planned = bench.plan_files([file], Options(template="trebellar-portfolio"))
    [change] = planned.changes
    assert change.fields.keys() == {"Seats"}
    assert told(planned) == [("Removed from", ONLY_NEW)]


def test_each_column_that_is_not_sent_is_listed_with_its_own_reason(bench):
    bench.portfolio({"Buildings": [building("A"), building("B")]})
    both = {"Effective from": "2026-03-01", "Removed from": "2026-05-01"}
    result = bench.portfolio({"Buildings": [building("A", **both), building("B", **both)]})
    lines = [line for line in problem_lines(result.findings) if line.startswith("info")]
    assert lines == [
        f"info: 2 rows: {NEVER_SHOWN}",
        f"info: 2 rows: {ONLY_NEW.replace('row 2', 'rows 2 and 3')}",
    ]


def test_a_move_takes_its_time_along(bench):
    bench.portfolio(PORTFOLIO)
    before = len(bench.bodies())
    rows = {"Spaces": [space("Lab", "2", **{"Effective from": "2026-03-01"})]}
    assert bench.portfolio(rows).counts == {"moved": 1}
    move, update = bench.bodies()[before]["operations"]
    assert (move["type"], update["timestampMs"]) == ("move", 1772323200000)


def test_a_qualified_name_that_the_target_makes_itself_is_said_and_never_sent(bench):
    """Neither of something new, nor an old one after a rename, run after run."""
    made = bench.glossary({"Glossaries": [glossary(**{"Qualified name": "mine"})]})
    words = "Qualified name of row 2 cannot be sent at all: the target makes it itself"
    assert [message.startswith(words) for _, message in told(made)] == [True]
    guid = bench.rows(made)["Glossaries", 2].id
    renamed = [{"Glossary": "Renamed", "GUID": guid, "Qualified name": "mine"}]
    assert bench.glossary({"Glossaries": renamed}).counts == {"updated": 1}
    again = bench.glossary({"Glossaries": renamed})
    assert (again.counts, len(told(again))) == ({"unchanged": 1}, 1)
