"""The cells of an upload with errors in them (`#N/A`): a copy of the values must not lose them.

A file that cannot be patched comes back, fixed, as a copy of its values, in which an error would
be a blank: nothing would be said of it any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from importer.finding_codes import FindingCode
from importer.journal.store import Store
from importer.journal.upload_findings import drop_found, read_part, write_part
from importer.model import Finding, Place

ERRORS = "error"
"""The part under which the journal has them, all in one."""

Raw = tuple[str, str, int, int, str]
"""File, sheet, row, column, and what is shown."""


def note_errors(
    store: Store, upload: str, findings: Sequence[Finding], names: Mapping[str, str]
) -> None:
    """Note the error cells that a check has found, besides those known: a fix may be undone."""
    found = {
        (names.get(place.file, place.file), place.sheet, place.row, place.column): one.value or ""
        for one in findings
        if one.code is FindingCode.ERROR_CELL and (place := one.place).cell
    }
    if found:
        known = {one[:4]: one[4] for one in _known(store, upload)}
        drop_found(store, upload, parts=(ERRORS,))
        merged = {**found, **known}
        write_part(store, upload, 0, ERRORS, [[[*cell, text] for cell, text in merged.items()]])


def known_errors(store: Store, upload: str) -> list[Finding]:
    """Return the error cells of an upload as findings."""
    return [
        Finding(FindingCode.ERROR_CELL, "", Place(sheet, row, column, file=file), value=text)
        for file, sheet, row, column, text in _known(store, upload)
    ]


def _known(store: Store, upload: str) -> list[Raw]:
    parts = read_part(store, upload, 0, ERRORS)
    return [(raw[0], raw[1], raw[2], raw[3], raw[4]) for part in parts for raw in part]
