"""Tidies the texts of cells: no invisible character at either end, one spelling of the clear token.

A chunk's column is searched as a whole, and its cells only where something is found.
"""

from __future__ import annotations

import re
from functools import partial

from importer.cache import Cache
from importer.invisible import holds_invisible, visible, without_invisible_ends
from importer.mapping.columns import Column, kinds_of
from importer.model import Cells


class Tidy:
    """The tidy texts of one sheet; `clear` is the token that empties a field."""

    def __init__(self, clear: str) -> None:
        self._token = _token(clear)
        self._starts = {clear[0].upper(), clear[0].lower()}
        tidied = partial(_tidied, clear, self._token)
        self._texts: Cache[str, str] = Cache(tidied, _MANY)

    def column(self, cells: Column) -> Column:
        """Return the cells with tidy texts; the same object where all of them are."""
        kinds = kinds_of(cells)
        if str not in kinds:
            return cells
        texts = cells if kinds == {str} else [cell for cell in cells if type(cell) is str]
        if self._are_tidy("\n".join(texts)):
            return cells
        return Cells(self._texts[cell] if type(cell) is str else cell for cell in cells)

    def _are_tidy(self, joined: str) -> bool:
        if holds_invisible(joined):
            return False
        maybe = any(start in joined for start in self._starts)
        return not (maybe and self._token.search(joined))


def _token(clear: str) -> re.Pattern[str]:
    """Return the pattern of the clear token, in any case, blanks inside its brackets or none."""
    parts = re.findall(r"^\W+|\W+$|.+?(?=\W*$)", clear)
    return re.compile(r"\s*".join(map(re.escape, parts)), re.IGNORECASE)


def _tidied(clear: str, token: re.Pattern[str], text: str) -> str:
    text = without_invisible_ends(text)
    return clear if token.fullmatch(visible(text).strip()) else text


_MANY = 20_000
"""How many distinct texts are cached."""
