"""Answers index searches (atlas-metastore docs, search-indexsearch).

A search finds what was saved at once, while the index of a real tenant lags by seconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from importer.sandbox.atlan import entities, views
from importer.sandbox.atlan.query import (
    EVERYTHING,
    Condition,
    check_scalars,
    column_of,
    condition,
    refuse_unknown,
    unknown,
    whole_number,
)

if TYPE_CHECKING:
    import sqlite3

MOST_RESULTS = 10_000
UNDERSTOOD = {"query", "from", "size", "sort", "search_after", "track_total_hits", "_source"}
MAY_BE_NULL = ("glossary", "parent")


def search(db: sqlite3.Connection, request: Any) -> dict[str, Any]:
    """Answer an index search; `entities` is absent where nothing fits.

    Raises Refused for queries the sandbox does not know, and for pages beyond the first 10,000
    results.
    """
    if not isinstance(request, dict) or not isinstance(request.get("dsl"), dict):
        raise unknown("request without dsl")
    dsl = request["dsl"]
    refuse_unknown(dsl, UNDERSTOOD)
    try:
        where, values = condition(dsl.get("query") or {"match_all": {}})
    except RecursionError:
        raise unknown("the query is nested too deep") from None
    count = f"SELECT count(*) FROM entity WHERE {where}"  # noqa: S608 - built from fixed parts
    total = db.execute(count, values).fetchone()[0]
    hits = _page(db, dsl, where, values)
    attributes, nested = _names(request, "attributes"), _names(request, "relationAttributes")
    shown = [views.search_hit(db, hit, attributes, nested) for hit in hits]
    return {
        "queryType": "INDEX",
        "searchParameters": request,
        "approximateCount": total,
        **({"entities": shown} if shown else {}),
    }


def _names(request: dict[str, Any], part: str) -> list[str]:
    given = request.get(part) or []
    if not isinstance(given, list):
        raise unknown(f"{part} is no list")
    return [str(name) for name in given]


def _page(
    db: sqlite3.Connection, dsl: dict[str, Any], where: str, values: list[Any]
) -> list[entities.Entity]:
    start, size = whole_number(dsl.get("from", 0)), whole_number(dsl.get("size", 300))
    if start + size > MOST_RESULTS:
        raise unknown(f"from + size must not exceed {MOST_RESULTS}")
    sort = _sort(dsl.get("sort"))
    after, after_values = _after(sort, dsl.get("search_after"))
    order = ", ".join(f"{column} {direction}" for column, direction in sort)
    # the page is cut from the ids alone, most often from an index: bodies would be carried along
    page = f"SELECT id FROM entity WHERE {where} AND {after} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
    found = [*values, *after_values, size, start]
    return entities.select(db, f"id IN ({page}) ORDER BY {order}", found)


def _sort(given: Any) -> list[tuple[str, str]]:
    """Return (SQL column, direction) of each field to sort by; missing values come first."""
    items = given if isinstance(given, list) else []
    pairs = [pair for item in items for pair in _sort_pairs(item)]
    return [*pairs, ("id", "ASC")]


def _sort_pairs(item: Any) -> list[tuple[str, str]]:
    fields = {item: "asc"} if isinstance(item, str) else item
    if not isinstance(fields, dict):
        raise unknown(f"sort by {item}")
    pairs = []
    for field, how in fields.items():
        order = how.get("order", "asc") if isinstance(how, dict) else how
        column = column_of(field)
        if column is None or str(order).lower() not in {"asc", "desc"}:
            raise unknown(f"sort by {field}")
        ordered = f"coalesce({column}, '')" if column in MAY_BE_NULL else column
        pairs.append((ordered, str(order).upper()))
    return pairs


def _after(sort: list[tuple[str, str]], values: Any) -> Condition:
    """Return the condition for results behind those with these sort values."""
    if not values:
        return EVERYTHING
    if not isinstance(values, list) or len(values) > len(sort):
        raise unknown("search_after does not fit sort")
    check_scalars(values)
    texts, given = [], []
    for position, (column, direction) in enumerate(sort[: len(values)]):
        equal = "".join(f"{before} = ? AND " for before, _ in sort[:position])
        texts.append(f"({equal}{column} {'<' if direction == 'DESC' else '>'} ?)")
        given += values[: position + 1]
    return "(" + " OR ".join(texts) + ")", given
