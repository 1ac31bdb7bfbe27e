"""Verification of a written package: only the declared edits may differ from the original.

It runs before the file replaces any other: a report that cannot be trusted is not written.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import BinaryIO

from importer.report.ooxml.archive import Member, members, packed_pieces, unpacked_pieces
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Part, well_formed
from importer.report.ooxml.package import Package

Stretch = tuple[int, int]
"""Start and end of a stretch of bytes."""


def verify(package: Package, written: BinaryIO) -> None:
    """Raise PatchRefused unless exactly the patched and added parts differ from the original."""
    written.seek(0)
    try:
        with zipfile.ZipFile(written) as archive:
            _members(package, written, archive)
    except zipfile.BadZipFile:
        raise PatchRefused("what was written is no archive") from None


def _members(package: Package, written: BinaryIO, archive: zipfile.ZipFile) -> None:
    now = members(written, archive.infolist())
    before = package.kept()
    if list(now) != [*before, *package.added]:
        raise PatchRefused("parts are missing or were added")
    for name, member in now.items():
        part = package.parts.get(name)
        if name in package.added:
            _digest(_readable(archive, name))
        elif part and part.changed:
            _demand_patched(package, part, archive)
        elif _packed(written, member) != _packed(package.file, before[name]):
            raise PatchRefused(f"{name} is not what it was")


def _packed(file: BinaryIO, member: Member) -> tuple[int, bytes]:
    digest = blake2b()
    for piece in packed_pieces(file, member):
        digest.update(piece)
    return member.crc, digest.digest()


def _demand_patched(package: Package, part: Part, archive: zipfile.ZipFile) -> None:
    """Raise PatchRefused unless old and new part are equal without their edited stretches."""
    before = ((start, end) for start, end, _ in part.spliced())
    old = _digest(without(package.unpacked(part.name), before))
    new = _digest(without(_readable(archive, part.name), put(part.spliced())))
    if old != new:
        raise PatchRefused(f"{part.name} differs where nothing was to be changed")


def put(spliced: Iterable[tuple[int, int, int]]) -> Iterator[Stretch]:
    """Yield where in the new part the replacements are."""
    shift = 0
    for start, end, length in spliced:
        yield start + shift, start + shift + length
        shift += length - (end - start)


def without(pieces: Iterable[bytes], stretches: Iterable[Stretch]) -> Iterator[bytes]:
    """Yield the pieces without some stretches of bytes, which are in order."""
    coming, at = iter(stretches), 0
    start, end = next(coming, (-1, -1))
    for piece in pieces:
        kept, here, last = [], 0, at + len(piece)
        while 0 <= start < last:
            kept.append(piece[here : max(start - at, here)])
            here = min(end, last) - at
            if end > last:
                break
            start, end = next(coming, (-1, -1))
        kept.append(piece[here:])
        yield b"".join(kept)
        at = last


def _digest(pieces: Iterable[bytes]) -> bytes:
    digest = blake2b()
    for piece in pieces:
        digest.update(piece)
    return digest.digest()


def _readable(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part of the new file. Raises PatchRefused where no parser accepts it."""
    pieces = unpacked_pieces(archive, name)
    return well_formed(name, pieces) if name.lower().endswith((".xml", ".rels")) else pieces
