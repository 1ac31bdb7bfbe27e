"""What people of other languages write for the headings, sheets and choices of a template."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, field

from importer.errors import TemplateError
from importer.suggest import did_you_mean, nearest
from importer.template.folded import fold, fold_each
from importer.template.model import Template

WORDS = "words.json"
MAX_FILE = 1 << 20
"""Bytes of such a file; the largest of those that ship has 60 kB."""

SECTIONS = ("headings", "sheets", "values")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_ACCENTS = re.compile("[\u0300-\u036f]+")

Listed = dict[str, dict[str, list[str]]]
"""Names of the template, each with its words by language."""


class Sense(NamedTuple):
    """What a word stands for in one language: a name as the template spells it."""

    name: str
    language: str


Index = Mapping[str, Sequence[Sense]]
"""The senses of each word, folded; also by its form without accents, and with `ae` for `ä`."""


class Words(Struct, frozen=True):
    """The words for headings, for the names of sheets, and for choices.

    A heading or the name of a sheet stands for any name that a template has for it, a choice for
    the value to be sent.
    """

    headings: Index = field(default_factory=dict)
    sheets: Index = field(default_factory=dict)
    values: Index = field(default_factory=dict)


def words_of(template: Template) -> Words:
    """Return the words of a template and of those that it extends, read when first asked for."""
    return _words(template.word_files) if template.word_files else _NONE


def choice_of(word: str, words: Words) -> str:
    """Return the choice for which a word stands, blank where it stands for none."""
    senses = words.values.get(fold(word), ())
    return senses[0].name if senses else ""


def choice_words(choice: str, template: Template) -> list[str]:
    """Return what people of other languages write for a choice, as the files list it."""
    listed = (_read(path)["values"].get(choice, {}) for path in template.word_files)
    return [word for by_language in listed for words in by_language.values() for word in words]


def words_beside(mapping: Path) -> Path | None:
    """Return the file of words in the folder of a mapping, where there is one.

    Raises TemplateError where it cannot be used.
    """
    path = mapping.with_name(WORDS)
    if not path.is_file():
        return None
    if not path.resolve().is_relative_to(mapping.parent.resolve()):
        raise TemplateError(f"{path}: leads out of the folder of the template.")
    return path


def demand_names(path: Path, template: Template) -> None:
    """Raise TemplateError where a file of words is wrong, or names what the template has not."""
    read = _read(path)
    headings = [n for sheet in template.sheets for c in sheet.columns.values() for n in c.names]
    sheets = [name for sheet in template.sheets for name in (sheet.name, *sheet.aliases)]
    for section, known in (("headings", headings), ("sheets", sheets)):
        if strange := next((name for name in read[section] if name not in known), None):
            hint = did_you_mean(nearest(strange, known))
            raise TemplateError(f"{path}: {section}: the template has no {strange}{hint}")


@cache
def _words(files: tuple[Path, ...]) -> Words:
    *others, last = map(_listed, files)
    if not others:
        return last
    return Words(
        *(_merged([getattr(each, section) for each in (*others, last)]) for section in SECTIONS)
    )


def _merged(indexes: Sequence[Index]) -> Index:
    found: dict[str, Sequence[Sense]] = {}
    for index in indexes:
        found |= {word: (*found.get(word, ()), *senses) for word, senses in index.items()}
    return found


@cache
def _listed(path: Path) -> Words:
    read = _read(path)
    return Words(*(_index(read[section]) for section in SECTIONS))


def _index(section: Listed) -> Index:
    """Return the senses of all words, by each of their forms."""
    if not (pairs := list(_senses(section))):
        return {}
    found: dict[str, list[Sense]] = {}
    for form, (_, sense) in zip(fold_each(word for word, _ in pairs), pairs, strict=True):
        found.setdefault(form, []).append(sense)
    accented = [pair for pair in pairs if not pair[0].isascii()]
    joined = "\0".join(word for word, _ in accented)
    for forms in map(fold_each, ([_without_accents(joined)], [joined.translate(_UMLAUTS)])):
        for form, (_, sense) in zip(forms, accented, strict=bool(accented)):
            if sense not in (senses := found.setdefault(form, [])):
                senses.append(sense)
    return found


def _senses(section: Listed) -> Iterator[tuple[str, Sense]]:
    for name, by_language in section.items():
        for language, words in by_language.items():
            sense = Sense(name, language)
            yield from ((word, sense) for word in words)


def _without_accents(text: str) -> str:
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", text)))


def _read(path: Path) -> dict[str, Listed]:
    import orjson  # English lists need no words

    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE + 1)
        if len(content) > MAX_FILE:
            raise TemplateError(f"{path}: has more than {MAX_FILE:,} bytes.")
        raw: Any = orjson.loads(content)
    except OSError as error:
        raise TemplateError(f"{path}: cannot be read ({error.strerror}).") from None
    except ValueError as error:
        raise TemplateError(f"{path}: not valid JSON: {error}.") from None
    if wrong := next(_mistakes(raw), ""):
        raise TemplateError(f"{path}: {wrong}")
    return {section: raw.get(section, {}) for section in SECTIONS}


def _mistakes(raw: Any) -> Iterator[str]:
    if not isinstance(raw, dict):
        yield "must be an object."
        return
    for section, names in raw.items():
        if section == "about":
            continue
        if section not in SECTIONS:
            yield f"{section}: unknown key; known are {', '.join(SECTIONS)}."
        elif not isinstance(names, dict):
            yield f"{section}: must be an object of names."
        else:
            yield from (f"{section}.{n}: {_FORM}" for n, by in names.items() if not _is_listed(by))


def _is_listed(by_language: Any) -> bool:
    """Return whether a value lists words by language."""
    if not isinstance(by_language, dict):
        return False
    lists = list(by_language.values())
    words = [word for words in lists if isinstance(words, list) for word in words]
    return all(isinstance(words, list) for words in lists) and all(map(_is_word, words))


def _is_word(word: Any) -> bool:
    return isinstance(word, str) and bool(word.strip()) and "\0" not in word


_FORM = 'must list words by language: {"de": ["Begriff"]}.'
_NONE = Words()
