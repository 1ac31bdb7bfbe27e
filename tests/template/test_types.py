"""A template names only types that its system knows, where the system has a closed list."""

from __future__ import annotations

import json

import pytest

from importer.errors import TemplateError
from importer.template import find_all, load
from importer.template.types import types_of
from tests.mapping.build import OPEN

ASSETS = """
type_path = "type"
[kinds.zone]
type = "STRUCTURE"
key = ["label"]
[[sheets]]
name = "Zones"
[[sheets.entities]]
kind = "zone"
columns = [{ heading = "Zone", path = "label" }]
"""


def made(folder, mapping, system="trebellar"):
    text = f'title = "Zones"\nsystem = "{system}"\n{mapping}'
    (folder / "mapping.toml").write_text(text, encoding="utf-8")
    (folder / "zone.schema.json").write_text(json.dumps(OPEN), encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize("name", types_of("trebellar"))
def test_every_type_of_the_system_is_taken(tmp_path, name):
    assert made(tmp_path, ASSETS.replace("STRUCTURE", name)).kinds["zone"].type == name


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ZONE", "It has STRUCTURE, FLOOR,"),
        ("Structure", "Did you mean STRUCTURE?"),
        ("SENSORS", "Did you mean SENSOR?"),
        ("ROOT", "It has STRUCTURE"),
    ],
)
def test_any_other_type_is_refused_at_its_line(tmp_path, name, hint):
    with pytest.raises(TemplateError) as refused:
        made(tmp_path, ASSETS.replace("STRUCTURE", name))
    assert f"mapping.toml:6: kinds.zone.type: trebellar has no type {name}. {hint}" in str(
        refused.value
    )


@pytest.mark.parametrize("column", ['constant = "ZONE"', 'heading = "T", values = { z = "ZONE" }'])
def test_a_column_gives_no_other_type_either(tmp_path, column):
    column = f'{{ {column}, path = "type" }}'
    with pytest.raises(TemplateError, match=r"entities.0.columns.1: trebellar has no type ZONE"):
        made(tmp_path, ASSETS.replace('"label" }]', f'"label" }}, {column}]'))


def test_a_system_whose_types_are_open_takes_any(tmp_path):
    assert made(tmp_path, ASSETS.replace("STRUCTURE", "ZONE"), "atlan").kinds["zone"].type


def test_the_list_has_every_type_that_a_shipped_template_names():
    shipped = [template for template in find_all() if types_of(template.system)]
    assert shipped
    for each in shipped:
        assert {kind.type for kind in each.kinds.values()} <= set(types_of(each.system))


def refusal(folder, mapping, system="trebellar"):
    with pytest.raises(TemplateError) as caught:
        made(folder, mapping, system)
    return str(caught.value)


def test_a_kind_whose_type_nothing_says_is_refused_at_its_rule(tmp_path):
    words = refusal(tmp_path, ASSETS.replace('type = "STRUCTURE"\n', ""))
    assert ":10: sheets.0.entities.0.kind: nothing says what type a zone has" in words


@pytest.mark.parametrize("more", ['heading = "Type"', 'constant = "SPACE"'])
def test_a_column_may_say_the_type(tmp_path, more):
    mapping = ASSETS.replace('type = "STRUCTURE"\n', "")
    column = f'{{ heading = "Zone", path = "label" }}, {{ {more}, path = "type" }}'
    made(tmp_path, mapping.replace('{ heading = "Zone", path = "label" }', column))


def test_where_types_are_open_a_kind_may_have_none(tmp_path):
    made(tmp_path, ASSETS.replace('type = "STRUCTURE"\n', ""), "harbour")


@pytest.mark.parametrize("other", ["REGION", "SPACE"])
def test_two_types_of_one_kind_are_refused(tmp_path, other):
    more = f'type = "STRUCTURE"\nconstants = {{ type = "{other}" }}'
    words = refusal(tmp_path, ASSETS.replace('type = "STRUCTURE"', more))
    assert f"type is {other} here, and `type` says STRUCTURE: keep one of them." in words


def test_the_same_type_said_twice_is_taken(tmp_path):
    more = 'type = "STRUCTURE"\nconstants = { type = "STRUCTURE" }'
    made(tmp_path, ASSETS.replace('type = "STRUCTURE"', more))
