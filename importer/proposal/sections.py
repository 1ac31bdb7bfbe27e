"""Rows that name the part of the list below them, where they tell a level that has no column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct

from importer.proposal.concepts import reading
from importer.proposal.data import field_list
from importer.proposal.look import Look
from importer.proposal.proposal import ColumnProposal, Sections, Skipped

_DASH = re.compile(r"\s[-–—]\s|:\s")

FEWEST = 2
"""A list of one section has a note."""

SHARE = 0.5
"""How many of the sections must be words for what they name: `Floor 2`, not `Cardiology`."""


NOTHING = "nothing"
"""What sections fill that are no more than notes."""


class Untold(Struct, frozen=True):
    """Sections that no word tells of: their texts, and the fields that they may fill."""

    texts: tuple[str, ...]
    fields: tuple[str, ...]


def sections_of(
    look: Look, columns: Sequence[ColumnProposal], constants: Mapping[str, str], said: str = ""
) -> Sections | None:
    """Return the field that the sections of a sheet fill, if they stand for one that is not there.

    Above the first row of data stands a section, and below each of them a row of data. `said` is
    the field where a person has chosen it.
    """
    found, open_ = _found(look), _open(look, columns, constants)
    field = (said if said in open_ else "") or ("" if said else _told(found, open_))
    rows = frozenset(one.row for one in found)
    return Sections(field, found[0].column, rows) if found and field else None


def untold(
    look: Look, columns: Sequence[ColumnProposal], constants: Mapping[str, str]
) -> Untold | None:
    """Return the sections of which nothing tells what they name, None where there are none."""
    found, open_ = _found(look), _open(look, columns, constants)
    if not found or not open_ or _told(found, open_):
        return None
    return Untold(tuple(one.text for one in found), tuple(open_))


def _found(look: Look) -> list[Skipped]:
    """Return the sections of a sheet: several, all in one column."""
    found = _sections(look)
    return found if len(found) >= FEWEST and len({one.column for one in found}) == 1 else []


def _open(look: Look, columns: Sequence[ColumnProposal], constants: Mapping[str, str]) -> list[str]:
    """Return the fields that sections may fill, since nothing else does."""
    given = {field for column in columns for field in (column.field, *column.also)}
    given |= constants.keys()
    fields: dict[str, list[str]] = field_list()["in_sections"]
    return [f for f, kinds in fields.items() if look.verdict.kind in kinds and f not in given]


def _told(found: Sequence[Skipped], fields: Iterable[str]) -> str:
    """Return the field that the words of sections tell."""
    return next((one for one in fields if _tell(found, field_list()["in_sections_told"][one])), "")


def _sections(look: Look) -> list[Skipped]:
    """Return the rows with one cell that have data below them, none where data stands above."""
    alone = [one for one in look.skipped if one.alone and one.row > look.header_row]
    data = [row.number for row in look.rows]
    if not alone or not data or data[0] < alone[0].row:
        return []
    ends = [one.row for one in look.skipped[1:]] + [data[-1] + 1]
    starts = {one.row: end for one, end in zip(look.skipped, ends, strict=True)}
    return [one for one in alone if _has_below(data, one.row, starts[one.row])]


def _has_below(data: Iterable[int], row: int, end: int) -> bool:
    return any(row < number < end for number in takewhile(lambda one: one < end, data))


def _tell(found: Sequence[Skipped], thing: str) -> bool:
    """Return whether enough of the sections are words for a thing."""
    told = sum(thing in _things(one.text) for one in found)
    return bool(found) and told >= SHARE * len(found)


def without(skipped: Iterable[Skipped], sections: Sections | None) -> tuple[Skipped, ...]:
    """Return the rows that are no data, with what becomes of those that are sections."""
    if sections is None:
        return tuple(skipped)
    words = f"a section: its text is the {sections.field} of the rows below"
    return tuple(
        Skipped(one.row, words, one.column, one.text, one.alone)
        if one.row in sections.rows
        else one
        for one in skipped
    )


def _things(text: str) -> set[str]:
    """Return what a text is a word for, whole or before a dash: `Level 1 - Surgery`."""
    return {reading(one).concept.thing for one in (text, _DASH.split(text, 1)[0])}
