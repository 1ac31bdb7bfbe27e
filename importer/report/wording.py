"""The wording of reports: findings, places and numbers as short plain text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from importer.credentials import without_credentials
from importer.invisible import escaped, shown
from importer.model import Status, column_letter

if TYPE_CHECKING:
    from importer.model import Finding, Place

CELL_LIMIT = 32_000
"""The most UTF-16 units that we write into a cell; a spreadsheet holds 32,767."""

ENDS = (".", "!", "?", "…")
"""The characters that end a sentence."""

MEANINGS = {
    Status.CREATED: "new in the target",
    Status.UPDATED: "changed in the target",
    Status.MOVED: "put under another parent in the target",
    Status.DELETED: "deleted in the target",
    Status.UNCHANGED: "already as the file says",
    Status.MERGED: "only says again what another row says",
    Status.SKIPPED: "left out on purpose",
    Status.INVALID: "failed the checks and was not sent",
    Status.REJECTED: "refused by the target",
    Status.BLOCKED: "not sent: something it refers to was not imported",
    Status.HELD: "not sent: stopped by a guard",
    Status.UNKNOWN: "sent, but the target's answer never came",
    Status.PENDING: "not reached yet",
}


@cache
def _unwritable() -> re.Pattern[str]:
    """Return the pattern of what XML forbids: it is large, and seldom needed."""
    return re.compile("[^\t\n\r -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return `text` with what XML forbids and a terminal obeys escaped, and without credentials.

    Its lines end with LF.
    """
    text = without_credentials(text)
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return escaped(_unwritable().sub(shown, lines)).strip()


def one_line(text: str) -> str:
    """Return `text` on one line; blanks within it stay as they are."""
    parts = re.split(r"[^\S ]+", clean(text))
    return " ".join(filter(None, (part.strip() for part in parts)))


def shorten(text: str, units: int = CELL_LIMIT) -> str:
    """Return `text` cut to so many UTF-16 units, with an ellipsis at the end if it was longer."""
    if 2 * len(text) <= units:  # no character takes more than two
        return text
    raw = text.encode("utf-16-le", "replace")
    if len(raw) <= 2 * units:
        return text
    return raw[: 2 * units - 2].decode("utf-16-le", "ignore") + "…"


def plural(number: int, noun: str) -> str:
    """Return a number with its noun: `1 row`, `1,200 rows`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def sentence(finding: Finding) -> str:
    """Return heading, message and suggestion: `Owner: no such user. Suggestion: jane`."""
    message, heading = clean(finding.message), column_name(finding.place)
    if heading and not message.casefold().startswith(heading.casefold()):
        message = f"{heading}: {message}"
    if way_out := advice(finding):
        message = f"{message}{'' if message.endswith(ENDS) else '.'} {way_out}"
    return message


def advice(finding: Finding) -> str:
    """Return `Suggestion: ...`, or "" where there is none or the message contains it."""
    suggestion, message = clean(finding.suggestion or ""), clean(finding.message)
    said = message.replace(f"`{clean(finding.value or '')}`", "")
    return f"Suggestion: {suggestion}" if suggestion not in said else ""


def column_name(place: Place) -> str:
    """Return the heading without a colon at its end, `column C` without one, "" for a row."""
    if place.heading:
        return clean(place.heading).rstrip(":")
    return f"column {column_letter(place.column)}" if place.column else ""


def spot(place: Place) -> str:
    """Return the place on its sheet: `C17`, `row 17`, "" for the sheet, or a name without a row."""
    at_row = f"row {place.row}" if place.row else ""
    return f"`{clean(place.name)}`" if place.name else place.cell or at_row
