"""A sheet is taken for one kind on evidence that can be told, and asked about otherwise."""

from __future__ import annotations

import pytest

from importer.mapping.recognition.look import Look
from importer.mapping.recognition.recognise import Recogniser
from importer.template import find_all
from tests.mapping.build import Rows

SHIPPED = find_all("")
PLAIN_NAMES = ("Sheet1", "report-2026", "Table 1")


def judged(name, headings, template="", **how):
    look = Look(Rows(name, [headings.split(",")]))
    templates = [made for made in SHIPPED if template in ("", made.name)]
    return Recogniser(templates, chosen=bool(template)).judge(look, **how)


def taken(name, headings, **how):
    found = judged(name, headings, **how).taken
    return (found.template.name, found.rule.name) if found else None


def asked(name, headings, **how):
    verdict = judged(name, headings, **how)
    assert verdict.taken is None
    return {(c.template.name, c.rule.name) for c in verdict.likely}


ATLAN, SPACES = "atlan-glossary", "trebellar-portfolio"
GLOSSARIES, CATEGORIES = (ATLAN, "Glossaries"), (ATLAN, "Categories")
TERMS, LINKS, ASSETS = (ATLAN, "Terms"), (ATLAN, "Links"), (ATLAN, "Assets")
OPEN_METADATA = ("openmetadata", "glossary")

BY_HEADINGS = [
    ("Term,Definition", TERMS),
    ("Glossary,Term,Language", TERMS),
    ("Glossary,Name,Category,Description", TERMS),
    ("Term,Definition,Steward,Domain,Source,Approved by,Reviewed", TERMS),
    ("Glossary,Category,Description", CATEGORIES),
    ("Glossary,Description,Owners", GLOSSARIES),
    ("Name,Description,Language,Usage", GLOSSARIES),
    ("Glossary,Term,Title,URL", LINKS),
    ("Type,Qualified name,Name", ASSETS),
    ("GlossaryName,TermName,ShortDescription", ("apache-atlas", "Glossary terms")),
    ("parent,name*,displayName,description,synonyms,relatedTerms,references", OPEN_METADATA),
    ("Name,Timezone,Address", (SPACES, "Buildings")),
    ("Building,City,Timezone", (SPACES, "Buildings")),
    ("Building,Floor,Space,a,b,c,d", (SPACES, "Spaces")),
    ("Building,Floor,Space,Desk", (SPACES, "Desks")),
    ("Building,Timezone,Floor,Room", ("room-list", "Rooms")),
]


@pytest.mark.parametrize(("headings", "kind"), BY_HEADINGS)
def test_headings_that_only_one_kind_explains_settle_it(headings, kind):
    assert [taken(name, headings) for name in PLAIN_NAMES] == [kind] * 3


BY_NAME = [
    ("Categories", "Glossary,Name,Description", CATEGORIES),
    ("My glossary - Categories", "Glossary,Name,Description", CATEGORIES),
    ("Book - Terms", "Name,Description,Parent,Owner", TERMS),
    ("terms 2026-05", "Glossary,Name,Description", TERMS),
    ("glossary_terms", "Name,Description,Owner", TERMS),
    ("Glossaries", "Name,Description", GLOSSARIES),
    ("assets", "Name,Type,Location,Serial", ASSETS),
    ("Links", "Name,URL,Glossary,Term", LINKS),
    ("spaces", "Name,ChangedBy,CreatedOn,Category,FloorName,Description", (SPACES, "Spaces")),
    ("rooms", "Building,Floor,Room,Capacity", (SPACES, "Spaces")),
]


@pytest.mark.parametrize(("name", "headings", "kind"), BY_NAME)
def test_a_sheet_named_after_a_kind_is_that_kind(name, headings, kind):
    assert taken(name, headings) == kind


def test_the_file_of_a_single_sheet_may_be_named_after_the_kind():
    look = Look(Rows("Sheet1", [["Glossary", "Name", "Description"]]), file="my terms")
    assert Recogniser(SHIPPED).judge(look).taken.rule.name == "Terms"


@pytest.mark.parametrize("headings", ["Term,Definition", "Glossary,Term,Definition", "Term,Owner"])
@pytest.mark.parametrize("name", ["glossary", "Glossary", "Business glossary"])
def test_a_glossary_whose_columns_say_terms_is_never_a_list_of_glossaries(name, headings):
    assert taken(name, headings) == TERMS


