"""The way through, as a steward goes it in a browser without script."""

from importer.people import audit_log
from importer.uploads import UploadState
from tests.web.steward import GLOSSARIES, TERMS, WITH_MISTAKES, Steward, links


def test_a_file_goes_from_the_upload_to_its_report_and_back(web):
    ida = Steward.called(web)
    upload = ida.uploads(*WITH_MISTAKES)
    found = ida.sees()
    assert found.url.endswith(f"/uploads/{upload.name}/findings")
    assert "Terms!C2" in found.text
    assert "did you mean VERIFIED" in found.text
    assert "for all 2" in found.text

    taken = ida.does("suggestions", cause="1", version="0", back="sheet=Terms")
    assert taken.headers["Location"] == ida.path("findings?sheet=Terms")
    assert "2 cells are changed" in ida.browser.get(taken.headers["Location"]).text
    assert "Nothing is wrong" in ida.sees("findings").text

    ida.does("plan")
    plan = ida.sees()
    assert plan.url.endswith("/plan")
    assert "4 rows change something in sandbox" in plan.text
    assert "Import 4 rows" in plan.text
    assert "Net revenue" not in plan.text

    ida.imports()
    run = ida.sees()
    assert "/runs/" in run.url
    assert links(run, "/reports/") == [ida.path("reports/1"), ida.path("reports/2")]
    report = ida.browser.get(ida.path("reports/2"))
    assert report.headers["Content-Disposition"].startswith("attachment;")
    assert "created" in report.text
    own = ida.browser.get(ida.path("files/2"))
    assert own.text == TERMS.replace("VERIFID", "VERIFIED")
    assert 'filename="Terms.csv"' in own.headers["Content-Disposition"]

    assert "4 rows created" in ida.sees("undo").text
    ida.does("undo")
    undone = ida.sees()
    assert "is undone" in undone.text
    assert "4</b>" in undone.text
    history = ida.browser.get("/runs").text
    assert history.count('scope="row"') == 2

    lines = [one.action for one in audit_log.of_page(web.site.store, ida.name)]
    assert lines[::-1] == [
        "uploaded",
        "fixed",
        "planned",
        "imported",
        "downloaded",
        "downloaded",
        "undone",
    ]


def test_each_page_says_until_when_files_are_kept_and_when_they_went(web):
    ida = Steward.called(web)
    ida.uploads(("Glossaries.csv", GLOSSARIES))
    assert "are kept until" in ida.sees("files").text
    assert "go at once" in ida.sees("remove").text
    ida.does("remove")
    gone = ida.sees("files").text
    assert "Files and reports went on" in gone
    assert ida.sees("files/1").status_code == 404


def test_what_cannot_be_read_says_why_and_the_way_out(web):
    ida = Steward.called(web)
    assert ida.uploads(("words.xlsx", "%PDF-1.4")).state is UploadState.FAILED
    page = ida.sees().text
    assert "is a PDF, though it is called .xlsx" in page
    assert "Check again" in page


def test_without_a_file_the_start_says_so(web):
    answer = web.signed_in("ida").post("/uploads", template="", target="")
    assert answer.status_code == 422
    assert "Nothing was uploaded" in answer.text


def test_a_newcomer_takes_a_sample_with_one_click(web):
    ida = Steward.called(web)
    assert "Use mistakes.xlsx" in ida.browser.get("/").text
    answer = ida.browser.post("/samples", name="mistakes.xlsx")
    ida.name = answer.headers["Location"].rpartition("/")[2]
    assert ida.waits().template == "atlan-glossary"
    assert "Use mistakes.xlsx" not in ida.browser.get("/").text
    assert ida.browser.post("/samples", name="../README.md").status_code == 404


def test_the_workbook_of_a_template_is_downloaded_blank_or_filled(web):
    ida = web.signed_in("ida")
    for how, name in (("blank", "atlan-glossary"), ("filled", "atlan-glossary-sandbox")):
        answer = ida.get("/templates", params={"template": "atlan-glossary", "how": how})
        assert answer.content[:2] == b"PK"
        assert f'filename="{name}.xlsx"' in answer.headers["Content-Disposition"]
    assert ida.get("/templates/..%2Fdata/blank").status_code == 404
    one_way = ida.get("/templates/alation-terms/filled")
    assert "cannot be filled" in one_way.text


def test_while_a_task_works_the_page_asks_again_and_then_goes_on(web):
    ida = Steward.called(web)
    sent = [("files", ("Glossaries.csv", GLOSSARIES))]
    ida.name = ida.browser.post("/uploads", files=sent).headers["Location"].rpartition("/")[2]
    assert "data-poll" in ida.sees("progress").text or not web.site.uploads.get(ida.name).state.busy
    ida.waits()
    assert f'data-leave="{ida.path("findings")}"' in ida.sees("progress").text
