"""What a user asks of a run: how files are read, checked and sent, and where reports go."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from importer.spreadsheet import TextForm


class Options(Struct, frozen=True, kw_only=True):
    """How files are read, checked and sent.

    `template` is the name or folder of a template (None: recognised from the headings), `only`
    holds `SHEET` or `SHEET=KIND`. `system` is that of the target, where it is known: templates for
    others are not recognised. `answers` are (name, answer) of what the template asks. `encoding`,
    `delimiter` and `quote` are those of text files (empty: guessed). `batch_size` counts changes a
    request (None: the system's). The run stops early once `stop_after` batches' worth of
    consecutive rows were refused (None: 5, 0: never). A request that has not taken effect `landing`
    seconds after it was sent never will. With `verify`, whatever was sent is read back.

    The guard holds rows that change more than `mass_rows` entities, and more than the share
    `mass_share` of the live ones; with `mass_alone` also those that change more than this share of
    however few, unless it is a single one. `allow_mass_change` lets all pass. What is live in one
    of the scopes `prune` (names or ids) and named by no file is deleted.
    """

    template: str | None = None
    only: tuple[str, ...] = ()
    system: str = ""
    strict: bool = False
    batch_size: int | None = None
    jobs: int = 4
    stop_after: int | None = None
    landing: float = 60.0
    verify: bool = False
    mass_rows: int = 10
    mass_share: float = 0.1
    mass_alone: float | None = None
    allow_mass_change: bool = False
    prune: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    encoding: str = ""
    delimiter: str = ""
    quote: str = ""

    @property
    def text_form(self) -> TextForm:
        """What the user says of the text files."""
        return TextForm(self.encoding, self.delimiter, self.quote)


class ReportTo(Struct, frozen=True):
    """Where reports go: `path` is a file, or a folder where a run has several files.

    `suffix` stands before the file extension of a report for which no path was given.
    """

    path: Path | None = None
    in_place: bool = False
    wanted: bool = True
    suffix: str = "result"
