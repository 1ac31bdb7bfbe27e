"""What a person has said of a sheet stays as it is; the rest is proposed around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from importer.proposal.columns import Column
from importer.proposal.data import field_list
from importer.proposal.option import Option
from importer.proposal.proposal import ColumnProposal

REASON = "it was chosen"


class Choice(Struct, frozen=True):
    """What a person has said of a sheet.

    `header_row` is the number of the row of headings, 0 for none; `kind` is empty where the sheet
    is not for import; `fields` are those of columns, by their letters, None for left out.
    `kept_rows` are rows that would be left out, by their numbers, `kept_words` those that would
    mean a blank cell. `answers` are those to the questions that the mapping itself answers. What is
    not said is proposed.
    """

    header_row: int | None = None
    kind: str | None = None
    fields: Mapping[str, str | None] = field(default_factory=dict)
    kept_rows: frozenset[int] = frozenset()
    kept_words: frozenset[str] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)


Choices = Mapping[tuple[str, str], Choice]
"""What a person has said, by the names of file and sheet."""


def with_chosen(
    columns: Sequence[Column],
    judged: Sequence[dict[str, Option]],
    chosen: Mapping[str, str | None],
) -> list[dict[str, Option]]:
    """Return the options of the columns: what was chosen is the only one, and no other's."""
    taken = {name for name in chosen.values() if name not in field_list()["repeated"]}
    return [
        _only(chosen[column.letter])
        if column.letter in chosen
        else {name: option for name, option in found.items() if name not in taken}
        for column, found in zip(columns, judged, strict=True)
    ]


def _only(name: str | None) -> dict[str, Option]:
    return {name: Option(1.0, REASON)} if name else {}


def with_reasons(
    proposals: tuple[ColumnProposal, ...], chosen: Mapping[str, str | None]
) -> tuple[ColumnProposal, ...]:
    """Return the columns, with what was chosen marked; that is why some are left out."""
    said = (
        replace(each, score=1.0, reason=REASON) if chosen.get(each.column, "") is None else each
        for each in proposals
    )
    return tuple(replace(each, chosen=each.column in chosen) for each in said)
