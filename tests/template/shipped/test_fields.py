"""The fields of the shipped templates: what they refuse, what they warn about, what they take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from importer.template import find
from tests.mapping.build import Entities, Rows, taken

BUILDING = ("Building", "Timezone")
SPACE = ("Building", "Floor", "Space")
TERM = ("Glossary", "Term")
LINK = ("Glossary", "Term", "Title", "URL")


def imported(
    template: str, sheet: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]
) -> tuple[list[dict[str, Any]], list[tuple[str, str | None, str, str | None]]]:
    """The payloads, and severity, cell, code and suggestion of each finding."""
    sink = Entities()
    found = taken(find(template), Rows(sheet, [headings, *rows]), sink=sink)
    findings = [(f.severity, f.place.cell, f.code, f.suggestion) for f in found.findings]
    return [entity.payload for entity in sink.kept], findings


def building(**cells: Any) -> list[tuple[str, str | None, str, str | None]]:
    """The findings on a building with these cells, the first of which is in column C."""
    headings = [name.replace("_", " ") for name in cells]
    row = ["North", "Europe/Berlin", *cells.values()]
    return imported("trebellar-portfolio", "Buildings", [*BUILDING, *headings], [row])[1]


IMPOSSIBLE = [
    {"Latitude": 481.37, "Longitude": 11.5},
    {"Latitude": "-90.1", "Longitude": 11.5},
    {"Longitude": 211.5, "Latitude": 48.1},
    {"Seats": -10},
    {"Capacity": "-1"},
    {"Headcount": -0.5},
    {"Rentable_sqft": -100},
]


@pytest.mark.parametrize("cells", IMPOSSIBLE)
def test_a_number_that_cannot_be_is_an_error_on_its_cell(cells):
    assert ("error", "C2", "schema", None) in building(**cells)


ODD = [
    ({"Seats": 8.5}, None),
    ({"Business_hours_start": "9 AM"}, "09:00"),
    ({"Business_hours_end": "17.30"}, "17:30"),
    ({"Business_days": "Mon"}, "monday"),
    ({"Holidays": "25.12.2026"}, "2026-12-25"),
]


@pytest.mark.parametrize(("cells", "suggestion"), ODD)
def test_what_the_target_takes_and_nobody_means_is_a_warning(cells, suggestion):
    assert building(**cells) == [("warning", "C2", "unexpected", suggestion)]


def test_sensible_buildings_have_no_findings():
    assert not building(
        Latitude="-90",
        Longitude=180,
        Seats=0,
        Capacity="1e2",
        Business_hours_start="08:00",
        Business_days="monday; Friday",
        Holidays="2026-12-25; 2027-01-01",
    )


@pytest.mark.parametrize(
    ("template", "sheet", "headings", "row"),
    [
        ("trebellar-portfolio", "Buildings", BUILDING, ["North", "Europe/Berln"]),
        (
            "room-list",
            "Rooms",
            ("Building", "Timezone", "Floor", "Room"),
            ["North", "Europe/Berln", "1", "Lab"],
        ),
    ],
)
def test_a_time_zone_that_is_none_is_a_warning_in_every_template(template, sheet, headings, row):
    _, findings = imported(template, sheet, headings, [row])
    assert findings == [("warning", "B2", "unexpected", "Europe/Berlin")]


def test_the_column_decides_what_a_dot_means():
    headings = (*BUILDING, "Rentable sqft", "Capacity")
    rows = [
        ["A", "UTC", "12.500", "1.200"],
        ["B", "UTC", "980", "85"],
        ["C", "UTC", "1.240,5", "300"],
    ]
    payloads, findings = imported("trebellar-portfolio", "Buildings", headings, rows)
    sizes = [payload["staticProperties"] for payload in payloads]
    assert [size["rentableSqft"] for size in sizes] == [12500, 980, 1240.5]
    assert [size["capacity"] for size in sizes] == [1200, 85, 300]
    assert findings == []


def test_a_coordinate_with_a_comma_is_no_thousands():
    headings = (*BUILDING, "Latitude", "Longitude")
    (payload,), findings = imported(
        "trebellar-portfolio", "Buildings", headings, [["A", "UTC", "48,137", "11,575"]]
    )
    assert payload["staticProperties"]["coordinates"] == {"lat": 48.137, "lon": 11.575}
    assert findings == []


def test_a_word_under_bookable_is_sent_with_a_warning():
    rows = [
        ["North", "1", f"S{i}", word] for i, word in enumerate(["x", "No", "wahr", "by request"])
    ]
    payloads, findings = imported("trebellar-portfolio", "Spaces", (*SPACE, "Bookable"), rows)
    sent = [payload["staticProperties"]["bookable"] for payload in payloads]
    assert sent == [True, False, True, "by request"]
    assert findings == [("warning", "D5", "unexpected", None)]


@pytest.mark.parametrize(
    "heading", ["Owners", "Owner groups", "Admins", "Admin groups", "Viewers", "Viewer groups"]
)
@pytest.mark.parametrize("odd", ["ann, bob", "n/a", "Ann Smith <ann@example.com>"])
def test_an_odd_account_is_a_warning(heading, odd):
    (payload,), findings = imported("atlan-glossary", "Terms", (*TERM, heading), [["A", "B", odd]])
    assert [odd] in payload["attributes"].values()
    assert [finding[:3] for finding in findings] == [("warning", "C2", "unexpected")]


def test_a_tag_with_a_comma_is_a_warning():
    _, findings = imported("atlan-glossary", "Terms", (*TERM, "Tags"), [["A", "B", "PII, Secret"]])
    assert findings == [("warning", "C2", "unexpected", "PII; Secret")]


def test_the_scheme_of_a_link_may_be_in_capitals():
    (payload,), findings = imported(
        "atlan-glossary", "Links", LINK, [["A", "B", "c", "HTTPS://Example.com/A"]]
    )
    assert payload["attributes"]["link"] == "https://Example.com/A"
    assert findings == []


@pytest.mark.parametrize(
    ("url", "suggestion"),
    [
        ("https://exämple.com/ü", "https://xn--exmple-cua.com/%C3%BC"),
        ("https://example.com/[a]|b", "https://example.com/%5Ba%5D%7Cb"),
        ("https://example.com/\u200ba", "https://example.com/a"),
        ("https://example.com/a\u200bb", "https://example.com/ab"),
        ("https://example.com/f;https://example.com/g", None),
        ("https://example.com/n, https://example.com/o", None),
    ],
)
def test_what_is_no_link_is_an_error_that_proposes_one(url, suggestion):
    _, findings = imported("atlan-glossary", "Links", LINK, [["A", "B", "c", url]])
    assert findings == [("error", "D2", "bad_url", suggestion)]
