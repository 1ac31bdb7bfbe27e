"""Edits of an XML part."""

import pytest

from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Part


def test_two_edits_of_one_place_are_refused():
    part = Part("p", b"<a><b/></a>")
    part.replace(3, 7, b"")
    part.replace(3, 7, b"<c/>")
    with pytest.raises(PatchRefused, match="changed twice"):
        list(part.pieces())
