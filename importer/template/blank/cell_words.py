"""What the words of a mapping mean for those who fill in a workbook: blanks, rows left out."""

from __future__ import annotations

from collections.abc import Iterator

from importer.template.blank.wording import Wording
from importer.template.model import Template
from importer.template.sheet_rule import SheetRule, Skip

Line = tuple[str, str]
"""What stands in a cell or row, and what it means."""


def cell_words(template: Template, words: Wording) -> Iterator[Line]:
    """Yield what cells and rows may say, and what that does."""
    yield words.phrase("cell_blank"), words.phrase("cell_blank_means")
    if emptied := _emptied(template, words):
        name = words.phrase("cell_empties", headings=", ".join(emptied))
        yield name, words.phrase("cell_clear_means")
    yield template.clear, words.phrase("cell_clear_means")
    for name in _blanks(template, words):
        yield name, words.phrase("cell_blanks_mean")
    for sheet in template.sheets:
        yield from _left_out(sheet, words)
    for name, ask in template.asks.items():
        phrase = "asks_default" if ask.default else "asks_means"
        question = words.text(ask.question)
        meaning = words.phrase(phrase, question=question, name=name, default=ask.default)
        yield words.phrase("asks"), meaning


def _emptied(template: Template, words: Wording) -> list[str]:
    """Return the headings under which a blank cell empties the field, each once."""
    columns = [column for sheet in template.sheets for column in sheet.columns.values()]
    found = (words.heading(column.heading) for column in columns if column.blank == "clear")
    return list(dict.fromkeys(found))


def _blanks(template: Template, words: Wording) -> Iterator[str]:
    """Yield the texts that mean a blank cell, with where they do."""
    if template.blanks:
        yield ", ".join(template.blanks)
    for sheet in template.sheets:
        if sheet.blanks:
            name = words.sheet(sheet.name)
            yield words.phrase("cell_blanks_on", words=", ".join(sheet.blanks), sheet=name)
        for column in sheet.columns.values():
            if column.blanks:
                texts, heading = ", ".join(column.blanks), words.heading(column.heading)
                yield words.phrase("cell_blanks_under", words=texts, heading=heading)


def _left_out(sheet: SheetRule, words: Wording) -> Iterator[Line]:
    """Yield which rows of a sheet are left out."""
    name = words.phrase("rows_skipped", sheet=words.sheet(sheet.name))
    for skip in sheet.skip:
        yield name, words.phrase("rows_skipped_means", rule=_rule(skip, words))
    if sheet.others == "skip":
        yield name, words.phrase("rows_nothing_means")


def _rule(skip: Skip, words: Wording) -> str:
    """Return a rule as a part of a sentence."""
    parts = list(_parts(skip, words))
    whole = parts[0] if parts else words.phrase("skip_named")
    for part in parts[1:]:
        whole = words.phrase("skip_and", one=whole, other=part)
    return whole


def _parts(skip: Skip, words: Wording) -> Iterator[str]:
    if skip.only:
        yield words.phrase("skip_only", headings=", ".join(map(words.heading, skip.only)))
    for phrase, conditions in (("skip_is", skip.when), ("skip_is_not", skip.unless)):
        for heading, texts in conditions.items():
            shown = [text or words.phrase("word_blank") for text in texts]
            said = words.joined(shown) or words.phrase("word_filled")
            yield words.phrase(phrase, heading=words.heading(heading), words=said)
