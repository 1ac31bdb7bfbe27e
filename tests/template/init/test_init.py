"""The first mapping of a file: it loads, knows every heading, and its guesses are right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from importer.errors import UsageError
from importer.mapping import Binder
from importer.mapping.recognise import match_sheet
from importer.model import SIGNATURE, CellFault
from importer.options import Options
from importer.pipeline.steps.intake import NullSink
from importer.pipeline.steps.opening import open_intake
from importer.read import open_input
from importer.read.input import InputSheet
from importer.template import Template, load
from importer.template.init import write_first_mapping
from importer.template.init.profile import Guess, guess
from importer.template.init.scratch import first_files
from importer.template.init.table import tables
from importer.template.source import shipped

DATA = shipped("data")


class Rows(InputSheet):
    """A sheet whose rows are given."""

    def __init__(self, name: str, rows: list) -> None:
        super().__init__(name)
        self._rows = rows

    hidden_rows = 0

    def parsed(self):
        return iter(self._rows)


def first(folder: Path, *sheets: InputSheet, system: str = "atlan") -> Template:
    return load(write_first_mapping("A file", sheets, folder / "made", system=system))


def headings_unknown_to(template: Template, sheets) -> list[str]:
    binder, unknown = Binder(template), []
    for sheet in sheets:
        match = match_sheet(template, sheet.name, sheet.head())
        bound = binder.bind("file", sheet.name, match.rule, match.header)
        unknown += [finding.message for finding in bound.findings]
    return unknown


APPS = [
    ["Applications of the group", "", "", "", "", "", ""],
    [],
    ["App ID", "Name *", "Go live", "Users", "Critical", "Stage", "Teams"],
    *(
        [f"00{n}", f"App {n}", dt.date(2026, 1, n), n * 2.0, n % 2 == 0, "Live", "HR; Finance"]
        for n in range(1, 8)
    ),
    ["008", "App 8", dt.date(2026, 2, 1), 4.0, True, "Built", "IT"],
]


def test_a_list_that_no_template_knows_gets_a_kind_with_a_closed_schema(tmp_path):
    template = first(tmp_path, Rows("Applications", APPS))
    assert {c.heading: (c.type, c.required) for c in template.sheets[0].columns.values()} == {
        "App ID": ("text", True),
        "Name": ("text", True),
        "Go live": ("date", False),
        "Users": ("integer", False),
        "Critical": ("boolean", False),
        "Stage": ("enum", False),
        "Teams": ("list", False),
    }
    kind = template.kinds["applications"]
    attributes = kind.schema["properties"]["attributes"]
    assert (kind.type, kind.key) == ("Applications", ("attributes.appId",))
    assert attributes["additionalProperties"] is kind.schema["additionalProperties"] is False
    assert attributes["properties"]["stage"] == {"type": "string", "enum": ["Live", "Built"]}
    assert attributes["required"] == ["appId"]


def test_headings_below_a_title_are_found_and_all_of_them_are_known(tmp_path):
    sheet = Rows("Applications", APPS)
    assert headings_unknown_to(first(tmp_path, sheet), [sheet]) == []


def test_every_row_of_the_file_it_was_made_from_passes_its_check(tmp_path):
    book = Workbook()
    for row in APPS:
        book.active.append(row)
    book.active.title = "Applications"
    book.save(tmp_path / "apps.xlsx")
    write_first_mapping("apps", open_input(tmp_path / "apps.xlsx").sheets, tmp_path / "apps")
    intake = open_intake([tmp_path / "apps.xlsx"], Options(template=str(tmp_path / "apps")))
    intake.read(NullSink())
    assert (intake.findings, len(intake.registry.entities)) == ([], 8)


PLACES = [
    ("atlan", "typeName", "attributes.name", "attributes.cost"),
    ("trebellar", "type", "label", "dynamicProperties.cost"),
    ("another", "type", "name", "cost"),
]


@pytest.mark.parametrize(("system", "type_path", "name", "other"), PLACES)
def test_values_go_where_the_system_has_its_names_and_its_free_keys(
    tmp_path, system, type_path, name, other
):
    template = first(tmp_path, Rows("Cars", [["Car", "Cost"], ["A", 1.5]]), system=system)
    assert (template.system, template.type_path) == (system, type_path)
    columns = template.sheets[0].columns
    assert (columns["Car"].path, columns["Cost"].path) == (name, other)


GUESSES = [
    ("Count", [1.0, 2.0, 2.0], Guess("integer", filled=3)),
    ("Count", ["1", "-20"], Guess("integer", filled=2, unique=True)),
    ("Order number", ["1", "20"], Guess("text", filled=2, unique=True)),
    ("Code", ["001", "020"], Guess("text", filled=2, unique=True)),
    ("Postcode", [20457.0, 80331.0], Guess("text", filled=2, unique=True)),
    ("Long", ["19100450012300457"], Guess("text", filled=1, unique=True)),
    ("Price", [1.5, 2.0], Guess("number", filled=2, unique=True)),
    ("Price", ["1.50", "n/a"], Guess("text", filled=2, unique=True)),
    ("Open", [True, False], Guess("boolean", filled=2, unique=True)),
    ("Open", ["Yes", "NO", "y"], Guess("boolean", filled=3, unique=True)),
    ("Open", ["yes", "maybe"], Guess("text", filled=2, unique=True)),
    ("Since", [dt.datetime(2026, 1, 31), "2026-02-01"], Guess("date", filled=2, unique=True)),
    ("Since", ["31.01.2026"], Guess("date", ("%d.%m.%Y",), filled=1, unique=True)),
    ("Since", ["01/31/2026"], Guess("date", ("%m/%d/%Y",), filled=1, unique=True)),
    ("Since", ["31.01.2026", "soon"], Guess("text", filled=2, unique=True)),
    ("Page", ["https://example.com/a"], Guess("url", filled=1, unique=True)),
    ("Page", ["www.example.com"], Guess("text", filled=1, unique=True)),
    ("Teams", ["HR; IT", "HR"], Guess("list", separators=(";",), filled=2, unique=True)),
    ("Teams", ["HR\nIT", "HR"], Guess("list", separators=("\n",), filled=2, unique=True)),
    ("Teams", ["HR|IT", "HR"], Guess("list", separators=("|",), filled=2, unique=True)),
    ("Text", [f"{'a long sentence ' * 5}; and more"], Guess("text", filled=1, unique=True)),
    ("Stage", ["Live", "Built"] * 4, Guess("enum", words=("Live", "Built"), filled=8)),
    ("Stage", ["Live", "Built"] * 2, Guess("text", filled=4)),
    ("Empty", [], Guess()),
    ("Wrong", [CellFault("error_cell", "#N/A")], Guess()),
]


@pytest.mark.parametrize(("heading", "cells", "expected"), GUESSES)
def test_a_column_is_guessed_from_all_its_cells(heading, cells, expected):
    assert guess(heading, cells) == expected


SAMPLES = [
    ("glossary.xlsx", "atlan-glossary"),
    ("portfolio.xlsx", "trebellar-portfolio"),
    ("rooms.xlsx", "room-list"),
    ("terms.csv", "atlan-glossary"),
    ("desks.csv", "trebellar-portfolio"),
    ("mistakes.xlsx", "atlan-glossary"),
    ("peers/atlan-glossary.csv", "atlan-csv"),
    ("peers/apache-atlas.csv", "apache-atlas"),
    ("peers/openmetadata.csv", "openmetadata"),
]


@pytest.mark.parametrize(("name", "template"), SAMPLES)
def test_what_a_shipped_template_knows_extends_it_and_means_the_same(tmp_path, name, template):
    path = DATA / name
    made = write_first_mapping(path.stem, open_input(path).sheets, tmp_path / "made")
    assert f'extends = "{template}"' in (made / "mapping.toml").read_text("utf-8")
    assert [file.name for file in made.iterdir()] == ["mapping.toml"]
    assert headings_unknown_to(load(made), open_input(path).sheets) == []
    theirs, ours = (open_intake([path], Options(template=one)) for one in (template, str(made)))
    for intake in (theirs, ours):
        intake.read(NullSink())
    said = [finding for finding in theirs.findings if finding.code != "unknown_heading"]
    assert ours.findings == said
    assert [
        (record.kind, record.row, record.labels, record.parent and record.parent.text)
        for record in ours.registry.entities
    ] == [
        (record.kind, record.row, record.labels, record.parent and record.parent.text)
        for record in theirs.registry.entities
    ]


NEARLY = [
    ["Glossary", "Term", "Descripton", "Owners", "Tags", "Shoe size"],
    ["Finance", "Net revenue", "What comes in.", "a", "PII", "42"],
]


def test_a_heading_that_resembles_one_becomes_an_alias_and_a_strange_one_is_left_out(tmp_path):
    sheet = Rows("My terms", NEARLY)
    template = first(tmp_path, sheet)
    text = (tmp_path / "made" / "mapping.toml").read_text("utf-8")
    rule = template.sheets[0]
    assert (rule.name, rule.aliases, rule.ignored) == ("My terms", ("Terms",), ("Shoe size",))
    assert "Descripton" in rule.columns["Description"].aliases
    assert "# is Descripton the same? else take it out" in text
    assert headings_unknown_to(template, [sheet]) == []


def test_two_headings_that_mean_one_column_are_reported(tmp_path):
    rows = [["Glossary", "Term", "Term name", "Description"], ["A", "b", "c", "d"]]
    first(tmp_path, Rows("Terms", rows))
    text = (tmp_path / "made" / "mapping.toml").read_text("utf-8")
    assert "# Term name means a column that is there already: rename one in the file." in text


def test_a_required_column_that_the_file_lacks_is_reported(tmp_path):
    template = first(tmp_path, Rows("Terms", [["Term", "Definition", "Owner"], ["A", "b", "c"]]))
    text = (tmp_path / "made" / "mapping.toml").read_text("utf-8")
    assert "# Glossary must be filled and is not in the file: add it, or a default." in text
    assert template.sheets[0].columns["Glossary"].required


def test_a_list_of_names_and_descriptions_is_not_taken_for_what_a_template_knows(tmp_path):
    rows = [["Name", "Description", "Owner", "Status"], ["Payroll", "b", "c", "Live"]]
    assert list(first(tmp_path, Rows("Apps", rows)).kinds) == ["apps"]


def test_a_column_that_names_rows_of_another_sheet_gets_a_comment(tmp_path):
    regions = Rows("Regions", [["Region"], ["North"], ["South"]])
    shops = Rows("Shops", [["Shop", "Lies in"], ["A", "North"], ["B", "South"], ["C", "North"]])
    first(tmp_path, regions, shops)
    text = (tmp_path / "made" / "mapping.toml").read_text("utf-8")
    wanted = '{ path = "attributes.liesIn", to = ["regions"], by = ["Lies in"] }'
    assert f"# references = [{wanted}]" in text


def test_a_sheet_without_headings_has_its_columns_named_by_letter(tmp_path):
    sheet = Rows("Values", [["A", 1.0], ["B", 2.0]])
    rule = first(tmp_path, sheet).sheets[0]
    assert not rule.header
    assert [(c.heading, c.letter) for c in rule.columns.values()] == [
        ("Column A", "A"),
        ("Column B", "B"),
    ]


def test_columns_and_sheets_of_an_earlier_report_are_no_part_of_the_mapping(tmp_path):
    cars = Rows("Cars", [["Car", "import_status", "import_id"], ["A", "created", "1"]])
    template = first(tmp_path, cars, Rows("Report", [["Outcome"], ["created"], [SIGNATURE]]))
    assert [(rule.name, list(rule.columns)) for rule in template.sheets] == [("Cars", ["Car"])]


def test_a_heading_that_occurs_twice_is_mapped_once_and_reported(tmp_path):
    template = first(tmp_path, Rows("Cars", [["Car", "Colour", "colour "], ["A", "b", "c"]]))
    assert list(template.sheets[0].columns) == ["Car", "Colour"]
    assert "# colour stands there twice" in (tmp_path / "made" / "mapping.toml").read_text("utf-8")


@pytest.mark.parametrize("sheets", [[], [Rows("Blank", [])]])
def test_a_file_without_a_table_is_refused(tmp_path, sheets):
    with pytest.raises(UsageError, match="A file has no table to map"):
        write_first_mapping("A file", sheets, tmp_path / "made")


def test_a_mapping_that_is_there_already_is_left_as_it_is(tmp_path):
    sheet = Rows("Cars", [["Car"], ["A"]])
    made = write_first_mapping("Cars", [sheet], tmp_path / "made")
    (made / "mapping.toml").write_text("mine")
    with pytest.raises(UsageError, match=r"mapping\.toml exists already"):
        write_first_mapping("Cars", [sheet], made)
    assert (made / "mapping.toml").read_text() == "mine"


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.text(max_size=12), max_size=6),
    sheets=st.lists(st.text(max_size=12), min_size=1, max_size=3, unique=True),
    cells=st.lists(st.text(max_size=8), max_size=6),
)
def test_whatever_the_headings_are_the_mapping_loads(tmp_path_factory, names, sheets, cells):
    folder = tmp_path_factory.mktemp("any")
    given_sheets = [Rows(f"S{name}", [["Heading", *names], ["x", *cells]]) for name in sheets]
    for name, text in first_files("A file", list(tables(given_sheets)), "atlan").items():
        (folder / name).write_text(text, encoding="utf-8")
    assert load(folder).title == "A file"


def test_a_kind_of_a_system_with_a_closed_list_of_types_gets_one_of_them(tmp_path):
    template = first(tmp_path, Rows("Cars", [["Car"], ["A"]]), system="trebellar")
    assert template.kinds["cars"].type == "OTHER"
    assert "one of STRUCTURE, FLOOR," in (tmp_path / "made" / "mapping.toml").read_text("utf-8")
