"""What the names of a sheet and its file say of the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from importer.proposal.data import listed, point_list
from importer.proposal.normalize import tokens_of, written_out
from importer.proposal.vocabulary import vocabulary

_LONGEST_TITLE = 80
"""A longer text above the headings is no title."""

_SUFFIX = re.compile(r"\.\w{2,5}$")


class Named(NamedTuple):
    """A thing that a sheet or its file is named after, how surely, and the name."""

    thing: str
    weight: float
    text: str


class Names(Struct, frozen=True):
    """The names of a sheet and its file, and what stands above its headings.

    `alone` says that it is the file's only sheet.
    """

    file: str
    sheet: str
    alone: bool = True
    above: str = ""

    @property
    def title(self) -> str:
        """Return what the sheet is called: its name, or its file's where nobody has named it."""
        return stem(self.file) if self.is_unnamed else stem(self.sheet)

    @property
    def is_unnamed(self) -> bool:
        """Return whether the sheet has the name that the spreadsheet gave it."""
        words = [token for token in tokens_of(stem(self.sheet)) if not token.isdecimal()]
        return all(word in listed("unnamed_sheets") | listed("neutral") for word in words)

    @property
    def things(self) -> tuple[Named, ...]:
        """Return the things that it is named after; its file's where it is the only sheet."""
        own = _things(stem(self.sheet))
        if not own and (self.alone or self.is_unnamed):
            own = _things(stem(self.file))
        return own or tuple(named._replace(weight=0.7 * named.weight) for named in _titled(self))

    @property
    def no_data(self) -> str:
        """Return the name, where it is that of a legend, a list to pick from or a read me."""
        tokens = tokens_of(self.sheet)
        told = any(token in listed("sheets_that_are_no_data") for token in tokens)
        return self.sheet if told and len(tokens) <= 3 and not self.alone else ""


def _titled(names: Names) -> tuple[Named, ...]:
    return _things(names.above) if len(names.above) <= _LONGEST_TITLE else ()


def stem(name: str) -> str:
    """Return a file's name without its ending."""
    return _SUFFIX.sub("", name)


@lru_cache(maxsize=1_000)
def _things(name: str) -> tuple[Named, ...]:
    """Return each thing that a name speaks of; of several each weighs less."""
    found = dict.fromkeys(_spoken_of(name))
    return tuple(Named(thing, 1.0 / len(found) ** 0.5, name) for thing in found)


def _spoken_of(name: str) -> Iterator[str]:
    tokens = [token for token in tokens_of(name) if token not in listed("unnamed_sheets")]
    for segment in vocabulary().segments(written_out(tuple(tokens))):
        for meaning in segment.meanings:
            thing = meaning.thing or meaning.attribute
            if thing in point_list()["names"]:
                yield thing
