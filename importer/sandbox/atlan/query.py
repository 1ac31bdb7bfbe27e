"""Translates a search query into SQL: the part of Elasticsearch's language that imports use.

Fields of the index: those in `COLUMNS`, `__categories` (qualifiedNames of a term's categories),
`__meanings` (of an asset's terms), `__superTypeNames.keyword`, `__traitNames` (tags), any
attribute by its name and custom metadata as `<set>.<attribute>` (with or without `.keyword`).
Letter case counts except with `case_insensitive` in a `term` or `prefix`. Whatever else a query
says is refused: a search is answered rightly or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from importer.sandbox.atlan.catalogue import ATTRIBUTES, SUPERTYPES
from importer.sandbox.atlan.refusals import Refused
from importer.sandbox.atlan.types import subtypes

if TYPE_CHECKING:
    from collections.abc import Callable

COLUMNS = {
    "__guid": "guid",
    "__state": "status",
    "__typeName": "type",
    "__glossary": "glossary",
    "__parentCategory": "parent",
    "__timestamp": "created",
    "__modificationTimestamp": "updated",
    "__createdBy": "'sandbox'",
    "__modifiedBy": "'sandbox'",
    "name": "name",
    "qualifiedName": "qualified_name",
}
FOLDED = {"name": "folded_name", "qualified_name": "folded_qualified_name"}
NUMBERS = frozenset({"__timestamp", "__modificationTimestamp"}) | {
    name
    for own in ATTRIBUTES.values()
    for value_type in ("date", "int", "long", "float")
    for name in own.get(value_type, "").split()
}
"""The fields whose values are numbers; dates are milliseconds since 1970."""
RELATED = {"__categories": "categories", "__meanings": "meanings"}

Condition = tuple[str, list[Any]]
"""An SQL condition and the values of its placeholders."""

NOTHING: Condition = ("0", [])
EVERYTHING: Condition = ("1", [])


def condition(query: Any) -> Condition:
    """Return a query as SQL. Raises Refused for a query that is not known."""
    if not isinstance(query, dict) or len(query) != 1:
        raise unknown(str(query)[:100])
    [(kind, body)] = query.items()
    if kind not in _QUERIES or not isinstance(body, dict):
        raise unknown(kind)
    return _QUERIES[kind](body)


def _bool(body: dict[str, Any]) -> Condition:
    refuse_unknown(body, {"must", "filter", "must_not", "should", "minimum_should_match", "boost"})
    required = _each(body.get("must")) + _each(body.get("filter"))
    refused = _each(body.get("must_not"))
    parts = [*required, *(("NOT coalesce(" + text + ", 0)", values) for text, values in refused)]
    some = _each(body.get("should"))
    least = whole_number(body.get("minimum_should_match", 0 if required or not some else 1))
    if least > 0:
        parts.append(_at_least(least, some))
    return _joined(parts, " AND ") if parts else EVERYTHING


def _each(queries: Any) -> list[Condition]:
    given = [queries] if isinstance(queries, dict) else queries or []
    if not isinstance(given, list):
        raise unknown("a bool without a list of queries")
    return [condition(query) for query in given]


def _at_least(least: int, some: list[Condition]) -> Condition:
    if least > len(some):
        return NOTHING
    if least == 1:
        return _joined(some, " OR ")
    text, values = _joined([(f"coalesce({text}, 0)", values) for text, values in some], " + ")
    return f"({text} >= {least})", values


def _joined(parts: list[Condition], word: str) -> Condition:
    """Return the conditions joined into a balanced tree: SQLite takes a depth of 1,000 only."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    first, first_values = _joined(parts[:middle], word)
    second, second_values = _joined(parts[middle:], word)
    return f"({first}{word}{second})", first_values + second_values


def _term(body: dict[str, Any]) -> Condition:
    field, value, folded = _value(body)
    return _folded(field, str(value)) if folded else _any_of(field, [value])


def _value(body: dict[str, Any]) -> tuple[str, Any, bool]:
    """Return the field, the value, and whether letter case does not count."""
    field, given = _field(body)
    if not isinstance(given, dict):
        return field, given, False
    refuse_unknown(given, {"value", "case_insensitive", "boost"})
    return field, given.get("value"), bool(given.get("case_insensitive"))


def _terms(body: dict[str, Any]) -> Condition:
    field, values = _field(body)
    return _any_of(field, values)


def _field(body: dict[str, Any]) -> tuple[str, Any]:
    named = {name: value for name, value in body.items() if name != "boost"}
    if len(named) != 1:
        raise unknown("a query of more than one field")
    [(field, value)] = named.items()
    return field, value


def _any_of(field: str, values: list[Any]) -> Condition:
    check_scalars(values)
    values = _comparable(field, values)
    test, given = ("= ?", values) if len(values) == 1 else (_LISTED, [_json(values)])
    if field.removesuffix(".keyword") == "__superTypeNames":
        return _any_of("__typeName", _below(values))
    column = column_of(field)
    if column:
        return f"{column} {test}", given
    return _inside(field, f"value {test}", given)


def _comparable(field: str, values: list[Any]) -> list[Any]:
    """Return the values as numbers where the field holds numbers: SQLite orders text after them.

    Raises Refused for a text that is none, such as `now-1d`.
    """
    if field.removesuffix(".keyword") not in NUMBERS:
        return values
    return [_number(value) if isinstance(value, str) else value for value in values]


