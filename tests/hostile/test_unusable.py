"""A file or template that cannot be used is one line of error, exit status 2, and sends nothing."""

import os
import zipfile

import pytest
from openpyxl import load_workbook

from tests.hostile.conftest import book, swollen, written
from tests.read.build import ods, understated, with_texts, xls

GLOSSARY = [["Glossary"], ["Fin"]]
TERMS = [["Glossary", "Term"], ["Fin", "Revenue"]]
BOOK = {"Glossaries": GLOSSARY, "Terms": TERMS}
PROTECTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")
)


def truncated(path):
    whole = book(path, BOOK).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def of(content):
    return lambda path: path.write_bytes(content)


def repeated(path):
    """A text of 32,000 letters that 20,000 cells share."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    with_texts(path, f"<si><t>{'x' * 32_000}</t></si>", rows)


def blanks(path):
    """A cell of which it is said that it has two billion blanks."""
    cell = '<table:table-cell office:value-type="string"><text:p><text:s text:c="{}"/></text:p>'
    ods(path, f"<table:table-row>{cell.format(2_000_000_000)}</table:table-cell></table:table-row>")


def endless(path):
    """An .xls whose directory goes on in its own sector."""
    content = bytearray(xls(path, [(0, 0, 1)]).read_bytes())
    path.write_bytes(content[:516] + b"\1\0\0\0" + content[520:])


def understated_texts(path):
    understated(with_texts(path, f"<si><t>{os.urandom(5_000).hex()}</t></si>"), TEXTS)


TEXTS = "xl/sharedStrings.xml"
WIDE = ",".join(["Glossary", "Term", *(f"C{n}" for n in range(17_000))]) + "\nFin,Revenue\n"

FILES = {
    "an empty file": ("terms.xlsx", of(b""), "is empty (0 bytes). Copy or download"),
    "blank lines only": (
        "terms.csv",
        of(b"\n \n\n"),
        "There is nothing to import: the sheet terms has no rows.",
    ),
    "a password": ("terms.xlsx", of(PROTECTED), "protected with a password. Open it in Excel"),
    "a truncated zip": ("terms.xlsx", truncated, "is cut off: the end of the workbook is missing"),
    "a zip bomb": ("terms.xlsx", lambda path: swollen(book(path, BOOK)), "made to do harm"),
    "a text in many cells": ("terms.xlsx", repeated, "over 536,870,912 bytes of text"),
    "blanks without end": ("terms.ods", blanks, "something is repeated '2000000000' times"),
    "an endless directory": ("terms.xls", endless, "to read it takes more than 1.5 GB of memory"),
    "a zip that says less": ("terms.xlsx", understated_texts, "damaged (Bad CRC-32 for file"),
    "HTML called .xls": ("terms.xls", of(b"<html><table>"), "is a web page (HTML), though"),
    "17,000 columns": ("terms.csv", of(WIDE.encode()), "row 1 has 17,002 columns"),
    "no known heading": ("terms.csv", of(b"Fruit,Colour\na,b\n"), "Seen: Fruit, Colour. Known"),
    "a misspelt key column": ("mine.csv", of(b"Glossary,Trem\na,b\n"), "Seen: Glossary, Trem."),
    "a pipe": ("terms.csv", os.mkfifo, "is no file but a pipe. Save it as a file first"),
    "a folder": ("terms.csv", os.mkdir, "is a folder"),
}


@pytest.mark.parametrize(("name", "make", "words"), FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_used(send, system, home, name, make, words):
    make(home / name)
    result = send(name)
    assert (result.status, result.out) == (2, "")
    [line] = result.lines
    assert line.startswith("importer: ")
    assert words in line
    assert written(system) == []


def test_an_unrecognised_file_among_others_is_refused(send, system, put):
    """If it were skipped, its rows would be missing without notice."""
    result = send(put("terms.xlsx", BOOK), put("prices.csv", "Fruit,Colour\na,b\n"))
    assert (result.status, result.out) == (2, "")
    assert result.lines[0].startswith("importer: prices.csv: No sheet has headings that a template")
    assert written(system) == []


def test_two_files_of_one_name_are_refused(send, system, put):
    """Rows and reports are distinguished by the file's name: each would get the other's outcome."""
    put("glossaries.csv", "Glossary\nFin\n")
    put("de/terms.csv", "Glossary,Term\nFin,A\n")
    put("fr/terms.csv", "Glossary,Term\nFin,B\n")
    result = send("glossaries.csv", "de/terms.csv", "fr/terms.csv")
    assert (result.status, result.out) == (2, "")
    assert "de/terms.csv and fr/terms.csv have the same name" in result.err
    assert "is named twice" in send("de/terms.csv", "./de/terms.csv").err
    assert written(system) == []


TEMPLATE = """\
title = "Reports"
system = "atlan"
type_path = "typeName"
[kinds.report]
type = "PowerBIReport"
key = ["attributes.name"]
[[sheets]]
name = "Reports"
[[sheets.entities]]
kind = "report"
columns = [{ heading = "Report", path = "attributes.name", required = true }]
"""
SCHEMA = """{"type": "object", "additionalProperties": false, "required": ["typeName"],
"properties": {"typeName": {"const": "PowerBIReport"}, "attributes": {"type": "object",
"additionalProperties": false, "properties": {"name": {"type": "string"}}}}}"""

MAPPINGS = {
    "a misspelt key": (("heading =", "hedding ="), ("mapping.toml:11:", "hedding: unknown key")),
    "a misspelt path": (("path = ", "path = 'attributes.nam' #"), ("mapping.toml",)),
    "a path of no schema": (
        ('path = "attributes.name"', 'path = "attributes.nam"'),
        ("mapping.toml:11:", "no attributes.nam. Did you mean attributes.name?"),
    ),
    "an unknown type": (("required = true", 'type = "txt"'), ("mapping.toml:11:", "type")),
    "an unknown kind": (('kind = "report"', 'kind = "repo"'), ("mapping.toml:10:", "kind")),
    "no TOML": (('system = "atlan"', "system = atlan"), ("mapping.toml", "line 2")),
}


@pytest.mark.parametrize(("change", "words"), MAPPINGS.values(), ids=MAPPINGS)
def test_a_bad_mapping_is_named_with_line_and_key(send, system, put, change, words):
    put("own/mapping.toml", TEMPLATE.replace(*change))
    put("own/report.schema.json", SCHEMA)
    result = send(put("reports.csv", "Report\nSales\n"), "--template", "own")
    assert (result.status, result.out) == (2, "")
    assert all(line.startswith("importer: own/mapping.toml") for line in result.lines)
    for each in words:
        assert each in result.lines[0]
    assert written(system) == []


def test_a_sheet_larger_than_memory_does_not_prevent_the_report(send, system, put, home):
    """One stray cell far away, on a sheet not imported, in a workbook that must be copied."""
    sheets = {"Glossaries": [["Glossary"], ["Fin"]], "Far": [["here"]]}
    path = put("terms.xlsx", sheets)
    far = (b'r="1"', b'r="1048576"'), (b'r="A1"', b'r="XFD1048576"')
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for old, new in far:
        parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace(old, new)
    parts["_xmlsignatures/signature.xml"] = b"<s/>"
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    result = send(path, "--sheet", "Glossaries")
    assert result.status == 0, result.err
    book = load_workbook(home / "terms.result.xlsx")
    assert book.sheetnames == ["Glossaries", "Report"]
    output = [str(cell.value) for cell in book["Report"]["B"]]
    assert "The sheet Far cannot be read, so it is not in this copy." in output


BOATS = """\
title = "Boats"
system = "sandbox"
[kinds.boat]
key = ["name"]
[[sheets]]
name = "Boats"
[[sheets.entities]]
kind = "boat"
columns = [{ heading = "Boat", path = "name"%s }]
"""
REACHING = {
    "an address": ('{"properties": {"name": {"$ref": "http://127.0.0.1:9/a"}}}', "leads out of"),
    "a kind elsewhere": ('{"$schema": "http://127.0.0.1:9/a"}', "nothing is fetched"),
    "itself": ('{"properties": {"name": {"allOf": [{"$ref": "#"}]}}}', "refers to itself"),
    "another language": ('{"properties": {"name": {"pattern": "(?=a)"}}}', "`(?=` looks ahead"),
    "too deep": ('{"not":' * 9_000 + "{}" + "}" * 9_000, "too many levels"),
}


@pytest.mark.parametrize(("schema", "words"), REACHING.values(), ids=REACHING)
def test_a_template_that_reaches_out_or_never_ends(send, system, put, schema, words):
    put("boats/mapping.toml", BOATS % "")
    put("boats/boat.schema.json", schema)
    result = send(put("Boats.csv", "Boat\na\n"), "--template", "boats")
    assert (result.status, result.out) == (2, "")
    [line] = result.lines
    assert words in line
    assert written(system) == []


def test_a_pattern_that_hangs_other_engines_is_decided_at_once(importer, put):
    put("boats/mapping.toml", BOATS % ', extract = "((a+)+)"')
    name = '{"properties": {"name": {"type": "string", "pattern": "^(a+)+$"}}}'
    put("boats/boat.schema.json", name)
    file = put("Boats.csv", f"Boat\n{'a' * 3_000}!\n{'a' * 3_000}\n")
    assert importer("check", file, "--template", "boats").status == 1
