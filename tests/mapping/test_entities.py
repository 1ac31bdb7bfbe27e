"""Rows that make several entities, or none: groups, lists, conditions, and parents they create."""

from __future__ import annotations

import pytest

from importer.model import CellFault
from tests.mapping.build import (
    OPEN,
    TEXT,
    Entities,
    Rows,
    bound,
    mapped,
    only,
    resolved,
    taken,
    template,
    told,
)

HEAD = """
[kinds.site]
key = ["name"]
[kinds.room]
key = ["name"]
[kinds.link]
key = ["url"]
[[sheets]]
name = "Things"
"""
ROOM = """
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", path = "name", required = true },
  { heading = "Links" },
  { heading = "Action", type = "action" },
]
"""


def load(folder, rules):
    return template(folder, HEAD + rules, site=OPEN, room=OPEN, link=OPEN)


def made_of(found, kind):
    """Row and payload of each entity of a kind."""
    return [(e.row, e.payload) for e in found.entities if e.bound.kind.name == kind]


GROUPS = """
[[sheets.entities]]
kind = "link"
repeat = 3
when = { "URL {n}" = [] }
columns = [
  { heading = "URL {n}", aliases = ["Link {n}"], path = "url", type = "url" },
  { heading = "Title {n}", path = "title" },
]
"""


def test_repeated_columns_make_an_entity_for_each_filled_group(tmp_path):
    made = load(tmp_path, ROOM + GROUPS)
    headings = ["Room", "URL 1", "Title 1", "Link 2", "Title 2", "Title 3"]
    found = mapped(
        made,
        [
            headings,
            ["a", "https://1.x", "one", "https://2.x", "", "three"],
            ["b", "", "lonely", "", "", ""],
            ["c", "", "", "https://3.x", "t", ""],
        ],
    )
    assert sorted(made_of(found, "link"), key=str) == [
        (2, {"title": "one", "url": "https://1.x"}),
        (2, {"url": "https://2.x"}),
        (4, {"title": "t", "url": "https://3.x"}),
    ]
    assert len(made_of(found, "room")) == 3


def test_a_fault_in_one_group_is_told_on_its_cell_and_holds_the_whole_row(tmp_path):
    made = load(tmp_path, ROOM + GROUPS)
    rows = [["Room", "URL 1", "URL 2"], ["a", "https://1.x", "x y"], ["b", "https://2.x", ""]]
    found = mapped(made, rows)
    assert told(found.findings) == [("bad_url", "C2")]
    assert [(e.row, e.valid) for e in found.entities if e.valid] == [(3, True), (3, True)]


def each(kind: str, more: str, columns: str) -> str:
    return f"""
[[sheets.entities]]
kind = "link"
each = {{ heading = "Links", type = "{kind}"{more} }}
columns = [{columns}]
"""


TITLED = '{ part = "0", path = "title" }, { part = "1", path = "url", type = "url" }'
OBJECT = '{ part = "at.url", path = "url" }, { part = "names.0", path = "title" }'
EACH = [
    ("text", "", '{ part = "", path = "url" }', "a; b\nc", [{"url": u} for u in "abc"]),
    ("text", "", '{ part = "", path = "url" }', "", []),
    ("text", "", '{ part = "", path = "url" }', " ; ", []),
    (
        "text",
        ', separators = ["|"]',
        '{ part = "", path = "url" }',
        "a|b",
        [{"url": u} for u in "ab"],
    ),
    ("group", ", size = 2", TITLED, "t; https://x.y", [{"title": "t", "url": "https://x.y"}]),
    (
        "group",
        ", size = 2",
        TITLED,
        "t; https://x.y\nu; https://y.z",
        [{"title": "t", "url": "https://x.y"}, {"title": "u", "url": "https://y.z"}],
    ),
    ("json", "", OBJECT, '{"at": {"url": "a"}, "names": ["t"]}', [{"url": "a", "title": "t"}]),
    (
        "json",
        "",
        OBJECT,
        '[{"at": {"url": "a"}}, {"at": {"url": "b"}}]',
        [{"url": "a"}, {"url": "b"}],
    ),
    (
        "json",
        ', separators = ["\\n"]',
        OBJECT,
        '{"at": {"url": "a"}}\n\n{"at": {"url": "b"}}',
        [{"url": "a"}, {"url": "b"}],
    ),
    (
        "json",
        ', separators = ["\\n"]',
        OBJECT,
        '{\n  "at": {"url": "a"}\n}',
        [{"url": "a"}],
    ),
]


@pytest.mark.parametrize(("kind", "more", "columns", "cell", "payloads"), EACH)
def test_a_list_cell_makes_an_entity_of_each_item(tmp_path, kind, more, columns, cell, payloads):
    made = load(tmp_path, ROOM + each(kind, more, columns))
    found = mapped(made, [["Room", "Links"], ["r", cell], ["s", ""]])
    assert found.findings == []
    assert made_of(found, "link") == [(2, payload) for payload in payloads]
    assert len(made_of(found, "room")) == 2


