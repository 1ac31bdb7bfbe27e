"""The page of a sheet: what its rows are, and one line for each column; keys change all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from importer.cli.correcting.correction import Correction
from importer.cli.correcting.leaving import left_out
from importer.cli.correcting.lines import Line, Look, keys_line, line, window, wrapped
from importer.cli.correcting.options import fields, heading_rows, kinds
from importer.cli.correcting.page import Next, Stopped
from importer.cli.correcting.picking import moved
from importer.cli.correcting.settling import settling
from importer.cli.correcting.table import about, details, rows
from importer.cli.proposed import DOUBTFUL
from importer.pipeline.sure_enough import LEAST

KEYS = (
    ("↑↓", "column"),
    ("Enter", "its field"),
    ("x", "leave it out"),
    ("k", "what rows are"),
    ("h", "heading row"),
    ("r", "rows left out"),
    ("a", "accept"),
    ("q", "stop"),
)

LEAST_ROWS = 3
"""So many lines are kept for columns, and one below all."""

FOLLOWED = "The columns have followed the answer: please look; then `a` goes on."

LOOK = "Please look at the columns marked ?; then `a` again goes on."


class SheetPage(Struct, frozen=True):
    """The columns of one sheet; `at` is the place of the cursor, `note` answers the last key.

    `follows` makes the page behind the last sheet. `seen` says that what is doubtful was shown,
    `settled` that what the mapping answers once was asked.
    """

    correction: Correction
    follows: Callable[[Correction], Next]
    sheet: int = 0
    at: int = 0
    note: str = ""
    seen: bool = False
    settled: bool = False

    @property
    def prompt(self) -> str:
        """Return what can be typed on a terminal that has only lines."""
        return "a column's letter as `=B`, x=B leaves it out, k, h, r, n: next sheet, a, q"

    def lines(self, width: int, height: int) -> Sequence[Line]:
        """Return what the sheet is, its columns around the cursor, and the keys."""
        head, keys = about(self.correction, self.sheet, width), keys_line(self._keys, width)
        table = rows(self.correction.sheet(self.sheet), self.at, width)
        noted, more = [*self._noted(width)], details(self.correction, self.sheet, self.at, width)
        left = max(height - LEAST_ROWS - len(keys) - len(noted), 0)
        head = head[:left]  # in a small terminal what is said goes before the keys do
        below = [line(""), *more][: left - len(head)] + noted
        room = max(height - len(head) - len(keys) - len(below) - 1, LEAST_ROWS - 1)
        shown = window(len(table), self.at, room)
        return [*head, *(table[at] for at in shown), *below, *keys]

    def press(self, key: str) -> Next:
        """Move the cursor, change something, go on, or stop."""
        does = _DOES.get(key)
        if does:
            return does(self)
        if len(key) == 1:
            return self._unknown(key)
        count = len(self.correction.sheet(self.sheet).columns)
        return replace(self, at=moved(self.at, key, count), note="")

    def typed(self, text: str) -> Next:
        """Do what a line says: `=B` picks the field of column B, a letter is a key."""
        key, equals, letter = text.strip().partition("=")
        if equals:
            columns = [one.column for one in self.correction.sheet(self.sheet).columns]
            if letter.strip().upper() not in columns:
                return replace(self, note=f"There is no column {letter}.")
            here = replace(self, at=columns.index(letter.strip().upper()))
            return here.press(key.strip() or "enter")
        known = not key or key in _DOES or key == "n"
        return self.press({"n": "tab"}.get(key, key)) if known else self._unknown(key)

    @property
    def _keys(self) -> Sequence[tuple[str, str]]:
        several = len(self.correction.proposal.sheets) > 1
        return (*KEYS[:-2], ("Tab", "next sheet"), *KEYS[-2:]) if several else KEYS

    def _noted(self, width: int) -> Iterator[Line]:
        yield from (line(one, Look.DOUBTFUL) for one in wrapped(self.note, width) if one)

    def _unknown(self, key: str) -> SheetPage:
        return replace(self, note=f"`{key}` does nothing here: the last line says what does.")

    def _changed(self, correction: Correction, note: str = "") -> SheetPage:
        count = len(correction.sheet(self.sheet).columns)
        return replace(self, correction=correction, at=min(self.at, count - 1), note=note)

    def _field(self) -> Next:
        """Open the list of fields; a sheet that is not for import has none."""
        if not self.correction.rules(self.sheet):
            return self._kinds("Say first what the rows are.")
        return fields(self.correction, self.sheet, self.at, self._filled, lambda: self)

    def _filled(self, name: str) -> Next:
        letter = self.correction.sheet(self.sheet).columns[self.at].column
        changed = self._changed(self.correction.column(self.sheet, letter, name or None))
        return changed.press("down")

    def _left_out(self) -> Next:
        return self._filled("") if self.correction.rules(self.sheet) else self

    def _kinds(self, why: str = "") -> Next:
        page = kinds(self.correction, self.sheet, self._of_kind, lambda: replace(self, note=why))
        return replace(page, title=f"{why} {page.title}".strip())

    def _of_kind(self, kind: str) -> Next:
        return replace(self._changed(self.correction.kind(self.sheet, kind)), at=0, seen=False)

    def _headings(self) -> Next:
        return heading_rows(self.correction, self.sheet, self._headed, lambda: self)

    def _headed(self, number: str) -> Next:
        changed = self.correction.header_row(self.sheet, int(number))
        return replace(self._changed(changed), at=0, seen=False)

    def _rows(self) -> Next:
        return left_out(self.correction, self.sheet, self._kept)

    def _kept(self, correction: Correction) -> Next:
        return self if correction is self.correction else self._changed(correction)

    def _accepted(self) -> Next:
        """Go on; before that, ask what is too unsure to be taken in silence."""
        found = self.correction.sheet(self.sheet)
        if found.confidence < LEAST:
            return self._kinds(f"That is too unsure ({found.confidence:.0%}).")
        doubtful = [at for at, c in enumerate(found.columns) if c.field and c.score < DOUBTFUL]
        missing = self.correction.missing(self.sheet)
        if (doubtful or missing) and not self.seen:
            note = _lacking(missing) if missing else LOOK
            return replace(self, at=doubtful[0] if doubtful else self.at, note=note, seen=True)
        return self._settling() if not self.settled else self._next_sheet()

    def _settling(self) -> Next:
        """Ask what the mapping of the sheet answers once."""
        return settling(self.correction, self.sheet, self._settled, lambda: self, frozenset())

    def _settled(self, correction: Correction) -> Next:
        """Go on with the answers; columns that have changed by them are shown first."""
        before, after = (each.sheet(self.sheet).columns for each in (self.correction, correction))
        same = [one.field for one in before] == [one.field for one in after]
        page = replace(self._changed(correction, "" if same else FOLLOWED), settled=True)
        return page._next_sheet() if same else page

    def _next_sheet(self) -> Next:
        after = self.sheet + 1
        if after < len(self.correction.proposal.sheets):
            return replace(self, sheet=after, at=0, note="", seen=False, settled=False)
        return self.follows(self.correction)

    def _other_sheet(self) -> Next:
        after = (self.sheet + 1) % len(self.correction.proposal.sheets)
        return replace(self, sheet=after, at=0, note="", seen=False, settled=False)


def _lacking(missing: Sequence[str]) -> str:
    words = " and ".join(missing)
    return f"No column fills {words}, which is required: choose one, or `a` again goes on."


_DOES: dict[str, Callable[[SheetPage], Next]] = {
    "enter": SheetPage._field,
    "x": SheetPage._left_out,
    "k": SheetPage._kinds,
    "h": SheetPage._headings,
    "r": SheetPage._rows,
    "a": SheetPage._accepted,
    "q": lambda _page: Stopped(),
    "tab": SheetPage._other_sheet,
}
"""What each key does."""
