"""The templates that ship: they load, their schemas are closed, their columns are explained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from importer.template import Column, Kind, SheetRule, Template, find_all
from importer.template.paths import leaves, node_at

TEMPLATES = {template.name: template for template in find_all()}
OURS = ("atlan-glossary", "trebellar-portfolio")
KINDS = [
    pytest.param(kind, id=f"{name}-{kind.name}")
    for name in OURS
    for kind in TEMPLATES[name].kinds.values()
]
SHEETS = [
    pytest.param(sheet, id=f"{template.name}-{sheet.name}")
    for template in TEMPLATES.values()
    for sheet in template.sheets
]
FREE = {
    "additionalAttributes",
    "businessAttributes",
    "customAttributes",
    "dynamicProperties",
    "image",
    "scale",
    "staticProperties",
}


def test_these_templates_ship():
    assert set(TEMPLATES) == {
        "alation-dictionary",
        "alation-terms",
        "apache-atlas",
        "apache-atlas-workbook",
        "atlan-csv",
        "atlan-glossary",
        "cobie",
        "collibra-terms",
        "datahub-enricher",
        "envoy-desks",
        "eptura-spaces",
        "eptura-workpoints",
        "microsoft-places",
        "openmetadata",
        "purview-terms",
        "robin-desks",
        "room-list",
        "snipeit-locations",
        "trebellar-portfolio",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_an_object_that_names_its_keys_takes_no_others(kind: Kind):
    for node in _nodes(kind.schema):
        if node.get("type") == "object" and "properties" in node:
            assert node["additionalProperties"] is False, node


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_targets_free_objects_take_any_key(kind: Kind):
    for path in leaves(kind.schema):
        node = node_at(kind.schema, path) or {}
        if node.get("type") == "object" and "properties" not in node:
            assert path.rpartition(".")[2] in FREE, path


@pytest.mark.parametrize("kind", KINDS)
def test_a_limit_of_a_text_has_its_sentence_beside_it(kind: Kind):
    for node in _nodes(kind.schema):
        if {"pattern", "maxLength", "minLength", "maxItems"} & node.keys():
            assert node.get("x-says"), node


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for item in schema:
            yield from _nodes(item)


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_heading_has_a_short_note_and_an_example(sheet: SheetRule):
    for column in (one for one in sheet.columns.values() if one.offered):
        assert column.note.endswith("."), column.heading
        assert len(column.note) <= 120, column.heading
        assert column.example, column.heading


FITS = {
    "text": {"string"},
    "enum": {"string"},
    "url": {"string"},
    "number": {"number"},
    "integer": {"number", "integer"},
    "boolean": {"boolean"},
    "list": {"array"},
    "map": {"object"},
    "json": {"object"},
}


def _columns(template: Template) -> Iterator[tuple[Kind, Column]]:
    for sheet in template.sheets:
        for entity in sheet.entities:
            yield from ((template.kinds[entity.kind], column) for column in entity.columns)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_column_makes_what_its_schema_takes(template: Template):
    for kind, column in _columns(template):
        node = node_at(kind.schema, column.path) if column.path else None
        if node and node != {"uniqueItems": True}:  # custom metadata: the target says its types
            wanted = {"number"} if column.type == "date" else FITS[column.type]
            named = [one.get("type", ()) for one in (node, *node.get("oneOf", ()))]
            types = {name for one in named for name in ([one] if isinstance(one, str) else one)}
            assert types & wanted, (kind.name, column.heading, node)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_a_relation_and_its_inverse_point_at_each_other(template: Template):
    for sheet in template.sheets:
        for entity in sheet.entities:
            inverses = {rule.path: rule.inverse for rule in entity.references if rule.inverse}
            for path, inverse in inverses.items():
                assert inverses.get(inverse, path) == path
