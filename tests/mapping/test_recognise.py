"""Which template and which of its sheets a file follows, told by headings and names."""

from __future__ import annotations

import openpyxl
import pytest

from importer.errors import UsageError
from importer.mapping.recognition.recognise import choose, match_sheet
from importer.model import SIGNATURE, Severity
from importer.options import Options
from importer.pipeline.steps.intake import NullSink
from importer.pipeline.steps.opening import open_intake
from importer.template import find, find_all
from importer.template.own_sheets import INSTRUCTIONS
from tests.mapping.build import OPEN, Rows, only, template

SHIPPED = {made.name: made for made in find_all()}
SHEETS = [(name, rule) for name, made in SHIPPED.items() for rule in made.sheets]


def beside(name):
    """The system by which a template is told from one with its headings, and all for that one."""
    system = SHIPPED[name].system if SHIPPED[name].headings_of else ""
    return system, find_all(system)


def headings_of(rule, *, marked=False):
    return [
        f"{heading} *" if marked and column.required else heading
        for heading, column in rule.columns.items()
        if "*" not in heading
    ]


@pytest.mark.parametrize(("name", "rule"), SHEETS, ids=[f"{n}: {r.name}" for n, r in SHEETS])
def test_the_heading_row_of_each_shipped_sheet_is_its_own(name, rule):
    """Also as a CSV file, whose one sheet may be called anything."""
    row, (_, templates) = headings_of(rule, marked=True), beside(name)
    for called in (rule.name, "Sheet1"):
        assert choose(templates, [Rows(called, [row])]).name == name
        match = match_sheet(SHIPPED[name], called, [list(row)])
        assert match is not None
        assert match.rule is rule
        assert match.header.row == 1


@pytest.mark.parametrize("name", SHIPPED)
def test_all_heading_rows_of_a_template_together_are_its_own(name):
    sheets = [Rows(rule.name, [headings_of(rule)]) for rule in SHIPPED[name].sheets]
    assert choose(beside(name)[1], sheets).name == name


@pytest.mark.parametrize("name", SHIPPED)
def test_the_blank_workbook_of_a_template_is_recognised(name):
    folder = SHIPPED[name].folder
    answers = tuple((asked, "Europe/Berlin") for asked in SHIPPED[name].asks)
    options = Options(system=beside(name)[0], answers=answers)
    intake = open_intake([folder / f"{name}.xlsx"], options)
    assert intake.template.name == name
    assert [sheet.rule.name for sheet in intake.sheets] == [r.name for r in SHIPPED[name].sheets]
    intake.read(NullSink())
    assert {f.code for f in intake.findings if f.severity is not Severity.INFO} == {"no_rows"}
    assert sum(source.count for source in intake.sources) == 0


def test_without_a_target_a_workbook_of_ours_is_of_the_template_that_it_says():
    folder = SHIPPED["apache-atlas-workbook"].folder
    assert open_intake([folder / "apache-atlas-workbook.xlsx"]).template.name == folder.name


def test_a_sheet_that_only_the_usual_template_has_is_passed_over_with_a_warning(tmp_path):
    """Apache Atlas has no links: they are not taken for terms, whose headings they have."""
    path = workbook(
        tmp_path / "book.xlsx",
        Terms=[["Glossary", "Term"], ["G", "A"]],
        Links=[["Glossary", "Term", "Title", "URL"], ["G", "A", "T", "https://example.org"]],
    )
    intake = open_intake([path], Options(system="atlas"))
    assert [sheet.name for sheet in intake.sheets] == ["Terms"]
    finding = only(intake.findings)
    assert finding.severity is Severity.WARNING
    words = "The sheet Links holds Links: apache-atlas-workbook has none, it is passed over."
    assert finding.message == words


TWO = """
ignore_sheets = ["Lookup*"]
[kinds.cat]
key = ["name"]
[kinds.dog]
key = ["name"]
[[sheets]]
name = "Cats"
aliases = ["Felines"]
[[sheets.entities]]
kind = "cat"
columns = [
  { heading = "Name", path = "name", required = true },
  { heading = "Fur", path = "fur" },
]
[[sheets]]
name = "Dogs"
[[sheets.entities]]
kind = "dog"
columns = [
  { heading = "Name", path = "name", required = true },
  { heading = "Bark", path = "bark", required = true },
]
"""


@pytest.fixture
def two(tmp_path):
    return template(tmp_path / "two", TWO, cat=OPEN, dog=OPEN)


NAMED = [
    ("Cats", ["Name", "Fur"], "Cats"),
    ("felines", ["Name", "Fur"], "Cats"),
    ("Sheet1", ["Name", "Fur"], "Cats"),
    ("Sheet1", ["Name", "Bark"], "Dogs"),
    ("Dogs", ["Name", "Bark", "Fur"], "Dogs"),
    ("Cats", ["Name"], "Cats"),
    ("Dogs", ["Name", "Weight"], "Dogs"),
    ("Sheet1", ["Name"], None),
    ("Sheet1", ["Fur", "Colour"], None),
    ("Cats", ["Colour", "Weight"], None),
    ("Cats", [], None),
]


