"""The pages behind the last sheet: questions, rows as they will be sent, the name to keep it by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from importer.cli.correcting.correction import Correction
from importer.cli.correcting.page import Next, Page, Taken
from importer.cli.correcting.reading import Reading
from importer.cli.correcting.samples import Samples
from importer.cli.correcting.sheet import SheetPage
from importer.cli.correcting.typing import Typing
from importer.errors import UsageError
from importer.pipeline.preview import Preview
from importer.template.answers import OPEN

NAMED = "Keep the mapping under which name? Lists with these headings are then known."
OPEN_YET = "It has to be answered: no column says it."
NOTHING = "Nothing of these files is for import: say what a row is, or stop."


class Ending(Struct, frozen=True):
    """What stands behind the sheets.

    `preview` makes of a correction what would be sent. `name` is offered for the mapping;
    `refused` says why it cannot be kept under one, `unfit` why a question has no such answer.
    Without `asks_name` the name is known already.
    """

    preview: Callable[[Correction], Sequence[Preview]]
    refused: Callable[[str, Correction], str]
    name: str
    asks_name: bool = True
    unfit: Callable[[Correction, str, str], str] = lambda _correction, _name, _answer: ""

    def begin(self, correction: Correction) -> Page:
        """Return the first page of the dialogue."""
        at = next((at for at, s in enumerate(correction.proposal.sheets) if s.kind), 0)
        return SheetPage(correction, self.follow, at)

    def follow(self, correction: Correction) -> Next:
        """Return the first page behind the sheets."""
        if not any(correction.imported):
            return Reading(NOTHING, (), lambda: SheetPage(correction, self.follow))
        return self._ask(correction, 0)

    def _ask(self, correction: Correction, at: int) -> Next:
        """Return the page with a question; behind the last one, the rows."""
        asks = correction.asked()
        if at == len(asks):
            return self._show(correction)
        one = asks[at]

        def given(text: str) -> Next:
            why = OPEN_YET if text in OPEN else self.unfit(correction, one.name, text)
            if why:
                return page(why, text)
            return self._ask(correction.answer(one.name, text), at + 1)

        def page(refused: str = "", typed: str = "") -> Typing:
            text = typed or correction.answers.get(one.name, one.default)
            return Typing(one.question, text, given, back, refused)

        def back() -> Next:
            return self._ask(correction, at - 1) if at else self._last_sheet(correction)

        return page()

    def _show(self, correction: Correction) -> Next:
        try:
            made = self.preview(correction)
        except UsageError as error:
            texts = str(error).splitlines()
            return Reading("It cannot be read like that", texts, lambda: self._back(correction))
        follows = lambda: self._name(correction)  # noqa: E731 - a page is made when it is needed
        return Samples(correction, made, follows, lambda: self._back(correction), self._show)

    def _back(self, correction: Correction) -> Next:
        """Return the last question, the last sheet where there is none."""
        asks = correction.asked()
        return self._ask(correction, len(asks) - 1) if asks else self._last_sheet(correction)

    def _last_sheet(self, correction: Correction) -> Next:
        return SheetPage(correction, self.follow, len(correction.proposal.sheets) - 1)

    def _name(self, correction: Correction, text: str = "", refused: str = "") -> Next:
        if not self.asks_name:
            return Taken(correction, self.name)

        def given(name: str) -> Next:
            why = self.refused(name, correction)
            return self._name(correction, name, why) if why else Taken(correction, name)

        return Typing(NAMED, text or self.name, given, lambda: self._show(correction), refused)
