"""A text is read as the type that is live, where the field takes several types."""

import pytest

from importer.plan.diff import differences
from importer.plan.live_type import as_live, same_in_words

SCHEMA = {
    "properties": {
        "any": {"additionalProperties": {"type": ["string", "number", "boolean", "object"]}},
        "either": {"oneOf": [{"type": "boolean"}, {"type": "string"}]},
        "text": {"type": "string"},
    }
}
READ = {
    "a number": ("any.x", "7", 5, 7),
    "decimals": ("any.x", "-0.5", 5, -0.5),
    "a number that is live as another": ("any.x", "5.0", 5, 5),
    "no number": ("any.x", "1e5", 5, "1e5"),
    "a comma": ("any.x", "0,5", 5, "0,5"),
    "yes": ("any.x", "yes", False, True),
    "TRUE": ("either", "TRUE", False, True),
    "no truth value": ("any.x", "perhaps", True, "perhaps"),
    "a text that is live": ("any.x", "7", "5", "7"),
    "nothing that is live": ("any.x", "7", None, "7"),
    "a number where only a truth value or a text may be": ("either", "7", 5, "7"),
    "a field that takes texts only": ("text", "TRUE", True, "TRUE"),
    "a field of which the schema says nothing": ("other", "TRUE", True, "TRUE"),
    "an object": ("any.x", "7", {"a": 1}, "7"),
}


@pytest.mark.parametrize(("path", "text", "live", "read"), READ.values(), ids=READ)
def test_a_text_becomes_the_live_type_where_it_says_such_a_value(path, text, live, read):
    found = as_live(text, live, SCHEMA, path)
    assert (found, type(found)) == (read, type(read))


SAME = {
    "yes and true": ("either", True, "yes", True),
    "no and true": ("either", True, "no", False),
    "a word and true": ("either", True, "managers", False),
    "5.0 and 5": ("any.x", "5.0", 5, True),
    "1 and true": ("any.x", "1", True, True),
    "true and 1": ("any.x", True, 1, False),
    "texts": ("any.x", "yes", "yes", False),
    "a text only": ("text", True, "yes", False),
}


@pytest.mark.parametrize(("path", "one", "other", "same"), SAME.values(), ids=SAME)
def test_a_text_and_what_it_says_are_the_same(path, one, other, same):
    assert same_in_words(one, other, SCHEMA, path) == same
    assert same_in_words(other, one, SCHEMA, path) == same


def test_what_a_text_says_already_is_no_difference():
    assert differences({"any": {"x": "5"}}, {"any": {"x": 5}}, SCHEMA) == {}
    found = differences({"any": {"x": "6"}}, {"any": {"x": 5}}, SCHEMA)
    assert found == {("any", "x"): (5, "6")}
