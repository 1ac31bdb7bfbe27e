"""The fast validator and the one that explains say the same of every payload."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.template import find_all
from importer.template.paths import resolve
from importer.validate import KindChecker
from tests.mapping.build import THINGS, template

MAPPING = (
    THINGS
    + """
columns = [{ heading = "Name", path = "name" }, { heading = "Note", path = "note" }]
"""
)
KINDS = {
    json.dumps(kind.schema, sort_keys=True): (f"{template.name}: {name}", kind)
    for template in find_all()
    for name, kind in template.kinds.items()
}
KINDS = dict(KINDS.values())
"""One kind of each schema that ships: several templates share a schema."""

ENDLESS = "a" * 3_000 + "!"

SOME = ["", "a@b", "a\nb", "é", "a b", "a\x1fb", "x\xa0y", "-_9"]
TEXTS = st.one_of(st.text(max_size=8), st.sampled_from(SOME)).map(
    lambda text: text.strip(" \ufeff")
)
TEXTS = TEXTS.map(str.strip)
"""As cells give them: what is nothing but white space, to either validator, is blank before."""
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.floats(allow_nan=False, allow_infinity=False, width=32),
        TEXTS,
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def values(schema: dict[str, Any], node: dict[str, Any], noise: bool) -> st.SearchStrategy[Any]:
    """Values that fit a schema as far as types go; with `noise` now and then surely not."""
    node = resolve(schema, node)
    fitting = st.deferred(lambda: st.one_of(_fitting(schema, node, noise)))
    return st.one_of(*[fitting] * 5, JSON) if noise else fitting


def _fitting(schema, node, noise) -> list[st.SearchStrategy[Any]]:
    inner = [values(schema, one, noise) for one in node.get("oneOf", node.get("anyOf", ()))]
    if "const" in node:
        return [st.just(node["const"])]
    if "enum" in node:
        return [st.sampled_from(node["enum"])]
    kinds = node.get("type", "object" if "properties" in node else [])
    wanted = [kinds] if isinstance(kinds, str) else kinds
    return [*inner, *(_of_type(kind, schema, node, noise) for kind in wanted)] or [JSON]


def _of_type(kind, schema, node, noise) -> st.SearchStrategy[Any]:
    if kind == "array":
        return st.lists(values(schema, node.get("items", {}), noise), max_size=3)
    if kind == "object":
        return _objects(schema, node, noise)
    if "pattern" in node:
        fitting = st.from_regex(node["pattern"]).map(lambda text: text.strip(" \ufeff").strip())
        return st.one_of(fitting, fitting, TEXTS)
    return {
        "string": TEXTS,
        "number": st.integers(-3, 3) | st.floats(-1e6, 1e6),
        "integer": st.integers(-3, 3) | st.sampled_from([1.0, 1.5]),
        "boolean": st.booleans(),
        "null": st.none(),
    }[kind]


def _objects(schema, node, noise) -> st.SearchStrategy[Any]:
    named = {n: values(schema, child, noise) for n, child in node.get("properties", {}).items()}
    must = [name for name in node.get("required", ()) if name in named]
    some = st.sets(st.sampled_from(sorted(named)), max_size=3) if named else st.just(set())
    extra = st.dictionaries(TEXTS, JSON, max_size=1) if noise else st.just({})
    left_out = st.sampled_from([None, None, *must]) if noise else st.none()
    stated = some.flatmap(
        lambda names: st.fixed_dictionaries({name: named[name] for name in {*names, *must}})
    )
    return st.tuples(extra, stated, left_out).map(
        lambda parts: _less(parts[0] | parts[1], parts[2])
    )


def _less(value: dict[str, Any], name: str | None) -> dict[str, Any]:
    return {key: inner for key, inner in value.items() if key != name}


@pytest.mark.parametrize("name", KINDS)
def test_both_validators_agree_on_every_payload(name):
    checker = KindChecker(KINDS[name])
    schema = checker.kind.schema
    seen = {True: 0, False: 0}

    @settings(max_examples=60, derandomize=True)
    @given(values(schema, schema, noise=False) | values(schema, schema, noise=True))
    def agree(payload):
        fits = checker.reference.is_valid(payload)
        seen[fits] += 1
        assert checker.screen.is_valid(payload) == fits

    agree()
    assert seen[False], "no payload was refused"
    assert seen[True], "no payload was accepted"


def test_they_agree_on_what_is_white_space_and_where_a_text_ends(tmp_path):
    """Python's own engine differs from ECMAScript in both; then a row is refused without a word."""
    node = {"type": "object", "properties": {"name": {"type": "string", "pattern": "a\\Sb$"}}}
    checker = KindChecker(template(tmp_path, MAPPING, thing=node).kinds["thing"])
    for text, fits in {"a\ufeffb": False, "axb\n": False, "axb": True}.items():
        payload = {"name": text}
        assert (checker.reference.is_valid(payload), checker.screen.is_valid(payload)) == (
            fits,
        ) * 2


@pytest.mark.parametrize(
    ("schema", "payload"),
    [
        ({"properties": {"name": {"type": "string", "pattern": "^(a+)+$"}}}, {"name": ENDLESS}),
        ({"patternProperties": {"^(a+)+$": False}}, {ENDLESS: 1}),
        ({"patternProperties": {"^(a+)+$": {}}, "additionalProperties": False}, {ENDLESS: 1}),
    ],
)
def test_a_pattern_that_never_ends_in_another_engine_is_decided_at_once(tmp_path, schema, payload):
    schema = {"type": "object", "properties": {"name": {}}} | schema
    rule = MAPPING.replace(', { heading = "Note", path = "note" }', "")
    checker = KindChecker(template(tmp_path, rule, thing=schema).kinds["thing"])
    expected = schema.get("patternProperties", {}).get("^(a+)+$") is False
    assert checker.reference.is_valid(payload) == checker.screen.is_valid(payload) == expected
