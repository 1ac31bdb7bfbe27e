"""Workbooks of three sheets with a feature that a report must not damage."""

from dataclasses import dataclass, field

import xlsxwriter

from tests.report.build import members, packed

ROWS = 12
HEADINGS = ("Term", "Description", "Owners")

TERMS, NOTES = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"
"""The parts of the sheet that is imported, and of one that nothing touches."""

BOOK, TYPES = "xl/workbook.xml", "[Content_Types].xml"


def build(path, feature=lambda _: None, **options):
    """Terms with a heading and eleven rows, a list of people, and a sheet that nothing touches."""
    with xlsxwriter.Workbook(path, options) as book:
        terms, people, notes = map(book.add_worksheet, ("Terms", "People", "Notes"))
        terms.write_row("A1", HEADINGS)
        for row in range(1, ROWS):
            terms.write_row(row, 0, [f"Term {row}", f"What term {row} means", "jane"])
        people.write_column("A1", ["jane", "john", "Zoë"])
        notes.write("A1", "kept as it is")
        feature(book)
    return path


@dataclass
class Extra:
    """Parts to add to a workbook, what they are, who refers to them, and what else is different.

    `relations` are (part, id, the type of the relation, target); `changes` (part, old, new).
    """

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)
    relations: list[tuple[str, str, str, str]] = field(default_factory=list)
    changes: list[tuple[str, bytes, bytes]] = field(default_factory=list)


def inject(path, extra):
    """Put further parts into a workbook; what stands in it is found or the test is wrong."""
    parts = members(path) | extra.parts
    declared = [_override(*each) for each in extra.types.items()]
    declared += [_default(*each) for each in extra.endings.items()]
    _put(parts, TYPES, b"</Types>", b"".join(declared) + b"</Types>")
    for source, *relation in extra.relations:
        rels = "/_rels/".join(["", *source.rsplit("/", 1)][-2:]).lstrip("/") + ".rels"
        parts.setdefault(rels, _NO_RELATIONS)
        _put(parts, rels, b"</Relationships>", _relation(*relation) + b"</Relationships>")
    for name, old, new in extra.changes:
        _put(parts, name, old, new)
    return packed(path, parts)


_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def _put(parts, name, old, new):
    assert old in parts[name], (name, old)
    parts[name] = parts[name].replace(old, new, 1)


def _override(name, kind):
    return f'<Override PartName="/{name}" ContentType="{kind}"/>'.encode()


def _default(ending, kind):
    return f'<Default Extension="{ending}" ContentType="{kind}"/>'.encode()


def _relation(identity, kind, target):
    mode = ' TargetMode="External"' if ":" in target else ""
    return f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"{mode}/>'.encode()
