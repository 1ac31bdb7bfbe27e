"""The history and the page of a run, whoever began it: also one of the command line."""

from importer.options import Options, ReportTo
from importer.pipeline.request import ImportRequest
from importer.pipeline.run import run
from importer.session import Connector
from tests.web.steward import GLOSSARIES, Steward


def run_of_the_command_line(web, home):
    """A run that no upload began; it belongs to the account of this computer."""
    file = home / "Glossaries.csv"
    file.write_text(GLOSSARIES, encoding="utf-8")
    session = web.site.session
    with Connector(session.settings, "sandbox") as connect:
        request = ImportRequest([file], connect.options(Options()), "sandbox", connect)
        return run(request, journal=session.journal, report=ReportTo(wanted=False)).run


def test_an_admin_sees_and_undoes_a_run_of_the_command_line(web, home):
    name = run_of_the_command_line(web, home)
    ann = web.signed_in("ann")
    page = ann.get(f"/runs/{name}").text
    assert "Glossaries.csv is imported" in page
    assert f"/runs/{name}/undo" in page
    assert "1 row created" in ann.get(f"/runs/{name}/undo").text
    answer = ann.post(f"/runs/{name}/undo")
    assert answer.headers["Location"] == f"/runs/{name}"
    assert web.signed_in("ida").get(f"/runs/{name}").status_code == 404


def test_the_history_is_searched_and_filtered(web):
    ida = Steward.called(web)
    ida.uploads(("Glossaries.csv", GLOSSARIES))
    ida.does("plan")
    ida.imports()
    name = ida.waits().run

    def listed(**query):
        return name in ida.browser.get("/runs", params=query).text

    assert listed()
    assert listed(words="glossaries", state="finished", target="sandbox")
    assert not listed(words="portfolio")
    assert not listed(state="interrupted")
    assert not listed(target="elsewhere")
    assert "No run is like that" in ida.browser.get("/runs", params={"words": "zzz"}).text
    assert ida.browser.get("/runs", params={"at": "99"}).status_code == 200
    assert "created" in ida.browser.get(f"/runs/{name}", params={"outcome": "created"}).text


def test_the_page_of_a_run_says_what_is_not_imported_and_why(web):
    ida = Steward.called(web)
    ida.uploads(
        ("Glossaries.csv", GLOSSARIES),
        ("Terms.csv", "Glossary,Term,Certificate\r\nFinance,Margin,VERIFID\r\n"),
    )
    ida.does("plan")
    ida.imports()
    page = ida.sees().text
    assert "did you mean VERIFIED" in page
    assert "is imported in part" in page
    assert "1 of 2 rows are not imported." in page


def test_an_import_that_was_undone_is_not_said_to_be_imported(web):
    ida = Steward.called(web)
    ida.uploads(("Glossaries.csv", GLOSSARIES))
    ida.does("plan")
    ida.imports()
    name = ida.waits().run
    assert "It is imported." in ida.sees("plan").text
    ida.does("undo")
    assert "was imported, and is undone" in ida.browser.get(f"/runs/{name}").text
    plan = ida.sees("plan").text
    assert "It was imported, and is undone." in plan
    assert "It is imported." not in plan


def test_pages_say_until_when_files_stay_or_why(web):
    ida = Steward.called(web)
    upload = ida.uploads(("Glossaries.csv", GLOSSARIES))
    assert "Files and reports are kept until" in ida.sees("files").text
    ida.does("plan")
    ida.imports()
    run = f"/runs/{ida.waits().run}"
    for page in (ida.browser.get(run), ida.sees("files")):
        assert "kept as long as the import can be undone" in page.text
        assert "Once it is undone they go 30 days later" in page.text
    assert f"/uploads/{upload.name}/undo" in ida.browser.get(run).text
    ida.does("undo")
    assert "Files and reports are kept until" in ida.browser.get(run).text
    assert f"/uploads/{upload.name}/undo" not in ida.browser.get(run).text
