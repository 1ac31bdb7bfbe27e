"""Escaping of text that a spreadsheet would take for a formula or an error.

A workbook states which of its cells are text; a text file cannot. In a text file an apostrophe in
front marks such a text, as it does when somebody types into a cell (OWASP, "CSV Injection").
`unescaped` removes exactly the apostrophe that `escaped` adds.
"""

from __future__ import annotations

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""A text that begins with any of these may be run as a formula."""

ESCAPED_OR_ERROR = re.compile(r"'[=+\-@\t\r]|#[A-Z¡¿]|=\"")
"""Matches somewhere in every text file that holds an escaped text, a text formula or an error."""

_SIGNS = ("'", "#", "=")
"""One of these stands in each such text: a look for a single sign is quick."""

ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!",
    "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#EXTERNAL!",
    "#NV", "#BEZUG!", "#WERT!", "#ZAHL!",
    "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!",
    "#N/D", "#¡REF!", "#¡VALOR!", "#¡DIV/0!", "#¿NOMBRE?", "#¡NUM!", "#¡NULO!",
})  # fmt: skip
"""What Excel writes into a text file for a cell with an error: in English, German, French and
Spanish, depending on its language."""

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_TEXT_FORMULA = re.compile(r'\s*="((?:[^"]|"")*)"\s*')


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may take the text for a formula."""
    return text.startswith(FORMULA_STARTS)


def may_be_escaped(text: str) -> bool:
    """Return whether a text file may hold an escaped text, a text formula or an error."""
    return any(sign in text for sign in _SIGNS) and ESCAPED_OR_ERROR.search(text) is not None


def is_error(text: str) -> bool:
    """Return whether a cell of a text file holds an error."""
    return text.strip() in ERRORS


def escaped(text: str) -> str:
    """Return a value as a text file holds it: it reads back as it is, and numbers stay numbers."""
    return f"'{text}" if _needs_mark(text) and not _NUMBER.fullmatch(text) else text


def escaped_message(text: str) -> str:
    """Return words of a report as a text file holds them: what looks like a number is text too."""
    return f"'{text}" if is_formula(text) else text


def unescaped(text: str) -> str:
    """Return the value that `escaped` made the text from, or that a text formula states.

    Programs write `="00123"` into a text file so that Excel does not take the text for a number.
    """
    if '="' in text and (formula := _TEXT_FORMULA.fullmatch(text)):
        return formula.group(1).replace('""', '"')
    return text[1:] if text.startswith("'") and _needs_mark(text) else text


def _needs_mark(text: str) -> bool:
    """Return whether the text, leading apostrophes aside, is a formula or an error."""
    return bool(_FORMULA.match(text)) or is_error(text.lstrip("'"))
