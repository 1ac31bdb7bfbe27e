"""What a sheet has no column for is one error that names every way out; no row is sent."""

from __future__ import annotations

import pytest

from importer.pipeline.steps.findings import invalid_rows
from importer.template import find
from tests.mapping.build import Rows, bound, mapped, only, reported, taken
from tests.mapping.rooms import WHEN, load

WAYS = (
    "Each link needs Glossary and Term, or Asset type and Asset qualified name, "
    "or Glossary and Category, or Glossary; the sheet has "
)


@pytest.mark.parametrize(
    ("owner", "end"),
    [
        ([], "none of these columns."),
        (["Term"], "no column Glossary."),
        (["Category"], "no column Glossary."),
        (["Asset type"], "no column Asset qualified name."),
        (["Asset qualified name"], "no column Asset type."),
    ],
)
def test_a_link_without_the_columns_of_an_owner_is_one_error(owner, end):
    rows = [[*owner, "Title", "URL"], *[[*owner, "T", "https://example.com"]] * 3]
    found = taken(find("atlan-glossary"), Rows("Links", rows))
    finding = only(found.findings)
    assert (finding.code, finding.place.row, finding.place.cell) == ("missing_column", 1, None)
    assert finding.message == WAYS + end
    assert set(invalid_rows(found, found.findings)) == {(0, 2), (0, 3), (0, 4)}
    assert not any(entity.valid for entity in found.registry.entities)


@pytest.mark.parametrize(
    "owner",
    [
        ["Glossary"],
        ["Glossary", "Term"],
        ["Glossary", "Category"],
        ["Asset type", "Asset qualified name"],
    ],
)
def test_one_of_the_ways_to_name_the_owner_is_enough(owner):
    rows = [[*owner, "Title", "URL"], [*owner, "T", "https://example.com"]]
    assert taken(find("atlan-glossary"), Rows("Links", rows)).findings == []


@pytest.mark.parametrize(
    ("sheet", "headings", "message"),
    [
        (
            "Desks",
            ["Desk", "Floor"],
            "Each desk needs Parent external ID, or Building and Floor and Space, "
            "or Building and Floor; the sheet has no column Building.",
        ),
        ("Categories", ["Category"], "Glossary is required, and the sheet has no such column."),
    ],
)
def test_every_kind_of_owner_is_missed_once(sheet, headings, message):
    made = find("atlan-glossary" if sheet == "Categories" else "trebellar-portfolio")
    found = taken(made, Rows(sheet, [headings, *[["a", "b"][: len(headings)]] * 5]))
    assert [f.message for f in found.findings if f.code == "missing_column"] == [message]


def test_a_list_without_its_floors_is_one_error():
    """Floors are made on the way and rooms stand on them: one cause, one finding."""
    rows = [["Building", "Timezone", "Room"], ["Mill", "Europe/Berlin", "Lab"]]
    found = taken(find("room-list"), Rows("Rooms", rows))
    assert [f.message for f in found.findings] == [
        "Each space needs Building and Floor; the sheet has no column Floor."
    ]


def test_rows_of_another_kind_do_not_need_the_owner(tmp_path):
    """Where a cell says what a row is, only the rows that need the column are in error."""
    rows = [["Type", "Name"], ["Site", "s"], ["Room", "r"], ["Room", "q"]]
    found = mapped(load(tmp_path, WHEN), rows)
    assert [(f.place.row, f.message) for f in found.findings] == [
        (row, "Site is required, and the sheet has no such column.") for row in (3, 4)
    ]
    assert found.invalid == {3, 4}
    assert not bound(load(tmp_path, WHEN), rows).refused


def test_all_faults_of_a_row_are_shown_at_once():
    rows = [["Glossary", "Term", "Title", "URL"], ["", "Cash flow", "", "bad url"]]
    found = taken(find("atlan-glossary"), Rows("Links", rows))
    assert reported(found.findings) == [
        ("missing", "A2"),
        ("missing", "C2"),
        ("bad_url", "D2"),
    ]


@pytest.mark.parametrize(
    ("template", "sheet", "headings", "misspelt", "meant"),
    [
        ("atlan-glossary", "Links", ["Glossary", "Terms", "Title", "URL"], "Terms", "Term"),
        (
            "atlan-glossary",
            "Categories",
            ["Glossary", "Category", "Parent categories"],
            "Parent categories",
            "Parent category",
        ),
        ("trebellar-portfolio", "Desks", ["Building", "Flor", "Desk"], "Flor", "Floor"),
    ],
)
def test_a_misspelt_column_that_names_what_rows_belong_to_keeps_them_back(
    template, sheet, headings, misspelt, meant
):
    """Otherwise the rows would end up in another place."""
    found = taken(find(template), Rows(sheet, [headings, ["x"] * len(headings)]))
    finding = only([f for f in found.findings if f.value == misspelt])
    assert (finding.code, finding.severity) == ("missing_column", "error")
    assert finding.suggestion == meant
    assert not any(entity.valid for entity in found.registry.entities)


def test_a_heading_that_is_only_a_little_like_it_is_unknown_like_any():
    rows = [["Building", "Space", "Floor area"], ["HQ", "Lab", "12"]]
    found = taken(find("trebellar-portfolio"), Rows("Spaces", rows))
    finding = only([f for f in found.findings if f.value == "Floor area"])
    assert (finding.code, finding.severity) == ("unknown_heading", "warning")
