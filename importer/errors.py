"""The exceptions of `importer`; what is wrong with a user's cells is a finding, never one of these.

Each has an exit status and a code by which a program tells it from the others.

ImporterError
├── UsageError            exit 2: a flag, a setting, a file or a template that cannot be used
│   ├── MappingNeeded     no template knows the list
│   ├── AnswersNeeded     a template asks what its files do not say
│   ├── UnreadableInput   the file is not a spreadsheet we can read
│   └── TemplateError     mapping.toml or a schema is wrong: file, line and key are named
├── ResultNotWritten        exit 2: stdout cannot be written; a run is in the journal
├── TargetLocked            exit 4: another run holds the target
├── NotExpected           exit 1: the files of a job are not as it expects, nothing was sent
├── ReportNotWritten      exit 1: the outcome is in the journal, the report can be written later
└── StoppedEarly          exit 3: the run ended before its last row
    ├── TargetUnreachable
    ├── CredentialsRefused
    ├── JournalLost       its database is full, locked or away
    ├── QueueLost         what tasks wait in is away
    ├── Cancelled         somebody asked for it
    └── LeaseLost          this process stood still, and another took the run over
"""

from __future__ import annotations

from collections.abc import Mapping

from importer.explained_code import ExplainedCode


class ReasonCode(ExplainedCode):
    """Why a command ended as it did: what a program reads as `reason.code`; a contract."""

    # Exit status 1
    ERRORS_FOUND = "errors_found", "`check` found errors."
    NOT_ALL_SENDABLE = "not_all_sendable", "`plan` found rows that a run would not send."
    NOT_ALL_IMPORTED = "not_all_imported", "The run finished, and some rows were not imported."
    NOT_EXPECTED = "not_expected", "The files of a job are not as it expects; nothing was sent."
    REPORT_NOT_WRITTEN = "report_not_written", "A report could not be written where it belongs."

    # Exit status 2
    USAGE = "usage", "A flag, a setting or a file cannot be used."
    UNDECIDED = "undecided", "It is not certain what a sheet holds; the text names what it may be."
    RESULT_NOT_WRITTEN = "result_not_written", "The result could not be written to stdout."
    MAPPING_NEEDED = "mapping_needed", "No template knows the list; a mapping is proposed."
    UNREADABLE_INPUT = "unreadable_input", "The input file cannot be read as a spreadsheet."
    TEMPLATE = "template", "A template is wrong."

    # Exit status 3
    STOPPED_EARLY = "stopped_early", "The run ended before its last row."
    TARGET_UNREACHABLE = "target_unreachable", "The target gave no usable answer."
    CREDENTIALS_REFUSED = "credentials_refused", "The target refused the credentials."
    JOURNAL_LOST = "journal_lost", "The journal could not be read or written."
    QUEUE_LOST = "queue_lost", "The queue could not be read or written."
    CANCELLED = "cancelled", "A user asked the run to stop."
    LEASE_LOST = "lease_lost", "Another process took the run over."
    ABANDONED = "abandoned", "The run was given up, or a user answered no to it."
    SOURCE_UNREACHABLE = (
        "source_unreachable",
        "The place where the files are gave no usable answer.",
    )
    SOURCE_CHANGED = "source_changed", "A file changed while it was taken; the next look takes it."
    NOT_WELL = "not_well", "`doctor` found something that does not work."

    # Other exit statuses
    NOTHING_NEW = "nothing_new", "A job found nothing new (the exit status that was asked for)."
    TARGET_LOCKED = "target_locked", "Another run holds the target (exit status 4)."
    INTERNAL = "internal", "A fault of importer itself (exit status 70)."
    INTERRUPTED = "interrupted", "Broken off by Ctrl-C or SIGINT (exit status 130)."
    TERMINATED = "terminated", "Broken off by SIGTERM (exit status 143)."
    HUNG_UP = "hung_up", "Broken off by SIGHUP: its terminal has closed (exit status 129)."


class ImporterError(Exception):
    """Base of all; its text is shown to the user as it stands, without a traceback."""

    exit_status = 2
    code = ReasonCode.USAGE


class UsageError(ImporterError):
    """Something the user gave cannot be used."""


class MappingNeeded(UsageError):
    """No template knows the headings of a list, so that a mapping of its own must say the rest.

    `instead` says why one that knows a few of them does not do.
    """

    code = ReasonCode.MAPPING_NEEDED

    def __init__(self, text: str, instead: str = "") -> None:
        super().__init__(text)
        self.instead = instead


class AnswersNeeded(UsageError):
    """A template asks what its files do not say; `questions` are those without an answer.

    `why` says what is wrong with the answer that was given, `template` is the name of the template.
    """

    def __init__(
        self, text: str, questions: Mapping[str, str], why: str = "", template: str = ""
    ) -> None:
        super().__init__(text)
        self.questions, self.why, self.template = questions, why, template


class UnreadableInput(UsageError):
    """The input file cannot be read as a spreadsheet."""

    code = ReasonCode.UNREADABLE_INPUT


class TemplateError(UsageError):
    """A template folder is wrong; the text names file, line and key."""

    code = ReasonCode.TEMPLATE


class ResultNotWritten(ImporterError):
    """The result could not be written to stdout: its disk is full, say."""

    code = ReasonCode.RESULT_NOT_WRITTEN


class TargetLocked(ImporterError):
    """Another run holds the target; the text says which, since when and the way out."""

    exit_status = 4
    code = ReasonCode.TARGET_LOCKED


class NotExpected(ImporterError):
    """The files of a job are not as it expects, so that nothing of them is sent."""

    exit_status = 1
    code = ReasonCode.NOT_EXPECTED


class ReportNotWritten(ImporterError):
    """The report could not be put beside the input: disk full, no permission, open elsewhere."""

    exit_status = 1
    code = ReasonCode.REPORT_NOT_WRITTEN


class StoppedEarly(ImporterError):
    """The run ended before its last row; the journal can resume it."""

    exit_status = 3
    code = ReasonCode.STOPPED_EARLY


class TargetUnreachable(StoppedEarly):
    """No connection to the target could be made."""

    code = ReasonCode.TARGET_UNREACHABLE


class CredentialsRefused(StoppedEarly):
    """The target answered 401 or 403."""

    code = ReasonCode.CREDENTIALS_REFUSED


class JournalLost(StoppedEarly):
    """The journal cannot be read or written: without it nothing is sent."""

    code = ReasonCode.JOURNAL_LOST


class QueueLost(StoppedEarly):
    """The queue does not answer; what there is to do stands in the journal."""

    code = ReasonCode.QUEUE_LOST


class Cancelled(StoppedEarly):
    """Somebody asked the run to stop between two batches."""

    code = ReasonCode.CANCELLED


class LeaseLost(StoppedEarly):
    """Another process took the run's target over while this one stood still."""

    code = ReasonCode.LEASE_LOST
