"""A mapping with a mistake is refused with file, line, key and a hint; inheritance works."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from importer.errors import TemplateError, UsageError
from importer.template import find, load
from importer.template.vocabulary import vocabulary

MAPPING = """\
title = "Boats"
system = "harbour"
type_path = "type"

[kinds.boat]
type = "BOAT"
key = ["name"]
constants = { hull = {} }

[kinds.pier]
schema = "boat.schema.json"
key = ["name"]

[column_sets]
about = [
  { heading = "Length", path = "hull.length", type = "number" },
]

[reference_sets]
moored = [
  { path = "pier", to = ["pier"], by = ["Pier"] },
]

[[sheets]]
name = "Piers"

[[sheets.entities]]
kind = "pier"
columns = [
  { heading = "Pier", path = "name" },
]

[[sheets]]
name = "Boats"

[[sheets.entities]]
kind = "boat"
include = ["about", "moored"]
columns = [
  { heading = "Boat", aliases = ["Vessel"], path = "name", required = true },
  { heading = "Pier" },
  { heading = "Flags", path = "flags", type = "list", item_path = "code" },
]

[[sheets.entities]]
kind = "boat"
repeat = 2
when = { "Dinghy {n}" = [] }
columns = [
  { heading = "Dinghy {n}", path = "name" },
]
"""
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "type": {"type": "string"},
        "name": {"type": "string"},
        "pier": {"type": "string"},
        "hull": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"length": {"type": "number"}},
        },
        "flags": {"type": "array", "items": {"$ref": "#/$defs/flag"}},
        "colour": {"type": "string", "enum": ["red", "blue"]},
        "crew": {"type": "array", "items": {"type": "string", "x-expects": "account"}},
    },
    "$defs": {
        "flag": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"code": {"type": "string"}},
        }
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "boats").mkdir()
    write(tmp_path / "boats", MAPPING)
    return tmp_path / "boats"


def write(folder: Path, mapping: str, schema: str = json.dumps(SCHEMA)) -> None:
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    (folder / "boat.schema.json").write_text(schema, encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(TemplateError) as caught:
        load(folder)
    return str(caught.value)


def test_the_mapping_without_a_mistake_loads(folder: Path):
    template = load(folder)
    assert template.name == "boats"
    assert [len(sheet.entities) for sheet in template.sheets] == [1, 3]
    assert list(template.sheets[1].columns) == [
        "Boat",
        "Pier",
        "Flags",
        "Length",
        "Dinghy 1",
        "Dinghy 2",
    ]
    assert template.sheets[1].entities[2].when == {"Dinghy 2": ()}
    assert template.kinds["boat"].constants == {"hull": {}, "type": "BOAT"}


MISTAKES = [
    # what is written, what stands there instead, the line and key named, the hint given
    ('title = "Boats"', 'titel = "Boats"', ":1: titel: unknown key; did you mean title?", ""),
    ('title = "Boats"\n', "", ":1: file: 'title' is a required property", ""),
    ('system = "harbour"', "system = 7", ":2: system: 7 is not of type 'string'", ""),
    ('key = ["name"]\nconstants', 'key = ["nam"]\nconstants', ":7: kinds.boat.key", "mean name?"),
    ("{ hull = {} }", "{ hul = {} }", ":8: kinds.boat.constants", "mean hull?"),
    ("{ hull = {} }", "{ hull = { length = 1 } }", ":8: kinds.boat.constants", "`hull.length`"),
    ('"hull.length"', '"hull.lenght"', ":16: column_sets.about.0.path", "mean hull.length?"),
    ('"hull.length", type', '"hull.length", typ', ":16: column_sets.about.0.typ", "mean type?"),
    (
        'type = "number"',
        'type = "numeric"',
        ":16: column_sets.about.0.type",
        "'numeric' is not one",
    ),
    ('path = "pier", to', 'path = "peer", to', ":21: reference_sets.moored.0.path", "mean pier?"),
    ('to = ["pier"]', 'to = ["quay"]', ":21: reference_sets.moored.0.to", "no kind called quay"),
    ('by = ["Pier"]', 'by = ["Quay"]', ":21: reference_sets.moored.0.by", "the heading Quay"),
    (
        'by = ["Pier"]',
        'by = ["Pier"], forms = ["{scope}"]',
        ":21: reference_sets.moored.0.forms",
        "{path}",
    ),
    ('kind = "pier"', 'kind = "peer"', ":28: sheets.0.entities.0.kind", "mean pier?"),
    (
        'Pier", path = "name"',
        'Pier", path = "nmae"',
        ":30: sheets.0.entities.0.columns.0.path",
        "mean name?",
    ),
    (
        'include = ["about",',
        'include = ["abuot",',
        ":38: sheets.1.entities.0.include",
        "mean about?",
    ),
    ('["Vessel"]', '["Vessel", "PIER"]', ":33: sheets.1: the heading", "both Boat and Pier"),
    (
        '{ heading = "Pier" }',
        '{ path = "pier" }',
        ":41: sheets.1.entities.0.columns.1",
        "needs one of",
    ),
    (
        'item_path = "code"',
        'item_path = "cod"',
        ":42: sheets.1.entities.0.columns.2.item_path",
        "no cod.",
    ),
    ('item_path = "code"', 'extract = "a(b"', ":42: sheets.1.entities.0.columns.2.extract", "a(b"),
    (
        'item_path = "code"',
        'extract = "ab"',
        ":42: sheets.1.entities.0.columns.2.extract",
        "with a group",
    ),
    (
        'item_path = "code"',
        'extract = "(?!b)(.)"',
        ":42: sheets.1.entities.0.columns.2.extract",
        "`(?!` looks ahead",
    ),
    (
        'by = ["Pier"]',
        'by = ["Pier"], forms = ["{path}{path}"]',
        ":21: reference_sets.moored.0.forms",
        "has {path} twice",
    ),
    (
        '{ heading = "Pier" }',
        '{ heading = "Pier", carry = "section" }, { heading = "Bay", carry = "section" }',
        ":33: sheets.1",
        "each section would be both Pier and Bay",
    ),
    (
        'by = ["Pier"]',
        'by = ["Pier"], missing = "hul.length"',
        ":21: reference_sets.moored.0.missing",
        "has no hul.length",
    ),
    (
        'by = ["Pier"]',
        'by = ["Pier"], missing = "name", required = true',
        ":21: reference_sets.moored.0.missing",
        "only `error` is right here",
    ),
    (
        'by = ["Pier"]',
        'by = ["Pier"], missing = "name"',
        ":21: reference_sets.moored.0.missing",
        "name says which boat it is: that must stay as it is",
    ),
    (
        'by = ["Pier"]',
        'by = ["Pier"], missing = "colour"',
        ":21: reference_sets.moored.0.missing",
        "colour takes certain texts only (`enum`)",
    ),
    (
        'by = ["Pier"]',
        'by = ["Pier"], missing = "crew"',
        ":21: reference_sets.moored.0.missing",
        "crew takes certain texts only (`x-expects`)",
    ),
    (
        'by = ["Pier"]',
        'by = ["Pier"], missing = "hull"',
        ":21: reference_sets.moored.0.missing",
        "hull is neither a text nor a list of texts",
    ),
    (
        '{ heading = "Pier" }',
        '{ heading = "Pier", others = "error" }',
        ":41: sheets.1.entities.0.columns.1.others",
        "there is none",
    ),
    (
        '{ heading = "Pier" }',
        '{ constant = "x", carry = "section" }',
        ":41: sheets.1.entities.0.columns.1.carry",
        "needs a heading",
    ),
    (
        'item_path = "code"',
        'item_path = "code", decimal = ","',
        ":42: sheets.1.entities.0.columns.2.decimal",
        "is for numbers, and the column's type is list",
    ),
    (
        'type = "number"',
        'type = "number", decimal = ",", thousands = ","',
        ":16: column_sets.about.0.thousands",
        "`,` cannot stand before decimals too",
    ),
    (
        'type = "number"',
        'type = "number", decimal = "·"',
        ":16: column_sets.about.0.decimal",
        "'·' is not one of",
    ),
    (
        'type = "number"',
        'type = "number", currency = ["1"]',
        ":16: column_sets.about.0.currency",
        "`1` is no sign beside a number",
    ),
    (
        'name = "Boats"',
        'name = "Boats"\nheader_row = 0',
        ":33: sheets.1",
        "Boat needs a letter",
    ),
    (
        '{ heading = "Pier" }',
        '{ heading = "Pier", letter = "a1" }',
        ":41: sheets.1.entities.0.columns.1.letter",
        "`a1` is no letter of a column",
    ),
    (
        'by = ["Pier"]',
        "by = []",
        ":21: reference_sets.moored.0.by",
        "no other rule of Boats makes a pier",
    ),
    (
        "required = true",
        "required = true, values = { A = 5 }",
        ":40: sheets.1.entities.0.columns.0.values",
        '`5` is not text: write "5"',
    ),
    (
        "required = true",
        "default = 5",
        ":40: sheets.1.entities.0.columns.0.default",
        '`5` is not text: write "5"',
    ),
    (
        'type = "number"',
        'type = "number", values = { none = "no" }',
        ":16: column_sets.about.0.values",
        "`no` is not a number",
    ),
    (
        'item_path = "code"',
        'item_path = "code", values = { A = true }',
        ":42: sheets.1.entities.0.columns.2.values",
        '`true` is not text: write "true"',
    ),
    ("repeat = 2", "repeat = 0", ":47: sheets.1.entities.1.repeat", "0 is less"),
    (
        '"Dinghy {n}" = []',
        '"Dingy {n}" = []',
        ":48: sheets.1.entities.1.when",
        "the heading Dingy 1",
    ),
    (
        "repeat = 2",
        'repeat = 2\neach = { heading = "Crew" }',
        ":48: sheets.1.entities.1.each",
        "the heading Crew",
    ),
    (
        'name = "Boats"',
        'name = "Boats"\nignored = ["vessel"]',
        ":35: sheets.1.ignored",
        "means Boat too",
    ),
    (
        'system = "harbour"',
        'system = "harbour"\nextends = "ships"',
        ":3: extends",
        "no template called ships",
    ),
    ('system = "harbour"', 'system = "harbour"\nextends = "boats"', ":3: extends", "itself"),
]


@pytest.mark.parametrize(("right", "wrong", "place", "hint"), MISTAKES)
def test_a_mistake_is_named_with_file_line_and_key(folder: Path, right, wrong, place, hint):
    assert MAPPING.count(right) == 1
    write(folder, MAPPING.replace(right, wrong))
    first = refusal(folder).splitlines()[0]
    assert first.startswith(f"{folder / 'mapping.toml'}{place}")
    assert hint in first


def test_a_sign_beside_a_number_may_end_with_a_dot(folder: Path):
    write(folder, MAPPING.replace('type = "number"', 'type = "number", currency = ["Fr.", "CHF"]'))
    assert load(folder).sheets[1].columns["Length"].currency == ("Fr.", "CHF")


def test_a_value_of_another_type_that_its_field_takes_is_no_mistake(folder: Path):
    rule = 'type = "number", default = 0, values = { dozen = 12, half = 0.5 }'
    write(folder, MAPPING.replace('type = "number"', rule))
    assert load(folder).sheets[1].columns["Length"].default == 0


def test_what_the_same_row_makes_may_be_referred_to_wherever_its_rule_stands(folder: Path):
    also = '[[sheets.entities]]\nkind = "pier"\ncolumns = [{ heading = "Dock", path = "name" }]\n'
    write(folder, MAPPING.replace('by = ["Pier"]', "by = []") + also)
    assert load(folder).sheets[1].entities[0].references[0].by == ()


def test_all_mistakes_are_reported_at_once(folder: Path):
    write(
        folder, MAPPING.replace('"hull.length"', '"hull.size"').replace('"pier", to', '"dock", to')
    )
    lines = refusal(folder).splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "column_sets.about.0.path",
        "reference_sets.moored.0.path",
    ]


def test_toml_that_does_not_parse_is_refused_with_its_line(folder: Path):
    write(folder, MAPPING.replace('title = "Boats"', "title = Boats"))
    assert "mapping.toml: not valid TOML" in refusal(folder)
    assert "line 1" in refusal(folder)


def test_a_mapping_that_is_not_utf8_is_refused(folder: Path):
    (folder / "mapping.toml").write_bytes('title = "Böte"'.encode("cp1252"))
    assert refusal(folder) == f"{folder / 'mapping.toml'}: is not UTF-8 text."


def test_a_folder_without_a_mapping_is_refused(tmp_path: Path):
    assert "mapping.toml: cannot be read" in refusal(tmp_path)


def test_a_missing_schema_is_refused_at_the_kind_that_needs_it(folder: Path):
    (folder / "boat.schema.json").unlink()
    assert f"{folder / 'mapping.toml'}:5: kinds.boat: boat.schema.json cannot be read" in refusal(
        folder
    )


BROKEN_SCHEMAS = [
    ('{\n  "type": }', "boat.schema.json:2: not valid JSON"),
    (
        '{"properties": {"name": {"type": "txt"}}}',
        "boat.schema.json: properties.name.type: not a JSON Schema",
    ),
    ("[]", "boat.schema.json: file: not a JSON Schema"),
]


@pytest.mark.parametrize(("schema", "message"), BROKEN_SCHEMAS)
def test_a_broken_schema_is_refused_by_its_own_name(folder: Path, schema, message):
    write(folder, MAPPING, schema)
    assert message in refusal(folder)


def test_an_expectation_that_nobody_knows_is_refused_with_the_nearest(folder: Path):
    flag = {"type": "string", "x-expects": "timezone"}
    schema = {**SCHEMA, "$defs": {"flag": {"type": "object", "properties": {"code": flag}}}}
    write(folder, MAPPING, json.dumps(schema))
    assert "expects `timezone`, which is not known. Did you mean time zone?" in refusal(folder)


def test_a_schema_that_is_not_utf8_is_refused(folder: Path):
    (folder / "boat.schema.json").write_bytes('{"title": "Bö"}'.encode("cp1252"))
    assert refusal(folder).endswith("boat.schema.json: is not UTF-8 text.")


@pytest.mark.parametrize("name", ["../boats", "{outside}", "", ".", "../../x/boats", "a\\0b"])
def test_a_template_extends_none_outside_of_the_folder_that_it_is_in(folder: Path, name):
    own = folder.parent / "stranger" / "ferries"
    own.mkdir(parents=True)
    text = CHILD.replace("boats", name.format(outside=folder))
    (own / "mapping.toml").write_text(text.replace("\\0", "\\u0000"), encoding="utf-8")
    assert "extends: `" in refusal(own)
    assert "is no name of a template, shipped or beside this." in refusal(own)


def test_a_template_follows_no_link_out_of_the_folder_that_it_is_in(folder: Path):
    own = folder.parent / "stranger" / "ferries"
    own.mkdir(parents=True)
    (own.parent / "link").symlink_to(folder)
    (own / "mapping.toml").write_text(CHILD.replace("boats", "link"), encoding="utf-8")
    assert "extends: there is no template called link." in refusal(own)


def test_a_name_that_no_folder_can_have_is_refused(folder: Path):
    write(
        folder,
        MAPPING.replace('system = "harbour"', f'system = "harbour"\nextends = "{"x" * 999}"'),
    )
    assert ":3: extends: " in refusal(folder)


CHILD = """\
title = "Ferries"
system = "harbour"
extends = "boats"

