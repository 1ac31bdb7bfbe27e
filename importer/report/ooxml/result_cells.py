"""The XML of our three cells in a row of the user's sheet: status, message and id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import InitVar, dataclass, field

from msgspec.structs import replace

from importer.formula_text import FORMULA_STARTS
from importer.model import OWN_COLUMNS, column_letter
from importer.report.content import ID, MESSAGE, STATUS, Line
from importer.report.ooxml.cells import around_text, escaped
from importer.report.ooxml.sheet import Sheet
from importer.report.styles import PLAIN, WRAPPED, CellStyle, style_of
from importer.report.text_height import lines_high, points
from importer.report.wording import shorten

Around = tuple[bytes, bytes]
"""The XML before and after the text of a cell in a style."""

WIDTHS = {STATUS: 17, MESSAGE: 60, ID: 40}
"""The widths of our columns, in digits; a heading may have a filter's button beside it."""

CACHED_MESSAGES = 1_000
"""So many different messages of a sheet are kept as XML."""


@dataclass(slots=True)
class ResultCells:
    """A writer of our cells in the columns `at`.

    `statuses` are all that occur on the sheet: every style must be registered at the start, since
    the styles part may precede the sheet in the package and is written before its rows are.
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
        known = {status: _content(status, self._around(style_of(status))) for status in statuses}
        self._status = {"": b"", **known}
        tag = f'<{self.sheet.p}c r="'
        places = sorted((column, OWN_COLUMNS.index(name)) for name, column in self.at.items())
        self._columns = [(n, c, (tag + column_letter(c)).encode()) for c, n in places]
        self._forms = {status: self._form(xml) for status, xml in self._status.items() if xml}

    def _form(self, status: bytes) -> bytes:
        """Return a format of the cells for a status and an id, with the row number (twice) and
        the id left open.
        """
        tags = {OWN_COLUMNS[name]: tag + b'%d"' for name, _, tag in self._columns}
        before, after = self._plain[0]
        whole = (status, before, after)
        status, before, after = (xml.replace(b"%", b"%%") for xml in whole)
        return tags[STATUS] + status + tags[ID] + before + b"%s" + after

    def usual(self, line: Line) -> bytes:
        """Return the cells of a row with a status and no message as one; b"" for another row."""
        row, status, message, identity = line
        if message or not status:
            return b""
        if not identity or identity.startswith(FORMULA_STARTS):
            return b"".join(self.cells(line).values())
        return self._forms[status] % (row, row, escaped(shorten(identity)))

    def _around(self, style: CellStyle) -> list[Around]:
        """Return the XML around a plain text, and that around a text that looks like a formula."""
        styles = style, replace(style, quoted=True)
        return [around_text(self.sheet.p, self.sheet.styles.number(each)) for each in styles]

    def cells(self, line: Line) -> dict[int, bytes]:
        """Return the cells of a row by column, from left to right, without empty cells."""
        row, status, message, identity = line
        contents = (
            self._status[status],
            self._messages.get(message) or self._message(message) if message else b"",
            _content(identity, self._plain) if identity else b"",
        )
        place = b'%d"' % row
        return {c: tag + place + contents[n] for n, c, tag in self._columns if contents[n]}

    def _message(self, message: str) -> bytes:
        content = _content(message, self._wrapped)
        if len(self._messages) < CACHED_MESSAGES:
            self._messages[message] = content
        return content


def _content(text: str, around: list[Around]) -> bytes:
    """Return the XML of a cell with a text, from behind its address to its end."""
    before, after = around[text.startswith(FORMULA_STARTS)]
    return before + escaped(shorten(text)) + after


def height_for(message: str) -> float:
    """Return the height of a row with a message in points, 0 where a line holds it."""
    lines = lines_high(shorten(message), WIDTHS[MESSAGE]) if message else 1
    return points(lines) if lines > 1 else 0
