"""The name that somebody meant who named an entity which does not exist."""

from __future__ import annotations

import pytest

from importer.order import KeyIndex, near
from importer.order.near import AlikeCodes, NearNames


@pytest.fixture
def index():
    found = KeyIndex()
    for key in [("R",), ("R", "a"), ("Z", "heart"), ("Z", "heart", "valve")]:
        found.add("node", key)
    for number in range(4):
        found.add("item", ("R", f"name {number}"))
    return found


def test_a_similar_label_is_suggested_unless_there_are_too_many(index, monkeypatch):
    monkeypatch.setattr(near, "_NAMES", 4)
    assert NearNames(index.keys_of).nearest({"item"}, "nam 3", ("R",)) == "name 3"
    index.add("item", ("R", "other"))
    assert NearNames(index.keys_of).nearest({"item"}, "nam 3", ("R",)) is None


def test_only_labels_within_the_scope_are_suggested(index):
    assert NearNames(index.keys_of).nearest({"node"}, "haert", ("R",)) is None
    assert NearNames(index.keys_of).nearest({"node"}, "haert", ("Z",)) == "heart"
    assert NearNames(index.keys_of).nearest({"node"}, "vlave", ("Z",)) == "valve"
    assert NearNames(index.keys_of).nearest({"node"}, "vlave", ("Z", "heart")) == "valve"


def test_only_labels_of_the_kinds_that_are_meant_are_suggested(index):
    assert NearNames(index.keys_of).nearest({"item"}, "haert", ()) is None
    assert NearNames(index.keys_of).nearest({"item", "node"}, "haert", ()) == "heart"


def test_what_stands_there_is_never_suggested(index):
    index.add("item", ("R", "Name 1"))
    assert NearNames(index.keys_of).nearest({"node"}, "heart", ()) is None
    assert NearNames(index.keys_of).nearest({"node"}, "HEART", ()) == "heart"
    assert NearNames(index.keys_of).nearest({"item"}, "name 1", ()) == "Name 1"


def test_a_name_in_letters_of_another_script_is_suggested(index):
    index.add("item", ("R", "A1"))
    assert NearNames(index.keys_of).nearest({"item"}, "\u04101", ("R",)) == "A1"


def test_a_run_looks_for_so_many_names_and_no_more(index, monkeypatch):
    monkeypatch.setattr(near, "_SEARCHES", 2)
    names = NearNames(index.keys_of)
    texts = ["nam 1", "nam 2", "nam 3", "nam 2"]
    assert [names.nearest({"item"}, text, ()) for text in texts] == [
        "name 1",
        "name 2",
        None,
        "name 2",
    ]


def test_a_run_looks_at_so_many_names_and_no_more(index, monkeypatch):
    monkeypatch.setattr(near, "_ALL_NAMES", 6)
    names = NearNames(index.keys_of)
    assert names.nearest({"item"}, "nam 1", ("R",)) == "name 1"
    assert names.nearest({"item"}, "nam 1", ()) is None
    assert names.nearest({"node"}, "haert", ("Z",)) == "heart"


@pytest.mark.parametrize("text", ["e-7", "\u0415-7", "E\u20117", "E-7\u200b"])
def test_a_code_is_suggested_where_only_what_nobody_sees_differs(index, text):
    index.identify("node", "E-7", ("R", "a"))
    codes = AlikeCodes(index)
    assert codes.alike(["item", "node"], text, ()) == "E-7"
    assert codes.alike(["node"], text, ("R",)) == "E-7"
    assert codes.alike(["node"], text, ("Z",)) is None
    assert codes.alike(["item"], text, ()) is None


@pytest.mark.parametrize("text", ["E-7", "E7", "E-8", "F-7", "E-77"])
def test_another_code_is_never_suggested(index, text):
    index.identify("node", "E-7", ("R", "a"))
    assert AlikeCodes(index).alike(["node"], text, ()) is None
