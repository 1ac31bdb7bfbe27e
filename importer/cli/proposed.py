"""A proposal as lines for people: what each sheet is, and what each column fills, with why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from importer.report.wording import plural, shorten
from importer.row_ranges import in_words

LONGEST = 30
"""So many characters of a heading are shown."""

WIDEST = 60
"""So many characters of a heading are shown in a sentence."""

MOST = 20
"""So many columns are named in a sentence."""

DOUBTFUL = 0.6
"""Below this score a person should look."""

if TYPE_CHECKING:
    from importer.proposal import Ask, ColumnProposal, Proposal, SheetProposal


def proposal_lines(proposal: Proposal) -> Iterator[str]:
    """Yield the lines of all sheets."""
    for sheet in proposal.sheets:
        yield from _sheet(sheet)
        yield ""


def summary_lines(proposal: Proposal) -> Iterator[str]:
    """Yield what is proposed in few lines: each sheet, its fields, what is left out and asked."""
    for sheet in proposal.sheets:
        where = f"{sheet.file}, sheet {sheet.name}"
        if not sheet.kind:
            yield f"{where}: not for import."
            continue
        pairs = [f"{_title(c)} -> {c.field}" for c in sheet.columns if c.field]
        left = [_title(c) for c in sheet.columns if not c.field]
        yield f"{where}: each row is {a(sheet.kind)} ({sheet.confidence:.0%} sure)."
        yield f"  {_some(pairs)}"
        if left:
            yield f"  Left out: {_some(left)}"
        yield from _rows_left_out(sheet)
        if open_ := [one.question for one in sheet.asks if one.is_open]:
            yield f"  To be asked: {' '.join(open_)}"


def _rows_left_out(sheet: SheetProposal) -> Iterator[str]:
    """Yield a line on the rows of the list that are no data: `1 row left out: row 4: a note`."""
    sections = sheet.sections.rows if sheet.sections else frozenset()
    left = [one for one in sheet.skipped if one.row > sheet.header_row and one.row not in sections]
    if left:
        reasons = dict.fromkeys(one.reason for one in left)
        told = (f"{in_words([o.row for o in left if o.reason == r])}: {r}" for r in reasons)
        yield f"  {plural(len(left), 'row')} left out: {'; '.join(told)}"


def a(kind: str) -> str:
    """Return what one thing of a kind is called: `an asset`, `a sensor group`."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind.replace('_', ' ')}"


def _title(column: ColumnProposal) -> str:
    """Return how a column is called in a line."""
    whole = " ".join(column.heading.split())
    return shorten(whole, WIDEST) or column.column


def _some(texts: Sequence[str]) -> str:
    """Return the first texts, and how many there are besides."""
    more = len(texts) - MOST
    return ", ".join([*texts[:MOST], f"and {more} more"] if more > 1 else texts)


def _sheet(sheet: SheetProposal) -> Iterator[str]:
    where = f"{sheet.file}, sheet {sheet.name}"
    if not sheet.kind:
        yield f"{where}: not for import ({'; '.join(sheet.reasons)})"
        return
    at = f"headings in row {sheet.header_row}" if sheet.header_row else "no row of headings"
    yield f"{where}: each row is {a(sheet.kind)} ({sheet.confidence:.0%} sure), {at}"
    yield from (f"  {reason}" for reason in sheet.reasons)
    heading = min(max((len(column.heading) for column in sheet.columns), default=0), LONGEST)
    wide = max((len(field(column)) for column in sheet.columns), default=0)
    yield from (_column(column, heading, wide) for column in sheet.columns)
    yield from map(_ask, sheet.asks)
    yield from skipped_lines(sheet)


def _ask(ask: Ask) -> str:
    """Return a question; where the mapping holds the answer, how it is given."""
    if not ask.is_open:
        return f"  answered: {ask.question} {ask.answer}"
    default = f" ({ask.default}?)" if ask.default else ""
    once = f" `--set {ask.name}=...` answers it." if ask.choices else ""
    return f"  asks: {ask.question}{default}{once}"


def _column(column: ColumnProposal, heading: int, wide: int) -> str:
    cut = " ".join(column.heading.split())[:LONGEST]
    return f"  {column.column:>2} {cut:<{heading}}  {field(column):<{wide}}  {column.reason}"


def field(column: ColumnProposal) -> str:
    """Return what a column fills, with a question mark where a person should look."""
    doubt = " ?" if column.field and column.score < DOUBTFUL else ""
    return f"{column.field or 'left out'}{doubt}"


def skipped_lines(sheet: SheetProposal) -> Iterator[str]:
    """Yield the rows that are left out, those of one reason together."""
    reasons = dict.fromkeys(one.reason for one in sheet.skipped)
    for reason in reasons:
        rows = [one.row for one in sheet.skipped if one.reason == reason]
        yield f"  left out: {in_words(rows)}: {reason}"
