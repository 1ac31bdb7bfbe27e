"""Applies a column's `extract` and `values` to the texts by which its cells name other entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from importer.finding_codes import FindingCode
from importer.mapping.conversion.scalars import fold_word
from importer.mapping.conversion.values import Fault
from importer.template import Column, Kind, SheetRule
from importer.template.patterns import Pattern, compiled, part_of

Kinds = Mapping[str, Kind]
"""The kinds of a template by name."""


class Rewording(Struct, frozen=True):
    """The part of a text that names something, and the name that a word stands for.

    The text `clear` stays; a text that does not fit the pattern becomes blank, which is an error
    where it is `strict`. `form` says in words what a text must be.
    """

    pattern: Pattern | None
    words: dict[str, str]
    clear: str
    join: str = ""
    strict: bool = False
    form: str = ""

    def __call__(self, text: str) -> str:
        """Return the name that a text means, without outer blanks."""
        text = text.strip()
        if not text or text == self.clear:
            return text
        if self.pattern:
            text = part_of(self.pattern, text, self.join)
        return self.words.get(fold_word(text), text)

    def refuses(self, text: str) -> bool:
        """Return whether a text is filled and names nothing."""
        return bool(text.strip()) and not self(text)


def rewording(column: Column, clear: str) -> Rewording | None:
    """Return the rewording of a column's texts, None where its cells hold the names themselves."""
    if not (column.extract or column.values):
        return None
    words = {fold_word(word): str(value) for word, value in column.values.items()}
    pattern = compiled(column.extract) if column.extract else None
    return Rewording(pattern, words, clear, column.join, column.others == "error", form_of(column))


def naming_column(
    sheet: SheetRule, own: Iterable[Column], to: Iterable[str], heading: str, kinds: Kinds
) -> Column | None:
    """Return the column that says how the cells under a heading name entities of the kinds `to`.

    The entity's own column counts before the one by which the same row makes such an entity, and
    that one before any other.
    """
    made = (entity for entity in sheet.entities if entity.kind in to)
    keys = (c for entity in made for c in entity.columns if c.path in kinds[entity.kind].key)
    every = (column for entity in sheet.entities for column in entity.columns)
    read = (c for c in (*own, *keys, *every) if c.heading == heading and c.part is None)
    return next((column for column in read if column.extract or column.values), None)


def form_of(column: Column) -> str:
    """Return what the texts of a column must be: like its example, where it has one."""
    return f"be like `{column.example}`" if column.example else f"fit `{column.extract}`"


def unfit(text: str, heading: str | None, form: str) -> Fault:
    """Return why a filled cell names nothing: it does not have the form that its column needs."""
    message = f"`{text}` names nothing: what stands under {heading} must {form}."
    return Fault(FindingCode.NOT_ALLOWED, message)
