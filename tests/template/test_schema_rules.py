"""A schema stands for itself: it fetches nothing, ends, and is no larger than it must be."""

import json
import os

import pytest

from importer.errors import TemplateError
from importer.template import load
from importer.template.schema_rules import demand_2020_12, demand_local, nests_deeply
from importer.template.shipped import shipped

MAPPING = """\
title = "Boats"
system = "harbour"
[kinds.boat]
key = ["name"]
schema = "boat.schema.json"
[[sheets]]
name = "Boats"
[[sheets.entities]]
kind = "boat"
columns = [{ heading = "Boat", path = "name" }]
"""
NEXT = {f"a{no}": {"allOf": [{"$ref": f"#/$defs/a{no + 1}"}] * 2} for no in range(20)}
LINE = {f"a{no}": {"$ref": f"#/$defs/a{no + 1}"} for no in range(3_000)}

SHIPPED = sorted(shipped("templates").glob("*/*.schema.json"))


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "boats"
    found.mkdir()
    (found / "mapping.toml").write_text(MAPPING, "utf-8")
    return found


def refusal(folder, schema=None, mapping=None):
    if schema is not None:
        text = schema if isinstance(schema, str) else json.dumps(schema)
        (folder / "boat.schema.json").write_text(text, "utf-8")
    if mapping is not None:
        (folder / "mapping.toml").write_text(mapping, "utf-8")
    with pytest.raises(TemplateError) as caught:
        load(folder)
    assert len(str(caught.value).splitlines()) == 1
    return str(caught.value).replace(f"{folder}{os.sep}", "")


def name(node, **more):
    return {"type": "object", "properties": {"name": node}, **more}


REFUSED = {
    "$schema elsewhere": (
        {"$schema": "http://127.0.0.1:9/x", **name({})},
        "$schema: `$schema` is 'http://127.0.0.1:9/x', and only https://json-schema.org/",
    ),
    "$schema of a part": (name({"$schema": "file:///x"}), "properties.name.$schema: `$schema`"),
    "a web address": (
        name({"$ref": "http://127.0.0.1:9/x#/a"}),
        "properties.name.$ref: `http://127.0.0.1:9/x#/a` leads out of the schema",
    ),
    "a file": (name({"$ref": "/etc/passwd"}), "`/etc/passwd` leads out of the schema"),
    "a file beside an address": (
        {"$id": "file:///etc/x", **name({"$ref": "passwd"})},
        "`passwd` leads out of the schema",
    ),
    "in a condition": (name({}, allOf=[{"if": {"$ref": "x"}}]), "allOf.0.if.$ref: `x` leads"),
    "an address of a part": (name({"$id": "http://x"}), "properties.name.$id: `$id` is not read"),
    "an anchor": (name({"$anchor": "x"}), "properties.name.$anchor: `$anchor` is not read here"),
    "a dynamic one": (name({"$dynamicRef": "#x"}), "`$dynamicRef` is not read here"),
    "nothing there": (name({"$ref": "#/$defs/a"}), "there is no schema at `#/$defs/a`"),
    "no schema there": (name({"$ref": "#/type"}), "there is no schema at `#/type`"),
    "itself": (
        name({"$ref": "#/$defs/a"}, **{"$defs": {"a": {"$ref": "#/$defs/a"}}}),
        "the schema refers to itself, and must end somewhere",
    ),
    "a tree": (name({"items": {"$ref": "#"}}), "properties.name.items.$ref: the schema refers to"),
    "deep": (json.dumps(name({})).replace("{}", '{"not":' * 70 + "{}" + "}" * 70), "60 levels"),
    "far too deep": ('{"not":' * 90_000 + "{}" + "}" * 90_000, "have too many levels"),
    "a long line of references": (
        name({"$ref": "#/$defs/a0"}, **{"$defs": {**LINE, "a3000": {}}}),
        "the schema has more than 60 levels",
    ),
    "twice each time": (
        name({"$ref": "#/$defs/a0"}, **{"$defs": {**NEXT, "a20": {}}}),
        "properties.name.$ref: the schema has over 20,000 parts",
    ),
    "a pattern": (name({"pattern": "^(?!a)"}), "properties.name.pattern: `^(?!a)` is not"),
    "a pattern of names": (name({}, patternProperties={"(?<=a)": {}}), "`(?<=` looks behind"),
    "a pattern of ours only": (name({"pattern": r"\QaE\E"}), "is not a pattern of a JSON Schema"),
    "both ways to name the rest": (
        name({}, patternProperties={"a": {}}, allOf=[{"unevaluatedProperties": False}]),
        "`unevaluatedProperties` or `patternProperties`, and not both",
    ),
    "a list": ("[]", "file: not a JSON Schema: it is no object"),
    "no number": ('{"maximum": NaN}', "not valid JSON: NaN is no number"),
    "too large a number": ('{"maximum": 1e999}', 'null is not of type "number"'),
    "half a sign": ('{"title": "\\ud800"}', "surrogates not allowed"),
    "what is referred to": (
        name({"$ref": "#/x-own"}, **{"x-own": {"type": 7}}), "file: 7 is not of types",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "words"), REFUSED.values(), ids=REFUSED)