def _number(text: str) -> int | float:
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        raise unknown(f"the number or time {text}") from None


_LISTED = "IN (SELECT listed.value FROM json_each(?) AS listed)"


def _json(values: list[Any]) -> str:
    return orjson.dumps(values).decode()


def check_scalars(values: Any) -> None:
    """Raise Refused for lists, objects, null and integers beyond the 64 bits of SQLite."""
    whole = isinstance(values, list)
    if not whole or not all(isinstance(value, str | int | float) for value in values):
        raise unknown("a value is a list, an object or null")
    if any(isinstance(value, int) and abs(value) >= 1 << 63 for value in values):
        raise unknown("a number is too large")


def _below(names: list[Any]) -> list[Any]:
    return [below for name in names if name in SUPERTYPES for below in subtypes(name)]


def _folded(field: str, value: str) -> Condition:
    column = column_of(field)
    if column in FOLDED:
        return f"{FOLDED[column]} = ?", [value.casefold()]
    if column:
        return f"casefold({column}) = ?", [value.casefold()]
    return _inside(field, "casefold(value) = ?", [value.casefold()])


def _exists(body: dict[str, Any]) -> Condition:
    refuse_unknown(body, {"field", "boost"})
    field = str(body.get("field"))
    column = column_of(field)
    return (f"{column} IS NOT NULL", []) if column else _inside(field, "1", [])


def _prefix(body: dict[str, Any]) -> Condition:
    field, given, folded = _value(body)
    value = str(given)
    column = column_of(field)
    if folded:
        value = value.casefold()
        column = FOLDED.get(column or "") or (f"casefold({column})" if column else None)
    # a range can use the index, LIKE cannot: it ignores letter case
    limits = [value, value + "\U0010ffff"]
    if column:
        return f"({column} >= ? AND {column} < ?)", limits
    inside = "casefold(value)" if folded else "value"
    return _inside(field, f"{inside} >= ? AND {inside} < ?", limits)


_SIGNS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def _range(body: dict[str, Any]) -> Condition:
    field, limits = _field(body)
    column = column_of(field)
    if not isinstance(limits, dict):
        raise unknown("a range without limits")
    refuse_unknown(limits, {*_SIGNS, "boost"})
    given = {name: limits[name] for name in _SIGNS if limits.get(name) is not None}
    check_scalars(list(given.values()))
    if not given:
        return EVERYTHING
    text = " AND ".join(f"{column or 'value'} {_SIGNS[name]} ?" for name in given)
    values = _comparable(field, list(given.values()))
    return (f"({text})", values) if column else _inside(field, text, values)


def _inside(field: str, test: str, values: list[Any]) -> Condition:
    """Return a condition on `value`, any of the qualifiedNames, tags or values of a field."""
    if field in RELATED:
        return _RELATED_NAMES.format(test), [RELATED[field], *values]
    if field == "__traitNames":
        return _TAG_NAMES.format(test), values
    return _VALUES.format(test), [_path(field), *values]


_RELATED_NAMES = """EXISTS (
    SELECT 1 FROM relation
    JOIN (SELECT guid, qualified_name AS value FROM entity) AS other ON other.guid = relation.target
    WHERE relation.source = entity.guid AND relation.attribute = ? AND {}
      AND entity.type <> 'AtlasGlossary')"""
_TAG_NAMES = """EXISTS (
    SELECT 1 FROM (SELECT json_extract(value, '$.typeName') AS value FROM json_each(body, '$.tags'))
    WHERE {})"""
_VALUES = "EXISTS (SELECT 1 FROM json_each(body, ?) WHERE {})"


def _path(field: str) -> str:
    """Return the path of an attribute, or of `<set>.<attribute>`, in the stored JSON."""
    name = field.removesuffix(".keyword").replace('"', "")
    set_name, dot, attribute = name.partition(".")
    if name.startswith("__") or attribute in {"text", "stemmed", "delimiter"}:
        raise unknown(f"the field {field}")
    return f'$.custom_metadata."{set_name}"."{attribute}"' if dot else f'$.attributes."{name}"'


def column_of(field: str) -> str | None:
    """Return the SQL column of a field, None where it has no column of its own."""
    return COLUMNS.get(field.removesuffix(".keyword"))


def refuse_unknown(given: dict[str, Any], known: set[str]) -> None:
    """Raise Refused for what is said beside the words that are understood here."""
    beyond = sorted(name for name in given.keys() - known if given[name] not in (None, {}, []))
    if beyond:
        raise unknown(", ".join(beyond))


def unknown(what: str) -> Refused:
    """Return the refusal of a search the sandbox cannot answer."""
    return Refused("invalid_parameters", f"search: {what}")


def whole_number(value: Any) -> int:
    """Return a whole number from 0 on. Raises Refused for anything else."""
    if not isinstance(value, int) or value < 0:
        raise unknown(f"from and size do not take {value}")
    return value


_QUERIES: dict[str, Callable[[dict[str, Any]], Condition]] = {
    "bool": _bool,
    "term": _term,
    "terms": _terms,
    "exists": _exists,
    "prefix": _prefix,
    "range": _range,
    "match_all": lambda _: EVERYTHING,
    "match_none": lambda _: NOTHING,
}
