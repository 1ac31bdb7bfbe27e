"""The cell styles of an .xlsx that show a number as zero-padded text, such as postal codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]|(;)|(.)', re.DOTALL)
CONDITION = re.compile(r"\[[<>=]")
ZEROS = re.compile(r"(?=(?:[^0]*0){2})[0-]+")
DIGITS = re.compile(r"(?=(?:[^0]*0){2})[0 ()+-]+")


def padded_styles(styles: Element) -> dict[str, str]:
    """Return the pattern of zeros and dashes by cell style number, e.g. {"7": "00000"}.

    A number in such a format is an id, and the leading zeros that the steward sees are part of it.
    A format that shows more than zeros and dashes is not imitated and stands there as written.
    """
    formats = {
        entry.get("numFmtId"): pattern
        for entry in styles.findall("{*}numFmts/{*}numFmt")
        if (pattern := padding(code := entry.get("formatCode", "")) or lettered(code))
    }
    cell_styles = enumerate(styles.findall("{*}cellXfs/{*}xf"))
    return {
        str(number): formats[style.get("numFmtId")]
        for number, style in cell_styles
        if style.get("numFmtId") in formats
    }


def padding(format_code: str) -> str | None:
    """Return the pattern of a format, `000\\-00` -> `000-00`; None if it does more than pad.

    Only two or more zeros with dashes among them count. Formats of negative numbers and zero, after
    a semicolon, do not, nor do colours and gaps.
    """
    shown = shown_by(format_code)[0]
    return shown if ZEROS.fullmatch(shown) and not CONDITION.search(format_code) else None


def lettered(format_code: str) -> str | None:
    """Return a format that shows leading zeros beside other signs, `"B-"0000`, else None."""
    shown, codes = shown_by(format_code)
    return format_code if DIGITS.fullmatch(codes) and not ZEROS.fullmatch(shown) else None


def shown_by(format_code: str) -> tuple[str, str]:
    """Return what a format shows of a positive number, and its codes without quoted signs.

    A quoted zero is no digit: it stands there as a letter.
    """
    shown, codes = [], []
    for token in TOKEN.finditer(format_code):
        quoted, escaped, end, code = token.groups()
        if end:
            break
        shown.append(code or (quoted or escaped or "").replace("0", "O"))
        codes.append(code or "")
    return "".join(shown).strip(), "".join(codes).strip()
