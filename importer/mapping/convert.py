"""A cell and its column's rule in, the payload value out: or BLANK, CLEAR, or a Fault."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from importer.finding_codes import FindingCode
from importer.mapping.lists import Signs, Unclear, signed, split
from importer.model import Cell, CellFault
from importer.suggest import did_you_mean, nearest
from importer.template import Column
from importer.template.paths import Schema


class _Mark:
    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


class _Clear(_Mark):
    """Rare, and told from BLANK by its type alone: whole columns are searched for it."""


BLANK: Final = _Mark("BLANK")
"""The cell says nothing: the field is left alone."""

CLEAR: Final = _Clear("CLEAR")
"""The cell asks for the field to be emptied."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell has no value: what a finding is made of."""

    code: FindingCode
    message: str
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A list cell whose items bear signs: what it adds to what is there, and takes away."""

    added: list[Any]
    removed: list[Any]


Convert = Callable[[Cell], Any]

_CELL_FAULTS = {
    FindingCode.ERROR_CELL: "The cell holds the error {text}.",
    FindingCode.ERROR_TEXT: (
        "The cell holds the error {text}; if it is a text, put an apostrophe before it."
    ),
    FindingCode.FORMULA_WITHOUT_VALUE: (
        "The formula {text} has no calculated value: open and save the file."
    ),
    FindingCode.LONG_NUMBER: (
        "{text} has more than 15 digits, which a spreadsheet rounds: format it as text."
    ),
    FindingCode.NUL_BYTE: "The cell holds a NUL byte.",
}
_TRUE = frozenset({"yes", "true", "1", "y", "x"})
_FALSE = frozenset({"no", "false", "0", "n"})
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_LINK = re.compile(r"(https?://|ftps?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)
_DAY = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def shown(cell: Cell) -> str:
    """The text a spreadsheet shows for a cell, in the form that does not depend on a locale."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, CellFault):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return repr(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "auto").removesuffix(" 00:00:00")
    if isinstance(cell, dt.time):
        return cell.isoformat("auto") if cell.second else cell.isoformat("minutes")
    return str(cell)


def converter(column: Column, node: Schema, clear: str) -> Convert:
    """The function that turns one cell of this column into its payload value.

    `node` is the sub-schema at the column's path (its `enum` decides), `clear` the clear token.
    """
    inner = _typed(column, node)
    if column.extract and column.type != "list":
        inner = _extracted(column, inner)
    blank = CLEAR if column.blank == "clear" else BLANK

    def convert(cell: Cell) -> Any:
        if isinstance(cell, CellFault):
            return faulty(cell)
        if isinstance(cell, str):
            text = cell.strip()
            if not text:
                return blank
            if text == clear:
                return CLEAR
        return inner(cell)

    return convert


def faulty(cell: CellFault) -> Fault:
    """Why a cell that holds no usable value has none."""
    return Fault(cell.code, _CELL_FAULTS[cell.code].format(text=cell.text))


def _typed(column: Column, node: Schema) -> Convert:
    if column.type == "list":
        return _list(column, node)
    words = {_word(key): value for key, value in column.values.items()}
    plain = _enum(words, node) if "enum" in node else _plain(column)
    return _mapped(words, plain) if words and "enum" not in node else plain


def _extracted(column: Column, inner: Convert) -> Convert:
    """Looks at the first group of the column's pattern only; what does not fit is blank."""
    pattern = re.compile(column.extract)

    def convert(cell: Cell) -> Any:
        match = pattern.fullmatch(shown(cell).strip())
        return inner(match.group(1).strip()) if match and match.group(1) else BLANK

    return convert


def _word(text: str) -> str:
    return text.strip().casefold()


def _mapped(words: dict[str, Any], inner: Convert) -> Convert:
    def convert(cell: Cell) -> Any:
        found = words.get(_word(shown(cell)))
        return inner(cell) if found is None else found

    return convert


def _enum(words: dict[str, Any], node: Schema) -> Convert:
    allowed = {_word(str(value)): value for value in node["enum"]}
    names = ", ".join(str(value) for value in node["enum"])

    def convert(cell: Cell) -> Any:
        text = shown(cell)
        word = _word(text)
        found = allowed.get(word, words.get(word))
        if found is not None:
            return found
        near = nearest(word, [*allowed, *words])
        suggestion = str(allowed.get(near, words.get(near))) if near else None
        end = did_you_mean(suggestion, f"allowed are {names}.", after=":")
        return Fault(
            FindingCode.NOT_ALLOWED, f"`{text}` is not one of the allowed values{end}", suggestion
        )

    return convert


def _plain(column: Column) -> Convert:
    if column.type == "date":
        return _date(column)
    if column.type == "map":
        return _map(column)
    return _PLAIN[column.type]


def _text(cell: Cell) -> Any:
    return cell if isinstance(cell, str) else shown(cell)


def _trimmed(cell: Cell) -> Any:
    return shown(cell).strip()


def _number(cell: Cell) -> Any:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return int(cell) if float(cell).is_integer() else cell
    text = shown(cell).strip()
    if isinstance(cell, str) and _NUMBER.fullmatch(text):
        if text.lstrip("+-").isdigit():
            return int(text)
        number = float(text)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return Fault(FindingCode.NOT_A_NUMBER, f"`{text}` is not a number.", _plain_number(text))


def _plain_number(text: str) -> str | None:
    """The number a person may have meant; the last of two marks is the decimal one."""
    digits = re.sub(r"[\s'\xa0\u202f\u2019]", "", text)
    comma, stop = digits.rfind(","), digits.rfind(".")
    if comma > stop >= 0 or (stop < 0 and re.fullmatch(r"[^,]*,(\d{1,2}|\d{4,})", digits)):
        digits = digits.replace(".", "").replace(",", ".")
    elif digits.count(".") > 1:
        digits = digits.replace(".", "")
    digits = digits.replace(",", "")
    return digits if digits != text and _NUMBER.fullmatch(digits) else None


