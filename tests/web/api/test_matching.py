"""Column matching and questions, as a program answers them; what is sent is what was proposed."""

from tests.uploads.desk import book
from tests.uploads.test_matching import ROOMS, SITES


def test_columns_are_matched_corrected_and_accepted(ida):
    """What is answered can be changed and sent back: null leaves a column or a sheet out."""
    name = ida.sent(("Räume.csv", ROOMS))
    assert ida.until(name)["state"] == "mapping_needed"
    at = f"/uploads/{name}/match"
    [sheet] = ida.get(at)["sheets"]
    seats = next(one for one in sheet["columns"] if one["heading"] == "Plätze")
    assert seats["samples"] == ["4", "6", "12"]
    assert seats["field"] in sheet["fields"]
    assert sheet["kind"] in sheet["kinds"]

    chosen = {"file": sheet["file"], "name": sheet["name"]}
    without = {**chosen, "fields": {seats["column"]: None}}
    [changed] = ida.post(at, sheets=[without])["sheets"]
    assert [one["field"] for one in changed["columns"] if one["heading"] == "Plätze"] == [None]
    unknown = ida.refused(422, "POST", at, json={"sheets": [{**chosen, "kind": "nope"}]})
    assert "no kind called nope" in unknown["message"]
    [left_out] = ida.post(at, sheets=[{**chosen, "kind": None}])["sheets"]
    assert left_out["kind"] is None
    assert ida.refused(422, "POST", f"{at}/accept", json={})["message"]
    match = ida.post(at, sheets=[{**chosen, "kind": sheet["kind"]}])

    answers = {one["name"]: one["default"] or "Europe/Berlin" for one in match["asks"]}
    ida.post(f"{at}/accept", answers=answers, keep_as="our-rooms")
    checked = ida.until(name)
    assert (checked["state"], checked["template"]) == ("checked", "our-rooms"), checked["why"]
    assert ida.refused(409, "GET", at)["state"] == "checked"
    assert "our-rooms" in [one["template"] for one in ida.get("/templates")["templates"]]


def test_what_is_asked_is_answered(ida):
    """A question comes with its answers; a wrong one is refused, a right one checks again."""
    sheets = {"Sheet1": [["Name", "Description"], ["Margin", "What is left"]]}
    name = ida.sent(("list.xlsx", book(sheets)), template="atlan-glossary")
    assert ida.until(name)["state"] == "answers_needed"
    [question] = ida.get(f"/uploads/{name}/questions")["questions"]
    wrong = {"answers": {question["name"]: "nothing of the kind"}}
    ida.refused(422, "POST", f"/uploads/{name}/questions", json=wrong)
    answers = {question["name"]: question["choices"][0]["answer"]}
    ida.post(f"/uploads/{name}/questions", answers=answers)
    assert ida.until(name)["state"] == "checked"


def test_what_can_be_chosen_is_listed(ida):
    """Templates with their blank workbooks, targets, and what a cell may hold."""
    assert "atlan-glossary" in [one["template"] for one in ida.get("/templates")["templates"]]
    blank = ida.ask("GET", "/templates/atlan-glossary/blank")
    assert blank.content.startswith(b"PK")
    assert blank.headers["content-disposition"].endswith('"atlan-glossary.xlsx"')
    [sandbox, *_] = ida.get("/targets")["targets"]
    assert (sandbox["target"], sandbox["real"]) == ("sandbox", False)
    assert ida.get("/me") == {"name": "ida", "role": "importer", "by": "token"}


def test_what_a_sheet_is_asked_once_is_answered_with_the_match(ida):
    """A question has its answers, and is not answered by what is only likely."""
    name = ida.sent(("sites.csv", SITES))
    assert ida.until(name)["state"] == "mapping_needed"
    at = f"/uploads/{name}/match"
    [sheet] = ida.get(at)["sheets"]
    [asked] = sheet["asks"]
    assert (asked["name"], asked["choices"], asked["answer"]) == (
        "date_order",
        ["day", "month"],
        None,
    )
    assert asked["question"] in ida.refused(422, "POST", f"{at}/accept", json={})["message"]
    chosen = {"file": sheet["file"], "name": sheet["name"], "answers": {"date_order": "year"}}
    ida.refused(422, "POST", at, json={"sheets": [chosen]})
    chosen["answers"]["date_order"] = "month"
    [sheet] = ida.post(at, sheets=[chosen])["sheets"]
    assert sheet["asks"][0]["answer"] == "month"
    ida.post(f"{at}/accept")
    assert ida.until(name)["state"] == "checked"
