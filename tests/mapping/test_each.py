"""A list cell makes an entity of each item."""

from __future__ import annotations

import pytest

from importer.model import CellFault
from tests.mapping.build import mapped, only
from tests.mapping.rooms import ROOM, load, made_of


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
def test_an_item_that_cannot_be_read_is_reported_on_its_cell(
    tmp_path, kind, columns, cell, code, value
):
    size = ", size = 2" if kind == "group" else ""
    made = load(tmp_path, ROOM + each(kind, size, columns))
    found = mapped(made, [["Room", "Links"], ["r", cell]])
    finding = only(found.findings)
    assert (finding.code, finding.place.cell, finding.place.heading) == (code, "B2", "Links")
    assert value in (None, finding.value)
    assert found.invalid == {2}
