"""A change in doubt is settled by whether live state already shows it."""

from __future__ import annotations

import pytest

from importer.model import Action
from importer.plan import has_landed
from importer.plan.diff import differences
from importer.targets.protocol import Change, LiveEntity, Ref
from importer.template.schema_fields import SchemaFields

A, B = Ref("T", "a"), Ref("T", "b")


def change(action=Action.UPDATE, payload=None, **more) -> Change:
    return Change(1, "T", action, ("x",), payload or {}, **more)


def live(payload=None, archived=False, **relations) -> LiveEntity:
    return LiveEntity("T", ("x",), "1", payload or {}, relations, (), archived)


CASES = [
    ("created and there", change(Action.CREATE, {"a": 1}), live({"a": 1, "b": 2}), True),
    ("created and not there", change(Action.CREATE, {"a": 1}), None, False),
    ("created and archived", change(Action.CREATE, {"a": 1}), live({"a": 1}, True), False),
    ("another value", change(payload={"a": 1}), live({"a": 2}), False),
    ("a field below another", change(payload={"a": {"b": 1}}), live({"a": {"b": 1, "c": 2}}), True),
    ("line ends", change(payload={"a": "x\r\ny"}), live({"a": "x\ny"}), True),
    ("a list in another order", change(payload={"a": [1, 2]}), live({"a": [2, 1]}), True),
    ("whole numbers as floats", change(payload={"a": [1, 2]}), live({"a": [2.0, 1.0]}), True),
    ("a shorter list", change(payload={"a": [1, 2]}), live({"a": [1]}), False),
    ("no list", change(payload={"a": [1, 2]}), live({}), False),
    ("a list where a text is asked for", change(payload={"a": "x"}), live({"a": ["x"]}), False),
    ("cleared", change(clears=("a.b",)), live({"a": {"c": 1}}), True),
    ("not cleared", change(clears=("a.b",)), live({"a": {"b": 1}}), False),
    ("a reference emptied", change(clears=("up",)), live(up=()), True),
    ("a reference not emptied", change(clears=("up",)), live(up=(A,)), False),
    ("related", change(relations={"up": (A,)}), live(up=(A,)), True),
    ("related to another", change(relations={"up": (A,)}), live(up=(B,)), False),
    ("related to more", change(relations={"up": (A,)}), live(up=(A, B)), False),
    ("appended", change(append={"same": (A,)}), live(same=(A, B)), True),
    ("not appended", change(append={"same": (A,)}), live(same=(B,)), False),
    ("removed", change(remove={"same": (A,)}), live(same=(B,)), True),
    ("not removed", change(remove={"same": (A,)}), live(same=(A,)), False),
    ("deleted", change(Action.DELETE), None, True),
    ("deleted and archived", change(Action.DELETE), live(archived=True), True),
    ("not deleted", change(Action.DELETE), live(), False),
]


@pytest.mark.parametrize(
    ("change", "live", "landed"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_change_has_landed_where_live_state_equals_desired_state(change, live, landed):
    assert has_landed(change, live) is landed


def test_a_set_of_numbers_is_the_same_in_any_order_with_and_without_decimals():
    schema = {"properties": {"a": {"type": "array", "uniqueItems": True}}}
    stated, there = {"a": [1, {"b": 2}, 0.5]}, {"a": [0.5, {"b": 2.0}, 1.0]}
    assert differences(stated, there, SchemaFields(schema)) == {}
