"""Converters of columns: each turns a cell into its payload value, as the column's rule says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from importer.finding_codes import FindingCode
from importer.mapping.conversion.choice_words import ChoiceWords
from importer.mapping.conversion.dates import DateColumn
from importer.mapping.conversion.expectations import expecting, expecting_items
from importer.mapping.conversion.links import link_reader, watching
from importer.mapping.conversion.lists import UnclearSigns, signed, split
from importer.mapping.conversion.number_column import NumberColumn
from importer.mapping.conversion.numbers import WHOLE
from importer.mapping.conversion.rewording import form_of
from importer.mapping.conversion.scalars import SCALARS, fold_word
from importer.mapping.conversion.survey import ColumnTexts
from importer.mapping.conversion.values import BLANK, CLEAR, Convert, Edit, Fault, shown, unusable
from importer.model import Cell, CellFault
from importer.suggest import Speller, did_you_mean, listed
from importer.template import Column
from importer.template.paths import Schema
from importer.template.patterns import compiled, part_of

_MOST, _WIDEST = 20, 60
"""How many of the values that are allowed a message lists, and how many characters of each."""


def converter(
    column: Column,
    node: Schema,
    clear: str,
    texts: ColumnTexts | None = None,
    choices: ChoiceWords | None = None,
) -> Convert:
    """Return the converter of a column.

    `node` is the sub-schema at the column's path (its `enum` decides), `clear` the clear token.
    `texts` are those of the whole column, for numbers and dates that may mean two things.
    `choices` reads words of other languages.
    """
    texts = replace(texts or ColumnTexts(), extract=column.extract)
    inner = _typed(column, node, texts, choices or ChoiceWords(()))
    if column.extract and column.type != "list":
        inner = _extracted(column, inner)
        inner = _refusing(column, inner)
    blank = CLEAR if column.blank == "clear" else BLANK

    def convert(cell: Cell) -> Any:
        if isinstance(cell, CellFault):
            return unusable(cell)
        if isinstance(cell, str):
            text = cell.strip()
            if not text:
                return blank
            if text == clear:
                return CLEAR
        return inner(cell)

    return convert


def _typed(column: Column, node: Schema, texts: ColumnTexts, choices: ChoiceWords) -> Convert:
    if column.type == "list":
        return _list(column, node)
    words = {fold_word(key): value for key, value in column.values.items()}
    if "enum" in node:
        return expecting(_enum(words, node, choices), node)
    plain = _plain(column, column.type, node, texts)
    if column.type == "url":
        plain = watching(plain)
    return expecting(_mapped(words, plain, choices) if words else plain, node)


def _extracted(column: Column, inner: Convert) -> Convert:
    """Convert only the groups of the column's pattern; a cell that does not match is blank."""
    pattern = compiled(column.extract)

    def convert(cell: Cell) -> Any:
        part = part_of(pattern, shown(cell).strip(), column.join)
        return inner(part) if part else BLANK

    return convert


def _refusing(column: Column, inner: Convert) -> Convert:
    """Convert what fits the column's pattern; anything else is an error where it says so."""
    if column.others != "error":
        return inner
    pattern = compiled(column.extract)

    def convert(cell: Cell) -> Any:
        text = shown(cell).strip()
        if pattern.fullmatch(text):
            return inner(cell)
        return Fault(FindingCode.NOT_ALLOWED, f"`{text}` must {form_of(column)}.")

    return convert


def _mapped(words: dict[str, Any], inner: Convert, choices: ChoiceWords) -> Convert:
    def convert(cell: Cell) -> Any:
        text = shown(cell)
        found = words.get(fold_word(text))
        if found is None:
            found = choices.meant(text)
        return inner(cell) if found is None else found

    return convert


def _enum(words: dict[str, Any], node: Schema, choices: ChoiceWords) -> Convert:
    allowed = {fold_word(str(value)): value for value in node["enum"]}
    names = allowed_words(node["enum"])
    speller = Speller([*allowed, *words])

    def convert(cell: Cell) -> Any:
        text = shown(cell)
        word = fold_word(text)
        found = allowed.get(word, words.get(word))
        if found is None:
            found = choices.meant(text)
        if found is not None:
            return found
        near = speller.nearest(word)
        suggestion = str(allowed.get(near, words.get(near))) if near else choices.near(text)
        end = did_you_mean(suggestion, f"allowed are {names}.", after=":")
        return Fault(
            FindingCode.NOT_ALLOWED, f"`{text}` is not one of the allowed values{end}", suggestion
        )

    return convert


