"""The XML of cells, always text or a number and never a formula; cell addresses and ranges."""

from __future__ import annotations

import re

from importer.model import column_letter
from importer.report.ooxml.markup import xml_attribute, xml_text
from importer.spreadsheet import column_number

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def text_cell(prefix: str, row: int, column: int, text: str, style: int) -> bytes:
    """Return a cell with a text, or with a style only where the text is empty."""
    at = f'<{prefix}c r="{column_letter(column)}{row}"'.encode()
    if not text:
        return at + f' s="{style}"/>'.encode()
    before, after = around_text(prefix, style)
    return at + before + escaped(text) + after


def around_text(prefix: str, style: int) -> tuple[bytes, bytes]:
    """Return the XML in a cell between its address and its text, and the XML behind the text."""
    p = prefix
    before, after = string(p, "|").split(b"|")
    head, tail = f' s="{style}" t="inlineStr"><{p}is>', f"</{p}is></{p}c>"
    return head.encode() + before, after + tail.encode()


def number_cell(prefix: str, row: int, column: int, number: int, style: int) -> bytes:
    """Return a cell with a number."""
    p = prefix
    return (
        f'<{p}c r="{column_letter(column)}{row}" s="{style}"><{p}v>{number}</{p}v></{p}c>'.encode()
    )


def string(prefix: str, text: str) -> bytes:
    """Return a `t` element that preserves blanks."""
    p = prefix
    return f'<{p}t xml:space="preserve">'.encode() + escaped(text) + f"</{p}t>".encode()


def escaped(text: str) -> bytes:
    """Return text as a `t` element holds it: `_x0041_` must not be taken for a character's code."""
    return xml_text(_ESCAPE.sub("_x005F_", text) if "_x" in text else text)


def address(text: str) -> tuple[int, int]:
    """Return row and column (both from 1): `C17` -> (17, 3); (0, 0) for another text."""
    match = _ADDRESS.fullmatch(text)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)


def corners(ref: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row and last column: `A1:C9` -> (1, 1, 9, 3)."""
    first, _, last = ref.partition(":")
    return (*address(first), *address(last or first))


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """Return the range between two cells; the inverse of `corners`."""
    ends = f"{column_letter(first_column)}{first_row}", f"{column_letter(last_column)}{last_row}"
    return xml_attribute(ends[0] if ends[0] == ends[1] else ":".join(ends))