@pytest.mark.parametrize(("name", "headings", "rule"), NAMED)
def test_headings_decide_and_the_name_among_equals(two, name, headings, rule):
    match = match_sheet(two, name, [headings])
    assert (match.rule.name if match else None) == rule


def workbook(path, **sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_a_sheet_named_after_its_kind_is_not_taken_for_another_that_it_fits_better():
    """Assets without their qualified names would else be glossaries, since these have a Name."""
    match = match_sheet(find("atlan-glossary"), "Assets", [["Type", "Name", "Description"]])
    assert match is not None
    assert match.rule.name == "Assets"


MISSPELT = [
    (["Glossary", "Trem", "Desription", "Categories", "Owners"], "Terms"),
    (["Glossary", "Description", "Team", "Owners"], "Glossaries"),
    (["Glossary", "Term", "Categorie", "Owners"], "Terms"),
]


@pytest.mark.parametrize(("headings", "rule"), MISSPELT)
def test_a_misspelt_heading_does_not_make_a_sheet_one_of_another_kind(headings, rule):
    """Nor does a heading of the user's own that is like a required one."""
    assert match_sheet(SHIPPED["atlan-glossary"], "Ledger", [headings]).rule.name == rule


def test_sheets_of_no_kind_are_passed_over_with_a_word_and_our_own_in_silence(two, tmp_path):
    """Ours are known by what they say, whatever they are called."""
    ours = [["Name", "Fur"], ["not", "me"], [SIGNATURE]]
    path = workbook(
        tmp_path / "pets.xlsx",
        Instructions=[["Pets"], list(INSTRUCTIONS), ["Cats", "Name", "yes"], ["Name", "Fur"]],
        Cats=[["Name", "Fur"], ["Tom", "grey"]],
        Notes=[["to do"], ["buy milk"]],
        Report=ours,
        Importer_report=ours,
        Lookup_colours=[["Name", "Fur"], ["nor", "me"]],
    )
    intake = open_intake([path], Options(template=str(two.folder)))
    intake.read(NullSink())
    finding = only(intake.findings)
    assert (finding.code, finding.severity) == ("sheet_ignored", Severity.INFO)
    assert finding.place.sheet == "Notes"
    assert [record.labels for record in intake.registry.entities] == [("Tom",)]


@pytest.mark.parametrize("name", ["Report", "Import report", "Instructions"])
def test_a_sheet_that_is_only_called_like_ours_is_the_users(two, tmp_path, name):
    path = workbook(tmp_path / "pets.xlsx", **{name: [["Name", "Fur"], ["Tom", "grey"]]})
    for only_ in ([], [f"{name}=Cats"]):
        intake = open_intake([path], Options(template=str(two.folder), only=only_))
        intake.read(NullSink())
        assert [record.labels for record in intake.registry.entities] == [("Tom",)]


def test_a_title_above_the_table_does_not_hide_it(two, tmp_path):
    path = workbook(
        tmp_path / "pets.xlsx", Sheet1=[["Our dogs"], [], ["Name", "Bark"], ["Rex", "loud"]]
    )
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:B1")
    book.save(path)
    intake = open_intake([path], Options(template=str(two.folder)))
    intake.read(NullSink())
    source = intake.sources[0]
    assert (source.layout.header_row, source.layout.first_row, source.layout.last_row) == (3, 4, 4)
    assert intake.registry.entities[0].row == 4


def test_only_the_sheets_that_are_asked_for_are_read_as_what_they_are_said_to_be(two, tmp_path):
    path = workbook(
        tmp_path / "pets.xlsx", A=[["Name", "Fur"], ["Tom", "grey"]], B=[["Name"], ["Rex"]]
    )
    intake = open_intake([path], Options(template=str(two.folder), only=("B=Dogs",)))
    assert [(s.name, s.rule.name) for s in intake.sheets] == [("B", "Dogs")]


WRONG = [
    (["C"], "There is no sheet called C"),
    (["A=Birds"], "it has: Cats, Dogs"),
    (["B"], "Seen: Colour"),
]


@pytest.mark.parametrize(("asked", "words"), WRONG)
def test_a_sheet_that_cannot_be_used_is_refused_with_the_way_out(two, tmp_path, asked, words):
    path = workbook(tmp_path / "pets.xlsx", A=[["Name", "Fur"], ["Tom", "grey"]], B=[["Colour"]])
    with pytest.raises(UsageError, match=words):
        open_intake([path], Options(template=str(two.folder), only=asked))


def test_a_file_that_no_template_knows_is_refused_and_says_what_was_seen(tmp_path):
    path = tmp_path / "pets.csv"
    path.write_text("Fur,Whiskers\ngrey,12\n", encoding="utf-8")
    with pytest.raises(UsageError, match="Seen: Fur, Whiskers"):
        open_intake([path])


def test_two_templates_that_fit_alike_are_not_guessed_between(two, tmp_path):
    twin = template(tmp_path / "twin", TWO, cat=OPEN, dog=OPEN)
    with pytest.raises(
        UsageError, match=r"(?s)--template \S*/two --sheet Cats=Cats.*--template \S*/twin "
    ):
        choose([two, twin], [Rows("Cats", [["Name", "Fur"]])])


def test_several_files_are_one_workbook(two, tmp_path):
    """Each sheet keeps its own file and numbers."""
    for name, rows in (("cats", "Name,Fur\nTom,grey\n"), ("dogs", "Name,Bark\nRex,loud\n")):
        (tmp_path / f"{name}.csv").write_text(rows, encoding="utf-8")
    intake = open_intake(
        [tmp_path / "cats.csv", tmp_path / "dogs.csv"], Options(template=str(two.folder))
    )
    intake.read(NullSink())
    assert [(s.no, s.file, s.name) for s in intake.sheets] == [
        (0, "cats.csv", "cats"),
        (1, "dogs.csv", "dogs"),
    ]
    assert [(r.sheet.no, r.row, r.labels) for r in intake.registry.entities] == [
        (0, 2, ("Tom",)),
        (1, 2, ("Rex",)),
    ]


def test_a_file_with_nothing_but_aliases_is_recognised(tmp_path):
    made = template(
        tmp_path,
        """
[kinds.cat]
key = ["name"]
[[sheets]]
name = "Cats"
[[sheets.entities]]
kind = "cat"
columns = [
  { heading = "Name", aliases = ["Cat"], path = "name", required = true },
  { heading = "Fur", aliases = ["Coat"], path = "fur" },
]
""",
        cat=OPEN,
    )
    assert choose([made], [Rows("Sheet1", [["Cat", "Coat"]])]) is made


TOLD = """
[kinds.word]
key = ["name"]

[[sheets]]
name = "Export"
known_by = ["Steward", "Nick Name"]

[[sheets.entities]]
kind = "word"
columns = [
  { heading = "Name", path = "name", required = true },
  { heading = "Definition", path = "text" },
  { heading = "Steward", path = "steward" },
  { heading = "Nick Name", aliases = ["Short name"], path = "short" },
]
"""


def test_a_sheet_without_the_headings_that_tell_it_is_taken_only_where_it_is_named(tmp_path):
    told = template(tmp_path, TOLD, word=OPEN)
    plain = Rows("list", [["Name", "Definition", "Steward"], ["a", "b", "c"]])
    with pytest.raises(UsageError, match="No sheet has"):
        choose([told], [plain])
    assert match_sheet(told, "list", plain.head()) is not None


def test_the_headings_that_tell_a_sheet_count_under_other_names_and_more_than_a_files_name(
    tmp_path,
):
    told = template(tmp_path, TOLD, word=OPEN)
    sheet = Rows("Terms", [["Name", "Definition", "short name", "STEWARD"], ["a", "b", "c", "d"]])
    assert choose([told, SHIPPED["atlan-glossary"]], [sheet]).name == told.name


def test_what_tells_a_sheet_does_not_count_against_a_kind_that_knows_more(tmp_path):
    """The list has a column that only the other kind knows, so that both may be right."""
    told = template(tmp_path, TOLD, word=OPEN)
    row = ["Glossary", "Term", "Definition", "Steward", "Short name", "Certificate"]
    chosen = choose([told, SHIPPED["atlan-glossary"]], [Rows("Terms", [row])])
    assert chosen.name == "atlan-glossary"


PLAIN_LISTS = [
    ["Name", "Status", "Definition", "Acronym", "Synonyms"],
    ["Name", "Description", "Category", "CreatedBy"],
    ["Floor", "Desk", "Neighborhood", "Assigned to"],
    ["Building Name", "Floor", "Room", "Space Type", "Capacity", "Reservable"],
    ["Name", "Address", "City", "State", "Zip", "Country"],
    ["Name", "Asset Type", "Status", "Definition"],
    ["Building", "Floor", "Desk Name", "Desk ID"],
    ["key", "title", "description"],
]


@pytest.mark.parametrize("row", PLAIN_LISTS, ids=" ".join)
def test_no_template_for_another_system_takes_a_plain_list(row):
    """Each has some headings of one of them, and not those that tell it."""
    forms = [made for made in SHIPPED.values() if made.is_form]
    assert len(forms) > 9
    with pytest.raises(UsageError):
        choose(forms, [Rows("list", [row, ["x"] * len(row)])])
