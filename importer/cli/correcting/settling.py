"""The pages with the questions of a sheet that its mapping answers once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from importer.cli.correcting.correction import Correction
from importer.cli.correcting.page import Next, To
from importer.cli.correcting.picking import Option, Picking
from importer.cli.correcting.ticking import Tick, Ticking
from importer.proposal.settled import BETWEEN, words_of

if TYPE_CHECKING:
    from importer.proposal import Ask

Settled = Callable[[Correction], Next]
"""Makes the page behind the last question."""

NONE_TICKED = "Tick at least one."


def settling(
    correction: Correction, sheet: int, follows: Settled, back: To, asked: frozenset[str]
) -> Next:
    """Return the page with the next question of a sheet; behind the last one, what follows."""
    one = next((ask for ask in correction.sheet(sheet).once if ask.name not in asked), None)
    if one is None:
        return follows(correction)

    def given(text: str) -> Next:
        settled = correction.settle(sheet, one, text)
        return settling(settled, sheet, follows, lambda: page, asked | {one.name})

    page = _ticks(one, given, back) if one.several else _picks(one, given, back)
    return page


def _picks(ask: Ask, given: Callable[[str], Next], back: To) -> Picking:
    """Return the page of a question with one answer."""
    notes = {ask.default: "likely"}
    options = [Option(one, notes.get(one, ""), partial(given, one)) for one in ask.choices]
    chosen = ask.answer or ask.default
    here = ask.choices.index(chosen) if chosen in ask.choices else 0
    return Picking(ask.question, options, back, here)


def _ticks(ask: Ask, given: Callable[[str], Next], back: To) -> Ticking:
    """Return the page of a question that takes several of its words."""

    def page(words: frozenset[str], refused: str = "") -> Ticking:
        def follows() -> Next:
            taken = [one for one in ask.choices if one in words]
            return given(BETWEEN.join(taken)) if taken else page(words, NONE_TICKED)

        ticks = [
            Tick(one, ticked=one in words, changed=partial(page, words ^ {one}))
            for one in ask.choices
        ]
        return Ticking(ask.question, ticks, follows, back, refused=refused)

    return page(frozenset(words_of(ask, ask.answer or ask.default)))
