"""A text is read as the type that is live, where the field takes several types."""

import pytest

from importer.payload_path import split
from importer.plan.diff import differences
from importer.plan.live_type import as_live, same_in_words
from importer.template.schema_fields import SchemaFields

FIELDS = SchemaFields(
    {
        "properties": {
            "any": {
                "additionalProperties": {"type": ["string", "number", "boolean", "array", "object"]}
            },
            "either": {"oneOf": [{"type": "boolean"}, {"type": "string"}]},
            "text": {"type": "string"},
        }
    }
)
READ = {
    "a number": ("any.x", "7", 5, 7),
    "decimals": ("any.x", "-0.5", 5, -0.5),
    "a number that is live as another": ("any.x", "5.0", 5, 5),
    "an exponent": ("any.x", "1e5", 5, 100_000),
    "a small number": ("any.x", "1e-09", 5, 1e-9),
    "a large number": ("any.x", "1e+22", 5, 1e22),
    "a large number in digits": ("any.x", "1" + 22 * "0", 5, 1e22),
    "more digits than a float has": ("any.x", "9007199254740993", 5, 9007199254740993),
    "all digits of 64 bits": ("any.x", "-9223372036854775808", 5, -9223372036854775808),
    "more than 64 bits": ("any.x", "9223372036854775809", 5, "9223372036854775809"),
    "more decimals than a float has": ("any.x", "0.12345678901234567890", 5, None),
    "what would be infinite": ("any.x", "9" * 400, 5, None),
    "an exponent that would be infinite": ("any.x", "1e999", 5, None),
    "what would be nothing": ("any.x", "1e-999", 5, None),
    "two signs": ("any.x", "+-5", 5, None),
    "a number in a script of its own": ("any.x", "\u0667", 5, None),
    "a comma": ("any.x", "0,5", 5, "0,5"),
    "yes": ("any.x", "yes", False, True),
    "TRUE": ("either", "TRUE", False, True),
    "no truth value": ("any.x", "perhaps", True, "perhaps"),
    "a text that is live": ("any.x", "7", "5", "7"),
    "nothing that is live": ("any.x", "7", None, "7"),
    "a number where only a truth value or a text may be": ("either", "7", 5, "7"),
    "a field that takes texts only": ("text", "TRUE", True, "TRUE"),
    "a field of which the schema says nothing": ("other", "TRUE", True, "TRUE"),
    "no object": ("any.x", "7", {"a": 1}, "7"),
    "no JSON": ("any.x", "{'a': 1}", {"a": 1}, None),
    "JSON of no value that can be sent": ("any.x", "[1e999]", [1], None),
    "an object": ("any.x", '{"a": 2}', {"a": 1}, {"a": 2}),
    "a list": ("any.x", '[2, "b"]', [1, "a"], [2, "b"]),
    "a list of a long number": ("any.x", f"[{2**63 - 1}]", [1], [2**63 - 1]),
    "a list of numbers beyond 64 bits": ("any.x", f"[{2**63}, {10**30}]", [1], [2.0**63, 1e30]),
    "a list where an object is live": ("any.x", "[]", {"a": 1}, []),
    "a list where a text is live": ("any.x", "[1]", "[2]", None),
    "a list where only a truth value or a text may be": ("either", "[1]", [2], None),
}


@pytest.mark.parametrize(("path", "text", "live", "read"), READ.values(), ids=READ)
def test_a_text_becomes_the_live_type_where_it_says_such_a_value(path, text, live, read):
    found = as_live(text, live, FIELDS[split(path)])
    expected = text if read is None else read
    assert (found, type(found)) == (expected, type(expected))


SAME = {
    "yes and true": ("either", True, "yes", True),
    "no and true": ("either", True, "no", False),
    "a word and true": ("either", True, "managers", False),
    "5.0 and 5": ("any.x", "5.0", 5, True),
    "1 and true": ("any.x", "1", True, True),
    "true and 1": ("any.x", True, 1, False),
    "a list as JSON": ("any.x", '[1.0, "a"]', [1, "a"], True),
    "an object as JSON": ("any.x", '{"a":{"b":[]}}', {"a": {"b": []}}, True),
    "an object of another value": ("any.x", '{"a": true}', {"a": 1}, False),
    "a list in another order": ("any.x", "[2, 1]", [1, 2], False),
    "texts": ("any.x", "yes", "yes", False),
    "a text only": ("text", True, "yes", False),
}


@pytest.mark.parametrize(("path", "one", "other", "same"), SAME.values(), ids=SAME)
def test_a_text_and_what_it_says_are_the_same(path, one, other, same):
    field = FIELDS[split(path)]
    assert same_in_words(one, other, field) == same
    assert same_in_words(other, one, field) == same


def test_a_number_that_is_written_in_full_is_not_changed():
    for number in (1e-9, 1e22, 0.1, 9007199254740993, -1.5e300):
        live = {"any": {"x": number}}
        assert differences({"any": {"x": repr(number)}}, live, FIELDS) == {}


def test_what_a_text_says_already_is_no_difference():
    assert differences({"any": {"x": "5"}}, {"any": {"x": 5}}, FIELDS) == {}
    found = differences({"any": {"x": "6"}}, {"any": {"x": 5}}, FIELDS)
    assert found == {FIELDS["any", "x"]: (5, "6")}
