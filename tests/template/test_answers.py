"""What a template asks once a run, and where the answers stand."""

import pytest

from importer.errors import TemplateError, UsageError
from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.steps.opening import open_intake
from tests.mapping.build import OPEN, Entities, template

MAPPING = """
[asks]
glossary = { question = "Into which glossary?" }
language = { question = "In which language?", default = "English" }

[kinds.glossary]
key = ["name"]

[kinds.term]
key = ["name"]

[[sheets]]
name = "words"

[[sheets.entities]]
kind = "glossary"
creates = true
columns = [{ heading = "Glossary", constant = "{glossary}", path = "name" }]

[[sheets.entities]]
kind = "term"
columns = [
  { heading = "Word", path = "name", required = true },
  { heading = "Language", path = "language", default = "{language} ({sheet})" },
]
references = [
  { path = "glossary", to = ["glossary"], by = ["Glossary"], parent = true, required = true },
]
"""


@pytest.fixture
def words(tmp_path):
    """A list of words and the template for it."""
    template(tmp_path / "made", MAPPING, glossary=OPEN, term=OPEN)
    (tmp_path / "words.csv").write_text("Word\nEmma\nAnn\n")
    return tmp_path / "words.csv", str(tmp_path / "made")


def test_an_answer_names_what_rows_refer_to_and_fills_what_no_cell_says(words):
    file, made = words
    answers = (("glossary", "Finance"), ("language", "German"))
    intake = open_intake([file], Options(template=made, answers=answers))
    intake.read(sink := Entities())
    assert [(one.kind, one.payload) for one in sink.kept] == [
        ("term", {"name": "Emma", "language": "German (words)"}),
        ("term", {"name": "Ann", "language": "German (words)"}),
        ("glossary", {"name": "Finance"}),
    ]
    assert [text.text for text in intake.registry.texts] == ["Finance"]


def test_a_column_that_the_mapping_states_is_not_read_and_a_warning_says_so(words):
    """The entity that is made and the one that is referred to are the same."""
    file, made = words
    file.write_text("Glossary,Word\nOther,Emma\n")
    intake = open_intake([file], Options(template=made, answers=(("glossary", "Finance"),)))
    intake.read(sink := Entities())
    assert {one.labels[0] for one in sink.kept} == {"Finance", "Emma"}
    assert [text.text for text in intake.registry.texts] == ["Finance"]
    [finding] = intake.findings
    assert finding.message == (
        "The mapping says what `Glossary` is for every row: `Finance`. Its column is not read."
    )


def test_a_default_answers_where_nobody_does(words):
    file, made = words
    options = Options(template=made, answers=(("glossary", "Finance"),))
    intake = open_intake([file], options)
    intake.read(sink := Entities())
    assert sink.kept[0].payload["language"] == "English (words)"
    assert check([file], options).findings == []


def test_a_question_without_an_answer_is_asked_with_the_flag_that_answers_it(words):
    file, made = words
    with pytest.raises(UsageError) as asked:
        open_intake([file], Options(template=made))
    assert str(asked.value).splitlines() == [
        "made asks what its files do not say:",
        "- Into which glossary? --set glossary=...",
        "Repeat the command with the answer.",
    ]


def test_an_answer_that_nobody_asked_for_is_refused(words):
    file, made = words
    with pytest.raises(UsageError, match="does not ask for glosary"):
        open_intake([file], Options(template=made, answers=(("glosary", "Finance"),)))


def test_a_place_for_an_answer_that_nothing_asks_for_is_a_mistake_of_the_template(tmp_path):
    with pytest.raises(TemplateError, match="nothing asks for"):
        template(
            tmp_path / "made", MAPPING.replace("{language}", "{langage}"), glossary=OPEN, term=OPEN
        )


STATED = (
    MAPPING.replace(
        'question = "Into which glossary?"',
        'question = "Into which glossary?", sheet = "cover", heading = "Name"',
    )
    + """
[[sheets]]
name = "cover"
aliases = ["front"]

[[sheets.entities]]
kind = "glossary"
columns = [
  { heading = "Name", aliases = ["Title"], path = "name", required = true },
  { heading = "Code", path = "code" },
  { heading = "Town", path = "town" },
]
"""
)


