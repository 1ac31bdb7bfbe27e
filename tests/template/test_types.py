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
