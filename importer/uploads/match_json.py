"""The column matching of an upload as the journal keeps it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from importer.journal.store import Store
from importer.journal.upload_findings import drop_found, read_part, write_part
from importer.uploads.views import ColumnMatch, Match, Question, SheetMatch, SheetQuestion

MATCH = "match"
"""The part under which the journal has it."""


def keep_match(store: Store, name: str, match: Any) -> None:
    """Keep the column matching of an upload in the place of the one before."""
    drop_found(store, name, parts=(MATCH,))
    write_part(store, name, 0, MATCH, [match])


def kept_match(store: Store, name: str) -> Match:
    """Return the column matching of an upload that has one."""
    [raw] = read_part(store, name, 0, MATCH)
    return match_of(raw)


def match_of(raw: Mapping[str, Any]) -> Match:
    """Return the column matching that is kept as JSON."""
    sheets = tuple(_sheet_of(sheet) for sheet in raw["sheets"])
    questions = tuple(question_of(one) for one in raw["questions"])
    return Match(sheets, questions, raw["name"], raw["why"], raw["kind_words"])


def _sheet_of(raw: Mapping[str, Any]) -> SheetMatch:
    columns = (
        ColumnMatch(**{**one, "samples": tuple(one["samples"]), "choices": tuple(one["choices"])})
        for one in raw["columns"]
    )
    lists = {name: tuple(raw[name]) for name in ("reasons", "kinds")}
    left_out = tuple((row, reason) for row, reason in raw["left_out"])
    asked = tuple(map(_asked_of, raw.get("questions", ())))
    known = {"columns": tuple(columns), "left_out": left_out, "questions": asked}
    return SheetMatch(**{**raw, **lists, **known})


def _asked_of(raw: Mapping[str, Any]) -> SheetQuestion:
    return SheetQuestion(**{**raw, "choices": tuple(raw["choices"])})


def question_of(raw: Mapping[str, Any]) -> Question:
    """Return the question that is kept as JSON."""
    choices = tuple((answer, words) for answer, words in raw["choices"])
    return Question(raw["name"], raw["question"], raw["default"], choices, raw["why"])
