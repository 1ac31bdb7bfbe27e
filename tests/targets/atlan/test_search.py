"""A search reads page by page to its end."""

from tests.targets.atlan.build import found, land
from tests.targets.build import (
    TERM,
    term,
)


def test_a_large_glossary_is_read_page_by_page_to_its_end(atlan, anchor, name, monkeypatch):
    monkeypatch.setattr("importer.targets.atlan.search.PAGE", 3)
    monkeypatch.setattr("importer.targets.atlan.search.DEEPEST_OFFSET", 6)
    keys = {(name, f"T{number:02}") for number in range(20)}
    land(atlan, *(term(anchor, *key) for key in sorted(keys)))
    assert {live.key for live in found(atlan, **{TERM: keys})} == keys | {(name,)}
