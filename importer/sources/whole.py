"""Which files of a source are whole: nobody is still writing them."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from importer.sources.source import Source, SourceFile


class Seen(Struct, frozen=True):
    """The files that are whole, those that still change, and those that have no marker yet."""

    whole: list[SourceFile]
    changing: list[SourceFile] = field(default_factory=list)
    unmarked: list[SourceFile] = field(default_factory=list)


def whole_files(source: Source, settle: float, marker: str, sleep: Callable[[float], None]) -> Seen:
    """Return the files that are unchanged after so many seconds, or that have their marker.

    A marker is a file beside another with its name and this at the end, `a.xlsx.done`: who wrote
    the one says with it that the other is whole. With markers nothing is waited for.
    """
    if marker:
        return _marked(source, marker)
    first = source.files()
    if not first:
        return Seen([])
    sleep(settle)
    known, seen = {file.name: file.mark for file in first}, Seen([])
    for file in source.files():
        same = known.get(file.name) == file.mark
        (seen.whole if same else seen.changing).append(file)
    return seen


def _marked(source: Source, marker: str) -> Seen:
    whole = list(source.files(marker))
    names = {file.name for file in whole}
    return Seen(whole, unmarked=[file for file in source.files() if file.name not in names])
