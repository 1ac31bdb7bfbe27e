"""Which files of a source are whole: nobody is still writing them."""

from __future__ import annotations

from collections.abc import Callable

from importer.sources.source import Source, SourceFile


def whole_files(
    source: Source, settle: float, marker: str, sleep: Callable[[float], None]
) -> list[SourceFile]:
    """Return the files that are unchanged after so many seconds, or that have their marker.

    A marker is a file beside another with its name and this at the end, `a.xlsx.done`: who wrote
    the one says with it that the other is whole. With markers nothing is waited for.
    """
    first = source.files(marker)
    if marker or not first:
        return list(first)
    sleep(settle)
    known = {file.name: file.mark for file in first}
    return [file for file in source.files() if known.get(file.name) == file.mark]
