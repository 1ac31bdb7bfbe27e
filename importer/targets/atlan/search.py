"""Searches a tenant for entities, page by page (atlas-metastore docs, search-indexsearch).

The filters are Elasticsearch's; the search index follows the store with a lag of seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.model import Json
from importer.targets.atlan.vocabulary import ACTIVE, RESOURCE_ATTRIBUTES, SEARCH
from importer.targets.transport import Transport

PAGE = 500
DEEPEST_OFFSET = 10_000
"""Elasticsearch pages by offset up to here, beyond it only by `search_after`."""

CHUNK = 100
"""How many values a filter names."""


ONLY_ACTIVE: Json = {"term": {"__state": {"value": ACTIVE}}}


def of_type(type_name: str) -> Json:
    """Return the filter for entities of exactly this type."""
    return {"term": {"__typeName.keyword": {"value": type_name}}}


def within_glossary(qualified_name: str) -> Json:
    """Return the filter for the categories and terms of the glossary with this qualifiedName."""
    return {"term": {"__glossary": {"value": qualified_name}}}


def one_of(field: str, values: Sequence[str]) -> Json:
    """Return the filter for entities whose field has any of these values."""
    return {"terms": {field: list(values)}}


def with_any(field: str) -> Json:
    """Return the filter for entities whose field has a value."""
    return {"exists": {"field": field}}


def any_of(filters: Sequence[Json]) -> Json:
    """Return the filter for entities that fit at least one of the filters."""
    return {"bool": {"should": list(filters), "minimum_should_match": 1}}


def search(
    transport: Transport,
    filters: Sequence[Json],
    attributes: Sequence[str],
    page: int | None = None,
) -> Iterator[Json]:
    """Yield every entity that fits all filters, with these attributes and relations, by guid.

    `page` is how many one request reads. Raises TargetUnreachable or CredentialsRefused.
    """
    page = page or PAGE
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
