"""Group findings by cause for people: one mistake, however often made, is one message.

Programs get every finding; a page, a terminal and a report show the causes. Two findings have one
cause where they have one code and severity, and say the same but for values, names and numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from importer.finding_codes import FindingCode
from importer.model import Finding, Place, Severity, Status, column_letter

GRAVITY = [Severity.ERROR, Severity.WARNING, Severity.INFO]

OF_ONE_COLUMN = frozenset(
    {
        FindingCode.MISSING,
        FindingCode.NOT_ALLOWED,
        FindingCode.NOT_FOUND,
        FindingCode.UNKNOWN_NAME,
        FindingCode.AMBIGUOUS,
        FindingCode.DUPLICATE_KEY,
        FindingCode.CONTRADICTION,
        FindingCode.SCHEMA,
    }
)
"""What is a mistake of its own in each column; decimal commas, say, are one in twenty columns."""

OF_HEADINGS = frozenset(
    {
        FindingCode.UNKNOWN_HEADING,
        FindingCode.DUPLICATE_HEADING,
        FindingCode.MISSING_COLUMN,
    }
)
"""What is about headings themselves."""

OF_SHEETS = OF_HEADINGS | {
    FindingCode.SHEET_IGNORED,
    FindingCode.HEADINGS_NOT_FOUND,
    FindingCode.NO_HEADING,
    FindingCode.OWNER_ABOVE,
    FindingCode.REPEATED_HEADINGS,
    FindingCode.RULED_LINE,
    FindingCode.SECOND_HEADINGS,
    FindingCode.ONLY_UNKNOWN,
    FindingCode.NO_ROWS,
    FindingCode.HIDDEN_SHEETS,
    FindingCode.HIDDEN_COLUMNS,
    FindingCode.HIDDEN_ROWS,
    FindingCode.UNSEEN_ERRORS,
    FindingCode.UNSEEN_FORMATS,
    FindingCode.GUESSED_ENCODING,
    FindingCode.MOJIBAKE,
    FindingCode.CUT_OFF,
    FindingCode.MERGED_CELLS,
}
"""What is said once of a sheet, or says itself how many rows it holds for."""

OF_FORM = frozenset(
    {
        FindingCode.NOT_A_NUMBER,
        FindingCode.NOT_A_WHOLE_NUMBER,
        FindingCode.NOT_A_DATE,
        FindingCode.BAD_URL,
    }
)
"""Values for which we know another form (a decimal comma) are one cause, the others another."""

OUTCOMES = frozenset(FindingCode(status) for status in Status)
"""What became of rows, often in the target's words, of which all count."""

_VARYING = re.compile(r"`[^`]*`|(?<!\w)[A-Z]{1,3}[1-9]\d*\b|\d[\d,.]*|(?<=\w)s\b")
_BESIDE_THE_POINT = re.compile(r"\W*[Dd]id you mean .*?\?(?= |$)")

_GAPS = re.compile(r"(?:[,\s]|\b(?:and|or)\b)+")
"""What is left between the values of a list: one value more makes no other cause."""

Sheet = tuple[str, str]
"""File and name of a sheet."""


@dataclass(slots=True)
class Cause:
    """A mistake, however often it was made; `first` speaks for all its findings.

    `values` counts each value with its suggestion, `cells` has row and column of each finding by
    sheet, `headings` are the columns, `names` what is in no file.
    """

    first: Finding
    count: int = 0
    more_rows: int = 0
    alike: bool = True
    values: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    headings: dict[str, None] = field(default_factory=dict)
    cells: dict[Sheet, dict[tuple[int, int], None]] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    start: Place = field(init=False)
    """Where the mistake was found first."""

    def __post_init__(self) -> None:
        """Remember where the first finding stands."""
        self.start = self.first.place

    def add(self, finding: Finding) -> None:
        """Add a finding of the same cause."""
        place = finding.place
        self.count += 1
        self.more_rows += finding.more_rows
        if self.first.suggestion is not None and finding.suggestion is None:
            self.first = finding  # its message may say what is allowed
        self.alike = self.alike and finding.message == self.first.message
        if finding.value is not None:
            self.values[finding.value, finding.suggestion] += 1
        if place.heading or place.column:
            self.headings[place.heading or f"column {column_letter(place.column)}"] = None
        if place.name:
            self.names[place.name] = None
        self.cells.setdefault((place.file, place.sheet), {})[place.row, place.column] = None

    @property
    def rows(self) -> int:
        """How many rows it is about."""
        found = sum(len(rows_of(cells)) for cells in self.cells.values())
        return found + len(self.names) + self.more_rows


def group(findings: Iterable[Finding]) -> list[Cause]:
    """Return the causes of findings: gravest first, then by number of rows."""
    causes: dict[tuple[object, ...], Cause] = {}
    gists: dict[tuple[str | None, ...], str] = {}
    for finding in findings:
        key = _key(finding, gists)
        if key not in causes:
            causes[key] = Cause(finding)
        causes[key].add(finding)
    return sorted(causes.values(), key=_order)


def with_findings(findings: Iterable[Finding]) -> list[tuple[Cause, list[Finding]]]:
    """Return the causes in the same order, each with its findings."""
    found: dict[tuple[object, ...], tuple[Cause, list[Finding]]] = {}
    gists: dict[tuple[str | None, ...], str] = {}
    for finding in findings:
        key = _key(finding, gists)
        cause, same = found.get(key) or found.setdefault(key, (Cause(finding), []))
        cause.add(finding)
        same.append(finding)
    return sorted(found.values(), key=lambda one: _order(one[0]))


def _order(cause: Cause) -> tuple[int, int]:
    return GRAVITY.index(cause.first.severity), -cause.rows


def _key(finding: Finding, gists: dict[tuple[str | None, ...], str]) -> tuple[object, ...]:
    place, code = finding.place, finding.code
    column = place.heading or place.column if code in OF_ONE_COLUMN else ""
    other_form = code in OF_FORM and finding.suggestion is not None
    return (finding.severity, code, _gist(finding, gists), column, other_form)


def _gist(finding: Finding, known: dict[tuple[str | None, ...], str]) -> str:
    """Return what a message says is wrong, without values, names, numbers, plurals and advice."""
    text, heading = finding.message, finding.place.heading
    if finding.value:
        text = text.replace(f"`{finding.value}`", "")
    key = (finding.code, text, heading)
    if key not in known:
        varied = _VARYING.sub("", _BESIDE_THE_POINT.sub("", text))
        wrong = varied if finding.code in OUTCOMES else varied.partition(": ")[0]
        known[key] = _without(wrong, heading)
    return known[key]


def _without(text: str, word: str | None) -> str:
    text = text.replace(word, "") if word else text
    return _GAPS.sub(" ", text).strip(" .")


def rows_of(cells: Iterable[tuple[int, int]]) -> list[int]:
    """Return the rows of cells, each once, in order; what stands in no row is left out."""
    return sorted({row for row, _ in cells if row > 0})
