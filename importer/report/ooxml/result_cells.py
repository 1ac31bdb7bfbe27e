"""A line of the report in, our cells of its row out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field, replace

from importer.formula_text import STARTS
from importer.model import column_letter
from importer.report.content import HEADINGS, ID, MESSAGE, STATUS, Line
from importer.report.ooxml.cells import around_text, escaped
from importer.report.ooxml.sheet import Sheet
from importer.report.styles import PLAIN, WRAPPED, Look, lines_high, look_of, points
from importer.report.wording import shorten

Around = tuple[bytes, bytes]
"""What stands before and after the text of a cell that looks some way."""

WIDTHS = {STATUS: 14, MESSAGE: 60, ID: 40}
"""How wide our columns are, in digits."""

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
    statuses: InitVar[Iterable[str]]
    _plain: list[Around] = field(init=False)
    _wrapped: list[Around] = field(init=False)
    _columns: list[tuple[int, int, bytes]] = field(init=False)
    _status: dict[str, bytes] = field(init=False)
    _forms: dict[str, bytes] = field(init=False)
    _messages: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self, statuses: Iterable[str]) -> None:
        self._plain, self._wrapped = self._around(PLAIN), self._around(WRAPPED)
        said = {status: _rest(status, self._around(look_of(status))) for status in statuses}
        self._status = {"": b"", **said}
        tag = f'<{self.sheet.p}c r="'
        places = sorted((column, HEADINGS.index(name)) for name, column in self.at.items())
        self._columns = [(n, c, (tag + column_letter(c)).encode()) for c, n in places]
        self._forms = {status: self._form(rest) for status, rest in self._status.items() if rest}

    def _form(self, status: bytes) -> bytes:
        """The cells of a row with a status and an id: twice its number and the id are left open."""
        tags = {HEADINGS[name]: tag + b'%d"' for name, _, tag in self._columns}
        before, after = self._plain[0]
        whole = (status, before, after)
        status, before, after = (xml.replace(b"%", b"%%") for xml in whole)
        return tags[STATUS] + status + tags[ID] + before + b"%s" + after

    def usual(self, line: Line) -> bytes:
        """The cells of a row with an outcome and no message, in one; blank for any other row."""
        row, status, message, identity = line
        if message or not status:
            return b""
        if not identity or identity.startswith(STARTS):
            return b"".join(self.cells(line).values())
        return self._forms[status] % (row, row, escaped(shorten(identity)))

    def _around(self, look: Look) -> list[Around]:
        """Of a text that nothing takes for a formula, and of one that something might."""
        looks = look, replace(look, quoted=True)
        return [around_text(self.sheet.p, self.sheet.looks.of(each)) for each in looks]

    def cells(self, line: Line) -> dict[int, bytes]:
        """The cells of a row by their columns, from left to right; none where nothing is said."""
        row, status, message, identity = line
        said = (
            self._status[status],
            self._messages.get(message) or self._message(message) if message else b"",
            _rest(identity, self._plain) if identity else b"",
        )
        place = b'%d"' % row
        return {c: tag + place + said[n] for n, c, tag in self._columns if said[n]}

    def _message(self, message: str) -> bytes:
        rest = _rest(message, self._wrapped)
        if len(self._messages) < REMEMBERED:
            self._messages[message] = rest
        return rest


def _rest(text: str, around: list[Around]) -> bytes:
    """What stands behind the address in a cell with a text."""
    before, after = around[text.startswith(STARTS)]
    return before + escaped(shorten(text)) + after


def height_for(message: str) -> bytes:
    """The height of a row with a message, in points; blank where a line holds it."""
    lines = lines_high(shorten(message), WIDTHS[MESSAGE]) if message else 1
    return f"{points(lines):g}".encode() if lines > 1 else b""