BAD_ITEMS = [
    ("json", OBJECT, '{"at": 1', "not_json", '{"at": 1'),
    ("json", OBJECT, CellFault("error_cell", "#N/A"), "error_cell", "#N/A"),
    ("group", TITLED, "t; x y", "bad_url", "x y"),
    ("group", TITLED, "t", "missing", None),
    ("json", OBJECT, "{}", "missing", None),
    ("json", OBJECT, "5", "missing", None),
]


@pytest.mark.parametrize(("kind", "columns", "cell", "code", "value"), BAD_ITEMS)
def test_an_item_that_cannot_be_read_is_told_on_its_cell(
    tmp_path, kind, columns, cell, code, value
):
    size = ", size = 2" if kind == "group" else ""
    made = load(tmp_path, ROOM + each(kind, size, columns))
    found = mapped(made, [["Room", "Links"], ["r", cell]])
    finding = only(found.findings)
    assert (finding.code, finding.place.cell, finding.place.heading) == (code, "B2", "Links")
    assert value in (None, finding.value)
    assert found.invalid == {2}


WHEN = """
[[sheets.entities]]
kind = "site"
when = { Type = ["Site", "Building"] }
columns = [
  { heading = "Type", required = true },
  { heading = "Name", path = "name", required = true },
]
[[sheets.entities]]
kind = "room"
when = { Type = ["Room"] }
columns = [
  { heading = "Name", path = "name", required = true },
  { heading = "Site", required = true },
]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Site"]
parent = true
required = true
[[sheets.entities]]
kind = "link"
when = { Type = ["Room"], Link = [] }
columns = [{ heading = "Link", path = "url" }]
"""
TYPED = ["Type", "Name", "Site", "Link"]


def test_the_kind_of_a_row_may_stand_in_a_cell(tmp_path):
    made = load(tmp_path, WHEN)
    rows = [["SITE", "s"], [" building ", "t"], ["Room", "r", "s", "u"], ["room", "q", "t", " "]]
    found = resolved(made, Rows("Things", [TYPED, *rows]))
    assert found.findings == []
    assert found.keys() == {
        ("site", 2): ("s",),
        ("site", 3): ("t",),
        ("room", 4): ("s", "r"),
        ("link", 4): ("u",),
        ("room", 5): ("t", "q"),
    }


def test_a_required_cell_of_one_kind_is_not_missed_in_the_row_of_another(tmp_path):
    made = load(tmp_path, WHEN)
    found = mapped(made, [TYPED, ["Site", "s", "", ""], ["Room", "r", "", ""]])
    assert told(found.findings) == [("missing", "C3")]


@pytest.mark.parametrize(("word", "near"), [("Rooom", "Room"), ("Desk", None), ("", None)])
def test_a_row_that_makes_nothing_is_told_at_the_cell_that_says_what_it_is(tmp_path, word, near):
    made = load(tmp_path, WHEN)
    found = mapped(made, [TYPED, [word, "x", "", ""], ["Site", "s", "", ""]])
    finding = only(found.findings)
    assert (finding.place.cell, finding.suggestion) == ("A2", near)
    assert found.invalid == {2}


CREATES = """
[[sheets.entities]]
kind = "site"
creates = true
columns = [
  { heading = "Site", path = "name", required = true },
  { heading = "Zone", path = "facts.zone", required = true },
  { heading = "Street", path = "facts.street" },
]
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", path = "name", required = true },
  { heading = "Size", path = "size", type = "number" },
]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Site"]
parent = true
required = true
"""
ZONED = {
    "type": "object",
    "required": ["facts"],
    "properties": {
        "name": TEXT,
        "facts": {"type": "object", "required": ["zone"], "properties": {"zone": TEXT}},
    },
}
LIST = ["Site", "Zone", "Street", "Room", "Size"]


@pytest.fixture
def creating(tmp_path):
    return template(tmp_path, HEAD + CREATES, site=ZONED, room=OPEN, link=OPEN)


def test_what_many_rows_state_is_made_once_of_what_they_say_together(creating):
    """A blank says nothing: what only one row says counts for all."""
    rows = [["s", "Z", "", "r1", 1], ["s", "", "St", "r2", 2], ["t", "Y", "", "r1", 3]]
    found = taken(creating, Rows("Things", [LIST, *rows]), sink=(sink := Entities()))
    assert found.findings == []
    sites = [e.payload for e in sink.kept if e.bound.kind.name == "site"]
    assert sites == [
        {"name": "s", "facts": {"zone": "Z", "street": "St"}},
        {"name": "t", "facts": {"zone": "Y"}},
    ]
    assert [rows for rows in sink.stated.values() if rows] == [[(0, 3)]]
    assert len(sink.kept) == 5


def test_rows_that_contradict_each_other_are_told_with_both_values(creating):
    rows = [["s", "Z", "A", "r1", 1], ["s", "Y", "A", "r2", 2], ["s", "Z", "B", "r3", 3]]
    found = taken(creating, Rows("Things", [LIST, *rows]))
    assert told(found.findings) == [("contradiction", "B3"), ("contradiction", "C4")]
    first = found.findings[0]
    assert (first.place.heading, first.value, first.suggestion) == ("Zone", "Y", "Z")
    assert "row 2" in first.message


