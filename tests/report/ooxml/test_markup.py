"""Edits of an XML part."""

import pytest

from importer.report.ooxml import markup
from importer.report.ooxml.errors import PatchRefused
from importer.report.ooxml.markup import Part


def test_two_edits_of_one_place_are_refused():
    part = Part("p", b"<a><b/></a>")
    part.replace(3, 7, b"")
    part.replace(3, 7, b"<c/>")
    with pytest.raises(PatchRefused, match="changed twice"):
        list(part.pieces())


def test_the_children_of_an_element_are_looked_for_once(monkeypatch):
    """Styles are looked up again and again; 300,000 elements in one another took a minute."""
    looked = []
    found = markup.elements

    def noted(*where):
        looked.append(where)
        return found(*where)

    monkeypatch.setattr(markup, "elements", noted)
    part = markup.Part("a.xml", b"<a><b><c/></b><d/></a>")
    names = [[each.name for each in part.children(part.root())] for _ in range(3)]
    assert (names, part.child(part.root(), "d").name) == ([["b", "d"]] * 3, "d")
    assert len(looked) == 1
