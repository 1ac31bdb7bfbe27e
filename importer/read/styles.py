"""The cell styles of an .xlsx that show a number as zero-padded text, such as postal codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DASH = re.compile(r'\\(.)|"([^"]*)"')
ZEROS = re.compile(r"(?=(?:[^0]*0){2})[0-]+")


def padded_styles(styles: Element) -> dict[str, str]:
    """Return the pattern of zeros and dashes by cell style number, e.g. {"7": "00000"}.

    Only formats of two or more zeros and literal dashes count: a number in such a format is an
    id, and the leading zeros that the steward sees are part of it.
    """
    formats = {
        entry.get("numFmtId"): pattern
        for entry in styles.findall("{*}numFmts/{*}numFmt")
        if (pattern := padding(entry.get("formatCode", "")))
    }
    cell_styles = enumerate(styles.findall("{*}cellXfs/{*}xf"))
    return {
        str(number): formats[style.get("numFmtId")]
        for number, style in cell_styles
        if style.get("numFmtId") in formats
    }


def padding(format_code: str) -> str | None:
    """Return the pattern of a format, `000\\-00` -> `000-00`; None if it does more than pad."""
    literal = DASH.sub(lambda match: match[1] or match[2] or "", format_code)
    return literal if ZEROS.fullmatch(literal) else None
