"""Mistakes about names: a path that the schema lacks, a heading that the sheet lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from importer.suggest import did_you_mean, nearest
from importer.template.folded import fold
from importer.template.locate import Location, Mistake
from importer.template.model import Kind
from importer.template.paths import leaves, node_at


def unknown_headings(
    names: Iterable[str], known: set[str], location: Location
) -> Iterator[Mistake]:
    """Yield a mistake for each heading that is not among the known, folded ones."""
    for name in names:
        if fold(name) not in known:
            yield location, f"there is no column with the heading {name}."


def unknown_path(kind: Kind, path: str, location: Location) -> Iterator[Mistake]:
    """Yield a mistake where the schema of a kind has no such path."""
    if node_at(kind.schema, path) is None:
        near = hint(path, leaves(kind.schema))
        yield location, f"the schema of {kind.name} has no {path}{near}"


def hint(word: str, known: Iterable[str]) -> str:
    """Return which of the known words may be meant, as the end of a sentence."""
    return did_you_mean(nearest(word, known))
