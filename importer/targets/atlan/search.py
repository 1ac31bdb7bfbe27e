"""Filters in, all matching entities out, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from importer.model import Json
from importer.targets.atlan.vocabulary import ACTIVE, RESOURCE_ATTRIBUTES, SEARCH
from importer.targets.transport import Transport

PAGE = 500
DEEPEST_OFFSET = 10_000
"""Elasticsearch pages by offset up to here; beyond it, after the last one seen."""

CHUNK = 100

ONLY_ACTIVE: Json = {"term": {"__state": {"value": ACTIVE}}}


def of_type(type_name: str) -> Json:
    """Entities of exactly this type."""
    return {"term": {"__typeName.keyword": {"value": type_name}}}


def within_glossary(qualified_name: str) -> Json:
    """Categories and terms of one glossary."""
    return {"term": {"__glossary": {"value": qualified_name}}}


def one_of(field: str, values: Sequence[str]) -> Json:
    """Entities that have one of these values in a field."""
    return {"terms": {field: list(values)}}


def with_any(field: str) -> Json:
    """Entities that have a value in a field."""
    return {"exists": {"field": field}}


def any_of(filters: Sequence[Json]) -> Json:
    """Entities that fit at least one of the filters."""
    return {"bool": {"should": list(filters), "minimum_should_match": 1}}


def chunks(values: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """Sorted, so that the same values make the same requests."""
    waiting = iter(sorted(values))
    while chunk := list(islice(waiting, size)):
        yield chunk


def search(
    transport: Transport, filters: Sequence[Json], attributes: Sequence[str], page: int = PAGE
) -> Iterator[Json]:
    """Every entity that fits all filters, each with the attributes and relations asked for.

    Raises TargetUnreachable or CredentialsRefused.
    """
    start, last = 0, ""
    while True:
        found = _page(transport, filters, attributes, _position(start, last, page))
        yield from found
        if len(found) < page:
            return
        start, last = start + page, found[-1]["guid"]


def _position(start: int, last: str, size: int) -> Json:
    if start + size <= DEEPEST_OFFSET:
        return {"from": start, "size": size}
    return {"from": 0, "size": size, "search_after": [last]}


def _page(
    transport: Transport, filters: Sequence[Json], attributes: Sequence[str], position: Json
) -> list[Json]:
    body = {
        "dsl": {
            **position,
            "query": {"bool": {"filter": list(filters)}},
            "sort": [{"__guid": {"order": "asc"}}],
        },
        "attributes": list(attributes),
        "relationAttributes": list(RESOURCE_ATTRIBUTES),
    }
    answer = transport.read("POST", SEARCH, body=body)
    return list(answer.get("entities") or [])
