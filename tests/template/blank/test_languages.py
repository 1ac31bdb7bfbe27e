"""Blank workbooks in other languages: complete, and read again as they are shown."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from importer.errors import TemplateError, UsageError
from importer.mapping.header import matches
from importer.options import Options
from importer.pipeline.check import check
from importer.template import find, find_all, fold, load
from importer.template.blank import languages, write_blank
from importer.template.blank.choices import choice_of as choices
from importer.template.blank.fields import fields_of
from importer.template.blank.wording import wording
from importer.template.words import choice_of, words_of
from importer.yes_no import yes_or_no

TEMPLATES = {template.name: template for template in find_all()}
MADE = [
    (name, language)
    for name, template in TEMPLATES.items()
    for language in languages(template)
    if language != "en"
]
PHRASES = Path(__file__).parents[3] / "importer/template/blank"


def shown(template) -> dict[str, set[str]]:
    """All English texts of a blank workbook, by the table of a catalogue that has them."""
    columns = [c for s in template.sheets for c in s.columns.values() if c.offered]
    english = wording(template)
    return {
        "sheets": {sheet.name for sheet in template.sheets},
        "headings": {column.heading for column in columns},
        "values": {
            word
            for sheet in template.sheets
            for heading in sheet.columns
            for word in choices(template, sheet, heading, {}, english).words
        },
        "texts": {
            template.title,
            template.description,
            *template.instructions,
            *(column.note for column in columns),
            *(ask.question for ask in template.asks.values()),
        }
        - {""},
    }


def test_german_is_there_for_the_templates_that_people_fill_in():
    assert {name for name, language in MADE if language == "de"} >= {
        "apache-atlas-workbook",
        "atlan-glossary",
        "room-list",
        "trebellar-portfolio",
    }


@pytest.mark.parametrize(("name", "language"), MADE)
def test_every_text_of_a_blank_workbook_has_its_words(name, language):
    words = wording(TEMPLATES[name], language)
    lacking = {
        table: texts - set(getattr(words, table)) for table, texts in shown(find(name)).items()
    }
    assert lacking == {"sheets": set(), "headings": set(), "values": set(), "texts": set()}


@pytest.mark.parametrize(("name", "language"), MADE)
def test_a_catalogue_has_no_words_for_texts_that_nothing_shows(name, language):
    """Of those that extend the template neither."""
    folder = TEMPLATES[name].folder
    users = [t for t in TEMPLATES.values() if folder in (t.folder, *t.bases)]
    catalogue = tomllib.loads((folder / f"languages/{language}.toml").read_text("utf-8"))
    for table, words in catalogue.items():
        known = {text for user in users for text in shown(user)[table]}
        if table == "texts":
            known |= {
                column.example
                for user in users
                for sheet in user.sheets
                for column in sheet.columns.values()
            }
        assert set(words) - known == set(), table


@pytest.mark.parametrize(("name", "language"), MADE)
def test_headings_and_sheets_are_recognised_as_they_are_shown(name, language):
    template, words = TEMPLATES[name], wording(TEMPLATES[name], language)
    known = words_of(template)
    for rule in template.sheets:
        fields = [field for field in fields_of(template, rule, {}, words=words) if field.letter]
        found = matches([field.shown for field in fields], rule, lambda: known.headings)
        assert found == {field.rule.heading: [at] for at, field in enumerate(fields)}
        sheet = words.sheet(rule.name)
        names = {sense.name for sense in known.sheets.get(fold(sheet), ())} | {sheet}
        assert names & {rule.name, *rule.aliases}, sheet


@pytest.mark.parametrize(("name", "language"), MADE)
def test_values_are_read_as_they_are_shown(name, language):
    template, words = TEMPLATES[name], wording(TEMPLATES[name], language)
    for value in shown(template)["values"]:
        said = words.value(value)
        if value in ("yes", "no"):
            assert yes_or_no(said) is (value == "yes")
        else:
            assert value in (said, choice_of(said, words_of(template)))


@pytest.mark.parametrize("file", sorted(PHRASES.glob("phrases.*.toml")), ids=lambda file: file.stem)
def test_our_own_phrases_are_complete_in_each_language(file):
    english = tomllib.loads((PHRASES / "phrases.en.toml").read_text("utf-8"))
    phrases = tomllib.loads(file.read_text("utf-8"))
    places = re.compile(r"\{\w+\}|&[PN]")
    assert {name: sorted(places.findall(text)) for name, text in phrases.items()} == {
        name: sorted(places.findall(text)) for name, text in english.items()
    }


def test_an_unknown_language_is_refused_with_those_that_there_are(tmp_path):
    with pytest.raises(UsageError, match=r"no blank workbook in `fr`; its languages are: en, de\."):
        write_blank(TEMPLATES["atlan-glossary"], tmp_path / "b.xlsx", language="fr")
    with pytest.raises(UsageError, match=r"in `\.\./de`; its languages are: en, de\."):
        write_blank(TEMPLATES["atlan-glossary"], tmp_path / "b.xlsx", language="../de")


WRONG = [
    ("[heading]\nTerm = 'Begriff'", "heading: unknown key; known are sheets, headings,"),
    ("headings = 3", "headings: is no table."),
    ("[headings]\nTerm = 3", r"headings.Term: is no text."),
    ("[headings]\nTerm = ''", r"headings.Term: is no text."),
    ("[headings", "not valid TOML"),
]


@pytest.mark.parametrize(("catalogue", "message"), WRONG)
def test_a_mistake_in_a_catalogue_is_reported_with_its_file(tmp_path, catalogue, message):
    folder = tmp_path / "room-list"
    shutil.copytree(TEMPLATES["room-list"].folder, folder)
    (folder / "languages" / "it.toml").write_text(catalogue)
    with pytest.raises(TemplateError, match=rf"it\.toml: {message}"):
        wording(load(folder), "it")


def test_a_language_without_phrases_of_ours_has_the_english_ones(tmp_path):
    folder = tmp_path / "room-list"
    shutil.copytree(TEMPLATES["room-list"].folder, folder)
    (folder / "languages" / "it.toml").write_text("[sheets]\nRooms = 'Stanze'\n")
    book = load_workbook(write_blank(load(folder), tmp_path / "b.xlsx", language="it"))
    assert book.sheetnames[:2] == ["Instructions", "Stanze"]


TOLD = ("read_as", "hidden_columns")
"""What is said of a German workbook: how its values are read, and that folded columns count."""

FILLED = {
    "atlan-glossary": {
        "Glossare": [{"Glossar": "Finanzen", "Zertifikat": "freigegeben", "Favorit": "ja"}],
        "Kategorien": [{"Glossar": "Finanzen", "Kategorie": "Erlöse"}],
        "Begriffe": [
            {
                "Glossar": "Finanzen",
                "Begriff": "Nettoumsatz",
                "Beschreibung": "Erlöse nach Rabatten.",
                "Kategorien": "Erlöse",
                "Zertifikat": "Entwurf",
                "Synonyme": "Bruttoumsatz",
            },
            {"Glossar": "Finanzen", "Begriff": "Bruttoumsatz", "Art der Ankündigung": "Hinweis"},
        ],
        "Links": [
            {
                "Glossar": "Finanzen",
                "Begriff": "Nettoumsatz",
                "Titel": "Definition",
                "URL": "https://example.com/umsatz",
                "Art des Symbols": "Bild",
            }
        ],
    },
    "trebellar-portfolio": {
        "Gebäude": [
            {"Gebäude": "Hafenstraße", "Zeitzone": "Europe/Berlin", "Status": "Auszug geplant"}
        ],
        "Etagen": [{"Gebäude": "Hafenstraße", "Etage": "2. OG", "Kapazität": 40}],
        "Räume": [
            {"Gebäude": "Hafenstraße", "Etage": "2. OG", "Raum": "Elbblick", "Buchbar": "ja"}
        ],
        "Arbeitsplätze": [
            {
                "Gebäude": "Hafenstraße",
                "Etage": "2. OG",
                "Raum": "Elbblick",
                "Arbeitsplatz": "A1",
                "Buchbar": "nein",
            }
        ],
    },
    "room-list": {
        "Räume": [
            {
                "Gebäude": "Hafenstraße",
                "Etage": "2. OG",
                "Raum": "Elbblick",
                "Zeitzone": "Europe/Berlin",
                "Raumtyp": "Besprechungsraum",
                "Buchbar": "ja",
                "Gebäudestatus": "aktiv",
            }
        ],
    },
}


def fill(file: Path, rows) -> Path:
    """Fill rows into a blank workbook, each heading -> cell."""
    book = load_workbook(file)
    for title, sheet_rows in rows.items():
        places = {str(cell.value).removesuffix(" *"): cell.column for cell in book[title][1]}
        for number, row in enumerate(sheet_rows, 2):
            for heading, value in row.items():
                book[title].cell(number, places[heading], value)
    book.save(file)
    return file


@pytest.mark.parametrize("name", FILLED)
def test_a_german_workbook_is_checked_without_a_finding_that_needs_looking_at(name, tmp_path):
    made = write_blank(TEMPLATES[name], tmp_path / "b.xlsx", language="de")
    result = check([fill(made, FILLED[name])], Options())
    assert result.template == name
    assert [str(f) for f in result.findings if f.code not in TOLD] == []
    assert (result.counts.valid, result.counts.invalid) == (result.counts.rows, 0)
    assert result.counts.rows == sum(map(len, FILLED[name].values()))