[[sheets]]
name = "Ferries"

[[sheets.entities]]
kind = "boat"
include = ["about"]
columns = [
  { heading = "Ferry", path = "name" },
]
"""


@pytest.fixture
def ferries(folder: Path) -> Path:
    child = folder.parent / "ferries"
    child.mkdir()
    (child / "mapping.toml").write_text(CHILD, encoding="utf-8")
    return child


def test_a_template_inherits_kinds_schemas_sets_and_type_path(ferries: Path):
    template = load(ferries)
    assert template.kinds["boat"].constants["type"] == "BOAT"
    assert template.type_path == "type"
    assert [sheet.name for sheet in template.sheets] == ["Ferries"]
    assert list(template.sheets[0].columns) == ["Ferry", "Length"]


def test_a_mistake_in_what_is_inherited_names_the_inherited_file(folder: Path, ferries: Path):
    write(folder, MAPPING.replace("system =", "sytem ="))
    assert f"{folder / 'mapping.toml'}:2: sytem" in refusal(ferries)


def test_a_folder_anywhere_may_extend_a_template_that_ships(tmp_path: Path):
    mapping = CHILD.replace('"boats"', '"trebellar-portfolio"').replace('"boat"', '"desk"')
    mapping = mapping.replace('"name" }', '"label" }').replace('["about"]', '["people"]')
    (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
    assert load(tmp_path).kinds["desk"].type == "DESK"


def test_a_name_that_no_template_has_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="Did you mean atlan-glossary"):
        find("atlan-glosary")


def test_the_published_vocabulary_is_itself_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(vocabulary())


def test_every_pattern_of_the_vocabulary_has_words_for_what_does_not_fit():
    text = json.dumps(vocabulary())
    assert text.count('"pattern": "^') == text.count('"x-says"') > 0


def test_every_key_of_the_vocabulary_that_is_a_rule_takes_no_unknown_keys():
    rules = [vocabulary(), *vocabulary()["$defs"].values()]
    assert all(rule["additionalProperties"] is False for rule in rules if rule["type"] == "object")


def test_a_misspelt_table_is_named_at_its_line(folder: Path):
    write(folder, MAPPING.replace("[kinds.pier]", "[kind.pier]"))
    line = MAPPING.splitlines().index("[kinds.pier]") + 1
    assert f"mapping.toml:{line}: kind: unknown key; did you mean kinds?" in refusal(folder)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('encoding = "klingon"', "sheets.0.encoding: there is no encoding called klingon"),
        ('delimiter = ";;"', "sheets.0.delimiter: `;;` is not one character, nor tab"),
        ("quote = \"''\"", "sheets.0.quote: `''` is not one sign, nor `none`"),
    ],
)
def test_a_form_of_text_files_that_cannot_be_is_refused(folder: Path, line: str, words: str):
    write(folder, MAPPING.replace('name = "Piers"', f'name = "Piers"\n{line}'))
    assert words in refusal(folder)
