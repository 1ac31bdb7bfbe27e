"""One cell under one column rule: which value it has, or why it has none."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from importer.mapping.conversion.converters import allowed_words, converter
from importer.mapping.conversion.scalars import MOST_LEVELS
from importer.model import CellFault
from importer.template import Column
from tests.mapping.build import TEXT, THINGS, mapped, only, template

MAPPING = (
    THINGS
    + """
columns = [
  {{ heading = "Name", path = "name", required = true }},
  {{ heading = "Value", path = "value", {rule} }},
]
"""
)
ALONE, CLEARED = "left alone", "cleared"


def outcome(folder, cell, rule, node) -> Any:
    """The value of the cell; ALONE, CLEARED, or the code, cell, value and suggestion of a fault."""
    schema = {"type": "object", "properties": {"name": TEXT, "value": node}}
    made = template(folder, MAPPING.format(rule=rule or "note = ''"), thing=schema)
    found = mapped(made, [["Name", "Value"], ["a", cell]])
    if found.findings:
        finding = only(found.findings)
        assert (finding.place.cell, finding.place.heading) == ("B2", "Value")
        assert found.invalid == {2}
        return ("fault", finding.code, finding.value, finding.suggestion)
    entity = found.entities[0]
    if entity.clears:
        assert "value" not in entity.payload
        return (CLEARED, *entity.clears)
    return entity.payload.get("value", ALONE)


def fault(code: str, value: str | None, suggestion: str | None = None) -> tuple[str, ...]:
    return ("fault", code, value, suggestion)


def nested(levels: int) -> str:
    """JSON of objects that stand in each other so many times."""
    return '{"in": ' * levels + "1" + "}" * levels


LONG = "9" * 30
MOMENT = dt.datetime(2026, 1, 31, 13, 45, 0, 123000)
CLEAR = (CLEARED, "value")
COUNT = {"type": "number", "minimum": 0}
NUMBER = {"type": "number"}
WHOLE = {"type": "integer"}
DEGREES = {"type": "number", "minimum": -90, "maximum": 90}
EUROS = 'type = "number", currency = ["€", "EUR"]'
ASCII = {"type": "string", "pattern": "^https?://[!-~]+$"}
YES = {"type": "boolean"}
STATUS = {"type": "string", "enum": ["VERIFIED", "DRAFT", "DEPRECATED"]}
TEXTS = {"type": "array", "items": TEXT}
APPROVED = 'values = { Approved = "VERIFIED" }'
DAYS = {"type": "array", "items": {"$ref": "#/properties/value/$defs/day"}}
DAYS["$defs"] = {"day": {"enum": ["monday", "tuesday"]}}
LIST = 'type = "list"'

# cell, column rule, sub-schema, outcome
BLANKS = [
    ("", "", TEXT, ALONE),
    ("   ", "", TEXT, ALONE),
    ("\xa0", "", TEXT, ALONE),
    ("\n\t", 'type = "number"', NUMBER, ALONE),
    ("", 'type = "boolean"', YES, ALONE),
    ("", LIST, TEXTS, ALONE),
    (" ; \n ;", LIST, TEXTS, ALONE),
    ("", 'default = "x"', TEXT, "x"),
    (" ", 'default = ["x"], type = "list"', TEXTS, ["x"]),
    ("y", 'default = "x"', TEXT, "y"),
    ("", 'blank = "clear"', TEXT, CLEAR),
    ("\u3000", 'blank = "clear"', TEXT, CLEAR),
    ("<clear>", "", TEXT, CLEAR),
    ("  <clear> ", "", TEXT, CLEAR),
    ("<clear>", 'type = "number"', NUMBER, CLEAR),
    ("<clear>", LIST, TEXTS, CLEAR),
    ("<clear>", 'type = "date"', TEXT, CLEAR),
    ("<clear>", 'default = "x"', TEXT, CLEAR),
    ("<clear>", "", STATUS, CLEAR),
    ("<clear> it", "", TEXT, "<clear> it"),
]
TEXT_CELLS = [
    ("00123", "", TEXT, "00123"),
    ("NA", "", TEXT, "NA"),
    ("None", "", TEXT, "None"),
    ("null", "", TEXT, "null"),
    ("nan", "", TEXT, "nan"),
    ("TRUE", "", TEXT, "TRUE"),
    ("5.0", "", TEXT, "5.0"),
    ("1E5", "", TEXT, "1E5"),
    (LONG, "", TEXT, LONG),
    ("=1+1", "", TEXT, "=1+1"),
    ("  kept  ", "", TEXT, "  kept  "),
    ("two\nlines", "", TEXT, "two\nlines"),
    ("Zürich 東京 🏢", "", TEXT, "Zürich 東京 🏢"),
    ("<b>bold</b>", "", TEXT, "<b>bold</b>"),
    (5.0, "", TEXT, "5"),
    (5, "", TEXT, "5"),
    (0, "", TEXT, "0"),
    (-0.5, "", TEXT, "-0.5"),
    (0.1, "", TEXT, "0.1"),
    (True, "", TEXT, "TRUE"),
    (False, "", TEXT, "FALSE"),
    (dt.date(2026, 1, 31), "", TEXT, "2026-01-31"),
    (dt.datetime(2026, 1, 31), "", TEXT, "2026-01-31"),
    (dt.datetime(2026, 1, 31, 8, 30), "", TEXT, "2026-01-31 08:30:00"),
    (dt.time(8, 30), "", TEXT, "08:30"),
    (dt.time(8, 30, 5), "", TEXT, "08:30:05"),
]
NUMBERS = [
    (5.0, 'type = "number"', NUMBER, 5),
    (5.5, 'type = "number"', NUMBER, 5.5),
    (0, 'type = "number"', NUMBER, 0),
    (0.0, 'type = "number"', NUMBER, 0),
    ("5.0", 'type = "number"', NUMBER, 5),
    (" 7 ", 'type = "number"', NUMBER, 7),
    ("-1.25", 'type = "number"', NUMBER, -1.25),
    (".5", 'type = "number"', NUMBER, 0.5),
    ("1e3", 'type = "number"', NUMBER, 1000),
    ("12345678901234567", 'type = "number"', NUMBER, 12345678901234567),
    ("1,234", 'type = "number"', NUMBER, fault("ambiguous_number", None)),
    ("1.234", 'type = "number"', NUMBER, fault("ambiguous_number", None)),
    ("1,5", 'type = "number"', NUMBER, 1.5),
    ("1.000,5", 'type = "number"', NUMBER, 1000.5),
    ("1,000.5", 'type = "number"', NUMBER, 1000.5),
    (".123,4", 'type = "number"', NUMBER, fault("not_a_number", ".123,4")),
    ("1.234.567", 'type = "number"', NUMBER, 1234567),
    ("1 234,5", 'type = "number"', NUMBER, 1234.5),
    ("1'234", 'type = "number"', NUMBER, 1234),
    ("0.125", 'type = "number"', NUMBER, 0.125),
    ("1234.125", 'type = "number"', NUMBER, 1234.125),
    ("\u22125", 'type = "number"', NUMBER, -5),
    ("1,23,456", 'type = "number"', NUMBER, 123456),
    ("1,23,45", 'type = "number"', NUMBER, fault("not_a_number", "1,23,45")),
    ("1.234,567.8", 'type = "number"', NUMBER, fault("not_a_number", "1.234,567.8")),
    ("12500 sqft", 'type = "number"', NUMBER, fault("not_a_number", "12500 sqft", "12500")),
    ("(500)", 'type = "number"', NUMBER, fault("not_a_number", "(500)", "-500")),
    ("($500)", 'type = "number"', NUMBER, fault("not_a_number", "($500)", "-500")),
    ("(m2)", 'type = "number"', NUMBER, fault("not_a_number", "(m2)")),
    ("m2", 'type = "number"', NUMBER, fault("not_a_number", "m2")),
    ("(3 seats)", 'type = "number"', NUMBER, fault("not_a_number", "(3 seats)")),
    ("3 seats", 'type = "number"', COUNT, fault("not_a_number", "3 seats", "3")),
    ("(3)", 'type = "number"', COUNT, fault("not_a_number", "(3)")),
    ("3-", 'type = "number"', COUNT, fault("not_a_number", "3-")),
    ("5-", 'type = "number"', NUMBER, fault("not_a_number", "5-", "-5")),
    ("10-12", 'type = "number"', NUMBER, fault("not_a_number", "10-12")),
    ("12%", 'type = "number"', NUMBER, fault("not_a_number", "12%")),
    ("1e999", 'type = "number"', NUMBER, fault("not_a_number", "1e999")),
    ("9" * 5000, 'type = "number"', NUMBER, fault("not_a_number", "9" * 5000)),
    ("1.234", 'type = "number", decimal = "."', NUMBER, 1.234),
    ("1.234", 'type = "number", decimal = ","', NUMBER, 1234),
    ("1.234", 'type = "number", thousands = "."', NUMBER, 1234),
    ("1,234", 'type = "number", thousands = ","', NUMBER, 1234),
    ("1 234,5", 'type = "number", decimal = ",", thousands = " "', NUMBER, 1234.5),
    ("1.5", 'type = "number", decimal = ","', NUMBER, fault("not_a_number", "1.5", "1.5")),
    ("€ 1,5", 'type = "number"', NUMBER, fault("not_a_number", "€ 1,5", "1.5")),
    ("€ 1,5", EUROS, NUMBER, 1.5),
    ("-€1,5", EUROS, NUMBER, -1.5),
    ("1.200,50 eur", EUROS, NUMBER, 1200.5),
    ("48,137", 'type = "number"', DEGREES, 48.137),
    ("548,137", 'type = "number"', DEGREES, fault("ambiguous_number", None)),
    ("many", 'type = "number"', NUMBER, fault("not_a_number", "many")),
    ("nan", 'type = "number"', NUMBER, fault("not_a_number", "nan")),
    ("inf", 'type = "number"', NUMBER, fault("not_a_number", "inf")),
    (True, 'type = "number"', NUMBER, fault("not_a_number", "TRUE")),
    (dt.date(2026, 1, 31), 'type = "number"', NUMBER, fault("not_a_number", "2026-01-31")),
    (5.0, 'type = "integer"', WHOLE, 5),
    ("5.0", 'type = "integer"', WHOLE, 5),
    (5.5, 'type = "integer"', WHOLE, fault("not_a_whole_number", "5.5")),
    ("x", 'type = "integer"', WHOLE, fault("not_a_number", "x")),
    ("-9223372036854775807", 'type = "integer"', WHOLE, -(2**63) + 1),
    ("-9223372036854775808", 'type = "integer"', WHOLE, -(2**63)),
    ("9223372036854775807", 'type = "integer"', WHOLE, 2**63 - 1),
    ("9,223,372,036,854,775,807", 'type = "integer"', WHOLE, 2**63 - 1),
    ("9007199254740993.0", 'type = "integer"', WHOLE, 2**53 + 1),
    ("1e18", 'type = "integer"', WHOLE, 10**18),
    *(
        (text, 'type = "integer"', WHOLE, fault("not_a_whole_number", text))
        for text in ("9223372036854775808", "-9223372036854775809", "9" * 25, "1e19")
    ),
    ("9223372036854775808", 'type = "number"', NUMBER, 2.0**63),
    ("1234567890123456.5", 'type = "number"', NUMBER, 1234567890123456.5),
]
WORDS = ["yes", "TRUE", "1", "Y", "x", " Yes ", "X"]
NO_WORDS = ["no", "False", "0", "n", " NO "]
BOOLEANS = [
    *((word, 'type = "boolean"', YES, True) for word in (*WORDS, True, 1, 1.0)),
    *((word, 'type = "boolean"', YES, False) for word in (*NO_WORDS, False, 0, 0.0)),
    ("maybe", 'type = "boolean"', YES, fault("not_yes_or_no", "maybe")),
    (2, 'type = "boolean"', YES, fault("not_yes_or_no", "2")),
]
DATES = [
    (dt.date(2026, 1, 31), 'type = "date"', TEXT, "2026-01-31"),
    (MOMENT, 'type = "date"', TEXT, "2026-01-31"),
    ("2026-01-31", 'type = "date"', TEXT, "2026-01-31"),
    (" 2026-01-31 ", 'type = "date"', TEXT, "2026-01-31"),
    ("31.01.2026", 'type = "date", formats = ["%d.%m.%Y"]', TEXT, "2026-01-31"),
    ("03/04/2026", 'type = "date"', TEXT, fault("ambiguous_date", None)),
    ("03.04.2026", 'type = "date"', TEXT, fault("ambiguous_date", None)),
    ("04/04/2026", 'type = "date"', TEXT, "2026-04-04"),
    ("31.01.2026", 'type = "date"', TEXT, "2026-01-31"),
    ("1/31/2026", 'type = "date"', TEXT, "2026-01-31"),
    ("2026/1/5", 'type = "date"', TEXT, "2026-01-05"),
    ("31/01/2026 9:30", 'type = "date", unit = "ms"', NUMBER, 1_769_851_800_000),
    ("20260131", 'type = "date"', TEXT, "2026-01-31"),
    ("2026013110800", 'type = "date"', TEXT, fault("not_a_date", "2026013110800")),
    ("31/02/2026", 'type = "date"', TEXT, fault("not_a_date", "31/02/2026")),
    ("31/01-2026", 'type = "date"', TEXT, fault("not_a_date", "31/01-2026")),
    ("1/2/26", 'type = "date"', TEXT, fault("not_a_date", "1/2/26")),
    (
        "01/31/2026",
        'type = "date", formats = ["%d/%m/%Y"]',
        TEXT,
        fault("not_a_date", "01/31/2026"),
    ),
    ("03/04/2026", 'type = "date", formats = ["%d/%m/%Y"]', TEXT, "2026-04-03"),
    ("03/04/2026", 'type = "date", formats = ["%m/%d/%Y"]', TEXT, "2026-03-04"),
    ("2026-02-30", 'type = "date"', TEXT, fault("not_a_date", "2026-02-30")),
    ("soon", 'type = "date"', TEXT, fault("not_a_date", "soon")),
    (46053, 'type = "date"', TEXT, fault("not_a_date", "46053")),
    (dt.time(8), 'type = "date"', TEXT, fault("not_a_date", "08:00")),
    (dt.date(1970, 1, 2), 'type = "date", unit = "ms"', NUMBER, 86_400_000),
    (dt.date(1969, 12, 31), 'type = "date", unit = "ms"', NUMBER, -86_400_000),
    (MOMENT, 'type = "date", unit = "ms"', NUMBER, 1_769_867_100_123),
    ("2026-01-31T13:45:00.123", 'type = "date", unit = "ms"', NUMBER, 1_769_867_100_123),
    ("2026-01-31T13:45:00+01:00", 'type = "date", unit = "ms"', NUMBER, 1_769_863_500_000),
    ("2026-01-31", 'type = "date", unit = "ms"', NUMBER, 1_769_817_600_000),
]
CHOICES = [
    ("VERIFIED", "", STATUS, "VERIFIED"),
    ("verified", "", STATUS, "VERIFIED"),
    ("  Draft ", "", STATUS, "DRAFT"),
    ("Verfied", "", STATUS, fault("not_allowed", "Verfied", "VERIFIED")),
    ("zzz", "", STATUS, fault("not_allowed", "zzz")),
    ("approved", APPROVED, STATUS, "VERIFIED"),
    (" APPROVED ", APPROVED, STATUS, "VERIFIED"),
    ("draft", APPROVED, STATUS, "DRAFT"),
    ("Aproved", APPROVED, STATUS, fault("not_allowed", "Aproved", "VERIFIED")),
    (2, "", {"enum": [1, 2, 3]}, 2),
    ("2", "", {"enum": [1, 2, 3]}, 2),
    ("big", "values = { big = 100 }", {}, 100),
    ("other", "values = { big = 100 }", {}, "other"),
    ("none", "values = { none = 0 }, type = 'number'", NUMBER, 0),
    ("no", "values = { no = false }", {}, False),
]
LISTS = [
    ("a; b ;c", LIST, TEXTS, ["a", "b", "c"]),
    ("a\nb\r\nc", LIST, TEXTS, ["a", "b", "c"]),
    ("a;;b;", LIST, TEXTS, ["a", "b"]),
    ("a, b", LIST, TEXTS, ["a, b"]),
    ("a, b", 'type = "list", separators = [","]', TEXTS, ["a", "b"]),
    ("a||b|c", 'type = "list", separators = ["||"]', TEXTS, ["a", "b|c"]),
    ("a - b-c", 'type = "list", separators = [" - "]', TEXTS, ["a", "b-c"]),
    ('"a;b"; c', LIST, TEXTS, ["a;b", "c"]),
    ('"a\nb"\nc', LIST, TEXTS, ["a\nb", "c"]),
    ('say "hi"; c', LIST, TEXTS, ['say "hi"', "c"]),
    ('24"; 27"', LIST, TEXTS, ['24"', '27"']),
    ('Monitor 24"; Monitor 27"', LIST, TEXTS, ['Monitor 24"', 'Monitor 27"']),
    ('"a ""b"""; c', LIST, TEXTS, ['a "b"', "c"]),
    ('"open; c', LIST, TEXTS, ['"open', "c"]),
    ("a; b; a", LIST, TEXTS, ["a", "b", "a"]),
    ("a; b; a", LIST, {**TEXTS, "uniqueItems": True}, ["a", "b"]),
    (5, LIST, TEXTS, ["5"]),
    (5.0, LIST, TEXTS, ["5"]),
    ("1; 2.5", 'type = "list", item = "number"', {}, [1, 2.5]),
    ("1; x", 'type = "list", item = "number"', {}, fault("not_a_number", "1; x")),
    ("a; b", 'type = "list", item_path = "x.y"', {}, [{"x": {"y": "a"}}, {"x": {"y": "b"}}]),
    ("Monday; TUESDAY", LIST, DAYS, ["monday", "tuesday"]),
    ("Mon; tuesday", 'type = "list", values = { mon = "monday" }', DAYS, ["monday", "tuesday"]),
    ("Mondya", LIST, DAYS, fault("not_allowed", "Mondya", "monday")),
    ("PII>>FULL\nX", 'type = "list", extract = "(.+?)(?:>>.+)?"', TEXTS, ["PII", "X"]),
    ("user:jo\nteam:x", "type = 'list', extract = 'user:(.+)'", TEXTS, ["jo"]),
    ("team:x", "type = 'list', extract = 'user:(.+)'", TEXTS, ALONE),
    ("user:jo", "extract = 'user:(.+)'", TEXT, "jo"),
    ("team:x", "extract = 'user:(.+)'", TEXT, ALONE),
    ("a" * 3_000 + "!", "extract = '((a+)+)'", TEXT, ALONE),
    ("a" * 3_000 + "!", "type = 'list', extract = '((a+)+)'", TEXTS, ALONE),
]
STRUCTURES = [
    ('{"a": [1, 2.5, null]}', 'type = "json"', {}, {"a": [1, 2.5, None]}),
    ("[]", 'type = "json"', {}, []),
    (7, 'type = "json"', {}, 7),
    ("[" * 9_000, 'type = "json"', {}, fault("not_json", "[" * 9_000)),
    (nested(MOST_LEVELS), 'type = "json"', {}, json.loads(nested(MOST_LEVELS))),
    (nested(MOST_LEVELS + 1), 'type = "json"', {}, fault("not_json", nested(MOST_LEVELS + 1))),
    (f"[{'{}, ' * MOST_LEVELS}1]", 'type = "json"', {}, [{}] * MOST_LEVELS + [1]),
    ("{a: 1}", 'type = "json"', {}, fault("not_json", "{a: 1}")),
    ("NaN", 'type = "json"', {}, fault("not_json", "NaN")),
    ("a:1; b : two", 'type = "map"', {}, {"a": "1", "b": "two"}),
    ("a:1:2", 'type = "map"', {}, {"a": "1:2"}),
    ("a=1|b=2", 'type = "map", pair = "=", separators = ["|"]', {}, {"a": "1", "b": "2"}),
    ("a:1; b", 'type = "map"', {}, fault("not_a_pair", "a:1; b")),
    (": 1", 'type = "map"', {}, fault("not_a_pair", ": 1")),
    ("", 'type = "map"', {}, ALONE),
    ("https://x.org/a?b=c#d", 'type = "url"', TEXT, "https://x.org/a?b=c#d"),
    (" HTTP://X.org ", 'type = "url"', TEXT, "HTTP://X.org"),
    ("mailto:jo@x.org", 'type = "url"', TEXT, "mailto:jo@x.org"),
    ("www.x.org/a", 'type = "url"', TEXT, fault("bad_url", "www.x.org/a", "https://www.x.org/a")),
    ("javascript:alert(1)", 'type = "url"', TEXT, fault("bad_url", "javascript:alert(1)")),
    (
        "https://x.org/a b",
        'type = "url"',
        TEXT,
        fault("bad_url", "https://x.org/a b", "https://x.org/a%20b"),
    ),
    ("http://", 'type = "url"', TEXT, fault("bad_url", "http://")),
    ("https://a.org/é", 'type = "url"', TEXT, "https://a.org/é"),
    ("HTTPS://A.org", 'type = "url"', ASCII, "https://A.org"),
    (
        "https://ä.org/é?q=ß",
        'type = "url"',
        ASCII,
        fault("bad_url", "https://ä.org/é?q=ß", "https://xn--4ca.org/%C3%A9?q=%C3%9F"),
    ),
    ("https://a.org/%C3%A9", 'type = "url"', ASCII, "https://a.org/%C3%A9"),
    ("<https://a.org>", 'type = "url"', TEXT, fault("bad_url", "<https://a.org>", "https://a.org")),
    (
        "[it](https://a.org)",
        'type = "url"',
        TEXT,
        fault("bad_url", "[it](https://a.org)", "https://a.org"),
    ),
    ("jo@x.org", 'type = "url"', TEXT, fault("bad_url", "jo@x.org", "mailto:jo@x.org")),
    (
        "https://a.org;https://b.org",
        'type = "url"',
        TEXT,
        fault("bad_url", "https://a.org;https://b.org"),
    ),
    (
        "https://a.org; \n https://b.org",
        'type = "url"',
        TEXT,
        fault("bad_url", "https://a.org; \n https://b.org"),
    ),
    ("a.org/x;b.org/y", 'type = "url"', TEXT, fault("bad_url", "a.org/x;b.org/y")),
    (
        "https://a.org/x; b.org",
        'type = "url"',
        TEXT,
        fault("bad_url", "https://a.org/x; b.org"),
    ),
    ("https://[a/é", 'type = "url"', ASCII, fault("bad_url", "https://[a/é")),
    ("https://a.org/x;y=1", 'type = "url"', TEXT, "https://a.org/x;y=1"),
    ("https://a.org/?to=https://b.org", 'type = "url"', TEXT, "https://a.org/?to=https://b.org"),
    (
        "https://a.org; b",
        "type = 'list', item = 'url'",
        TEXTS,
        fault("bad_url", "https://a.org; b"),
    ),
]
FAULTY = [
    (CellFault("error_cell", "#N/A"), "", TEXT, fault("error_cell", "#N/A")),
    (CellFault("error_cell", "#REF!"), LIST, TEXTS, fault("error_cell", "#REF!")),
    (
        CellFault("formula_without_value", "=A1+B1"),
        'type = "number"',
        NUMBER,
        fault("formula_without_value", "=A1+B1"),
    ),
    (CellFault("long_number", "1.91E+18"), "", TEXT, fault("long_number", "1.91E+18")),
    (CellFault("nul_byte", "a␀b"), "", TEXT, fault("nul_byte", "a␀b")),
    (CellFault("error_cell", "#N/A"), 'default = "x"', TEXT, fault("error_cell", "#N/A")),
]
CASES = {
    "blank": BLANKS,
    "text": TEXT_CELLS,
    "number": NUMBERS,
    "boolean": BOOLEANS,
    "date": DATES,
    "choice": CHOICES,
    "list": LISTS,
    "structure": STRUCTURES,
    "faulty": FAULTY,
}


