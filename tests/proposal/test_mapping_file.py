"""A proposal is written as a mapping that loads, and that reads the list it was made for."""

from pathlib import Path

import pytest

from importer.options import Options
from importer.pipeline.check import check
from importer.pipeline.propose import propose_files, read_lists
from importer.pipeline.write_mapping import write_mappings
from importer.proposal.chosen import Choice
from importer.spreadsheet import TextForm
from importer.template import load

SEEN = Path(__file__).parents[1] / "lists" / "seen"
LISTS = sorted(path for path in SEEN.iterdir() if not path.name.endswith(".truth.json"))
ANSWERS = {
    "glossary": "G",
    "building": "HQ",
    "floor": "1",
    "time_zone": "Europe/Berlin",
    "type": "Table",
}


@pytest.mark.parametrize("path", LISTS, ids=[path.name for path in LISTS])
def test_every_mapping_loads_and_takes_every_sheet_that_is_for_import(path, tmp_path):
    found = propose_files([path], TextForm())
    kinds = [sheet.name for sheet in found.sheets if sheet.kind]
    if not kinds:
        return
    for folder in write_mappings("made", found, tmp_path / "made"):
        template = load(folder)
        answers = tuple((name, ANSWERS[name]) for name in template.asks)
        result = check([path], Options(template=str(folder), answers=answers))
        assert {sheet.name for sheet in result.sheets} <= set(kinds)
        assert result.counts.rows > 0


def test_no_answer_is_taken_that_nobody_gave(tmp_path):
    """What is likely stays an offer: a run without an answer asks."""
    (tmp_path / "Begriffe.csv").write_text("Begriff;Definition\nUmsatz;Was eingeht.\n")
    found = propose_files([tmp_path / "Begriffe.csv"], TextForm())
    [ask] = found.sheets[0].asks
    assert (ask.name, ask.default) == ("glossary", "Begriffe")
    [folder] = write_mappings("made", found, tmp_path / "made")
    assert load(folder).asks["glossary"].default == ""


def test_a_row_that_was_no_data_leaves_out_no_other_row_of_the_next_list(tmp_path):
    """What stands in it is left out, not its number."""
    head = "Begriff;Definition;Kommentar\n"
    rows = [f"Wort {n};Was es {n} heißt.;Hinweis {n}\n" for n in range(6)]
    path = tmp_path / "Begriffe.csv"
    path.write_text("".join([head, *rows[:2], "Abschnitt Vertrieb;;\n", *rows[2:]]))
    [folder] = write_mappings("made", propose_files([path], TextForm()), tmp_path / "made")
    options = Options(template=str(folder), answers=(("glossary", "G"),))
    assert check([path], options).counts.skipped == 1
    path.write_text("".join([head, *rows]))
    assert check([path], options).counts.skipped == 0


def test_a_star_behind_a_heading_is_no_wildcard(tmp_path):
    path = tmp_path / "Begriffe.csv"
    path.write_text("Begriff*;Definition *\nUmsatz;Was eingeht.\nErtrag;Was bleibt.\n")
    [folder] = write_mappings("made", propose_files([path], TextForm()), tmp_path / "made")
    result = check([path], Options(template=str(folder), answers=(("glossary", "G"),)))
    assert (result.counts.valid, result.findings) == (2, [])


def test_a_property_of_peoples_own_is_written_by_its_name(tmp_path):
    path = tmp_path / "Begriffe.csv"
    path.write_text("Begriff;Definition;Phase\nUmsatz;Was eingeht.;neu\n")
    [sheet] = read_lists([path], TextForm()).sheets
    said = {sheet.key: Choice(fields={"C": "Custom: Phase v1.2"})}
    found = read_lists([path], TextForm()).propose(said)
    [folder] = write_mappings("made", found, tmp_path / "made")
    columns = [c for e in load(folder).sheets[0].entities for c in e.columns]
    assert [column.path for column in columns if column.heading == "Phase"] == [
        "customAttributes.Phase v1\u20242"
    ]


RELATED = """Begriff;Definition;Synonyme;Kategorie;Freigegeben
Umsatz;Was eingeht.;Erlös, Turnover;Finanzen;ja
Kunde;Wer etwas kauft.;Käufer;Vertrieb;nein
Marge;Was bleibt.;Spanne;Finanzen;ja
"""


