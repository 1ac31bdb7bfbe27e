"""Detection of a text file's encoding, verified on every byte: nothing is silently replaced."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from importer.formula_text import ESCAPED_OR_ERROR
from importer.pieces import stream_pieces
from importer.read.unreadable import refusal
from importer.spreadsheet import byte_order_mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = 1 << 20
SAMPLE = 1 << 18
LEGACY_SAMPLE = 1 << 16

NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "cp1252": "Windows-1252",
}
SAVE_AS_UTF8 = 'Open it in Excel and save it as "CSV UTF-8 (Comma delimited)"'
NON_ASCII_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*[\r\n]*")
MULTI_BYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
NON_ASCII = re.compile(rb"[\x80-\xff]")
FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{3}")
STRANGE_IN_WORD = re.compile(r"[A-Za-z][¡-¶¸-¿×÷ƒ†‡‰‹›˜ˆ][A-Za-z]")
CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class TextFile:
    """An examined text file: after `bom` bytes it decodes without error under `encoding`.

    `has_escaped` says that it may hold errors or escaped texts.
    """

    encoding: str
    bom: int
    sha256: str
    has_nul: bool
    has_escaped: bool


def examine_text(path: Path) -> TextFile:
    """Find the encoding and read the whole file under it, once more for each further candidate.

    Raises UnreadableInput where the file is no text or no encoding fits.
    """
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    bom, encoding = byte_order_mark(sample) or (b"", unmarked_utf16(sample) or "utf-8")
    check_is_text(path, sample, encoding)
    text = verified(path, encoding, len(bom))
    if text is None and encoding == "utf-8" and not bom:
        text = legacy_text(path)
    if text is None:
        seen = f"some bytes are not {NAMES[encoding]}, although the file begins so"
        raise refusal(path, seen, SAVE_AS_UTF8)
    return text


def unmarked_utf16(sample: bytes) -> str | None:
    """Return the UTF-16 of a text without a mark: half the bytes of western text are zero."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def check_is_text(path: Path, sample: bytes, encoding: str) -> None:
    """Raise UnreadableInput for a file with more control characters than any text holds."""
    if encoding != "utf-8":
        return
    strange = len(CONTROL.findall(sample)) + max(0, sample.count(0) - 16)
    if strange > max(2, MAX_CONTROL_SHARE * len(sample)):
        raise refusal(path, "is neither a workbook nor text", "Export the table as .xlsx or CSV")


def verified(path: Path, encoding: str, bom: int) -> TextFile | None:
    """Return the text file if every byte decodes after `bom` bytes, else None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    digest, has_nul, has_escaped, last, skip = hashlib.sha256(), False, False, "", bom
    try:
        for block in blocks(path):
            digest.update(block)
            decoded = decoder.decode(block[skip:])
            has_nul, skip = has_nul or "\0" in decoded, 0
            has_escaped = has_escaped or ESCAPED_OR_ERROR.search(last + decoded) is not None
            last = (last + decoded)[-1:]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return TextFile(encoding, bom, digest.hexdigest(), has_nul, has_escaped)


def blocks(path: Path) -> Iterator[bytes]:
    """Yield the file's bytes, block by block."""
    with path.open("rb") as stream:
        yield from stream_pieces(stream, BLOCK)


def legacy_text(path: Path) -> TextFile | None:
    """Return the text file under an 8-bit or East Asian encoding; cp1252 if it reads western."""
    sample = non_ascii_lines(path)
    refuse_broken_utf8(path, sample)
    if looks_western(sample) and (text := verified(path, "cp1252", 0)):
        return text
    encoding = likely_encoding(sample)
    return verified(path, encoding, 0) if encoding else None


def non_ascii_lines(path: Path) -> bytes:
    """Return the first lines that are not plain ASCII."""
    sample = b""
    for block in blocks(path):
        for line in NON_ASCII_LINE.finditer(block):
            sample += line[0][:LEGACY_SAMPLE]
            if len(sample) >= LEGACY_SAMPLE:
                return sample
    return sample


def refuse_broken_utf8(path: Path, sample: bytes) -> None:
    """Raise UnreadableInput for UTF-8 with a few broken bytes: a guess would spoil the rest."""
    valid = sum(len(match) for match in MULTI_BYTE.findall(sample))
    invalid = len(NON_ASCII.findall(MULTI_BYTE.sub(b"", sample)))
    if valid > 4 * invalid:
        line = first_bad_line(path)
        seen = f"line {line:,} holds bytes that are not UTF-8, though the rest of the file is"
        raise refusal(path, seen, f"Fix that line, or: {SAVE_AS_UTF8}")


def first_bad_line(path: Path) -> int:
    """Return the number of the first line that is not UTF-8."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0


def looks_western(sample: bytes) -> bool:
    """Return whether the sample makes words under cp1252: no runs of accents, no odd signs."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    strange = len(FOREIGN_RUN.findall(text)) + len(STRANGE_IN_WORD.findall(text))
    return strange * 20 <= len(NON_ASCII.findall(sample))


def likely_encoding(sample: bytes) -> str | None:
    """Return the encoding that charset-normalizer finds most likely."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return codecs.lookup(best.encoding).name if best else None
