"""A list that no template knows: its columns are matched, and what is asked is answered."""

import pytest

from importer.errors import UsageError
from importer.uploads import NotNow, SheetChoice, UploadState
from tests.uploads.desk import book, text

pytestmark = pytest.mark.slow(4)

ROOMS = """Raumliste Haus Nord;;;;
;;;;
Gebäude;Etage;Raumnummer;Plätze;Bemerkung
Haus Nord;EG;0.01;4;Teeküche daneben
Haus Nord;EG;0.02;6;n. a.
Haus Nord;1. OG;1.01;12;ohne Fenster
Haus Nord;1. OG;1.02;8;
Haus Süd;EG;S 0.01;20;Beamer
Haus Süd;EG;S 0.02;4;
""".encode()


def test_columns_are_matched_corrected_accepted_and_the_list_is_checked(desk):
    upload = desk.checked(("Räume.csv", ROOMS))
    assert upload.state is UploadState.MAPPING_NEEDED
    match = desk.uploads.match(upload.name)
    [sheet] = match.sheets
    by_heading = {column.heading: column for column in sheet.columns}
    assert (sheet.file, sheet.header_row) == ("Räume.csv", 3)
    assert sheet.kind in sheet.kinds
    assert match.kind_words[sheet.kind]
    seats = by_heading["Plätze"]
    assert seats.samples == ("4", "6", "12")
    assert seats.field in sheet.fields
    assert 0 < seats.sure <= 1
    assert seats.reason

    other = next(name for name in seats.choices if name != seats.field)
    key = (sheet.file, sheet.sheet)
    chosen = desk.uploads.choose(
        upload.name, "ada", [SheetChoice(*key, fields={seats.column: other})]
    )
    [changed] = chosen.sheets
    assert next(c for c in changed.columns if c.heading == "Plätze").field == other
    again = desk.uploads.choose(
        upload.name, "ada", [SheetChoice(*key, fields={seats.column: seats.field})]
    )
    assert next(c for c in again.sheets[0].columns if c.heading == "Plätze").field == seats.field
    assert desk.uploads.match(upload.name) == again

    answers = {question.name: question.default or "Europe/Berlin" for question in again.questions}
    desk.uploads.accept_match(upload.name, "ada", answers, keep_as="our-rooms")
    checked = desk.until(upload.name)
    assert (checked.state, checked.template) == (UploadState.CHECKED, "our-rooms"), checked.why
    assert checked.counts.rows == 6
    with pytest.raises(NotNow):
        desk.uploads.match(upload.name)
    assert "our-rooms" in [one.name for one in desk.uploads.templates("ada")]

    known = desk.checked(("Räume.csv", ROOMS))
    assert known.state in (UploadState.CHECKED, UploadState.ANSWERS_NEEDED)


def test_a_sheet_that_is_left_out_leaves_nothing_to_accept(desk):
    upload = desk.checked(("Räume.csv", ROOMS))
    [sheet] = desk.uploads.match(upload.name).sheets
    choice = SheetChoice(sheet.file, sheet.sheet, kind="")
    assert desk.uploads.choose(upload.name, "ada", [choice]).sheets[0].kind == ""
    with pytest.raises(UsageError):
        desk.uploads.accept_match(upload.name, "ada", {})
    assert desk.uploads.get(upload.name).state is UploadState.MAPPING_NEEDED


def test_a_mapping_need_not_be_kept(desk):
    upload = desk.checked(("Räume.csv", ROOMS))
    match = desk.uploads.match(upload.name)
    before = desk.uploads.templates("ada")
    answers = {question.name: question.default or "Europe/Berlin" for question in match.questions}
    desk.uploads.accept_match(upload.name, "ada", answers)
    assert desk.until(upload.name).state is UploadState.CHECKED
    assert desk.uploads.templates("ada") == before


def test_of_what_nothing_is_known_nothing_is_proposed(desk):
    upload = desk.checked(("numbers.csv", text([["q", "w"], ["1", "2"]])))
    assert upload.state is UploadState.FAILED
    assert "headings" in upload.why


def test_what_a_sheet_holds_is_asked_where_it_is_not_certain(desk):
    sheets = {"Sheet1": [["Name", "Description"], ["Margin", "What is left"]]}
    upload = desk.checked(("list.xlsx", book(sheets)), template="atlan-glossary")
    assert upload.state is UploadState.ANSWERS_NEEDED, (upload.state, upload.why)
    [question] = desk.uploads.questions(upload.name)
    assert question.name == "sheet Sheet1"
    with pytest.raises(UsageError, match="Choose one"):
        desk.uploads.answer(upload.name, "ada", {question.name: "nothing of the kind"})
    answer, words = question.choices[0]
    assert words
    desk.uploads.answer(upload.name, "ada", {question.name: answer})
    checked = desk.until(upload.name)
    assert checked.state is UploadState.CHECKED, checked.why
    assert checked.sheets[0].kind == answer.partition("/")[2]


SITES = """Site name;TZ;Valid from;Remarks
Nord;Europe/London;03/04/2025;x
Süd;Europe/London;05/06/2025;y
""".encode()


def test_what_a_sheet_is_asked_once_is_answered_and_stands_in_the_mapping(desk):
    """An answer that nobody has given is no answer: which comes first in a date decides what is
    sent."""
    upload = desk.checked(("sites.csv", SITES))
    assert upload.state is UploadState.MAPPING_NEEDED, upload.why
    [sheet] = desk.uploads.match(upload.name).sheets
    [asked] = sheet.questions
    assert (asked.name, asked.choices, asked.likely, asked.answer) == (
        "date_order",
        ("day", "month"),
        "day",
        "",
    )
    with pytest.raises(UsageError, match="Day or month first"):
        desk.uploads.accept_match(upload.name, "ada", {})

    key = (sheet.file, sheet.sheet)
    for answers, words in (
        ({"date_order": "year"}, "`year` is no answer here"),
        ({"colour": "red"}, "does not ask for colour"),
    ):
        with pytest.raises(UsageError, match=words):
            desk.uploads.choose(upload.name, "ada", [SheetChoice(*key, answers=answers)])
    chosen = [SheetChoice(*key, answers={"date_order": "Month"})]
    [sheet] = desk.uploads.choose(upload.name, "ada", chosen).sheets
    assert sheet.questions[0].answer == "month"
    desk.uploads.accept_match(upload.name, "ada", {}, keep_as="sites")
    assert desk.until(upload.name).state is UploadState.CHECKED
    [mapping] = desk.settings.folder.glob("kept/*/sites/mapping.toml")
    assert '"%m/%d/%Y"' in mapping.read_text(encoding="utf-8")
