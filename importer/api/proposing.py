"""`propose`: what a list that no template knows is likely to be, and a mapping made of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from importer.api import tables
from importer.api.asked import Answers, options
from importer.api.html import Shown, block
from importer.api.source import Source, opened
from importer.api.words import in_python, python_words
from importer.errors import UsageError
from importer.pipeline.sure_enough import LEAST, TOO_UNSURE

if TYPE_CHECKING:
    import pandas as pd

    from importer.proposal import Proposal as Proposed

COLUMNS = ("file", "sheet", "kind", "confidence", "column", "field", "score", "reason")


@dataclass(frozen=True)
class Proposal:
    """What the sheets of a source are likely to be; nothing is kept until `keep` or `write`.

    `confidence` is that of the least sure sheet, 0 where none is for import. `asks` are the open
    questions by name: those that the mapping keeps are answered by `propose(..., set=...)`, the
    others at each call, as `run(..., set=...)`.
    """

    confidence: float
    asks: dict[str, str]
    _proposed: Proposed = field(repr=False)

    @cached_property
    def fields(self) -> pd.DataFrame:
        """The field of each column, None where it is left out.

        Columns: file, sheet, kind (of its rows), confidence, column, field, score, reason.
        """
        return tables.frame_of(COLUMNS, self._records())

    def keep(self, name: str) -> str:
        """Keep the mapping by a name; it is found again by the headings. Returns the name.

        Raises ImporterError where the name is taken, or the proposal is too unsure.
        """
        from importer.pipeline.keep_mapping import keep_mapping

        with python_words():
            if self.confidence < LEAST:
                raise UsageError(f"{TOO_UNSURE} `write` makes a mapping for you to change.")
            return keep_mapping(name, self._proposed)

    def write(self, folder: str | Path) -> list[Path]:
        """Write the mapping into a new folder, for `template=folder`; returns the folders.

        Raises ImporterError.
        """
        from importer.pipeline.write_mapping import write_mappings

        with python_words():
            return write_mappings(Path(folder).name, self._proposed, Path(folder))

    def _records(self) -> Iterator[tables.Record]:
        for sheet in self._proposed.sheets:
            at = (sheet.file, sheet.name, sheet.kind, sheet.confidence)
            for one in sheet.columns:
                yield (*at, one.heading or one.column, one.field, one.score, one.reason)

    def _repr_html_(self) -> str:
        count = sum(len(sheet.columns) for sheet in self._proposed.sheets)
        shown = Shown.of("fields", COLUMNS, self._records(), count)
        questions = (f"{name}: {question}" for name, question in self.asks.items())
        return block(f"Proposal, {self.confidence:.0%} sure", {}, questions, shown)


def propose(
    source: Source,
    *,
    system: str = "",
    encoding: str = "",
    delimiter: str = "",
    quote: str = "",
    set: Answers = None,  # noqa: A002 - the flag's name
) -> Proposal:
    """Propose how a list is imported that no template knows: what its rows and columns are.

    `set` answers what the mapping is to hold. Raises ImporterError.
    """
    from importer.pipeline.propose import read_lists
    from importer.pipeline.set_answers import refuse_rest, with_answers

    asked = options(encoding=encoding, delimiter=delimiter, quote=quote, set=set)
    with opened(source) as given, python_words(frames=given.only_frames):
        lists = read_lists(given.readable, asked.text_form, system)
        settled = with_answers(lists, [f"{name}={answer}" for name, answer in asked.answers])
        refuse_rest(settled, lists.answered)
        return _result(settled.proposal)


def _result(found: Proposed) -> Proposal:
    sure = [sheet.confidence for sheet in found.sheets if sheet.kind]
    asks = (ask for sheet in found.sheets for ask in sheet.asks if ask.is_open)
    return Proposal(
        confidence=min(sure, default=0.0),
        asks={ask.name: in_python(ask.question) for ask in asks},
        _proposed=found,
    )
