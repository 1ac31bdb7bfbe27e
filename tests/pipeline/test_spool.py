"""What mapping made of entities waits in a spool until it is planned."""

import pytest

from importer import piece_file
from importer.pipeline.steps import spool
from importer.pipeline.steps.spool import MappedEntity, Spool


def mapped(number):
    return MappedEntity(number, {"n": number}, ("c",), {"tags": ["x"]}, [(1, [2, -3])])


@pytest.mark.parametrize("in_memory", [1 << 20, 1], ids=["in memory", "in a file"])
def test_entities_come_back_as_they_were_mapped_and_in_their_order(monkeypatch, in_memory):
    monkeypatch.setattr(piece_file, "IN_MEMORY", in_memory)
    monkeypatch.setattr(spool, "CHUNK", 2)
    kept = Spool()
    kept.add(map(mapped, range(3)))
    kept.add(map(mapped, range(3, 5)))
    for _ in range(2):  # relations are stated before anything is planned
        entities = [entity for some in kept for entity in some]
        assert [one.no for one in entities] == [0, 1, 2, 3, 4]
        assert (entities[1].payload, entities[1].clears) == ({"n": 1}, ("c",))
        assert entities[1].edits == {"tags": ["x"]}
        assert [(no, list(texts)) for no, texts in entities[1].references] == [(1, [2, -3])]
