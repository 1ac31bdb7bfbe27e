"""The lines of a sheet: what its rows are, a table of its columns, and more of the chosen one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from importer.cli.correcting.correction import SURE, Correction
from importer.cli.correcting.lines import Line, Look, Piece, columns_of, cut, line, padded, wrapped
from importer.cli.correcting.options import NOT_FOR_IMPORT
from importer.cli.proposed import DOUBTFUL, a
from importer.cli.proposed import field as field_of
from importer.row_ranges import in_words

if TYPE_CHECKING:
    from importer.proposal import ColumnProposal, SheetProposal

LEAST_REASON = 24
"""A reason has a column of its own where there is at least so much room."""


def about(correction: Correction, at: int, width: int) -> list[Line]:
    """Return what a sheet is taken for, why, and where its headings are."""
    sheet = correction.sheet(at)
    several = len(correction.proposal.sheets)
    of = f" (sheet {at + 1} of {several})" if several > 1 else ""
    reasons = wrapped(f"  Why: {'; '.join(sheet.reasons)}", width, 1)
    return [
        line(cut(f"{sheet.file}, sheet {sheet.name}{of}", width), Look.TITLE),
        line(
            cut(f"{_rows_are(correction, at)} {_headings(sheet)}", width), _look(sheet.confidence)
        ),
        *(line(one, Look.FAINT) for one in reasons),
    ]


def rows(sheet: SheetProposal, here: int, width: int) -> list[Line]:
    """Return one line for each column: letter, heading, field, typical cells, reason."""
    texts = [
        (c.column, c.heading or "(no heading)", field_of(c), ", ".join(c.samples), c.reason)
        for c in sheet.columns
    ]
    room = width - 7
    most = (3, max(room // 4, 8), max(room * 3 // 10, 10))
    wide = columns_of(texts, most)
    rest = room - sum(wide)
    cells = columns_of([text[3:4] for text in texts], (rest - LEAST_REASON - 2,))[0]
    wide.append(cells if cells > 10 else rest)
    wide.append(max(rest - wide[3] - 2, 0))
    looks = [_field_look(column) for column in sheet.columns]
    return [
        _row(text, wide, look, here=at == here)
        for at, (text, look) in enumerate(zip(texts, looks, strict=True))
    ]


def details(correction: Correction, at: int, here: int, width: int) -> Iterator[Line]:
    """Yield more of the column at the cursor, then what is left out, asked and lacking."""
    sheet = correction.sheet(at)
    if 0 <= here < len(sheet.columns):
        c = sheet.columns[here]
        said = f"{c.column} {c.heading}: filled {c.fill:.0%}, {c.distinct} different. {c.reason}."
        yield from (line(one) for one in wrapped(said, width))
    yield from (line(cut(one, width), Look.FAINT) for one in _more(correction, at))


def _more(correction: Correction, at: int) -> Iterator[str]:
    sheet = correction.sheet(at)
    told = {
        "Rows left out": str(len(sheet.skipped) or ""),
        "Rows kept": in_words([one.row for one in sheet.kept_rows]) if sheet.kept_rows else "",
        "Read as blank": ", ".join(sheet.blanks),
        "Not read as blank": ", ".join(sheet.kept_words),
        "To be asked": " ".join(ask.question for ask in sheet.asks if ask.is_open),
        "Answered": " ".join(f"{ask.question} {ask.answer}." for ask in sheet.asks if ask.answer),
        "Required and not there yet": ", ".join(correction.missing(at)),
    }
    yield from (f"{words}: {text}" for words, text in told.items() if text)


def _rows_are(correction: Correction, at: int) -> str:
    sheet, rules = correction.sheet(at), correction.rules(at)
    word = a(rules.word) if rules else NOT_FOR_IMPORT
    known = correction.lists.kinds.get(sheet.runner_up or "")
    other = f", else {a(known.word)}" if known and sheet.confidence < 1 else ""
    return f"Each row is {word} ({sheet.confidence:.0%} sure{other})."


def _headings(sheet: SheetProposal) -> str:
    return f"Headings are in row {sheet.header_row}." if sheet.header_row else "No row of headings."


def _row(text: tuple[str, ...], wide: list[int], look: Look, *, here: bool) -> Line:
    letter, heading, field, cells, reason = map(padded, text, wide)
    return (
        Piece(">" if here else " "),
        Piece(f"{letter} "),
        Piece(heading, Look.HERE if here else Look.PLAIN),
        Piece("  "),
        Piece(field, look),
        Piece("  "),
        Piece(f"{cells}  {reason}".rstrip(), Look.FAINT),
    )


def _field_look(column: ColumnProposal) -> Look:
    return _look(column.score) if column.field else Look.FAINT


def _look(score: float) -> Look:
    return Look.SURE if score >= SURE else Look.DOUBTFUL if score < DOUBTFUL else Look.PLAIN