BOTH = [
    ("Glossaries", "Glossary,Term,Definition", {GLOSSARIES, TERMS}),
    ("categories", "Glossary,Category,Term", {CATEGORIES, TERMS}),
    ("floors", "Building,Floor,Space", {(SPACES, "Floors"), (SPACES, "Spaces")}),
    ("rooms", "Building,Floor,Space,Desk", {(SPACES, "Spaces"), (SPACES, "Desks")}),
    ("glossary", "Name,Definition,Synonyms,Acronym", {TERMS}),
    ("glossary", "Name,Definition", {GLOSSARIES, TERMS}),
    ("Glossary export 2026", "Name,Definition,Status", {GLOSSARIES, TERMS}),
    ("Terms", "Glossary,Name,Category,URL", {TERMS, LINKS}),
    ("Terms", "Glossary,Name,Title,URL", {TERMS, LINKS}),
]


@pytest.mark.parametrize(("name", "headings", "kinds"), BOTH)
def test_where_the_name_says_one_kind_and_the_columns_another_the_user_is_asked(
    name, headings, kinds
):
    assert asked(name, headings) >= kinds


TIED = [
    ("Glossary,Name,Description", {CATEGORIES, TERMS, OPEN_METADATA}),
    ("Glossary,Name,Description,Owner,Status", {CATEGORIES, TERMS}),
    ("Name,Definition", {GLOSSARIES, CATEGORIES, TERMS}),
    ("Name,Building,Floor", {(SPACES, "Spaces"), (SPACES, "Desks"), (SPACES, "Sensor groups")}),
    ("Glossary,Term,Description,Title,URL", {TERMS, LINKS}),
    ("Building,Floor,Room,Room code,Seats", {("room-list", "Rooms"), (SPACES, "Spaces")}),
    ("Glossary,Trem,Description", {GLOSSARIES, TERMS}),
    ("Glossary,Terms,Definition", {GLOSSARIES, TERMS}),
]
GUESSES = [
    ("Name,Description,Phone,Email,City", {GLOSSARIES, TERMS, OPEN_METADATA}),
    ("Title,URL,Author,Year,Publisher", {LINKS}),
    ("Category,Description,Status,a,b,c,d", {CATEGORIES}),
    ("Glossary,Wortlaut,Definition,Quelle,Stand", {GLOSSARIES, CATEGORIES, TERMS}),
    ("Building,Floor,Zone,Desk no.,X", {(SPACES, "Floors"), (SPACES, "Desks")}),
    ("name,description,status,category,url", {TERMS, LINKS}),
    (
        "Nick Name,Name,Status,Definition,Acronym,Resources,Related Terms,Synonyms,Stewards",
        {TERMS},
    ),
    ("Name,Full Name,Asset Type,Business unit,Domain,Definition,Status", {ASSETS, TERMS}),
    (
        "Name,ChangedBy,CreatedOn,Category,FloorName,Description,ExtSystem,RoomTag,GrossArea",
        {TERMS, (SPACES, "Spaces")},
    ),
]


@pytest.mark.parametrize(("headings", "kinds"), TIED + GUESSES)
def test_a_tie_or_a_guess_on_everyday_words_is_a_question(headings, kinds):
    for name in PLAIN_NAMES:
        assert asked(name, headings) >= kinds


@pytest.mark.parametrize(("headings", "kinds"), TIED + GUESSES)
def test_what_the_question_offers_is_an_answer(headings, kinds):
    """A sheet that is said to be of a kind is of that kind."""
    for template, kind in kinds:
        look = Look(Rows("Sheet1", [headings.split(",")]), kind=kind)
        chosen = [t for t in SHIPPED if t.name == template]
        found = Recogniser(chosen, chosen=True).judge(look).taken
        assert (found.template.name, found.rule.name) == (template, kind)


IN_OTHER_LANGUAGES = [
    ("Glossar,Begriff,Definition", TERMS),
    ("Glossar,Bezeichnung,Kategorie,Beschreibung", TERMS),
    ("Glossaire,Catégorie,Description", CATEGORIES),
    ("Glosario,Término,Título,Enlace", LINKS),
    ("Edificio,Dirección,Huso horario", (SPACES, "Buildings")),
    ("Gebäude,Zeitzone,Etage,Raum", ("room-list", "Rooms")),
    ("Budynek,Piętro,Sala,Liczba miejsc", (SPACES, "Spaces")),
    ("BATIMENT,ETAGE,SALLE,POSTE", (SPACES, "Desks")),
    ("Gebaeude,Stockwerk,Schreibtisch", (SPACES, "Desks")),
]


@pytest.mark.parametrize(("headings", "kind"), IN_OTHER_LANGUAGES)
def test_headings_in_another_language_settle_it_as_english_ones_do(headings, kind):
    assert [taken(name, headings) for name in PLAIN_NAMES] == [kind] * 3


TIED_IN_OTHER_LANGUAGES = [
    ("Glossar,Name,Beschreibung", {CATEGORIES, TERMS}),
    ("Glossaire,Nom,Description,Propriétaire,Statut", {CATEGORIES, TERMS}),
    ("Glosario,Término,Descripción,Título,Enlace", {TERMS, LINKS}),
]


