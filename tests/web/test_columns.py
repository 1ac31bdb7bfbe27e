"""Columns are matched on the page: proposed with reasons, corrected from lists, kept by a name."""

from importer.template.find import kept_folder
from importer.uploads import UploadState
from tests.web.steward import Steward

LIST = "Word,Meaning,Book\r\nMargin,what is left,Finance\r\nSales,what is sold,Finance\r\n"


def unknown(web):
    """A steward with a list of unknown headings."""
    ida = Steward.called(web)
    assert ida.uploads(("list.csv", LIST)).state is UploadState.MAPPING_NEEDED
    return ida


def test_a_proposal_shows_for_each_column_its_field_the_reason_and_values(web):
    page = unknown(web).sees().text
    for words in (
        "what is left",
        "is the definition",
        "left out",
        "Into which glossary?",
        '<option value="Description" selected>',
        'value="list"',
    ):
        assert words in page


def test_a_column_is_corrected_by_choosing_and_the_rest_is_proposed_again(web):
    ida = unknown(web)
    ida.does("columns", **{"field-0-B": "Examples"})
    page = ida.sees().text
    assert '<option value="Examples" selected>' in page
    assert '<option value="Description" selected>' not in page


def test_what_the_form_shows_is_taken_kept_and_recognised_the_next_time(web):
    ida = unknown(web)
    fields = {"field-0-A": "Term", "field-0-B": "Examples", "field-0-C": ""}
    answers = {"answer-glossary": "Finance", "keep": "yes", "keep_as": "words"}
    ida.does("columns/accept", **fields, **answers)
    upload = ida.waits()
    assert upload.state is UploadState.CHECKED, upload.why
    [kept] = kept_folder().glob("words/mapping.toml")
    assert 'heading = "Meaning", path = "attributes.examples"' in kept.read_text(encoding="utf-8")

    other = Steward.called(web)
    assert other.uploads(("other.csv", LIST)).state is not UploadState.MAPPING_NEEDED


def test_what_is_lacking_is_said_and_what_was_answered_stays(web):
    ida = unknown(web)
    answer = ida.browser.post(
        ida.path("columns/accept"), **{"field-0-A": "", "answer-glossary": "Sales"}
    )
    assert answer.status_code == 422
    assert "needs a column for" in answer.text
    assert 'value="Sales"' in answer.text
    assert ida.waits().state is UploadState.MAPPING_NEEDED


def test_what_follows_from_another_kind_is_shown_before_it_is_taken(web):
    """The columns of another kind were never seen: the button that takes them shows them first."""
    ida = unknown(web)
    [sheet] = web.site.uploads.match(ida.name).sheets
    other = next(kind for kind in sheet.kinds if kind != sheet.kind)
    sent = {"kind-0": other, "answer-glossary": "Finance"}
    answer = ida.does("columns/accept", **sent)
    assert ida.waits().state is UploadState.MAPPING_NEEDED
    assert "Look at it before you take it" in ida.browser.get(answer.headers["Location"]).text
    assert web.site.uploads.match(ida.name).sheets[0].kind == other


def test_two_columns_for_one_field_are_refused(web):
    """One of them would be dropped without a word."""
    ida = unknown(web)
    fields = {"field-0-A": "Term", "field-0-B": "Description", "field-0-C": "Description"}
    answer = ida.browser.post(ida.path("columns/accept"), **fields)
    assert answer.status_code == 422
    assert "Description is chosen for Meaning and Book" in answer.text
    assert ida.waits().state is UploadState.MAPPING_NEEDED
