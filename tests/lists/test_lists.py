"""The lists with truth are readable, and their truths name what is in them."""

import json
from pathlib import Path

import pytest

from importer.read import open_input
from importer.template import find

FOLDER = Path(__file__).parent
HALVES = ("seen", "kept")
TRUTH = ".truth.json"
OWN = {
    "glossary": "Glossary",
    "category": "Category",
    "term": "Term",
    "link": "Title",
    "asset": "Name",
    "building": "Building",
    "floor": "Floor",
    "space": "Space",
    "desk": "Desk",
    "sensor": "Sensor",
    "sensor_group": "Sensor group",
}
"""The heading under which each kind of row is named."""
ATLAN = ("glossary", "category", "term", "link", "asset")
ASKS = {"glossary", "time_zone", "building", "type", "date_order", "filter"}


def truths(half: str) -> list[Path]:
    return sorted((FOLDER / half).glob(f"*{TRUTH}"))


def list_of(truth: Path) -> Path:
    """The one file beside a truth that has its name."""
    name = truth.name.removesuffix(TRUTH)
    (path,) = (one for one in truth.parent.iterdir() if one.stem == name)
    return path


def headings(template: str) -> set[str]:
    rules = [rule for sheet in find(template).sheets for rule in sheet.entities]
    return {column.heading for rule in rules for column in rule.columns if column.heading}


FIELDS = {"Custom: ": headings("atlan-glossary"), "Property: ": headings("trebellar-portfolio")}


PATHS = [path for half in HALVES for path in truths(half)]


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def sheets(request):
    """Each sheet's truth with its rows; element 0 of the rows is the spreadsheet's row 1."""
    told = json.loads(request.param.read_text("utf-8"))
    assert sorted(told) == ["form", "language", "sheets"]
    opened = open_input(list_of(request.param)).sheets
    assert [sheet.name for sheet in opened] == [one["name"] for one in told["sheets"]]
    return [(one, sheet.head(10_000)) for one, sheet in zip(told["sheets"], opened, strict=True)]


def cell(rows, row: int, column: str):
    """What stands in a cell, by row number and letter; "" outside of the rows."""
    index = ord(column) - ord("A")
    inside = 0 < row <= len(rows) and index < len(rows[row - 1])
    return rows[row - 1][index] if inside else ""


def own_fields(column) -> list[str | None]:
    field = column["field"]
    return field if isinstance(field, list) else [field]


def test_headings_stand_where_they_are_said_to(sheets):
    for told, rows in sheets:
        row = told["header_row"]
        assert 0 <= row <= len(rows)
        for column in told["columns"]:
            shown = cell(rows, row, column["column"]) or cell(rows, row - 1, column["column"])
            expected = column["heading"] if row else ""
            assert str(shown).split() == expected.split()


def test_every_column_with_data_is_named(sheets):
    for told, rows in sheets:
        named = [column["column"] for column in told["columns"]]
        skipped = set(told["skipped"])
        data = [row for at, row in enumerate(rows, 1) if at > told["header_row"]]
        data = [row for at, row in enumerate(data, told["header_row"] + 1) if at not in skipped]
        filled = {chr(ord("A") + at) for row in data for at, one in enumerate(row) if one != ""}
        assert named == sorted(set(named))
        assert filled <= set(named)


def test_skipped_rows_are_rows_with_something_below_the_headings(sheets):
    for told, rows in sheets:
        for row in told["skipped"]:
            assert told["header_row"] < row <= len(rows)
            assert any(one != "" for one in rows[row - 1])


def test_fields_are_headings_of_the_shipped_templates(sheets):
    for told, _ in sheets:
        free = "Custom: " if told["kind"] in ATLAN else "Property: "
        for field in (one for column in told["columns"] for one in own_fields(column)):
            known = field is None or field in FIELDS[free] or field.startswith(free)
            assert known, f"{told['name']}: {field}"
        assert set(told["asks"]) <= ASKS


def test_rows_are_named_by_a_column_of_their_kind(sheets):
    for told, _ in sheets:
        kind, name = told["kind"], told["name_column"]
        if kind is None:
            assert name is None
            assert all(column["field"] is None for column in told["columns"])
        else:
            (column,) = (one for one in told["columns"] if one["column"] == name)
            assert {OWN[kind], "Qualified name"} & set(own_fields(column))


@pytest.mark.parametrize("half", HALVES)
def test_halves_are_large_enough(half):
    languages = [json.loads(path.read_text("utf-8"))["language"] for path in truths(half)]
    assert len(languages) >= 30
    assert len(set(languages)) >= 8
    assert len(languages) * 2 == len(list((FOLDER / half).iterdir()))


def test_eight_languages_have_four_lists_each():
    languages = [json.loads(path.read_text("utf-8"))["language"] for path in PATHS]
    assert len([one for one in set(languages) if languages.count(one) >= 4]) >= 8


def test_all_lists_are_small():
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 3_000_000
