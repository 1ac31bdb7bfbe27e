"""Headings like `A::B::p` are read by the sets of custom metadata that the target has."""

import pytest

from importer.field_type import FieldType
from importer.mapping.retype import retype
from importer.payload_path import DOT
from importer.template import find
from tests.mapping.build import bound

FIELDS = {
    f"businessAttributes.{path}": FieldType()
    for path in ("A.q", "A::B.p", "A::B.x::y", f"C{DOT}D::E.p", "Star*.p")
}


def read(heading, fields=FIELDS):
    sheet = bound(find("atlan-glossary"), [["Glossary", "Term", heading], ["G", "T", "v"]], "Terms")
    retype([sheet], fields)
    entity = sheet.entities[0]
    [column] = [one for one in entity.columns if one.sources == (2,)]
    assert entity.origin(column.rule.path) == (3, heading)
    return column.rule.path.removeprefix("businessAttributes.")


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("A::B::p", "A::B.p"),
        ("A::B::x::y", "A::B.x::y"),
        ("A::B :: unknown", "A::B.unknown"),
        ("A::q", "A.q"),
        ("A::other::r", "A.other::r"),
        ("C.D::E::p", f"C{DOT}D::E.p"),
        ("Star*::p", "Star*.p"),
        ("Nope::N::p", "Nope.N::p"),
    ],
)
def test_the_longest_set_that_the_target_has_is_meant(heading, path):
    assert read(heading) == path


def test_without_a_target_the_first_colons_part_set_and_attribute():
    assert read("A::B::p", {}) == "A.B::p"
