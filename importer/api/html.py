"""How results look in a notebook: a line, counts, and the first rows; everything is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from numbers import Real
from typing import Any

from importer.credentials import without_credentials
from importer.invisible import escaped

FIRST = 10
"""How many rows are shown."""

LONGEST = 300
"""Characters of a cell that are shown."""

_FOR_PROGRAMS = frozenset({"cell", "code", "suggestion", "more_rows"})
"""Columns that are not shown: the other columns say the same to people."""

_CELL = "padding:.25em .6em;text-align:left;vertical-align:top;white-space:pre-wrap"
_TABLE = "border-collapse:collapse;font-size:inherit"
_COLOURS = {
    "error": "#c62828", "warning": "#b26a00", "info": "#1565c0", "created": "#2e7d32",
    "create": "#2e7d32", "updated": "#b26a00", "update": "#b26a00", "deleted": "#c62828",
    "delete": "#c62828", "invalid": "#c62828", "rejected": "#c62828", "held": "#b26a00",
    "blocked": "#c62828",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A table of a result: its columns, its first rows, and how many there are."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    count: int

    @classmethod
    def of(
        cls, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], count: int
    ) -> Shown:
        """Keep the first rows, and of them the columns that tell people something."""
        first = list(islice(rows, FIRST))
        used = [at for at, name in enumerate(columns) if _tells(name, [row[at] for row in first])]
        if "index" in columns and _same(first, columns.index("row"), columns.index("index")):
            used.remove(columns.index("index"))
        kept = [[row[at] for at in used] for row in first]
        return cls(title, [columns[at] for at in used], kept, count)

    def html(self) -> str:
        """Return it as a table."""
        head = "".join(
            f'<th style="{_CELL};{_wide(name)}">{text(name)}</th>' for name in self.columns
        )
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows)
        more = self.count - len(self.rows)
        rest = (
            f'<div style="opacity:.7">and {more:,} more: see `{self.title}`</div>' if more else ""
        )
        return (
            f'<div style="overflow-x:auto"><table style="{_TABLE}">'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{rest}"
        )


def block(title: str, counts: Mapping[str, int], notes: Iterable[str], table: Shown) -> str:
    """Return a result as HTML: its title, its counts, sentences about it, a table."""
    numbers = " &nbsp; ".join(
        f'<span style="{_colour(name)}"><b>{number:,}</b> {text(name)}</span>'
        for name, number in counts.items()
    )
    said = "".join(f"<div>{text(note)}</div>" for note in notes if note)
    rows = table.html() if table.count else ""
    head = f"<div><b>{text(title)}</b></div><div>{numbers}</div>"
    return f'<div class="importer">{head}{said}{rows}</div>'


def text(value: Any) -> str:
    """Return a value as text that is no markup, and in which nothing is hidden."""
    shown = escaped(without_credentials(str(value)))
    return escape(shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…")


def _cell(value: Any) -> str:
    shown = text(value) if _says(value) else ""
    return f'<td style="{_CELL};{_colour(str(value))}">{shown}</td>'


def _tells(name: str, values: list[Any]) -> bool:
    """Return whether a column is shown: not the same file in all rows, nor what is for programs."""
    if name in _FOR_PROGRAMS or (name == "file" and len(set(values)) < 2):
        return False
    return any(_says(value) for value in values)


def _same(rows: Sequence[Sequence[Any]], one: int, other: int) -> bool:
    """Return whether labels are but the positions: then they are shown once."""
    return bool(rows) and all(
        isinstance(row[other], Real) and row[one] == row[other] for row in rows
    )


def _wide(name: str) -> str:
    return "min-width:24em" if name == "message" else ""


def _says(value: Any) -> bool:
    return value is not None and value is not False and not (isinstance(value, str) and not value)


def _colour(word: str) -> str:
    return f"color:{_COLOURS[word]}" if word in _COLOURS else ""
