"""What every row of a run does, in a byte for each: there may be a million."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from importer.model import Action

_ACTIONS = (None, *Action)
_MORE = 4096
"""For how many rows there is room whenever there was none left."""

_CODES = {action: code for code, action in enumerate(_ACTIONS)}


class RowActions:
    """The actions of rows, by sheet number and row; rows below 0 are none of a file."""

    def __init__(self) -> None:
        self._codes: defaultdict[tuple[int, bool], bytearray] = defaultdict(bytearray)

    def get(self, where: tuple[int, int]) -> Action | None:
        """Return what a row does, None where that is not known."""
        sheet, row = where
        codes = self._codes[sheet, row < 0]
        return _ACTIONS[codes[abs(row)]] if abs(row) < len(codes) else None

    def __setitem__(self, where: tuple[int, int], action: Action) -> None:
        sheet, row = where
        codes = self._codes[sheet, row < 0]
        if abs(row) >= len(codes):
            codes.extend(bytes(abs(row) - len(codes) + _MORE))
        codes[abs(row)] = _CODES[action]

    def counts(self, without: Iterable[tuple[int, int]] = ()) -> dict[str, int]:
        """Return how many rows do what, `without` some of them."""
        found = Counter[Action | None]()
        for codes in self._codes.values():
            found.update({action: codes.count(code) for action, code in _CODES.items()})
        found.subtract(map(self.get, set(without)))
        return {action.value: found[action] for action in Action if found[action] > 0}
