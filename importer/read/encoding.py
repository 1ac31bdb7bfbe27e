"""Detection of a text file's encoding, verified on every byte: nothing is silently replaced.

UTF-8 and UTF-16 prove themselves, every other encoding is a guess that a user can overrule.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from importer.formula_text import may_be_escaped
from importer.read.encoding_names import name_of
from importer.read.legacy_encoding import NON_ASCII, blocks, guesses, non_ascii_lines
from importer.read.lost_letters import END_OF_FILE, holds_controls, may_hold_lost
from importer.read.mojibake import may_be_spoilt
from importer.read.unreadable import refusal
from importer.spreadsheet import byte_order_mark, codec_of
from importer.way_out import way_out

if TYPE_CHECKING:
    from pathlib import Path

    from importer.read.eight_bit import Guess

SAMPLE = 1 << 18

SAVE_AS_UTF8 = 'Open it in Excel and save it as "CSV UTF-8 (Comma delimited)"'
NAME_IT = "Name its encoding with --encoding, for example windows-1252, mac-roman or cp850"
UPLOAD_THAT = "Upload the file as it was saved then"
MULTI_BYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1f\x7f]")
BLANK_BEFORE_QUOTE = re.compile(r"""(?<![\w"'.!?() \t])[ \t]+"|\t +\"""")
MAX_CONTROL_SHARE = 0.02


class Traits(Struct):
    """What a text holds somewhere: each is rare, and its absence saves work on every cell.

    `escaped` says that it may hold errors or escaped texts, `mojibake` that it may hold UTF-8
    which was once read in another encoding, `spaced` that blanks may stand before quotes, `lost`
    that letters were lost, `controls` that it holds control characters, `ends_early` that one of
    these is the sign that ends a file of DOS. `lines` is how many lines it has.
    """

    nul: bool = False
    escaped: bool = False
    quotes: bool = False
    spaced: bool = False
    mojibake: bool = False
    lost: bool = False
    controls: bool = False
    ends_early: bool = False
    ascii: bool = True
    lines: int = 0
    _last: str = ""

    def note(self, text: str, raw: bytes) -> None:
        """Look at the next piece of the text; `raw` are its bytes, each sign of ASCII as one."""
        self.lines += text.count("\n")
        self.ascii = self.ascii and text.isascii()
        self.nul = self.nul or "\0" in text
        self.escaped = self.escaped or may_be_escaped(self._last + text)
        self.quotes = self.quotes or '"' in text
        if not self.spaced and self.quotes and may_be_spaced(text):
            self.spaced = BLANK_BEFORE_QUOTE.search(text) is not None
        self.mojibake = self.mojibake or may_be_spoilt(text)
        self.lost = self.lost or may_hold_lost(text)
        self.ends_early = self.ends_early or END_OF_FILE in text
        self.controls = self.controls or holds_controls(raw)
        self._last = (self._last + text)[-1:]


def may_be_spaced(text: str) -> bool:
    """Return whether a blank stands before a quote; a look for a tab alone takes no time."""
    return ' "' in text or ("\t" in text and '\t"' in text)


class TextFile(Struct, frozen=True):
    """An examined text file: after `bom` bytes it decodes without error under `encoding`.

    `guess` is None where the encoding is certain or was named; `overruled` is the one that was
    named for a file that proves to be in another.
    """

    encoding: str
    bom: int
    sha256: str
    traits: Traits = field(default_factory=Traits)
    guess: Guess | None = None
    overruled: str = ""


def examine_text(path: Path, named: str = "") -> TextFile:
    """Find the encoding and read the whole file under it, once more for each further candidate.

    `named` is the encoding where it is known. Raises UnreadableInput where the file is no text or
    no encoding fits.
    """
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    if named:
        return named_text(path, sample, named)
    bom, encoding = byte_order_mark(sample) or (b"", unmarked_utf16(sample) or "utf-8")
    check_is_text(path, sample, encoding)
    text = verified(path, encoding, len(bom))
    if text is None and encoding == "utf-8" and not bom:
        text = legacy_text(path)
    if text is None:
        seen = f"some bytes are not {name_of(encoding)}, although the file begins so"
        raise refusal(path, seen, f"{SAVE_AS_UTF8}. {way_out(NAME_IT, UPLOAD_THAT)}")
    return text


def named_text(path: Path, sample: bytes, named: str) -> TextFile:
    """Return the text file under the encoding that was named for it.

    A file that proves to be in another, by a mark or by letters in UTF-8, is read in that: a name
    is often meant for one of several files. Raises UnreadableInput where its bytes do not fit.
    """
    codec = codec_of(named)
    bom, marked = byte_order_mark(sample) or (b"", "")
    if not codec:
        raise refusal(path, f"there is no encoding called {named}", NAME_IT)
    if codec in {"utf-16", "utf-32"}:
        codec = marked if marked.startswith(codec) else f"{codec}-le"
    proved = marked or ("" if codec.startswith("utf") else "utf-8")
    text = verified(path, proved, len(bom)) if proved and proved != codec else None
    if text and (marked or not text.traits.ascii):
        return replace(text, overruled=codec)
    text = verified(path, codec, len(bom))
    if text is None:
        line, what = first_bad_line(path, codec), name_of(codec)
        seen = f"line {line:,} holds bytes that are not {what}, which was named as its encoding"
        raise refusal(path, seen, "Name another, or none")
    return text


def unmarked_utf16(sample: bytes) -> str | None:
    """Return the UTF-16 of a text without a mark: its ASCII signs have a zero beside them.

    Half the bytes of western text are zero; of any text, those of the line ends are.
    """
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    for codec, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 0.4 * half and others < 0.05 * half:
            return codec
        if zeros > max(1, others) and all_printable(sample, codec):
            return codec
    return None


def all_printable(sample: bytes, codec: str) -> bool:
    """Return whether a sample has lines and no sign under the codec that nobody can read."""
    text = sample[: len(sample) & ~1].decode(codec, "replace").rstrip("\ufffd")
    lines = text.split("\n")
    return len(lines) > 1 and all(
        line.strip("\r").replace("\t", "").isprintable() for line in lines
    )


def check_is_text(path: Path, sample: bytes, encoding: str) -> None:
    """Raise UnreadableInput for a file with more control characters than any text holds."""
    if encoding != "utf-8":
        return
    strange = len(CONTROL.findall(sample.rstrip(b"\x1a\r\n"))) + max(0, sample.count(0) - 16)
    if strange > max(2, MAX_CONTROL_SHARE * len(sample)):
        raise refusal(path, "is neither a workbook nor text", "Export the table as .xlsx or CSV")


def verified(path: Path, encoding: str, bom: int, guess: Guess | None = None) -> TextFile | None:
    """Return the text file if every byte decodes after `bom` bytes, else None."""
    decoder = codecs.getincrementaldecoder(encoding)()
    digest, traits, skip = hashlib.sha256(), Traits(), bom
    wide = encoding.startswith(("utf-16", "utf-32"))
    try:
        for block in blocks(path):
            digest.update(block)
            text = decoder.decode(block[skip:])
            traits.note(text, text.encode("utf-8", "replace") if wide else block)
            skip = 0
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    return TextFile(encoding, bom, digest.hexdigest(), traits, guess)


def legacy_text(path: Path) -> TextFile | None:
    """Return the text file under the 8-bit or East Asian encoding that makes words of it."""
    sample = non_ascii_lines(path)
    refuse_broken_utf8(path, sample)
    for guess in guesses(sample):
        if text := verified(path, guess.encoding, 0, guess):
            return text
    return None


def refuse_broken_utf8(path: Path, sample: bytes) -> None:
    """Raise UnreadableInput for UTF-8 with a few broken bytes: a guess would spoil the rest."""
    valid = sum(len(match) for match in MULTI_BYTE.findall(sample))
    invalid = len(NON_ASCII.findall(MULTI_BYTE.sub(b"", sample)))
    if valid > 4 * invalid:
        line = first_bad_line(path, "utf-8")
        seen = f"line {line:,} holds bytes that are not UTF-8, though the rest of the file is"
        raise refusal(path, seen, f"Fix that line, or: {SAVE_AS_UTF8}")


def first_bad_line(path: Path, codec: str) -> int:
    """Return the number of the first line that does not fit the encoding."""
    decoder = codecs.getincrementaldecoder(codec)()
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                decoder.decode(line)
            except UnicodeDecodeError:
                return number
    return number