def test_what_no_row_says_is_missed_at_the_first_of_them(creating):
    rows = [["s", "", "", "r1", 1], ["s", "", "", "r2", 2]]
    found = taken(creating, Rows("Things", [LIST, *rows]))
    assert told(found.findings) == [("missing", "B2")]


def test_a_row_in_error_states_nothing_where_another_states_it_too(creating):
    """In either order the site is made of the row that is right."""
    good, bad = ["s", "Z", "", "r1", 1], ["s", "Z", "", "r2", "many"]
    for rows in ([good, bad], [bad, good]):
        found = taken(creating, Rows("Things", [LIST, *rows]), sink=(sink := Entities()))
        site = next(e for e in sink.kept if e.bound.kind.name == "site")
        assert (site.valid, len(found.findings)) == (True, 1)
        assert site.row == 2 + rows.index(good)


def test_a_row_in_error_does_not_hold_what_other_rows_state_too(creating):
    """The two rooms of one name are not sent; the site and its other room are."""
    rows = [["s", "Z", "", "r", 1], ["s", "Z", "", "r", 1], ["s", "Z", "", "q", 1]]
    found = resolved(creating, Rows("Things", [LIST, *rows]))
    assert told(found.findings) == [("duplicate_key", "D2"), ("duplicate_key", "D3")]
    assert [(r.kind, r.row, r.valid) for r in found.records] == [
        ("room", 2, False),
        ("room", 3, False),
        ("room", 4, True),
        ("site", 2, True),
    ]


def test_what_only_rows_in_error_state_is_not_made(creating):
    rows = [["s", "Z", "", "r", 1], ["s", "Z", "", "r", 1]]
    found = resolved(creating, Rows("Things", [LIST, *rows]))
    assert not any(record.valid for record in found.records)


def test_one_missing_name_is_told_once_for_all_that_the_row_would_make(creating):
    found = taken(creating, Rows("Things", [LIST, ["", "Z", "", "r", 1], ["s", "Z", "", "", 1]]))
    assert told(found.findings) == [("missing", "A2"), ("missing", "D3")]


def test_the_rooms_of_created_sites_hang_below_them(creating):
    rows = [["s", "Z", "", "r", 1], ["t", "Z", "", "r", 1], [5.0, "Z", "", "r", 1]]
    found = resolved(creating, Rows("Things", [LIST, *rows]))
    assert found.findings == []
    assert [found.record(row, "room").key for row in (2, 3, 4)] == [
        ("s", "r"),
        ("t", "r"),
        ("5", "r"),
    ]


def test_a_site_that_two_sheets_state_is_made_once(creating):
    sheets = [Rows("Things", [LIST, ["s", "Z", "", r, 1]]) for r in ("r1", "r2")]
    found = resolved(creating, *sheets)
    assert found.findings == []
    assert [record.kind for record in found.records].count("site") == 1


def test_a_row_that_deletes_makes_nothing_else(tmp_path):
    made = load(tmp_path, ROOM + GROUPS)
    rows = [["Room", "Action", "URL 1"], ["a", "delete", "https://x.y"], ["b", "", "https://x.y"]]
    found = mapped(made, rows)
    assert [(e.row, e.bound.kind.name, e.delete) for e in found.entities] == [
        (2, "room", True),
        (3, "room", False),
        (3, "link", False),
    ]


LETTERS = """
header = false
[[sheets.entities]]
kind = "room"
columns = [
  { heading = "Room", letter = "B", path = "name", required = true },
  { heading = "Size", letter = "AA", path = "size", type = "number" },
]
"""


def test_a_sheet_without_headings_is_read_by_letters_from_row_1(tmp_path):
    made = load(tmp_path, LETTERS)
    rows = [["x", "a", *[""] * 24, 5.0], ["x", "", *[""] * 24, "many"], ["x"]]
    found = mapped(made, rows)
    assert bound(made, rows).header.row == 0
    assert made_of(found, "room") == [(1, {"name": "a", "size": 5})]
    assert told(found.findings) == [("missing", "B2"), ("not_a_number", "AA2")]
    assert {f.place.heading for f in found.findings} == {None}
    assert found.rows == [1, 2]
    assert "Room" in found.findings[-1].message + found.findings[0].message


def test_a_sheet_default_names_the_entities_of_a_sheet(tmp_path):
    rules = """
[[sheets.entities]]
kind = "site"
creates = true
columns = [{ heading = "Site", path = "name", default = "{sheet}" }]
[[sheets.entities]]
kind = "room"
columns = [{ heading = "Room", path = "name", required = true }]
[[sheets.entities.references]]
path = "site"
to = ["site"]
by = ["Site"]
parent = true
required = true
"""
    made = load(tmp_path, rules)
    for headings in (["Room", "Site"], ["Room"]):
        found = resolved(made, Rows("Things", [headings, ["r", ""]]))
        assert found.findings == []
        assert found.record(2, "room").key == ("Things", "r")
