"""The exceptions of `importer`; what is wrong with a user's cells is a finding, never one of these.

ImporterError
├── UsageError            exit 2: a flag, a setting, a file or a template that cannot be used
│   ├── UnreadableInput   the file is not a spreadsheet we can read
│   └── TemplateError     mapping.toml or a schema is wrong: file, line and key are named
├── TargetLocked            exit 4: another run holds the target
├── ReportNotWritten      exit 1: the outcome is in the journal, the report can be written later
└── StoppedEarly          exit 3: the run ended before its last row
    ├── TargetUnreachable
    ├── CredentialsRefused
    ├── JournalLost       its database is full, locked or away
    ├── Cancelled         somebody asked for it
    └── LeaseLost          this process stood still, and another took the run over
"""

from __future__ import annotations


class ImporterError(Exception):
    """Base of all; its text is shown to the user as it stands, without a traceback."""

    exit_status = 2


class UsageError(ImporterError):
    """Something the user gave cannot be used."""


class UnreadableInput(UsageError):
    """The input file cannot be read as a spreadsheet."""


class TemplateError(UsageError):
    """A template folder is wrong; the text names file, line and key."""


class TargetLocked(ImporterError):
    """Another run holds the target; the text says which, since when and the way out."""

    exit_status = 4


class ReportNotWritten(ImporterError):
    """The report could not be put beside the input: disk full, no permission, open elsewhere."""

    exit_status = 1


class StoppedEarly(ImporterError):
    """The run ended before its last row; the journal can resume it."""

    exit_status = 3


class TargetUnreachable(StoppedEarly):
    """No connection to the target could be made."""


class CredentialsRefused(StoppedEarly):
    """The target answered 401 or 403."""


class JournalLost(StoppedEarly):
    """The journal cannot be read or written: without it nothing is sent."""


class Cancelled(StoppedEarly):
    """Somebody asked the run to stop between two batches."""


class LeaseLost(StoppedEarly):
    """Another process took the run's target over while this one stood still."""
