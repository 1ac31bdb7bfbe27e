"""A line of the report in, our cells of its row out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, astuple, dataclass, field, replace

from importer.model import Status, column_letter
from importer.report.columns import WIDTHS
from importer.report.content import HEADINGS, MESSAGE, Line
from importer.report.ooxml.cells import rest_of_cell
from importer.report.ooxml.sheet import Sheet
from importer.report.paint import OUTCOME_FILL, PLAIN, WRAPPED, Look, lines_high, points, quoted
from importer.report.wording import shorten

REMEMBERED = 1_000
"""So many different messages of a sheet are kept ready."""


@dataclass(slots=True)
class Saying:
    """Our cells in the columns `at`, as `statuses` and messages ask for.

    Every style that may be needed is asked for at once: the styles part may stand before the
    sheet in the package, and is written when the rows have not passed by yet.
    """

    sheet: Sheet
    at: Mapping[str, int]
    statuses: InitVar[Iterable[Status]]
    _styles: dict[Look, int] = field(init=False)
    _columns: list[tuple[int, int, bytes]] = field(init=False)
    _status: dict[Status | None, bytes] = field(init=False)
    _messages: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self, statuses: Iterable[Status]) -> None:
        filled = {status: Look(fill=OUTCOME_FILL[status]) for status in statuses}
        looks = {PLAIN, WRAPPED, *filled.values()}
        looks |= {replace(look, quoted=True) for look in (PLAIN, WRAPPED)}
        self._styles = {look: self.sheet.looks.of(look) for look in sorted(looks, key=astuple)}
        self._status = {each: self._rest(str(each), look) for each, look in filled.items()}
        self._status[None] = b""
        tag = f'<{self.sheet.p}c r="'
        places = sorted((column, HEADINGS.index(name)) for name, column in self.at.items())
        self._columns = [(n, c, (tag + column_letter(c)).encode()) for c, n in places]

    def cells(self, line: Line) -> dict[int, bytes]:
        """The cells of a row by their columns, from left to right; none where nothing is said."""
        row, status, message, identity = line
        said = (
            self._status[status],
            self._messages.get(message) or self._message(message) if message else b"",
            self._rest(identity, PLAIN) if identity else b"",
        )
        place = b'%d"' % row
        return {c: tag + place + said[n] for n, c, tag in self._columns if said[n]}

    def _message(self, message: str) -> bytes:
        rest = self._rest(message, WRAPPED)
        if len(self._messages) < REMEMBERED:
            self._messages[message] = rest
        return rest

    def _rest(self, text: str, look: Look) -> bytes:
        """What stands behind the address in a cell with a text."""
        said = shorten(text)
        return rest_of_cell(self.sheet.p, said, self._styles[quoted(look, said)])


def height_for(message: str) -> bytes:
    """The height of a row with a message, in points; blank where a line holds it."""
    lines = lines_high(shorten(message), WIDTHS[MESSAGE]) if message else 1
    return f"{points(lines):g}".encode() if lines > 1 else b""
