"""A spreadsheet of Google Sheets: it is only read, in two requests, and known by what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from importer.atomic import whole
from importer.errors import UsageError
from importer.sources.google_values import Sheet, Spreadsheet
from importer.sources.in_time import in_time
from importer.sources.names import harmless
from importer.sources.placing import free_path
from importer.sources.read_only import ReadOnlySource
from importer.sources.source import (
    Limits,
    SourceChanged,
    SourceFile,
    SourceTooLarge,
    SourceUnreachable,
)
from importer.sources.trouble import answering

if TYPE_CHECKING:
    from requests import Session

ADDRESS = "https://docs.google.com/spreadsheets/d/"
ID = re.compile(r"[\w-]+", re.ASCII)
MAY_READ = ("https://www.googleapis.com/auth/spreadsheets.readonly",)
CONNECT_SECONDS = 10
RANGES = 40
"""Sheets that are asked for at once: their names stand in the address of the request."""

CELL_BYTES = 100
"""What a cell may weigh on its way, to know beforehand what is too large."""

AS_STORED = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "FORMATTED_STRING"}
"""Numbers exactly as they are; dates as they are shown, since a serial number is no date yet."""


class GoogleSheet(ReadOnlySource):
    """A spreadsheet, with all its sheets as one file."""

    def __init__(
        self, id_: str, limits: Limits, session: Callable[[], Session] | None = None
    ) -> None:
        if not ID.fullmatch(id_):
            raise UsageError(
                f"gsheets://{id_} names no spreadsheet: what follows /d/ in its address."
            )
        self._id, self._limits, self._session = id_, limits, session or _signed_in

    @property
    def address(self) -> str:
        """Return the address at which a browser shows it."""
        return f"{ADDRESS}{self._id}"

    def files(self, marker: str = "") -> Sequence[SourceFile]:
        """Return the spreadsheet as one file; it has to be read to know whether it changed."""
        if marker:
            raise UsageError(f"{self.address} is one spreadsheet: there is no marker beside it.")
        found = self._read()
        name = harmless(f"{found.title}.xlsx")
        return [SourceFile(name, self.address, None, None, found.mark)]

    def fetch(self, file: SourceFile, into: Path) -> Path:
        """Write the spreadsheet as a workbook into a folder."""
        found = self._read()
        if found.mark != file.mark:
            raise SourceChanged(file)
        out = free_path(into, harmless(file.name))
        with whole(out, private=True) as copy:
            found.write(copy)
        return out

    def _read(self) -> Spreadsheet:
        with answering(self.address), _asking(self.address):
            return in_time(self._limits.file_seconds, self._asked)

    def _asked(self) -> Spreadsheet:
        from gspread import Client

        client = Client(cast("Any", None), session=self._session()).http_client
        client.set_timeout((CONNECT_SECONDS, self._limits.answer_seconds))
        known = client.fetch_sheet_metadata(self._id)
        grids = [
            one["properties"] for one in known["sheets"] if "gridProperties" in one["properties"]
        ]
        self._demand_size(grids)
        values: list[Mapping[str, Any]] = []
        for start in range(0, len(grids), RANGES):
            ranges = [_quoted(grid["title"]) for grid in grids[start : start + RANGES]]
            values += client.values_batch_get(self._id, ranges, dict(AS_STORED))["valueRanges"]
        return Spreadsheet(known["properties"]["title"], list(_sheets(grids, values)))

    def _demand_size(self, grids: Sequence[Mapping[str, Any]]) -> None:
        sizes = (grid["gridProperties"] for grid in grids)
        cells = sum(size.get("rowCount", 0) * size.get("columnCount", 0) for size in sizes)
        if cells > self._limits.file_bytes // CELL_BYTES:
            raise SourceTooLarge(
                f"{self.address} has {cells:,} cells: it is not fetched. Delete the empty rows and "
                "columns of its sheets, or divide it."
            )


def _sheets(
    grids: Sequence[Mapping[str, Any]], values: Sequence[Mapping[str, Any]]
) -> Iterator[Sheet]:
    for grid, found in zip(grids, values, strict=True):
        rows = cast("Sequence[Sequence[Any]]", found.get("values", ()))
        yield Sheet(grid["title"], bool(grid.get("hidden")), rows)


def _quoted(title: str) -> str:
    """Return the range of a whole sheet."""
    return "'{}'".format(title.replace("'", "''"))


@contextmanager
def _asking(address: str) -> Iterator[None]:
    """Say what Google refuses, and the way out."""
    from google.auth.exceptions import DefaultCredentialsError
    from gspread.exceptions import APIError

    try:
        yield
    except DefaultCredentialsError as error:
        raise UsageError(
            f"{address} needs the account of a service: name its key file in the variable "
            "GOOGLE_APPLICATION_CREDENTIALS."
        ) from error
    except APIError as error:
        status = error.response.status_code
        refused = "share it with the address of the service account" if status in {403, 404} else ""
        why = refused or f"Google answers with status {status}; try again later"
        raise SourceUnreachable(f"{address} cannot be used: {why}.") from error


def _signed_in() -> Session:
    """Return a session with the credentials of the environment, which may only read."""
    import google.auth
    from google.auth.transport.requests import AuthorizedSession

    credentials, _project = google.auth.default(scopes=MAY_READ)
    session: Any = AuthorizedSession
    return cast("Session", session(credentials))
