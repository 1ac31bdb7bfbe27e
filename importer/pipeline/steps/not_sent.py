"""What rows state and no request says: fields that a target never shows, or takes only at first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from importer.finding_codes import FindingCode
from importer.mapping import BoundEntity, BoundSheet, Entity
from importer.model import Finding, Severity
from importer.payload_path import split
from importer.row_ranges import in_words


class NotSent(Struct):
    """The rows of a run whose fields are not sent, by sheet, kind and payload path."""

    _rows: dict[tuple[int, str, str], list[int]] = field(default_factory=dict)
    _bound: dict[tuple[int, str], tuple[BoundSheet, BoundEntity]] = field(default_factory=dict)

    def note(self, entity: Entity, paths: Iterable[str]) -> None:
        """Note the fields of a row that are not sent."""
        for path in paths:
            at = entity.sheet.no, entity.kind
            self._rows.setdefault((*at, path), []).append(entity.row)
            self._bound[at] = entity.sheet, entity.bound

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each heading: why the cells of which rows are not sent."""
        for (no, kind, path), rows in self._rows.items():
            sheet, bound = self._bound[no, kind]
            column, heading = bound.origin(path)
            if not heading:
                continue  # the template itself states it
            words = f"{heading} of {in_words(rows)} cannot be sent {_why(bound, path)}"
            place = sheet.place(rows[0], column, heading)
            code, more = FindingCode.NOT_SENT, len(rows) - 1
            yield Finding(code, words, place, Severity.INFO, more_rows=more)


def _why(bound: BoundEntity, path: str) -> str:
    """Return the reason; its words before the colon tell apart what is listed together."""
    field = bound.kind.fields[split(path)]
    if field.never_sent:
        return "at all: the target makes it itself, and a cell only finds what has it."
    if field.only_new:
        new = f"a new {bound.kind.word}"
        return f"of what is there already: the target takes it only of {new}."
    return (
        "alone: the target never shows it, so that nobody can see whether it has changed. It goes "
        "with another change of its row, and there is none."
    )