@pytest.mark.parametrize(("headings", "kinds"), TIED_IN_OTHER_LANGUAGES)
def test_a_tie_in_another_language_is_a_question(headings, kinds):
    assert all(asked(name, headings) >= kinds for name in PLAIN_NAMES)


NO_LIST_OF_OURS = [
    "Name,Status,Typ,Link,Beschreibung,Preis",
    "Bezeichnung,Beschreibung,Status,Datum",
    "Nom,Description,Type,Statut,Responsable,Budget",
    "Titel,Link,Autor,Jahr,Verlag",
    "Gebäude,Raum,Mieter,Miete",
]


@pytest.mark.parametrize("headings", NO_LIST_OF_OURS)
def test_words_that_any_list_has_make_no_kind_in_another_language(headings):
    assert taken("Tabelle1", headings) is None


def test_words_do_not_make_a_sheet_one_that_lacks_what_its_rows_need():
    """Such a list is proposed, with a question about what is not there."""
    assert taken("Begriffe", "Begriff,Definition,Synonyme") is None
    assert taken("Tabelle1", "Gebäude,Adresse,Ort") is None


def test_a_sheet_named_in_another_language_is_of_that_kind():
    assert taken("Begriffe", "Glossar,Name,Beschreibung") == TERMS
    assert taken("Liste des catégories", "Glossaire,Nom,Description") == CATEGORIES
    assert taken("Ra\u0308ume", "Gebäude,Etage,Name") == (SPACES, "Spaces")


def test_a_template_that_was_chosen_for_one_sheet_need_not_be_certain():
    headings = "Nick Name,Name,Status,Definition,Acronym,Resources,Stewards,Experts"
    assert taken("x", headings, template=ATLAN, alone=True) == TERMS
    assert taken("x", "Name,a,b,c,relatedTerms", template="openmetadata", alone=True)
    assert asked("x", "Glossary,Name,Description", template=ATLAN, alone=True) >= {TERMS}


def test_headings_in_a_row_further_down_do_not_outweigh_those_above():
    rows = [["Term", "Definition"], ["a", "b"], [], ["Glossary", "Category", "Parent category"]]
    found = Recogniser(SHIPPED).judge(Look(Rows("x", rows))).taken
    assert (found.rule.name, found.header.row) == ("Terms", 1)


def test_the_evidence_is_kept_with_the_candidate():
    found = judged("Terms", "Term,Synonyms,Colour").taken
    assert found.named
    assert found.own == {"term"}
    assert found.headings == ["Term", "Synonyms"]
    assert (found.missing, found.columns) == (("Glossary",), 3)


MISSPELT = [
    ("Glossar,Begrif,Definition,Status", GLOSSARIES, TERMS),
    ("Glosario,Terminó,Definición,Estado", GLOSSARIES, TERMS),
    ("Glossar,Kategorie,Begrif,Definition", CATEGORIES, TERMS),
    ("Gebäude,Etage,Raumm,Kapazität", (SPACES, "Floors"), (SPACES, "Spaces")),
    ("Bâtiment,Étage,Sale,Capacité", (SPACES, "Floors"), (SPACES, "Spaces")),
    ("Здание,Этаж,Помещенье,Вместимость", (SPACES, "Floors"), (SPACES, "Spaces")),
    ("Gebäude,Zeitzone,Etag,Raumm", (SPACES, "Buildings"), ("room-list", "Rooms")),
    ("Gebäude,Etage,Raum,Arbeitsplaz,Buchbar", (SPACES, "Spaces"), (SPACES, "Desks")),
    ("Building,Floor,Room,Dsek,Bookable", (SPACES, "Spaces"), (SPACES, "Desks")),
]


@pytest.mark.parametrize(("headings", "parent", "meant"), MISSPELT)
def test_a_misspelt_heading_does_not_make_rows_their_parents_in_any_language(
    headings, parent, meant
):
    assert {parent, meant} <= asked("list", headings)


def test_a_question_says_what_a_misspelt_heading_is_likely_to_mean():
    likely = judged("list", "Glossar,Begrif,Definition,Status").likely
    assert {"Begrif": "Term"} in [one.likely_meant for one in likely]


@pytest.mark.parametrize("headings", ["Etage,Gebäude,Sala,Capacidad", "Gebäude,Sala,Capacité"])
def test_headings_of_several_languages_do_not_count_together(headings):
    assert taken("list", headings) is None


def test_the_headings_that_tell_a_form_count_beside_one_that_others_know():
    kind = ("purview-terms", "Purview terms")
    assert taken("list", "Name,Nick Name,Parent Term Name,Statut,Description") == kind


def test_where_another_kind_knows_as_many_headings_beside_those_of_a_form_it_is_asked():
    """The form has no building in its columns, so each row's own would be lost."""
    assert (SPACES, "Desks") in asked("list", "Building,Floor Name,Desk,Enabled")
