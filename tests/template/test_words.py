"""The words of other languages: what ships is sound, what a user writes is checked."""

from __future__ import annotations

import json
from itertools import chain

import pytest

from importer.errors import TemplateError
from importer.mapping.header import Names, headed, matches
from importer.mapping.recognition.look import Look
from importer.mapping.recognition.recognise import Recogniser
from importer.template import find, find_all, fold, load
from importer.template.words import choice_of, words_of
from tests.mapping.build import Rows

SHIPPED = find_all()
LISTING = [template for template in SHIPPED if (template.folder / "words.json").is_file()]
RULES = [(template, rule) for template in SHIPPED for rule in template.sheets]
IDS = [f"{template.name}-{rule.name}" for template, rule in RULES]


@pytest.mark.parametrize(("template", "rule"), RULES, ids=IDS)
def test_no_word_names_two_headings_of_a_sheet(template, rule):
    mains = Names.of(rule).mains
    for word, senses in words_of(template).headings.items():
        meant = {mains[fold(sense.name)] for sense in senses if fold(sense.name) in mains}
        assert len(meant | {mains.get(word)} - {None}) <= 1, word


@pytest.mark.parametrize("template", SHIPPED, ids=lambda template: template.name)
def test_no_word_names_two_kinds_of_sheets_or_two_choices(template):
    named = {fold(n): rule.name for rule in template.sheets for n in (rule.name, *rule.aliases)}
    words = words_of(template)
    for word, senses in words.sheets.items():
        kinds = {named[n] for sense in senses if (n := fold(sense.name)) in named}
        assert len(kinds | {named.get(word)} - {None}) <= 1, word
    assert all(len({sense.name for sense in senses}) == 1 for senses in words.values.values())


@pytest.mark.parametrize("template", LISTING, ids=lambda template: template.name)
def test_words_are_given_for_names_and_choices_that_the_template_has(template):
    """Only an own file is looked at: what is inherited may be more than the template has."""
    listed = json.loads((template.folder / "words.json").read_text("utf-8"))
    names = {n for rule in template.sheets for c in headed(rule).values() for n in c.names}
    sheets = {name for rule in template.sheets for name in (rule.name, *rule.aliases)}
    assert listed["headings"].keys() <= names
    assert listed["sheets"].keys() <= sheets
    assert listed["values"].keys() <= set(map(str, _choices(template)))


def _choices(template):
    for kind in template.kinds.values():
        yield from _enumerated(kind.schema)
    for rule in template.sheets:
        yield from chain.from_iterable(c.values.values() for c in headed(rule).values())


def _enumerated(node):
    if isinstance(node, dict):
        yield from node.get("enum", ())
        node = list(node.values())
    for part in node if isinstance(node, list) else ():
        yield from _enumerated(part)


OURS = [
    (t, r) for t, r in RULES if t.name in ("atlan-glossary", "trebellar-portfolio", "room-list")
]


@pytest.mark.parametrize(("template", "rule"), OURS, ids=lambda one: one.name)
def test_german_has_a_word_for_every_heading(template, rule):
    known = [s for senses in words_of(template).headings.values() for s in senses]
    german = {fold(sense.name) for sense in known if sense.language == "de"}
    without = {h for h, c in headed(rule).items() if german.isdisjoint(map(fold, c.names))}
    assert {h for h in without if "*" not in h and not h.startswith("Desk ")} == set()


def test_a_template_has_the_words_of_what_it_extends(tmp_path):
    mapping = 'title = "Ours"\nsystem = "trebellar"\nextends = "room-list"\n'
    sheet = '[[sheets]]\nname = "Rooms"\n[[sheets.entities]]\nkind = "building"\n'
    columns = 'columns = [{ heading = "Name", path = "label", required = true }]\n'
    (tmp_path / "mapping.toml").write_text(mapping + sheet + columns, encoding="utf-8")
    words = {"headings": {"Name": {"eo": ["Nomo"]}}, "sheets": {"Rooms": {"eo": ["Ĉambroj"]}}}
    (tmp_path / "words.json").write_text(json.dumps(words), encoding="utf-8")
    found = words_of(load(tmp_path))
    assert {
        sense.name for word in ("raumnummer", "gebäude", "nomo") for sense in found.headings[word]
    }
    assert {"ĉambroj", "raumliste", "räume"} <= found.sheets.keys()


@pytest.mark.parametrize("word", ["Gebäude", "GEBÄUDE", "Gebaude", "Gebaeude", "Geba\u0308ude *:"])
def test_case_accents_and_umlauts_do_not_matter(word):
    template = find("trebellar-portfolio")
    rule = next(rule for rule in template.sheets if rule.name == "Buildings")
    assert matches([word], rule, lambda: words_of(template).headings) == {"Building": [0]}


def test_a_word_is_one_choice_or_none():
    words = words_of(find("atlan-glossary"))
    assert choice_of("Freigegeben ", words) == "VERIFIED"
    assert choice_of("aktiv", words) == ""


WRONG = [
    ("[]", "must be an object"),
    ("{", "not valid JSON"),
    ('{"heading": {}}', "heading: unknown key"),
    ('{"headings": {"Name": ["Nomo"]}}', "headings.Name: must list words by language"),
    ('{"headings": {"Name": {"eo": [""]}}}', "headings.Name: must list words by language"),
    ('{"headings": {"Nmae": {"eo": ["Nomo"]}}}', "the template has no Nmae. Did you mean Name?"),
    ('{"sheets": {"Things": {"eo": ["Aĵoj"]}}}', "sheets: the template has no Things"),
    (f'{{"about": "{"x" * (1 << 20)}"}}', "has more than 1,048,576 bytes"),
]


@pytest.mark.parametrize(("text", "said"), WRONG, ids=[said for _, said in WRONG])
def test_a_mistake_in_a_users_words_is_an_error_that_names_the_file(tmp_path, text, said):
    _own(tmp_path, text)
    with pytest.raises(TemplateError, match=r"words\.json") as caught:
        load(tmp_path)
    assert said in str(caught.value)


def test_english_headings_need_no_words(tmp_path):
    template = _own(tmp_path, '{"headings": {"Name": {"eo": ["Nomo"]}}}') or load(tmp_path)
    (tmp_path / "words.json").unlink()
    look = Look(Rows("Sheet1", [["Name", "Colour"]]))
    assert Recogniser([template], chosen=True).judge(look, alone=True).taken
    with pytest.raises(TemplateError):
        Recogniser([template], chosen=True).judge(Look(Rows("Sheet1", [["Nomo"]])))


def _own(folder, words):
    mapping = """\
title = "Ours"
system = "harbour"
[kinds.thing]
key = ["name"]
[[sheets]]
name = "Boats"
[[sheets.entities]]
kind = "thing"
columns = [
  { heading = "Name", path = "name", required = true },
  { heading = "Colour", path = "colour" },
]
"""
    (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    (folder / "thing.schema.json").write_text('{"type": "object"}', encoding="utf-8")
    (folder / "words.json").write_text(words, encoding="utf-8")
