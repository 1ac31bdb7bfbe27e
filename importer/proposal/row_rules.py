"""What a mapping says of rows that are no data, and of words that mean a blank cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from importer.proposal.cells import folded
from importer.proposal.data import listed, word_list
from importer.proposal.filled_fields import FilledFields
from importer.proposal.plain import plain
from importer.proposal.proposal import ColumnProposal, Skipped

FEWEST = 3
"""In a list of fewer columns a row with a single cell is nothing special."""

NO_LETTER = r"[^\pL]*"


def skips(fields: FilledFields) -> list[dict[str, Any]]:
    """Return rules for the rows that are no data.

    A line of totals is known by its word, a section or a note as the only filled cell of its row,
    others by what stands in them: their numbers would leave out other rows of the next list.
    """
    found = [*_meant(fields), *_skips(fields)]
    return [rule for at, rule in enumerate(found) if rule not in found[:at]]


def _meant(fields: FilledFields) -> Iterator[dict[str, Any]]:
    """Yield the rule that leaves out rows of other things."""
    meant, column = fields.sheet.meant, fields.telling
    if meant and column:
        yield {"unless": {fields.heading_of(column): list(meant.words)}}


def _skips(fields: FilledFields) -> Iterator[dict[str, Any]]:
    sheet = fields.sheet
    sections = sheet.sections.rows if sheet.sections else frozenset()
    for one in sheet.skipped:
        if one.row > sheet.header_row and one.row not in sections:
            like = [row for row in sheet.kept_rows if row.column == one.column]
            yield from islice(_rules(fields, one, like), 1)


def _rules(fields: FilledFields, one: Skipped, kept: Sequence[Skipped]) -> Iterator[dict[str, Any]]:
    """Yield the rules that may leave a row out, and none of those kept; the broadest first."""
    columns = {c.column: c for c in fields.columns.values() if c}
    headings = {letter: fields.heading_of(c) for letter, c in columns.items()}
    heading = headings.get(one.column, "")
    words = _of_totals(one.text)
    if heading and words and all(_of_totals(row.text)[:1] != words[:1] for row in kept):
        texts = [headings[c.column] for c in columns.values() if _has_words(c)]
        unless: dict[str, list[str]] = {name: [] for name in texts if name != heading}
        yield {"when": {heading: words}, **({"unless": unless} if unless else {})}
    any_text = one.alone and not (heading and words) and _may_be_any(fields, one)
    if any_text and not any(row.alone for row in kept):
        yield {"only": [heading or one.column]}
    if heading and any(map(str.isalpha, one.text)):
        exact: dict[str, Any] = {"only": [heading]} if one.alone else {}
        same = any(folded(row.text) == folded(one.text) for row in kept)
        number = {"rows": [one.row]} if same else {}  # nothing but its number tells it apart
        yield {**exact, **number, "when": {heading: [one.text]}}


def _may_be_any(fields: FilledFields, one: Skipped) -> bool:
    """Return whether all rows with a single cell in this column are no data."""
    sections = fields.sheet.sections
    return len(fields.sheet.columns) >= FEWEST and not (sections and sections.column == one.column)


def _has_words(column: ColumnProposal) -> bool:
    """Return whether most cells of a column are no mere numbers, as a line of totals has them."""
    spelt = [text for text in column.samples if any(map(str.isalpha, text))]
    return 2 * len(spelt) > len(column.samples)


def _of_totals(text: str) -> list[str]:
    """Return the words of a line of totals, by its first or last word; none for other texts."""
    words = text.split() or [""]
    first, last = words[0].rstrip(":="), words[-1].rstrip(":=")
    whole, known = text.rstrip(" :="), listed("total_words")
    if plain(whole) in known:
        return [whole]
    if plain(first) in known:
        numbers = not any(map(str.isalpha, " ".join(words[1:])))
        more = NO_LETTER if numbers else " .*"
        return [first, f"/(?i){re.escape(first)}{more}/"]
    return [last, f"/(?i).* {re.escape(last)}{NO_LETTER}/"] if plain(last) in known else []


def blanks(fields: FilledFields) -> Sequence[str]:
    """Return the texts that mean a blank cell: those of the list, and signs that are no words.

    The next list may have others of them. A word of letters alone may be a value there, as `na`.
    """
    seen = fields.sheet.blanks
    known = {plain(one) for one in (*seen, *fields.sheet.kept_words)}
    signs = (one for one in word_list()["blank_words"] if not one.replace(" ", "").isalpha())
    return [*seen, *(one for one in signs if plain(one) not in known)]
