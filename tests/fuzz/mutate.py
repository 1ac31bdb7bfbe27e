"""Spoils files: bytes, the members and the XML of archives, the values in texts."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from random import Random

ODD = [
    "", "0", "-1", "1e999", "NaN", "99999999999999999999", "A0", "XFE1048577", "\0", "\r", "\ufffe",
    "(a+)+$", "{}", "[", "]]>", "&x;", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "../../../etc/passwd",
    "file:///etc/passwd", "é" * 40, "=1+1", "true", "null", "\u202e", "x" * 70_000,
]  # fmt: skip
"""Values that hardly anybody expects."""

_ATTRIBUTE = re.compile(rb'(?<==")[^"<>]*(?=")')
_TAG = re.compile(rb"<[^<>]+>")
_VALUE = re.compile(rb'"[^"\n]*"|\b\d+\b|\btrue\b|\bfalse\b')


def spoilt_bytes(data: bytes, rng: Random) -> bytes:
    """Return bytes with one to four places changed, doubled, cut out or cut off."""
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice([1, 1, 2, 8, 64, 4_000]))
        piece = rng.choice(
            [b"", rng.randbytes(end - start), data[start:end] * 2, rng.choice(ODD).encode()]
        )
        data = data[:start] if rng.random() < 0.1 else data[:start] + piece + data[end:]
    return data


def spoilt_text(data: bytes, rng: Random) -> bytes:
    """Return a text with values exchanged for odd ones, or lines lost, doubled or moved."""
    lines = data.splitlines(keepends=True)
    for _ in range(rng.randint(1, 4)):
        at, other = rng.randrange(len(lines) or 1), rng.randrange(len(lines) or 1)
        if not lines or rng.random() < 0.5:
            data = _exchanged(_VALUE, b"".join(lines), rng, quoted=True)
            lines = data.splitlines(keepends=True)
        else:
            lines[at : at + 1] = rng.choice([[], lines[at : at + 1] * 2, lines[other : other + 1]])
    return b"".join(lines)


def spoilt_xml(data: bytes, rng: Random) -> bytes:
    """Return XML with attributes exchanged, or tags lost, doubled or moved."""
    for _ in range(rng.randint(1, 4)):
        if rng.random() < 0.6:
            data = _exchanged(_ATTRIBUTE, data, rng)
            continue
        tags = list(_TAG.finditer(data))
        if not tags:
            return data
        one, other = rng.choice(tags), rng.choice(tags)
        piece = rng.choice([b"", one[0] * 2, other[0], other[0] * 500])
        data = data[: one.start()] + piece + data[one.end() :]
    return data


def _exchanged(
    pattern: re.Pattern[bytes], data: bytes, rng: Random, *, quoted: bool = False
) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    one = rng.choice(found)
    odd = rng.choice([rng.choice(ODD).encode(), rng.choice(found)[0]])
    if quoted and one[0].startswith(b'"') and not odd.startswith(b'"'):
        odd = b'"%b"' % odd.replace(b'"', b"").replace(b"\n", b" ")
    return data[: one.start()] + odd + data[one.end() :]


def spoilt_archive(data: bytes, rng: Random) -> bytes:
    """Return an archive with a member spoilt, lost, doubled, renamed, or its directory damaged."""
    if rng.random() < 0.15:
        return spoilt_bytes(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    at = rng.randrange(len(members))
    name, content = members[at]
    spoil = spoilt_xml if name.endswith((".xml", ".rels", ".vml")) else spoilt_bytes
    odd = name.upper(), f"../{name}", f"/{name}", name + rng.choice(ODD[:12])
    change = rng.choice(["spoil", "spoil", "spoil", "spoil", "lose", "double", "rename"])
    members[at : at + 1] = {
        "spoil": [(name, spoil(content, rng))],
        "lose": [],
        "double": [(name, content), (name, spoil(content, rng))],
        "rename": [(rng.choice(odd), content)],
    }[change]
    return _packed(members)


def _packed(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name twice
        for name, content in members:
            archive.writestr(name.replace("\0", "0") or "empty", content)
    return out.getvalue()
