"""Addresses, texts and style numbers in, the XML of cells out; always text, never a formula."""

from __future__ import annotations

import re

from importer.model import column_letter
from importer.report.ooxml.markup import attribute, written

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def text_cell(prefix: str, row: int, column: int, text: str, style: int) -> bytes:
    """A cell with a text; a blank one has its style alone."""
    at = f'<{prefix}c r="{column_letter(column)}{row}"'.encode()
    if not text:
        return at + f' s="{style}"/>'.encode()
    before, after = around_text(prefix, style)
    return at + before + escaped(text) + after


def around_text(prefix: str, style: int) -> tuple[bytes, bytes]:
    """What stands in a cell between its address and its text, and behind that."""
    p = prefix
    before, after = string(p, "|").split(b"|")
    head, tail = f' s="{style}" t="inlineStr"><{p}is>', f"</{p}is></{p}c>"
    return head.encode() + before, after + tail.encode()


def number_cell(prefix: str, row: int, column: int, number: int, style: int) -> bytes:
    """A cell with a number."""
    p = prefix
    return (
        f'<{p}c r="{column_letter(column)}{row}" s="{style}"><{p}v>{number}</{p}v></{p}c>'.encode()
    )


def string(prefix: str, text: str) -> bytes:
    """A `t` element that keeps its blanks."""
    p = prefix
    return f'<{p}t xml:space="preserve">'.encode() + escaped(text) + f"</{p}t>".encode()


def escaped(text: str) -> bytes:
    """Text as a `t` element holds it: `_x0041_` is not taken for a sign's number."""
    return written(_ESCAPE.sub("_x005F_", text) if "_x" in text else text)


def column_number(letters: str) -> int:
    """`C` -> 3."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def at(address: str) -> tuple[int, int]:
    """`C17` -> (17, 3)."""
    match = _ADDRESS.fullmatch(address)
    return (int(match[2]), column_number(match[1])) if match else (0, 0)


def corners(ref: str) -> tuple[int, int, int, int]:
    """`A1:C9` -> (1, 1, 9, 3): first row and column, last row and column."""
    first, _, last = ref.partition(":")
    return (*at(first), *at(last or first))


def area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    """The inverse of `corners`."""
    ends = f"{column_letter(first_column)}{first_row}", f"{column_letter(last_column)}{last_row}"
    return attribute(ends[0] if ends[0] == ends[1] else ":".join(ends))
