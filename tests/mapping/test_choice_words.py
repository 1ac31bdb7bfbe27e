"""Words of other languages are read as the choices of a column, and said once."""

from __future__ import annotations

import pytest

from importer.mapping.conversion.choice_words import ChoiceWords
from importer.mapping.conversion.converters import converter
from importer.mapping.conversion.values import Fault
from importer.template import Column, fold
from importer.template.words import Sense

WORDS = {
    "freigegeben": [Sense("VERIFIED", "de")],
    "inprüfung": [Sense("DRAFT", "de")],
    "aktiv": [Sense("active", "de")],
}
CHOICES = {"enum": ["VERIFIED", "DRAFT"]}


def words(choices=("VERIFIED", "DRAFT"), extract=""):
    return ChoiceWords(choices, lambda: WORDS, extract)


@pytest.mark.parametrize(
    ("text", "value"),
    [("freigegeben", "VERIFIED"), (" In Prüfung", "DRAFT"), ("draft", "DRAFT"), ("", "BLANK")],
)
def test_a_word_is_read_as_its_choice(text, value):
    convert = converter(Column(heading="Status"), CHOICES, "<clear>", choices=words())
    assert str(convert(text)) == value or repr(convert(text)) == value


def test_a_word_for_a_choice_of_another_column_is_none_here():
    convert = converter(Column(heading="Status"), CHOICES, "<clear>", choices=words())
    assert isinstance(convert("aktiv"), Fault)


def test_words_that_were_read_are_said_with_the_number_of_their_rows():
    read = words()
    convert = converter(Column(heading="Status"), CHOICES, "<clear>", choices=read)
    cells = ["freigegeben", "Freigegeben", "VERIFIED", "in Prüfung", "aktiv", ""]
    for cell in dict.fromkeys(cells):
        convert(cell)
    read.count(cells)
    read.count(["in Prüfung"] * 1_000)
    said = "`in Prüfung` -> DRAFT (1,001 rows), `freigegeben` -> VERIFIED (2 rows)"
    assert read.said() == said


def test_words_are_listed_whole_and_the_rest_is_counted():
    texts = [f"ein langes Wort mit der Nummer {number}" for number in range(16)]
    known = {fold(text): [Sense("DEPRECATED", "de")] for text in texts}
    many = ChoiceWords(["DEPRECATED"], lambda: known)
    for text in texts:
        many.meant(text)
    many.count(texts)
    said = many.said()
    assert said.endswith("-> DEPRECATED (1 row) and 12 more")
    assert len(said) < 300


def test_the_part_of_a_cell_that_is_read_is_counted():
    column = Column(heading="Status", extract=r"(\D+) seit \d+")
    read = words(extract=column.extract)
    convert = converter(column, CHOICES, "<clear>", choices=read)
    assert convert("freigegeben seit 2024") == "VERIFIED"
    read.count(["freigegeben seit 2024"])
    assert read.said() == "`freigegeben` -> VERIFIED (1 row)"


def test_the_values_of_a_column_are_choices_and_any_other_text_stays():
    column = Column(heading="Stand", values={"ok": "VERIFIED", "yes": True, "no": False})
    read = words(column.values.values())
    convert = converter(column, {}, "<clear>", choices=read)
    assert [convert(text) for text in ("freigegeben", "oui", "nein", "neu")] == [
        "VERIFIED",
        True,
        False,
        "neu",
    ]


def test_yes_and_no_are_not_worth_a_word():
    read = words((True, False))
    assert read.meant("ja") is True
    read.count(["ja"])
    assert read.said() == ""


def test_a_word_that_is_misspelt_is_helped_with_the_word_of_its_language():
    listed = {"VERIFIED": ["freigegeben", "In Kraft"], "DRAFT": ["in Prüfung"]}
    near = ChoiceWords(listed, lambda: WORDS, listed=lambda choice: listed[choice])
    convert = converter(Column(heading="Status"), CHOICES, "<clear>", choices=near)
    assert convert("freigeben").suggestion == "freigegeben"
    assert convert("in Prüfng").suggestion == "in Prüfung"
    assert convert("etwas anderes").suggestion is None
