"""Searches a tenant for entities, page by page (atlas-metastore docs, search-indexsearch).

The filters are Elasticsearch's; the search index follows the store with a lag of seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.errors import TargetUnreachable
from importer.model import Json
from importer.targets.atlan.vocabulary import ACTIVE, RESOURCE_ATTRIBUTES, SEARCH
from importer.targets.transport import Transport

PAGE = 500

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

    A page begins behind the last guid of the page before it, not at a number of hits: whatever
    others add or delete meanwhile moves none past it. `page` is how many one request reads.
    Raises TargetUnreachable or CredentialsRefused.
    """
    page, read, last = page or PAGE, 0, ""
    while True:
        answer = _page(transport, filters, attributes, page, last)
        found = list(answer.get("entities") or [])
        yield from found
        read += len(found)
        if not found or (len(found) < page and read >= answer.get("approximateCount", 0)):
            return
        last = _advanced(last, found[-1]["guid"], read)


def _advanced(last: str, guid: str, read: int) -> str:
    """Return where the next page begins. Raises TargetUnreachable for the same page once more."""
    if guid == last:
        raise TargetUnreachable(
            f"The target's search begins anew after {read:,} entities (it does not heed "
            "`search_after`), so what the target holds cannot be read to its end."
        )
    return guid


def _page(
    transport: Transport, filters: Sequence[Json], attributes: Sequence[str], size: int, last: str
) -> Json:
    """Return the answer with the entities behind the guid `last`, the first ones without it."""
    dsl: Json = {
        "from": 0,
        "size": size,
        "track_total_hits": True,  # else Elasticsearch counts up to 10,000
        "query": {"bool": {"filter": list(filters)}},
        "sort": [{"__guid": {"order": "asc"}}],
        **({"search_after": [last]} if last else {}),
    }
    body = {
        "dsl": dsl,
        "attributes": list(attributes),
        "relationAttributes": list(RESOURCE_ATTRIBUTES),
    }
    return transport.read("POST", SEARCH, body=body)