def named(case):
    cell, rule, _, _ = case
    return f"{cell!r} {rule}"


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{k}: {named(c)}") for k, table in CASES.items() for c in table]
)
def test_a_cell_has_the_value_that_its_column_says(tmp_path, case):
    cell, rule, node, expected = case
    found = outcome(tmp_path, cell, rule, node)
    assert json.dumps(found) == json.dumps(expected)


def test_of_many_or_long_values_that_are_allowed_the_first_and_their_beginnings_are_listed():
    assert allowed_words(["a", "x" * 300]) == f"a, {'x' * 60}..."
    assert allowed_words(range(30)).endswith("18, 19 and 10 more")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9" * 25, "too large: whole numbers end at 9,223,372,036,854,775,807."),
        ("-1e19", "too small: whole numbers end at -9,223,372,036,854,775,808."),
        ("0.5", "not a whole number."),
    ],
)
def test_a_number_that_is_no_whole_one_of_64_bits_is_told_why(text, words):
    found = converter(Column(type="integer"), WHOLE, "<clear>")(text)
    assert found.message == f"`{text}` is {words}"


def test_a_number_that_no_whole_one_of_64_bits_holds_stays_a_float():
    found = converter(Column(type="number"), NUMBER, "<clear>")(1e22)
    assert (found, type(found)) == (1e22, float)
