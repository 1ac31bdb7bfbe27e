"""The tree of what an import changes."""

import re
from xml.etree import ElementTree as ET

from importer.web.pictures.branches import Leaf
from importer.web.pictures.tree import tree

LEAVES = [
    Leaf(("Finance",)),
    Leaf(("Finance", "Costs"), "gone"),
    Leaf(("Finance", "Revenue"), "changed"),
    Leaf(("Finance", "Revenue", "Net revenue"), "new"),
]


def names(picture):
    """Each name of the drawing with its look, from the top down."""
    found = re.findall(r'<text class="([\w ]+)"[^>]*>([^<]*)</text>', picture.svg)
    return [(look, name) for look, name in found if "sign" not in look]


def test_names_stand_below_each_other_with_a_sign_before_what_changes():
    picture = tree(LEAVES, "Changes")
    assert names(picture) == [
        ("same", "Finance"),
        ("gone", "Costs"),
        ("changed", "Revenue"),
        ("new", "Net revenue"),
    ]
    assert re.findall('class="sign (\\w+)"[^>]*>(.)<', picture.svg) == [
        ("gone", "−"),
        ("changed", "~"),
        ("new", "+"),
    ]
    assert '<path class="stem" d="M22 22V36h6M22 36V60h6M48 70V84h6"/>' in picture.svg


def test_the_words_beside_it_list_what_changes_with_the_names_above():
    assert tree(LEAVES, "Changes").words == (
        '<details><summary>The same as a list</summary><ul class="tree-words">'
        '<li>Finance › Costs: <b class="gone">gone</b></li>'
        '<li>Finance › Revenue: <b class="changed">changed</b></li>'
        '<li>Finance › Revenue › Net revenue: <b class="new">new</b></li></ul></details>'
    )


def test_of_many_names_below_one_those_that_change_are_shown_and_the_others_counted():
    many = [Leaf(("Terms", f"Term {n}"), "new" if n >= 1_210 else "") for n in range(1_216)]
    assert names(tree(many, "Changes"))[1:] == [
        *[("new", f"Term {n}") for n in range(1_210, 1_216)],
        *[("same", f"Term {n}") for n in range(6)],
        ("more", "and 1,204 more"),
    ]
    many = [Leaf(("Terms", f"Term {n}"), "new") for n in range(1_216)]
    picture = tree(many, "Changes")
    assert names(picture)[-1] == ("more", "and 1,204 more (1,204 new)")
    assert "<li>Terms: and 1,204 more (1,204 new)</li>" in picture.words


def test_no_branch_takes_the_room_of_those_beside_it():
    wide = [Leaf((f"G{n}", f"T{m}"), "new") for n in range(10) for m in range(10)]
    shown = [name for look, name in names(tree(wide, "Changes", most=20)) if look != "more"]
    assert len(shown) == 20
    assert {f"G{n}" for n in range(10)} <= set(shown)


def test_a_very_deep_path_is_shortened():
    deep = tree([Leaf(tuple(map(str, range(10_000))), "new")], "Changes")
    assert [name for _, name in names(deep)] == [*map(str, range(10)), "…", "9999"]


def test_without_changes_it_says_so_and_without_names_nothing_is_drawn():
    assert "Nothing is new, changed or gone." in tree([Leaf(("a",))], "Changes").words
    assert tree([], "Changes").svg == ""


def test_names_are_no_markup_and_the_picture_is_well_formed():
    bad = tree([Leaf(("<script>alert(1)</script>", '"&\u202e' + "x" * 99), "new")], 'a "label"')
    text = bad.__html__()
    assert "<script>" not in text
    assert "\u202e" not in text
    assert " style=" not in text
    ET.fromstring(text)
