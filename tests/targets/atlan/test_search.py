"""A search reads page by page to its end, whatever others change meanwhile."""

from itertools import islice

import pytest

from importer.errors import TargetUnreachable
from importer.targets.atlan.search import ONLY_ACTIVE, of_type, search
from tests.targets.atlan.build import found, land
from tests.targets.build import (
    TERM,
    delete,
    held,
    term,
)
from tests.targets.scripted import Says

PAGE = 3
HITS = [{"guid": guid, "typeName": TERM, "attributes": {}} for guid in "abc"]


@pytest.fixture
def keys(name):
    return {(name, f"T{number:02}") for number in range(20)}


@pytest.fixture
def guids(atlan, anchor, keys):
    _, ids = land(atlan, *(term(anchor, *key) for key in sorted(keys)))
    return ids


def read(atlan, ours):
    """The guids that a search finds of ours, page by page."""
    hits = search(atlan._transport, [ONLY_ACTIVE, of_type(TERM)], [], page=PAGE)
    return (hit["guid"] for hit in hits if hit["guid"] in ours)


def test_a_large_glossary_is_read_page_by_page_to_its_end(atlan, name, keys, guids, monkeypatch):
    monkeypatch.setattr("importer.targets.atlan.search.PAGE", PAGE)
    assert {live.key for live in found(atlan, **{TERM: keys})} == keys | {(name,)}


def test_what_is_deleted_meanwhile_moves_nothing_past_a_page(atlan, guids):
    """By number of hits, the next page would begin as many too late."""
    reading = read(atlan, guids)
    first = list(islice(reading, 2 * PAGE))
    land(atlan, *(delete(held(TERM, guid)) for guid in first))
    assert sorted([*first, *reading]) == sorted(guids)


def test_what_is_added_meanwhile_shows_nothing_twice(atlan, anchor, name, guids):
    ours = set(guids)
    reading = read(atlan, ours)
    most = list(islice(reading, 6 * PAGE))
    _, added = land(atlan, *(term(anchor, name, f"N{number}") for number in range(10)))
    ours.update(added)
    both = [*most, *reading]
    assert len(both) == len(set(both))
    assert set(guids) <= set(both)


def test_a_page_that_lacks_what_the_index_counts_is_not_the_last(against, scripted):
    """An entity of the index whose body is gone is left out of its page."""
    target = against("atlan")
    scripted.will_say(
        Says(200, {"approximateCount": 5, "entities": HITS[:2]}),
        Says(200, {"approximateCount": 5, "entities": HITS[2:]}),
        Says(200, {"approximateCount": 5}),
    )
    hits = search(target._transport, [of_type(TERM)], [], page=PAGE)
    assert [hit["guid"] for hit in hits] == ["a", "b", "c"]


def test_a_search_that_begins_anew_is_an_error(against, scripted):
    target = against("atlan")
    scripted.will_say(Says(200, {"approximateCount": 9, "entities": HITS}))
    with pytest.raises(TargetUnreachable, match="begins anew after 6 entities"):
        list(search(target._transport, [of_type(TERM)], [], page=PAGE))