def test_a_schema_that_reaches_out_or_never_ends_is_refused_in_one_line(folder, schema, words):
    assert words in refusal(folder, schema)


def test_what_looks_like_a_reference_in_a_value_is_none(folder):
    values = {"const": {"$ref": "http://x"}, "default": {"$schema": "x"}, "examples": [{"$id": 1}]}
    schema = {"$id": "http://x/y", **name(values), "$schema": DRAFT}
    schema["properties"]["$ref"] = {"$ref": "#/$defs/a~1b%20c"}
    schema["$defs"] = {"a/b c": True}
    (folder / "boat.schema.json").write_text(json.dumps(schema), "utf-8")
    assert load(folder).kinds["boat"].schema["properties"]["$ref"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_ships_keeps_the_rules_too(path):
    """So they need not be checked again each time."""
    schema = json.loads(path.read_text("utf-8"))
    assert not nests_deeply(schema)
    demand_2020_12(schema)
    demand_local({key: value for key, value in schema.items() if key != "$schema"})


DRAFT = "https://json-schema.org/draft/2020-12/schema"
OUTSIDE = {
    "a file above": ("../other.json", None, "../other.json leads out of the folder"),
    "an address": ("/etc/passwd", None, "/etc/passwd leads out of the folder"),
    "a link": (
        "link.json",
        lambda path: path.symlink_to("/etc/passwd"),
        "link.json leads out of the folder",
    ),
    "a circle": ("link.json", lambda path: path.symlink_to("link.json"), "cannot be read"),
    "a pipe": ("pipe.json", os.mkfifo, "pipe.json: is no file."),
    "a folder": ("inner", os.mkdir, "inner: is no file."),
    "a NUL": ("a\\u0000", None, "cannot be read (embedded null byte)"),
    "4 MiB": ("big.json", lambda path: path.write_bytes(b" " * 4_300_000), "more than 4,194,304"),
}


@pytest.mark.parametrize(("schema", "make", "words"), OUTSIDE.values(), ids=OUTSIDE)
def test_a_schema_is_a_file_of_its_folder(folder, schema, make, words):
    if make:
        make(folder / schema)
    assert words in refusal(folder, mapping=MAPPING.replace("boat.schema.json", schema))


def test_a_template_behind_a_link_is_read(folder):
    (folder / "boat.schema.json").write_text(json.dumps(name({})), "utf-8")
    (folder / "there.json").symlink_to("boat.schema.json")
    (folder / "mapping.toml").write_text(MAPPING.replace("boat.schema", "there"), "utf-8")
    (folder.parent / "linked").symlink_to(folder)
    assert load(folder.parent / "linked").kinds["boat"].schema == name({})


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ("x = " + "[" * 5_000 + "]" * 5_000, "have too many levels"),
        ("x" + ".x" * 5_000 + " = 1", "have too many levels"),
        ("x = " + "9" * 9_000, "not valid TOML: Exceeds the limit"),
        ("#" * 4_300_000, "has more than 4,194,304 bytes"),
    ],
    ids=["nested", "dotted", "a number", "large"],
)
def test_a_mapping_that_is_out_of_all_proportion_is_refused(folder, mapping, words):
    assert words in refusal(folder, mapping=mapping)
