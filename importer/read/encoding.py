"""A text file in, its encoding out, proved on every byte: nothing is ever silently replaced."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from importer.formula_text import DEFUSED
from importer.read.unreadable import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = 1 << 20
SAMPLE = 1 << 18
LEGACY_SAMPLE = 1 << 16
BOMS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
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
class Text:
    """A text file as examined: it decodes without error under `encoding`, after `bom` bytes.

    `has_defused` says that there may be errors, or texts that an apostrophe marks as texts.
    """

    encoding: str
    bom: int
    sha256: str
    has_nul: bool
    has_defused: bool


def examine_text(path: Path) -> Text:
    """Finds the encoding and reads the whole file once under it, or once more per candidate.

    Raises UnreadableInput where the file is no text or no encoding fits.
    """
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    bom, encoding = marked(sample) or (0, plain_utf16(sample) or "utf-8")
    check_is_text(path, sample, encoding)
    text = proved(path, encoding, bom)
    if text is None and encoding == "utf-8" and not bom:
        text = legacy_text(path)
    if text is None:
        seen = f"some bytes are not {NAMES[encoding]}, although the file begins so"
        raise refusal(path, seen, SAVE_AS_UTF8)
    return text


def marked(sample: bytes) -> tuple[int, str] | None:
    """Length of the byte order mark and the encoding it stands for."""
    found = ((len(bom), encoding) for bom, encoding in BOMS.items() if sample.startswith(bom))
    return next(found, None)


def plain_utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark, where every second byte of mostly western text is zero."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def check_is_text(path: Path, sample: bytes, encoding: str) -> None:
    """Refuses a file with more control characters than any text holds."""
    if encoding != "utf-8":
        return
    strange = len(CONTROL.findall(sample)) + max(0, sample.count(0) - 16)
    if strange > max(2, MAX_CONTROL_SHARE * len(sample)):
        raise refusal(path, "is neither a workbook nor text", "Export the table as .xlsx or CSV")


def proved(path: Path, encoding: str, bom: int) -> Text | None:
    """The text, if every byte of the file decodes; None where one does not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    digest, has_nul, has_defused, last, skip = hashlib.sha256(), False, False, "", bom
    try:
        for block in blocks(path):
            digest.update(block)
            decoded = decoder.decode(block[skip:])
            has_nul, skip = has_nul or "\0" in decoded, 0
            has_defused = has_defused or DEFUSED.search(last + decoded) is not None
            last = (last + decoded)[-1:]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return Text(encoding, bom, digest.hexdigest(), has_nul, has_defused)


def blocks(path: Path) -> Iterator[bytes]:
    """The file's bytes."""
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block


def legacy_text(path: Path) -> Text | None:
    """The text under an 8-bit or East Asian encoding; cp1252 first where it reads western."""
    sample = non_ascii_lines(path)
    refuse_broken_utf8(path, sample)
    if looks_western(sample) and (text := proved(path, "cp1252", 0)):
        return text
    encoding = likely_encoding(sample)
    return proved(path, encoding, 0) if encoding else None


def non_ascii_lines(path: Path) -> bytes:
    """The first lines that are not plain ASCII."""
    sample = b""
    for block in blocks(path):
        for line in NON_ASCII_LINE.finditer(block):
            sample += line[0][:LEGACY_SAMPLE]
            if len(sample) >= LEGACY_SAMPLE:
                return sample
    return sample


def refuse_broken_utf8(path: Path, sample: bytes) -> None:
    """Raises where the file is UTF-8 but for a few bytes: another reading would spoil the rest."""
    valid = sum(len(match) for match in MULTI_BYTE.findall(sample))
    invalid = len(NON_ASCII.findall(MULTI_BYTE.sub(b"", sample)))
    if valid > 4 * invalid:
        line = first_bad_line(path)
        seen = f"line {line:,} holds bytes that are not UTF-8, though the rest of the file is"
        raise refusal(path, seen, f"Mend that line, or: {SAVE_AS_UTF8}")


def first_bad_line(path: Path) -> int:
    """The number of the first line that is not UTF-8."""
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 0


def looks_western(sample: bytes) -> bool:
    """Whether the sample makes words under cp1252: no runs of accents, no signs inside words."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    strange = len(FOREIGN_RUN.findall(text)) + len(STRANGE_IN_WORD.findall(text))
    return strange * 20 <= len(NON_ASCII.findall(sample))


def likely_encoding(sample: bytes) -> str | None:
    """The encoding charset-normalizer finds most likely."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return codecs.lookup(best.encoding).name if best else None
