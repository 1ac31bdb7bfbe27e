"""Rewriting a zip archive with some members replaced; all other members are copied as packed.

No member is held in memory: packed and unpacked data are streamed in pieces.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO

from msgspec import Struct, field

from importer.pieces import stream_pieces
from importer.report.ooxml.errors import PatchRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
LOCAL_SIZE = 30
DESCRIPTOR, UTF_8 = 0x0008, 0x0800
"""General purpose flags (PKWARE APPNOTE.TXT, 4.4.4): sizes follow the data; names are UTF-8."""

LARGEST = 0xFFFFFFFF
SINCE_1980 = 0x0021
"""1 January 1980 as MS-DOS writes it, the first date there is, for members without a date."""

PIECE = 1 << 18
"""The number of bytes read at a time."""

LEVEL = 4
"""Takes two fifths of the time of zlib's default 6, for a tenth more bytes (57 MB of cells)."""


class Member(Struct, frozen=True):
    """A member of an archive: its data is `packed` bytes from `begin` on.

    `name` is the name as the archive spells it.
    """

    name: bytes
    version: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: int
    size: int
    attributes: int
    begin: int = 0


def members(file: BinaryIO, infos: Iterable[zipfile.ZipInfo]) -> dict[str, Member]:
    """Return every member by the name that `zipfile` gives it. Raises PatchRefused."""
    return {info.filename: _member(file, info) for info in infos}


def _member(file: BinaryIO, info: zipfile.ZipInfo) -> Member:
    file.seek(info.header_offset)
    header = file.read(LOCAL_SIZE)
    if len(header) < LOCAL_SIZE or not header.startswith(LOCAL):
        raise PatchRefused("its archive is damaged")
    time, date = struct.unpack_from("<HH", header, 10)
    name, extra = struct.unpack_from("<HH", header, 26)
    return Member(
        file.read(name),
        info.extract_version,
        info.flag_bits & ~DESCRIPTOR,
        info.compress_type,
        time,
        date,
        info.CRC,
        info.compress_size,
        info.file_size,
        info.external_attr,
        info.header_offset + LOCAL_SIZE + name + extra,
    )


def packed_pieces(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """Yield a member's data as packed. Raises PatchRefused where the file ends too early."""
    file.seek(member.begin)
    left = member.packed
    while left:
        piece = file.read(min(left, PIECE))
        if not piece:
            raise PatchRefused("its archive is damaged")
        left -= len(piece)
        yield piece


def unpacked_pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a member's data. Raises PatchRefused where it cannot be read."""
    try:
        with archive.open(name) as stream:
            yield from stream_pieces(stream, PIECE)
    except (KeyError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError):
        raise PatchRefused(f"its part {name} cannot be read") from None


class ZipWriter(Struct):
    """A writer of a zip archive to a seekable stream, from its start."""

    out: BinaryIO
    _entries: list[bytes] = field(default_factory=list)
    _offset: int = 0

    def copy(self, member: Member, file: BinaryIO) -> None:
        """Copy a member of another archive as it is packed there."""
        self.out.write(_local(member))
        for piece in packed_pieces(file, member):
            self.out.write(piece)
        self._list(member)

    def pack(self, name: str, pieces: Iterable[bytes], like: Member | None = None) -> None:
        """Write a member from its data; its name, flags and date are those of `like`."""
        member = _without_sizes(name, like)
        self.out.write(_local(member))
        compressor, crc, size, packed = zlib.compressobj(LEVEL, zlib.DEFLATED, -15), 0, 0, 0
        for piece in pieces:
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            packed += self.out.write(compressor.compress(piece))
        packed += self.out.write(compressor.flush())
        complete = _with_sizes(member, crc, packed, size)
        self.out.seek(self._offset)
        self.out.write(_local(complete))
        self.out.seek(0, 2)
        self._list(complete)

    def _list(self, member: Member) -> None:
        rest = struct.pack("<HHHHLL", 0, 0, 0, 0, member.attributes, self._offset)
        made_by = struct.pack("<H", member.version)
        self._entries.append(CENTRAL + made_by + _fixed(member) + rest + member.name)
        self._offset += LOCAL_SIZE + len(member.name) + member.packed
        if self._offset > LARGEST:
            raise PatchRefused("it is larger than 4 GB")

    def finish(self, comment: bytes) -> None:
        """Write the central directory."""
        directory, count = b"".join(self._entries), len(self._entries)
        sizes = struct.pack("<HHHHLL", 0, 0, count, count, len(directory), self._offset)
        self.out.write(directory + END + sizes + struct.pack("<H", len(comment)) + comment)


def _without_sizes(name: str, like: Member | None) -> Member:
    if like is None:
        flags = 0 if name.isascii() else UTF_8
        return Member(name.encode(), 20, flags, zipfile.ZIP_DEFLATED, 0, SINCE_1980, 0, 0, 0, 0)
    deflated = like.name, 20, like.flags, zipfile.ZIP_DEFLATED
    return Member(*deflated, like.time, like.date, 0, 0, 0, like.attributes)


def _with_sizes(member: Member, crc: int, packed: int, size: int) -> Member:
    if size > LARGEST:
        raise PatchRefused("it is larger than 4 GB")
    known = member.name, member.version, member.flags, member.method, member.time, member.date
    return Member(*known, crc, packed, size, member.attributes)


def _local(member: Member) -> bytes:
    return LOCAL + _fixed(member) + b"\0\0" + member.name


def _fixed(member: Member) -> bytes:
    """Return the fields that a member's local header and the central directory share."""
    return struct.pack(
        "<HHHHHLLLH",
        member.version,
        member.flags,
        member.method,
        member.time,
        member.date,
        member.crc,
        member.packed,
        member.size,
        len(member.name),
    )