def test_names_that_nothing_has_make_no_row_invalid_where_a_field_is_a_guess(tmp_path):
    path = tmp_path / "Begriffe.csv"
    path.write_text(RELATED)
    [folder] = write_mappings("made", propose_files([path], TextForm()), tmp_path / "made")
    result = check([path], Options(template=str(folder), answers=(("glossary", "G"),)))
    assert result.counts.valid == 3
    left = {(f.place.title, f.value) for f in result.findings if f.code == "name_left_out"}
    assert {("Synonyme", "Käufer"), ("Kategorie", "Finanzen")} <= left


def test_a_field_that_a_person_chose_is_meant_with_all_its_names(tmp_path):
    path = tmp_path / "Begriffe.csv"
    path.write_text(RELATED)
    lists = read_lists([path], TextForm())
    found = lists.propose({lists.sheets[0].key: Choice(fields={"D": "Categories"})})
    [folder] = write_mappings("made", found, tmp_path / "made")
    rules = [one for e in load(folder).sheets[0].entities for one in e.references]
    missing = {one.by[0]: one.missing for one in rules}
    assert (missing["Kategorie"], missing["Synonyme"]) == ("error", "left_out")


def made(folder, name, text, kind=None, **answers):
    """The mapping of a list, by answers that it holds."""
    path = folder / name
    path.write_text(text)
    lists = read_lists([path], TextForm())
    found = lists.propose({lists.sheets[0].key: Choice(kind=kind, answers=answers)})
    [written] = write_mappings("made", found, folder / "made")
    return path, written


def test_only_the_rows_that_are_meant_are_imported_and_the_others_are_counted(tmp_path):
    rows = "".join(f"X{at},{'Desk' if at % 3 else 'Lamp'},S{at},A,1,T{at}\n" for at in range(12))
    text = f"Name,Category,Serial number,Building,Floor,Asset tag\n{rows}"
    path, folder = made(tmp_path, "equipment desks.csv", text, kind="desk", filter="desk")
    answers = (("time_zone", "Europe/London"),)
    counts = check([path], Options(template=str(folder), answers=answers)).counts
    assert (counts.skipped, counts.valid) == (4, 8)


def test_dates_are_read_in_the_order_that_was_answered(tmp_path):
    text = "Building,Timezone,Valid from\nA,Europe/London,03/04/2025\nB,Europe/London,05/06/2025\n"
    path, folder = made(tmp_path, "sites.csv", text, date_order="month")
    assert check([path], Options(template=str(folder))).counts.valid == 2
    columns = [c for e in load(folder).sheets[0].entities for c in e.columns]
    assert "%m/%d/%Y" in next(c.formats for c in columns if c.heading == "Valid from")


def test_a_question_of_each_run_says_nothing_of_the_first_list(tmp_path):
    text = "Building,Country,Floor,Room\nA,Germany,1,R1\nB,France,1,R2\nC,France,2,R3\n"
    _, folder = made(tmp_path, "rooms.csv", text)
    assert load(folder).asks["time_zone"].question == "In which time zone is each building?"


def test_sections_over_terms_make_their_categories(tmp_path):
    rows = [f"Word {at},It means {at} things.,ann\n" for at in range(4)]
    text = "".join(["Term,Definition,Owner\nFinance,,\n", *rows[:2], "People,,\n", *rows[2:]])
    path, folder = made(tmp_path, "terms.csv", text, sections="Categories")
    result = check([path], Options(template=str(folder), answers=(("glossary", "G"),)))
    assert (result.counts.valid, result.counts.skipped) == (4, 2)
    kinds = [entity.kind for entity in load(folder).sheets[0].entities]
    assert kinds == ["glossary", "category", "term"]


def test_links_to_categories_make_none(tmp_path):
    text = "Title,URL,Category,Glossary\nA,https://a.example,Net,G\nB,https://b.example,Net,G\n"
    _, folder = made(tmp_path, "links.csv", text, kind="link")
    assert "category" not in [entity.kind for entity in load(folder).sheets[0].entities]
