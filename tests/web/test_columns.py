"""Columns are matched on the page: proposed with reasons, corrected from lists, kept by a name."""

import shutil

from importer.people import By, Role, audit_log, links
from importer.template.find import own_kept_folder
from importer.template.shipped import shipped
from importer.uploads import UploadState
from tests.uploads.test_matching import SITES
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
    [kept] = web.site.settings.uploads_folder.glob("kept/*/words/mapping.toml")
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


def keeping(web, who="ida", name="words", **fields):
    """A steward who has kept the matching of the list, and imports by it."""
    steward = Steward.called(web, who)
    upload = steward.uploads(("list.csv", LIST))
    assert upload.state is UploadState.MAPPING_NEEDED, upload
    kept = {"answer-glossary": "Finance", "keep": "yes", "keep_as": name}
    answer = steward.does("columns/accept", **kept, **fields)
    assert answer.status_code == 303, answer.text
    assert steward.waits().state is UploadState.CHECKED, steward.waits().why
    return steward


def test_what_one_keeps_is_found_for_nobody_else_who_may_use_the_same_name(web):
    web.add("ivo", Role.IMPORTER, password=None)
    keeping(web)
    for name in ("/", "/account"):
        assert "words" in web.signed_in("ida").get(name).text
        assert "words" not in web.signed_in("ivo").get(name).text
    assert web.signed_in("ivo").get("/templates/words/blank").status_code == 404
    assert web.signed_in("ida").get("/templates/words/blank").status_code == 200
    refused = web.signed_in("ivo").post(
        "/uploads", files=[("files", ("a.csv", LIST))], template="words"
    )
    assert refused.status_code == 422
    keeping(web, "ivo")


def test_pages_say_by_which_kept_mapping_files_are_read_and_who_kept_it(web):
    web.add("ivo", Role.IMPORTER, password=None)
    keeping(web)
    ida = Steward.called(web)
    assert ida.uploads(("next.csv", LIST)).state is UploadState.ANSWERS_NEEDED
    ida.does("questions", **{"answer-glossary": "Finance"})
    assert "Read by the mapping words that you kept." in ida.sees("findings").text
    ida.does("plan")
    assert "Read by the mapping words that you kept." in ida.sees("plan").text
    ida.does("sharing", to="person", name="ivo")
    page = web.signed_in("ivo").get(ida.path("plan")).text
    assert "Read by the mapping words that ida kept." in page


def test_the_page_of_questions_names_the_kept_mapping_which_can_be_left(web):
    keeping(web)
    ida = Steward.called(web)
    assert ida.uploads(("next.csv", LIST)).state is UploadState.ANSWERS_NEEDED
    page = ida.sees().text
    assert "Read by the mapping words that you kept." in page
    assert ida.browser.get("/templates/words/blank").status_code == 200
    ida.does("questions/leave")
    upload = ida.waits()
    assert (upload.state, upload.kept) == (UploadState.MAPPING_NEEDED, "")
    ida.does("columns/accept", **{"answer-glossary": "Finance"})
    assert ida.waits().state is UploadState.CHECKED
    assert "words" in ida.browser.get("/account").text


def test_a_kept_mapping_is_removed_by_who_kept_it_and_the_columns_are_asked_again(web):
    web.add("ivo", Role.IMPORTER, password=None)
    ida = keeping(web)
    for who in ("ivo", "ann"):
        answer = web.signed_in(who).post("/account/mappings/remove", mapping="words")
        assert answer.status_code == 422
    outside = ida.browser.post("/account/mappings/remove", mapping="../words")
    assert outside.status_code == 422
    assert ida.browser.post("/account/mappings/remove", mapping="words").status_code == 303
    assert "Mappings you kept" not in ida.browser.get("/account").text
    ida.does("check")
    assert ida.waits().state is UploadState.CHECKED
    assert ida.uploads(("next.csv", LIST)).state is UploadState.MAPPING_NEEDED


def test_a_name_that_is_taken_is_refused_without_a_folder_of_the_server(web):
    keeping(web)
    ida = Steward.called(web)
    other = LIST.replace("Word,Meaning", "Wording,What it means")
    assert ida.uploads(("other.csv", other)).state is UploadState.MAPPING_NEEDED
    answers = {"answer-glossary": "Finance", "keep": "yes", "keep_as": "words"}
    page = ida.does("columns/accept", **answers).text
    assert "or remove it on the page of your account first" in page
    assert str(web.site.settings.uploads_folder) not in page


def test_the_audit_log_says_whether_a_mapping_was_kept_and_how_it_is_called(web):
    keeping(web)
    written = audit_log.newest(web.site.store)
    [accepted] = [one for one in written if one.action == "mapping accepted"]
    assert accepted.detail == {"kept": "yes", "mapping": "words"}


def test_the_mappings_of_a_person_who_is_removed_go_with_them(web):
    keeping(web)
    assert web.signed_in("ann").post("/people/remove", name="ida").status_code == 303
    assert not [*web.site.settings.uploads_folder.glob("kept/*/words")]
    web.add("ida", Role.IMPORTER, password=None)
    keeping(web)


def test_the_account_of_the_system_has_the_mappings_that_the_command_line_kept(web):
    kept = own_kept_folder() / "words"
    shutil.copytree(shipped("templates") / "atlan-glossary", kept)
    account = links.system_account(By.LOOPBACK)
    page = web.signed_in(account.name, Role.ADMIN, By.LOOPBACK).get("/account").text
    assert "Mappings you kept" in page
    assert "Mappings you kept" not in web.signed_in("ann").get("/account").text


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


def test_what_a_sheet_is_asked_once_is_chosen_from_a_list_and_kept(web):
    """What is likely is chosen already, and said to be only that."""
    ida = Steward.called(web)
    assert ida.uploads(("sites.csv", SITES)).state is UploadState.MAPPING_NEEDED
    page = ida.sees().text
    assert "Day or month first in <code>Valid from</code>?" in page
    assert "What is chosen here is only likely." in page
    assert '<option value="day" selected>' in page
    answers = {"once-0-date_order": "month", "keep": "yes", "keep_as": "sites"}
    ida.does("columns/accept", **answers)
    assert ida.waits().state is UploadState.CHECKED, ida.waits().why
    [kept] = web.site.settings.uploads_folder.glob("kept/*/sites/mapping.toml")
    assert '"%m/%d/%Y"' in kept.read_text(encoding="utf-8")


TERMS = (
    "Term (EN),Begriff (DE),Definition (EN),Definition (DE)\r\n"
    "Revenue,Umsatz,What comes in.,Was eingeht.\r\nProfit,Gewinn,What stays.,Was bleibt.\r\n"
)


def test_another_answer_moves_the_columns_that_follow_it_which_are_shown_first(web):
    ida = Steward.called(web)
    assert ida.uploads(("terms.csv", TERMS)).state is UploadState.MAPPING_NEEDED
    [sheet] = web.site.uploads.match(ida.name).sheets
    fields = {f"field-0-{one.column}": one.field for one in sheet.columns}
    answers = {"once-0-language": "de", "answer-glossary": "Finance"}
    answer = ida.does("columns/accept", **fields, **answers)
    assert "Look at it before you take it" in ida.browser.get(answer.headers["Location"]).text
    [sheet] = web.site.uploads.match(ida.name).sheets
    assert [one.field for one in sheet.columns] == ["", "Term", "", "Description"]