def stated(tmp_path, *covers, answers=(), form=""):
    """The glossaries that are made of a list of words and of these files with a cover."""
    folder = tmp_path / "made"
    mapping = STATED.replace('name = "cover"', f'name = "cover"\n{form}')
    template(folder, mapping, glossary=OPEN, term=OPEN)
    words = tmp_path / "words.csv"
    words.write_text("Word\nCat\n", "utf-8")
    files = [words]
    for number, text in enumerate(covers):
        files.append(tmp_path / f"cover{number}.csv" if number else tmp_path / "cover.csv")
        files[-1].write_text(text, "utf-8")
    intake = open_intake(files, Options(template=str(folder), answers=answers))
    intake.read(sink := Entities())
    return {entity.labels[-1] for entity in sink.kept if entity.kind == "glossary"}


def test_the_only_value_under_a_heading_of_a_sheet_is_the_answer(tmp_path):
    assert stated(tmp_path, "Title\nAnimals\n") == {"Animals"}


@pytest.mark.parametrize(
    ("form", "cover"),
    [
        ('quote = "\'"', "Name,Code\n'Cats, dogs',1\n"),
        ('delimiter = "^"', "Name^Code\nCats, dogs^1\n"),
    ],
)
def test_an_answer_is_read_in_the_form_that_its_sheet_declares(tmp_path, form, cover):
    assert stated(tmp_path, cover, form=form) == {"Cats, dogs"}


@pytest.mark.parametrize(
    ("cover", "reason"),
    [
        ("Name\nAnimals\nPlants\n", "The sheet cover says `Animals`, `Plants` under Name"),
        ("Name,Code\n,1\n", "Name is blank on the sheet cover"),
        ("Nome,Code,Town\nAnimals,1,Oslo\n", "The sheet cover has no column Name"),
    ],
)
def test_a_question_says_why_the_files_do_not_answer_it(tmp_path, cover, reason):
    with pytest.raises(UsageError, match=reason):
        stated(tmp_path, cover)


def test_an_answer_that_contradicts_the_files_is_refused(tmp_path):
    with pytest.raises(UsageError, match="--set glossary=Plants: the sheet cover says `Animals`"):
        stated(tmp_path, "Name\nAnimals\n", answers=(("glossary", "Plants"),))
    assert stated(tmp_path, "Name\nCats\nDogs\n", answers=(("glossary", "Dogs"),)) == {
        "Cats",
        "Dogs",
    }


@pytest.mark.parametrize("covers", [(), ("Name\nAnimals\nPlants\n",), ("Name\n",)])
def test_where_the_sheet_is_absent_or_has_no_or_two_values_the_answer_is_asked_for(
    tmp_path, covers
):
    with pytest.raises(UsageError, match="Into which glossary"):
        stated(tmp_path, *covers)


def test_a_list_that_is_too_long_to_be_looked_through_answers_nothing(tmp_path):
    """Only the first rows of a sheet are looked at, so that below them another value may stand."""
    with pytest.raises(UsageError, match="Into which glossary"):
        stated(tmp_path, "Name,Note\n" + "Animals,\n" * 70)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            'sheet = "cover"',
            'sheet = "covers"',
            "asks.glossary.sheet: there is no sheet called cov",
        ),
        ('heading = "Name"', 'heading = "Nome"', "asks.glossary.heading: there is no column"),
        (', heading = "Name"', "", "asks.glossary: needs both sheet and heading"),
        ('name = "cover"', 'name = "cover"\nknown_by = ["Nome"]', "known_by: there is no column"),
    ],
)
def test_a_sheet_or_heading_that_is_not_there_is_a_mistake_of_the_template(
    tmp_path, before, after, message
):
    mapping = STATED.replace(before, after, 1)
    with pytest.raises(TemplateError, match=message):
        template(tmp_path / "made", mapping, glossary=OPEN, term=OPEN)
