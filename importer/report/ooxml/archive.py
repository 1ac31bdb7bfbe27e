"""A zip file's bytes and the members to replace in, a zip file out: all others copied as packed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from importer.report.ooxml.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
DESCRIPTOR, UTF_8 = 0x0008, 0x0800
"""General purpose flags (APPNOTE.TXT 4.4.4): sizes follow the data; names are UTF-8."""

LARGEST = 0xFFFFFFFF
SINCE_1980 = 0x0021
"""1 January 1980, as MS-DOS writes it: what has no date of its own gets the first there is."""


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it is packed; `name` as the archive spells it, in its bytes."""

    name: bytes
    version: int
    flags: int
    method: int
    time: int
    date: int
    crc: int
    packed: bytes | memoryview
    size: int
    outside: int


def raw_members(data: bytes, infos: Iterable[zipfile.ZipInfo]) -> dict[str, Member]:
    """Every member, by the name `zipfile` gives it, with its data as it is packed."""
    return {info.filename: _raw(data, info) for info in infos}


def _raw(data: bytes, info: zipfile.ZipInfo) -> Member:
    start = info.header_offset
    if data[start : start + 4] != LOCAL:
        raise Refused("its archive is damaged")
    name, extra = struct.unpack_from("<HH", data, start + 26)
    begin = start + 30 + name + extra
    time, date = struct.unpack_from("<HH", data, start + 10)
    return Member(
        data[start + 30 : start + 30 + name],
        info.extract_version,
        info.flag_bits & ~DESCRIPTOR,
        info.compress_type,
        time,
        date,
        info.CRC,
        memoryview(data)[begin : begin + info.compress_size],
        info.file_size,
        info.external_attr,
    )


def packed(name: str, content: bytes, like: Member | None = None) -> Member:
    """A member with new content; what else is known of it is that of the one it replaces."""
    squeezer = zlib.compressobj(6, zlib.DEFLATED, -15)
    body = squeezer.compress(content) + squeezer.flush()
    return Member(
        like.name if like else name.encode(),
        20,
        like.flags if like else 0 if name.isascii() else UTF_8,
        zipfile.ZIP_DEFLATED,
        like.time if like else 0,
        like.date if like else SINCE_1980,
        zlib.crc32(content),
        body,
        len(content),
        like.outside if like else 0,
    )


def write(members: Mapping[str, Member], comment: bytes, out: BinaryIO) -> None:
    """Write the members in their order."""
    entries, offset = [], 0
    for member in members.values():
        fixed = struct.pack(
            "<HHHHHLLLH",
            member.version,
            member.flags,
            member.method,
            member.time,
            member.date,
            member.crc,
            len(member.packed),
            member.size,
            len(member.name),
        )
        out.write(LOCAL + fixed + struct.pack("<H", 0) + member.name)
        out.write(member.packed)
        rest = struct.pack("<HHHHLL", 0, 0, 0, 0, member.outside, offset)
        entries.append(CENTRAL + struct.pack("<H", member.version) + fixed + rest + member.name)
        offset += 30 + len(member.name) + len(member.packed)
        if offset > LARGEST:
            raise Refused("it is larger than 4 GB")
    directory = b"".join(entries)
    out.write(directory)
    sizes = struct.pack("<HHHHLLH", 0, 0, len(entries), len(entries), len(directory), offset, 0)
    out.write(END + sizes[:-2] + struct.pack("<H", len(comment)) + comment)
