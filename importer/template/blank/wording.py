"""The language of a blank workbook: our own phrases, and a template's words in that language."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from importer.errors import TemplateError, UsageError
from importer.template.files import read_toml
from importer.template.model import Template

ENGLISH = "en"
FOLDER = "languages"
TABLES = ("sheets", "headings", "values", "texts")
"""The tables of a catalogue, each English -> the other language."""

Words = Mapping[str, str]


class Wording(Struct, frozen=True):
    """What a blank workbook says in one language; a text that a table lacks stays English.

    `phrases` are our own, by name; the others are the template's, by their English text.
    """

    language: str
    phrases: Words
    sheets: Words = field(default_factory=dict)
    headings: Words = field(default_factory=dict)
    values: Words = field(default_factory=dict)
    texts: Words = field(default_factory=dict)

    def sheet(self, name: str) -> str:
        """Return the name of a sheet."""
        return self.sheets.get(name, name)

    def heading(self, heading: str) -> str:
        """Return a heading."""
        return self.headings.get(heading, heading)

    def value(self, word: str) -> str:
        """Return a value of a drop-down."""
        return self.values.get(word, word)

    def text(self, text: str) -> str:
        """Return a title, a note, an example or a line of the instructions."""
        return self.texts.get(text, text)

    def phrase(self, name: str, /, **values: object) -> str:
        """Return one of our own phrases, with values in its places."""
        return self.phrases[name].format(**values)

    def joined(self, words: list[str]) -> str:
        """Return an enumeration: `a, b or c`."""
        if len(words) < 2:
            return "".join(words)
        return self.phrase("or", most=", ".join(words[:-1]), last=words[-1])


def languages(template: Template) -> list[str]:
    """Return the languages in which a blank workbook of a template can be made, English first.

    What it only inherits would leave its own headings English.
    """
    own = {file.stem for file in (template.folder / FOLDER).glob("*.toml")}
    return [ENGLISH, *sorted(own - {ENGLISH})]


def wording(template: Template, language: str = ENGLISH) -> Wording:
    """Return the wording of a template's blank workbook.

    What a template extends has words for it too. Raises UsageError for a language that there is
    not, TemplateError for mistakes in a catalogue.
    """
    if language not in (known := languages(template)):
        raise UsageError(
            f"{template.name} has no blank workbook in `{language}`; its languages are: "
            f"{', '.join(known)}."
        )
    tables: dict[str, dict[str, str]] = {table: {} for table in TABLES}
    for file in _catalogues(template):
        if file.stem == language:
            for table, words in _read(file).items():
                tables[table].update(words)
    return Wording(language, phrases(language), **tables)


def phrases(language: str) -> dict[str, str]:
    """Return our own phrases in a language, in English where there are none."""
    file = Path(__file__).with_name(f"phrases.{language}.toml")
    found: dict[str, str] = read_toml(
        file if file.is_file() else file.with_name(f"phrases.{ENGLISH}.toml")
    )[1]
    return found


def _catalogues(template: Template) -> list[Path]:
    """Return the catalogues of a template, those that count more last."""
    folders = [*template.bases, template.folder]
    return [file for folder in folders for file in sorted((folder / FOLDER).glob("*.toml"))]


def _read(file: Path) -> dict[str, dict[str, str]]:
    """Return the tables of a catalogue. Raises TemplateError."""
    _, found = read_toml(file)
    for table, words in found.items():
        if table not in TABLES:
            raise TemplateError(f"{file}: {table}: unknown key; known are {', '.join(TABLES)}.")
        if not isinstance(words, dict):
            raise TemplateError(f"{file}: {table}: is no table.")
        for key, word in words.items():
            if not isinstance(word, str) or not word:
                raise TemplateError(f"{file}: {table}.{key}: is no text.")
    return found
