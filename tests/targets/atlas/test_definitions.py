"""Type definitions as a server answers them."""

from importer.targets.atlas.definitions import parsed
from importer.targets.atlas.typedefs import Relation, TypeDefs
from tests.targets.atlas.definitions import TERM, TYPEDEFS


def test_a_type_has_what_its_super_types_have():
    column = TYPEDEFS.type("Column")
    assert column.attributes == {"qualifiedName", "name", "description", "position"}
    assert column.relations == {
        "meanings": Relation("Meaning", first=False),
        "table": Relation("Columns", first=False),
    }
    assert column.lists == {"meanings"}


def test_a_part_must_name_its_whole_in_every_save():
    assert TYPEDEFS.type("Column").demanded == {"qualifiedName", "name", "table"}
    assert TYPEDEFS.type(TERM).demanded == {"qualifiedName", "name", "anchor"}
    assert TYPEDEFS.type("AtlasGlossaryCategory").demanded == {"qualifiedName", "name"}


def test_types_that_inherit_from_each_other_are_read_to_the_end():
    twice = [{"name": "A", "superTypes": ["B"]}, {"name": "B", "superTypes": ["A"]}]
    assert parsed({"entityDefs": twice}).type("A").attributes == frozenset()


def test_a_server_without_types_has_none():
    assert parsed({"entityDefs": []}) == TypeDefs()