def _integer(cell: Cell) -> Any:
    number = _number(cell)
    if isinstance(number, float):
        return Fault(FindingCode.NOT_A_WHOLE_NUMBER, f"`{shown(cell)}` is not a whole number.")
    return number


def _boolean(cell: Cell) -> Any:
    if isinstance(cell, bool):
        return cell
    word = _word(shown(cell))
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    return Fault(FindingCode.NOT_YES_OR_NO, f"`{shown(cell)}` is neither yes nor no.")


def _date(column: Column) -> Convert:
    def convert(cell: Cell) -> Any:
        moment = _moment(cell, column.formats)
        if isinstance(moment, Fault):
            return moment
        if column.unit == "ms":
            return (moment - _DAY) // dt.timedelta(milliseconds=1)
        return moment.date().isoformat()

    return convert


def _moment(cell: Cell, formats: Sequence[str]) -> dt.datetime | Fault:
    if isinstance(cell, dt.datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=dt.UTC)
    if isinstance(cell, dt.date):
        return dt.datetime(cell.year, cell.month, cell.day, tzinfo=dt.UTC)
    text = shown(cell).strip()
    found = _parsed(text, formats) if isinstance(cell, str) else None
    if found is None:
        forms = ", ".join(formats) or "2026-01-31"
        return Fault(FindingCode.NOT_A_DATE, f"`{text}` is not a date in a known form ({forms}).")
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _parsed(text: str, formats: Sequence[str]) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in formats:
        try:
            return dt.datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _list(column: Column, node: Schema) -> Convert:
    items = node.get("items", {})
    one = _mapped({_word(k): v for k, v in column.values.items()}, _item(column, items))
    if column.extract:
        one = _extracted(column, one)
    return _Items(one, column.separators, column.item_path, is_set=bool(node.get("uniqueItems")))


class _Items:
    """The items of a cell; where the schema wants a set, an item said twice counts once.

    A set may be told what to add to it and what to take away from it instead.
    """

    def __init__(self, one: Convert, separators: Sequence[str], path: str, *, is_set: bool) -> None:
        self._one = one
        self._separators = separators
        self._path = path
        self._is_set = is_set

    def __call__(self, cell: Cell) -> Any:
        text = shown(cell)
        signs = signed(text, self._separators) if self._is_set else None
        if signs is None:
            return self._values(split(text, self._separators)) or BLANK
        if isinstance(signs, Unclear):
            return Fault(FindingCode.UNCLEAR_SIGNS, signs.words)
        return self._edit(signs)

    def _edit(self, signs: Signs) -> Edit | Fault:
        added, removed = map(self._values, signs)
        if isinstance(added, Fault):
            return added
        return removed if isinstance(removed, Fault) else Edit(added, removed)

    def _values(self, texts: Sequence[str]) -> list[Any] | Fault:
        values = []
        for text in texts:
            value = self._one(text)
            if isinstance(value, Fault):
                return value
            if value is not BLANK:
                values.append(_nested(self._path, value) if self._path else value)
        if self._is_set:
            values = [value for at, value in enumerate(values) if value not in values[:at]]
        return values


def _item(column: Column, items: Schema) -> Convert:
    return _enum({}, items) if "enum" in items else _PLAIN[column.item]


def _nested(path: str, value: Any) -> Any:
    for step in reversed(path.split(".")):
        value = {step: value}
    return value


def _map(column: Column) -> Convert:
    def convert(cell: Cell) -> Any:
        pairs = [item.partition(column.pair) for item in split(shown(cell), column.separators)]
        wrong = next((pair for pair in pairs if not pair[1] or not pair[0].strip()), None)
        if wrong is not None:
            seen = "".join(wrong)
            return Fault(
                FindingCode.NOT_A_PAIR, f"`{seen}` should be a name, `{column.pair}` and a value."
            )
        return {key.strip(): value.strip() for key, _, value in pairs}

    return convert


def parsed_json(text: str) -> Any:
    """The JSON value, or a Fault; `NaN` and the like are Python's and no JSON."""
    try:
        return json.loads(text, parse_constant=_no_constant)
    except ValueError as error:
        return Fault(FindingCode.NOT_JSON, f"The text is not JSON: {error}.")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _json(cell: Cell) -> Any:
    return parsed_json(shown(cell))


def _url(cell: Cell) -> Any:
    text = shown(cell).strip()
    if _LINK.fullmatch(text):
        return text
    bare = re.fullmatch(r"(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?", text)
    joined = re.sub(r"[ \xa0]", "%20", text) if re.match(r"\w+://[^/\s]+/", text) else ""
    suggestion = f"https://{text}" if bare else joined if _LINK.fullmatch(joined) else None
    form = "it begins with https://, ftp:// or mailto: and has no blanks."
    end = did_you_mean(suggestion, form, after=":")
    return Fault(FindingCode.BAD_URL, f"`{text}` is not a link{end}", suggestion)


def _action(cell: Cell) -> Any:
    word = _word(shown(cell))
    if word == "delete":
        return word
    near = nearest(word, ["delete"])
    return Fault(FindingCode.NOT_ALLOWED, f"`{shown(cell)}` is no action: blank or delete.", near)


_PLAIN: dict[str, Convert] = {
    "text": _text,
    "enum": _text,
    "name": _trimmed,
    "id": _trimmed,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "json": _json,
    "url": _url,
    "action": _action,
}
