"""Reads a cell that means nothing as it stands the way other people part lists and paths."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from importer.mapping.conversion.lists import split_otherwise
from importer.mapping.entity import RefText
from importer.mapping.key_text import labels, readings, show
from importer.model import Key
from importer.order.key_index import Answer, KeyIndex
from importer.order.near import NearNames

PATHS = ("/", "\\", ">", "\u00bb", "\u203a", "\u2192", "->", "::", "|", ".")
"""What people write between the names of a path."""


class Rewritten(Struct, frozen=True):
    """A text as `written`, the names that it means, and how to write them `better`.

    Where the cell takes a single name, several cannot be written better.
    """

    written: str
    parts: tuple[str, ...]
    separator: str
    better: str | None


class Rewriter(Struct, frozen=True):
    """Finds what a text means in another writing; `follow` says what a text means."""

    index: KeyIndex
    follow: Callable[[RefText], Answer]
    near: NearNames

    def meant(self, text: RefText) -> Rewritten | None:
        """Return what a text that means nothing would mean in another writing, if all exists."""
        if text.rule.rule.many:
            return self._as_list(text) or self._as_path(text)
        return self._as_path(text) or self._as_list(text)

    def _as_list(self, text: RefText) -> Rewritten | None:
        separator = text.rule.rule.separators[0].strip() if text.rule.rule.many else ""
        for parts in split_otherwise(_last(text)):
            if len(parts) > 1 and all(self._is_name(_with(text, part)) for part in parts):
                better = f"{separator} ".join(parts) if separator else None
                return Rewritten(_last(text), tuple(parts), separator, better)
        return None

    def _as_path(self, text: RefText) -> Rewritten | None:
        between = next(iter(text.rule.rule.path_separators), " > ")
        for parts in split_otherwise(_last(text), PATHS):
            better = between.join(parts)
            if better != _last(text) and self._is_name(_with(text, better)):
                return Rewritten(_last(text), (better,), "", better)
        return self._as_misspelt_path(text)

    def _as_misspelt_path(self, text: RefText) -> Rewritten | None:
        """Return the path whose labels a text has in another case, with its last one misspelt."""
        rule, (*above, last) = text.rule.rule, self._labels(text)
        near = self.near.nearest(rule.to, last, ()) if above else None
        fold = [label.casefold() for label in above]
        for _, key in self.index.below(rule.to, (), [(near,)]) if near else ():
            if [label.casefold() for label in key[-1 - len(above) : -1]] == fold:
                better = show(key[-1 - len(above) :], next(iter(rule.path_separators), " > "))
                return Rewritten(_last(text), (better,), "", better)
        return None

    @staticmethod
    def _labels(text: RefText) -> Key:
        return labels(_last(text), text.rule.rule.path_separators)[-1]

    def _is_name(self, text: RefText) -> bool:
        """Return whether a text means something; most that do not have no label that is known."""
        rule = text.rule.rule
        names = [name for _, name in text.readings] or [text.steps[-1]]
        return any(
            self.index.below(rule.to, (), labels(name, rule.path_separators))
            or self.index.identified(rule.to, name)
            for name in names
        ) and isinstance(self.follow(text), tuple)


def _last(text: RefText) -> str:
    return text.readings[-1][1] if text.readings else text.steps[-1]


def _with(text: RefText, last: str) -> RefText:
    """Return the text with another last name."""
    if text.readings:
        read = readings(last, text.rule.rule.forms) or ((None, last),)
        return RefText(text.rule, text.within, (), read)
    return RefText(text.rule, text.within, (*text.steps[:-1], last))
