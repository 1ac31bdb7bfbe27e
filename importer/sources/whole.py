"""Which files of a source are whole: nobody is still writing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from importer.sources.source import Source, SourceFile


@dataclass(frozen=True, slots=True)
class Found:
    """What a source has: files that are whole, and files that somebody may still be writing."""

    whole: Sequence[SourceFile]
    changing: Sequence[SourceFile] = ()


def whole_files(
    source: Source, settle: float, marker: str, sleep: Callable[[float], None]
) -> Found:
    """Return the files that are unchanged after so many seconds, or that have their marker.

    A marker is a file beside another with its name and this at the end, `a.xlsx.done`: who wrote
    the one says with it that the other is whole. With markers nothing is waited for.
    """
    first = source.files(marker)
    if marker or not first:
        return Found(first)
    sleep(settle)
    known = {file.name: file.mark for file in first}
    then = source.files()
    whole = [file for file in then if known.get(file.name) == file.mark]
    return Found(whole, [file for file in then if known.get(file.name) != file.mark])
