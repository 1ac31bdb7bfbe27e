"""Cells are fixed on the page, without script too: by a form, by a suggestion; and undone."""

import re

from tests.uploads.desk import book
from tests.web.steward import GLOSSARIES, WITH_MISTAKES, Steward, links

TERMS = {"file": "Terms.csv", "sheet": "Terms"}
MARGIN = {**TERMS, "row": "2", "column": "3"}


def mistakes(web):
    """A steward with an upload in which two cells are wrong."""
    ida = Steward.called(web)
    ida.uploads(*WITH_MISTAKES)
    return ida


def test_a_cell_is_fixed_by_a_small_form_where_there_is_no_script(web):
    ida = mistakes(web)
    [first, second] = links(ida.sees(), "/cell?")
    form = ida.browser.get(first)
    assert "Terms!C2" in form.text
    assert "is not one of the allowed values" in form.text
    assert 'value="VERIFID"' in form.text
    assert ">VERIFIED</button>" in form.text
    assert ">DRAFT</button>" in form.text
    answer = ida.does("cell", **MARGIN, cell="Terms!C2", old="VERIFID", new="DRAFT")
    page = ida.browser.get(answer.headers["Location"])
    assert "Terms!C2 is changed" in page.text
    assert links(page, "/cell?") == [second]


def test_two_people_fix_one_cell_and_the_second_sees_what_stands_there_now(web):
    ida, ann = mistakes(web), Steward.called(web, "ann")
    ann.name = ida.name
    ida.does("cell", **MARGIN, old="VERIFID", new="VERIFIDE")
    refused = ann.does("cell", **MARGIN, old="VERIFID", new="DRAFT")
    assert refused.status_code == 409
    assert "VERIFIDE" in refused.text
    assert 'name="old" value="VERIFIDE"' in refused.text
    assert 'name="new" value="DRAFT"' in refused.text
    assert ann.does("cell", **MARGIN, old="VERIFIDE", new="DRAFT").status_code == 303
    assert [fix.by for fix in web.site.uploads.fixes(ida.name)] == ["ann", "ida"]


def test_fixes_are_listed_with_who_and_undone_one_by_one_or_by_click(web):
    ida = mistakes(web)
    ida.does("suggestions", cause="1", version="0")
    listed = ida.sees("fixes").text
    assert "Undo all 2 of this click" in listed
    [bunch] = set(re.findall(r'name="bunch" value="(\d+)"', listed))
    numbers = re.findall(r'name="number" value="(\d+)"', listed)
    ida.does("fixes/undo", number=numbers[0])
    assert "1 cell fixed" in ida.sees("findings").text
    ida.does("fixes/undo", bunch=bunch)
    assert "undone by ida" in ida.sees("fixes").text
    assert "for all 2" in ida.sees("findings").text


def test_a_suggestion_of_an_older_check_is_not_taken(web):
    ida = mistakes(web)
    ida.does("cell", **MARGIN, old="VERIFID", new="DRAFT")
    answer = ida.does("suggestions", cause="1", version="0")
    assert "checked again meanwhile" in ida.browser.get(answer.headers["Location"]).text
    assert len(web.site.uploads.fixes(ida.name)) == 1


def test_line_ends_of_a_cell_are_no_difference(web):
    ida = Steward.called(web)
    text = 'Glossary,Term,Certificate\r\nFinance,Margin,"DRA\nFT"\r\n'
    ida.uploads(("Glossaries.csv", GLOSSARIES), ("Terms.csv", text))
    assert ida.does("cell", **MARGIN, old="DRA\r\nFT", new="DRAFT").status_code == 303


def test_rows_are_filtered_by_cause_as_long_as_that_is_the_cause(web):
    ida = Steward.called(web)
    terms = "Glossary,Term,Certificate\r\nFinance,Margin,VERIFID\r\nFinance,,DRAFT\r\n"
    ida.uploads(("Glossaries.csv", GLOSSARIES), ("Terms.csv", terms))
    both = ida.sees("findings").text
    assert both.count("data-cell=") == 2
    causes = web.site.uploads.causes(ida.name)
    blank = next(one.number for one in causes if one.code == "missing")
    one = ida.sees(f"findings?cause={blank}&version=0").text
    assert one.count("data-cell=") == 1
    assert "Only the rows of one cause" in one
    assert ida.sees(f"findings?cause={blank}&version=7").text.count("data-cell=") == 2
    assert ida.sees("findings?cause=99&version=0").status_code == 200
    assert ida.sees("findings?page=99&sheet=nothing").status_code == 200


def test_who_fixes_a_formula_without_a_value_is_asked_at_once(web):
    ida = Steward.called(web)
    sheets = {
        "Glossaries": [["Glossary"], ["Finance"]],
        "Terms": [["Glossary", "Term", "Certificate"], ["Finance", "Margin", '="DRA"&"FT"']],
    }
    ida.uploads(("Terms.xlsx", book(sheets)))
    [link] = [one for one in links(ida.sees("findings"), "/cell?") if "column=3" in one]
    assert "The cell holds a formula" in ida.browser.get(link).text


def test_a_viewer_sees_findings_and_no_way_to_change_them(web):
    ida = mistakes(web)
    ida.does("sharing", to="person", name="vic")
    page = web.signed_in("vic").get(ida.path("findings")).text
    assert "Terms!C2" in page
    assert "/cell?" not in page
    assert "/suggestions" not in page
    assert "/plan" not in page
