"""A list edit yields the values that stay, then the values added, each of them once."""

from hypothesis import given
from hypothesis import strategies as st

from importer.plan.list_edits import edited, with_edits

LISTS = st.lists(st.sampled_from("abcdef"), unique=True)


def test_a_list_gains_added_and_loses_removed_values():
    payload = {"tags": [{"name": "c"}], "text": "t"}
    live = {"tags": [{"name": "a"}, {"name": "b"}]}
    whole, emptied = with_edits(payload, {"tags": [{"name": "a"}]}, live)
    assert (whole, emptied) == ({"tags": [{"name": "b"}, {"name": "c"}], "text": "t"}, [])
    assert payload == {"tags": [{"name": "c"}], "text": "t"}


def test_a_list_that_loses_all_is_emptied():
    assert with_edits({}, {"facts.tags": ["a"]}, {"facts": {"tags": ["a"]}}) == (
        {"facts": {}},
        ["facts.tags"],
    )


def test_nothing_is_removed_from_a_missing_list():
    assert with_edits({"tags": ["b"]}, {"tags": ["a"]}, {}) == ({"tags": ["b"]}, [])


def test_a_whole_number_is_the_same_with_and_without_decimals():
    live = {"l": [2.0, 1.0, 0.5]}
    assert with_edits({}, {"l": [1]}, live) == ({"l": [2.0, 0.5]}, [])
    assert with_edits({"l": [2, 7]}, {"l": []}, live) == ({"l": [2.0, 1.0, 0.5, 7]}, [])
    assert with_edits({"l": [2]}, {"l": [1]}, live) == ({"l": [2.0, 0.5]}, [])


def test_a_truth_value_is_no_number_of_a_list():
    assert with_edits({}, {"l": [1]}, {"l": [True, 0.5]}) == ({"l": [True, 0.5]}, [])


@given(LISTS, LISTS, LISTS)
def test_edits_of_lists_and_of_references_agree(there, added, removed):
    """The live values that are not removed, then those added; nothing twice."""
    whole, _ = with_edits({"l": added} if added else {}, {"l": removed}, {"l": there})
    found = whole.get("l", [])
    assert found == edited(there, added, removed)
    assert set(found) == (set(there) - set(removed)) | set(added)
    assert len(found) == len(set(found))
