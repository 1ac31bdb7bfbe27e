"""What is new of a payload is told by its shape alone."""

from hypothesis import given
from hypothesis import strategies as st

from importer.payload_path import join
from importer.plan.diff import leaves
from importer.plan.new_values import ByShape
from importer.template.schema_fields import SchemaFields

NAMES = st.sampled_from(["a", "b", "c.d", "made"])
VALUES = st.sampled_from([None, "", "text", 0, False, [], ["x"], {}])
PAYLOADS = st.dictionaries(
    NAMES, st.recursive(VALUES, lambda inner: st.dictionaries(NAMES, inner, max_size=3))
)
SCHEMA = {
    "properties": {"made": {"readOnly": True}, "a": {"properties": {"b": {"readOnly": True}}}}
}


@given(st.lists(PAYLOADS, max_size=8), st.sets(st.sampled_from(["a", "b", "a.c\u2024d", "b.b"])))
def test_a_shape_says_of_each_payload_what_its_values_say(payloads, whole):
    """One object serves all of them, so that a shape which is known already says the same."""
    fields = SchemaFields(SCHEMA)
    values = ByShape(fields, frozenset(whole))
    for payload in payloads:
        stated = [(fields[steps], value) for steps, value in leaves(payload, whole=whole)]
        found = values.of(payload)
        assert list(found.paths) == [
            one.path for one, value in stated if value is not None and not one.never_sent
        ]
        assert [one.path for one in found.unsent] == [
            join(one.steps) for one, _ in stated if one.never_sent
        ]
