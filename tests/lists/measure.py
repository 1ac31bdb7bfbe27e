"""Measures what is proposed for the lists of a folder against their truth."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from importer.proposal import propose
from importer.proposal.chosen import Choice
from importer.proposal.rules import rules_of
from importer.template import find
from tests.lists.reading import sheets_of

UNTOLD = ("floor", "language", "sections")
"""Questions that the truths do not speak of."""

TRUTH = ".truth.json"


@dataclass
class Measured:
    """What came of one list: parts right and wrong, edits, seconds, and each difference."""

    name: str
    hits: dict[str, list[bool]] = field(default_factory=dict)
    edits: int = 0
    seconds: float = 0.0
    misled: bool = False
    differences: list[str] = field(default_factory=list)

    def note(self, what, right, difference=""):
        """Note whether a part of the proposal is right."""
        self.hits.setdefault(what, []).append(right)
        if not right and difference:
            self.differences.append(difference)


@cache
def templates():
    """Return the templates that lists are mapped onto."""
    return [find("atlan-glossary"), find("trebellar-portfolio")]


def measure(folder: Path) -> Iterator[Measured]:
    """Yield what came of each list of a folder."""
    for path in sorted(folder.glob(f"*{TRUTH}")):
        truth = json.loads(path.read_text("utf-8"))
        name = path.name.removesuffix(TRUTH)
        files = [file for file in folder.glob(f"{glob_safe(name)}.*") if file != path]
        yield _measured(name, list(sheets_of(files)), truth)


def glob_safe(name):
    """Return a name without meaning for a glob."""
    return "".join(f"[{letter}]" if letter in "[*?" else letter for letter in name)


def _measured(name, sheets, truth):
    measured = Measured(name)
    started = time.perf_counter()
    proposal = propose(sheets, templates())
    measured.seconds = time.perf_counter() - started
    found = {sheet.name: sheet for sheet in proposal.sheets}
    choices = {}
    for true in truth["sheets"]:
        sheet = found[true["name"]]
        _judge(measured, sheet, true)
        choices[sheet.file, sheet.name] = _choice(true)
    corrected = propose(sheets, templates(), choices)
    for sheet in corrected.sheets:
        true = next(each for each in truth["sheets"] if each["name"] == sheet.name)
        measured.edits += _field_edits(measured, sheet, true)
    return measured


def _choice(true):
    return Choice(true["header_row"] if true["kind"] else None, true["kind"] or "")


def _judge(measured, sheet, true):
    """Note the parts of a sheet's proposal as it first comes."""
    where = f"{sheet.name}: "
    right_kind = sheet.kind == true["kind"]
    told = f"{where}kind {sheet.kind}, not {true['kind']} ({sheet.confidence}: {sheet.reasons})"
    measured.note("kind", right_kind, told)
    measured.edits += not right_kind
    measured.misled |= not right_kind and sheet.confidence >= 0.6
    if true["kind"] is None:
        return
    right_row = sheet.header_row == true["header_row"]
    told = f"{where}heading row {sheet.header_row}, not {true['header_row']}"
    measured.note("heading row", right_row, told)
    measured.edits += not right_row
    name = rules_of(templates())[true["kind"]].name
    named = [c.column for c in sheet.columns if c.field == name or name in c.also]
    right_name = right_kind and named == [true["name_column"]]
    told = f"{where}name column {named}, not {true['name_column']}"
    measured.note("name column", right_name, told)
    _judge_columns(measured, sheet, true)
    _judge_rest(measured, sheet, true)


def _judge_rest(measured, sheet, true):
    """Note whether the rows left out and the questions are right."""
    start = true["header_row"]
    skipped = [each.row for each in sheet.skipped if each.row > start]
    told = f"{sheet.name}: rows left out {skipped}, not {true['skipped']}"
    measured.note("rows left out", skipped == true["skipped"], told)
    asked = sorted(each.name for each in sheet.asks if each.name not in UNTOLD)
    told = f"{sheet.name}: asks {asked}, not {sorted(true['asks'])}"
    measured.note("questions", asked == sorted(true["asks"]), told)


def _judge_columns(measured, sheet, true):
    found = {column.column: column.field for column in sheet.columns}
    for column in true["columns"]:
        right = found.get(column["column"]) in fields_of(column)
        measured.note("all columns", right)
        if is_target(column):
            measured.note("columns with a target field", right)


def fields_of(column):
    """Return the fields that are right for a column, the best first."""
    fields = column["field"] if isinstance(column["field"], list) else [column["field"]]
    own = any(field and field.startswith(("Property: ", "Custom: ")) for field in fields)
    return [*fields, None] if own and None not in fields else fields


def is_target(column):
    """Return whether the best field of a column is one of the template's."""
    best = fields_of(column)[0]
    return best is not None and not best.startswith(("Property: ", "Custom: "))


def _field_edits(measured, sheet, true):
    """Return how many columns have to be given another field, the kind and headings being right."""
    if true["kind"] is None:
        return 0
    found = {column.column: column for column in sheet.columns}
    edits = 0
    for column in true["columns"]:
        given = found.get(column["column"])
        if (given.field if given else None) not in fields_of(column):
            edits += 1
            told = f"{given.field} ({given.score}: {given.reason})" if given else "not seen"
            where = f"{sheet.name}: {column['column']} `{column['heading']}`"
            measured.differences.append(f"{where} {told}, not {column['field']}")
    return edits
