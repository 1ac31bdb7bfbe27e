"""The encodings that a text which is not UTF-8 may be in, the likeliest first.

Only lines beyond ASCII tell them apart, and a small sample of those is enough.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from importer.pieces import stream_pieces
from importer.read.east_asian import COMMON, east_asian, next_after
from importer.read.eight_bit import MIXED, Guess, likeliest
from importer.read.encoding_names import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BLOCK = 1 << 20
SAMPLE = 1 << 14
LONGEST_LINE = 1 << 10
MOST_COMPARED = 1 << 12
FEW = 40
MULTI_BYTE = frozenset((*COMMON, "shift_jis", "euc_kr", "gbk"))
KNOWN = [name for name in NAMES if not name.startswith(("utf", "ascii"))]
"""The encodings that a guess may name: people know no others, and UTF proves itself."""

NON_ASCII = re.compile(rb"[\x80-\xff]")
FOREIGN_BYTES = re.compile(rb"[\x80-\xff]+")
FOREIGN_RUN = re.compile(r"[^\x00-\x7f]{3}")
STRANGE_IN_WORD = re.compile(r"[A-Za-z][¡-¶¸-¿×÷ƒ†‡‰‹›˜ˆ][A-Za-z]")


def blocks(path: Path) -> Iterator[bytes]:
    """Yield the file's bytes, block by block."""
    with path.open("rb") as stream:
        yield from stream_pieces(stream, BLOCK)


def non_ascii_lines(path: Path) -> bytes:
    """Return the first lines that are not plain ASCII, of very long ones what is around."""
    sample, rest = [], SAMPLE
    for block in blocks(path):
        position = len(block) if block.isascii() else 0
        while rest > 0 and (found := NON_ASCII.search(block, position)):
            start, position = line_around(block, found.start(), position)
            sample.append(block[start:position])
            rest -= position - start
        if rest <= 0:
            break
    return b"".join(sample)


def line_around(block: bytes, at: int, after: int) -> tuple[int, int]:
    """Return start and end of the line at a position, not before `after`, and not too long."""
    first, last = max(after, at - LONGEST_LINE), at + LONGEST_LINE
    start = max(block.rfind(end, first, at) + 1 for end in (b"\n", b"\r"))
    ends = (block.find(end, at, last) + 1 for end in (b"\n", b"\r"))
    stop = min((end for end in ends if end), default=min(last, len(block)))
    return max(start, first), stop


def guesses(sample: bytes) -> Iterator[Guess]:
    """Yield the encodings that may be right, the likeliest first."""
    if found := likeliest(sample):
        yield doubted(found, sample)
    if looks_western(sample):
        yield Guess("cp1252", "mac-roman", close=True)
    if other := likely_encoding(sample):
        yield guess_of(other, sample)
    for codec in east_asian(sample):
        yield Guess(codec, next_after(codec, sample), close=True)


def doubted(guess: Guess, sample: bytes) -> Guess:
    """Return the guess, close where few characters may as well be East Asian ones."""
    runs, size = len(FOREIGN_BYTES.findall(sample)), len(NON_ASCII.findall(sample))
    if guess.close or size >= FEW or size < 2 * runs or not (others := east_asian(sample)):
        return guess
    return Guess(guess.encoding, others[0], close=True)


def guess_of(codec: str, sample: bytes) -> Guess:
    """Return the guess of an encoding: close in a small text, or where words mix scripts."""
    mixed = MIXED.search(sample.decode(codec, "ignore")) is not None
    other = next_after(codec, sample) if codec in MULTI_BYTE else "cp1252"
    return Guess(codec, other, close=mixed or len(NON_ASCII.findall(sample)) < FEW)


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

    if len(sample) > MOST_COMPARED:
        sample = sample[: sample.rfind(b"\n", 0, MOST_COMPARED) + 1 or MOST_COMPARED]
    best = from_bytes(sample, cp_isolation=KNOWN).best()
    return codecs.lookup(best.encoding).name if best else None