def allowed_words(values: Sequence[Any]) -> str:
    """Return the values that are allowed as a message lists them: not all of many, none whole."""
    words = [
        text if len(text := str(value)) <= _WIDEST else f"{text[:_WIDEST]}..." for value in values
    ]
    return listed(words, _MOST, quote="")


def _plain(column: Column, kind: str, node: Schema, texts: ColumnTexts) -> Convert:
    """Return the converter of single values of a type."""
    match kind:
        case "date":
            return DateColumn(column, texts)
        case "number":
            return NumberColumn(column, node, texts)
        case "integer":
            return _whole(NumberColumn(column, node, texts))
        case "url":
            return link_reader(node)
        case "map":
            return _map(column)
        case "text" if "boolean" in node.get("type", ()):
            return _text_or_truth
    return SCALARS[kind]


def _text_or_truth(cell: Cell) -> Any:
    """Return the text of a cell; TRUE and FALSE of a spreadsheet stay what they are."""
    return cell if isinstance(cell, bool) else SCALARS["text"](cell)


def _whole(number: Convert) -> Convert:
    def convert(cell: Cell) -> Any:
        value = number(cell)
        if isinstance(value, float):
            words = f"`{shown(cell)}` {_no_whole(value)}."
            return Fault(FindingCode.NOT_A_WHOLE_NUMBER, words)
        return value

    return convert


def _no_whole(value: float) -> str:
    """Return why a number is no whole number of 64 bits."""
    if not value.is_integer():
        return "is not a whole number"
    limit = f"{WHOLE.start:,}" if value < 0 else f"{WHOLE.stop - 1:,}"
    return f"is too {'small' if value < 0 else 'large'}: whole numbers end at {limit}"


def _list(column: Column, node: Schema) -> Convert:
    items = node.get("items", {})
    path = tuple(filter(None, column.item_path.split(".")))
    plain = (
        _enum({}, items, ChoiceWords(()))
        if "enum" in items
        else _plain(column, column.item, {} if path else items, ColumnTexts())
    )
    words = {fold_word(k): v for k, v in column.values.items()}
    item = _mapped(words, plain, ChoiceWords(()))
    if column.extract:
        item = _extracted(column, item)
        item = _refusing(column, item)
    values = _ListConverter(
        item, column.separators, column.item_path, is_set=bool(node.get("uniqueItems"))
    )
    return expecting_items(watching(values), items, path, next(iter(column.separators), ""))


class _ListConverter:
    """The converter of list cells; in a set, an item that is repeated counts once.

    A cell may also state what to add to a set and what to remove from it.
    """

    def __init__(
        self, item: Convert, separators: Sequence[str], path: str, *, is_set: bool
    ) -> None:
        self._item = item
        self._separators = separators
        self._path = path
        self._is_set = is_set

    def __call__(self, cell: Cell) -> Any:
        text = shown(cell)
        signs = signed(text, self._separators) if self._is_set else None
        if signs is None:
            return self._values(split(text, self._separators)) or BLANK
        if isinstance(signs, UnclearSigns):
            return Fault(FindingCode.UNCLEAR_SIGNS, signs.message)
        added, removed = map(self._values, signs)
        if isinstance(added, Fault):
            return added
        return removed if isinstance(removed, Fault) else Edit(added, removed)

    def _values(self, texts: Sequence[str]) -> list[Any] | Fault:
        values = []
        for text in texts:
            value = self._item(text)
            if isinstance(value, Fault):
                return value
            if value is not BLANK:
                values.append(value)
        if self._is_set:
            values = _once(values)
        return [_nested(self._path, value) for value in values] if self._path else values


def _once(values: list[Any]) -> list[Any]:
    """Return the values without those that are repeated."""
    try:
        return list(dict.fromkeys(values))
    except TypeError:  # objects
        return [value for at, value in enumerate(values) if value not in values[:at]]


def _nested(path: str, value: Any) -> Any:
    for step in reversed(path.split(".")):
        value = {step: value}
    return value


def _map(column: Column) -> Convert:
    def convert(cell: Cell) -> Any:
        pairs = [item.partition(column.pair) for item in split(shown(cell), column.separators)]
        wrong = next((pair for pair in pairs if not pair[1] or not pair[0].strip()), None)
        if wrong is not None:
            text = "".join(wrong)
            return Fault(
                FindingCode.NOT_A_PAIR, f"`{text}` should be a name, `{column.pair}` and a value."
            )
        return {key.strip(): value.strip() for key, _, value in pairs}

    return convert
