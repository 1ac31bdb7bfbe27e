"""A cell that cannot be imported is a finding: its row is left out, the others are imported."""

import json

import pytest

from tests.hostile.conftest import named

GLOSSARY = "Glossary\nFin\n"
TERMS = "Glossary,Term,Description,Synonyms,Tags\n"
LINKS = "Glossary,Term,Title,URL\n"
NOT_A_LINK = "is not a link: it begins with https://, ftp:// or mailto: and has no blanks."

CELLS = {
    "a javascript: link": ("links.csv", f"{LINKS}Fin,Good,bad,javascript:alert(1)\n", NOT_A_LINK),
    "disguised by case": ("links.csv", f"{LINKS}Fin,Good,bad, JavaScript:alert(1)\n", NOT_A_LINK),
    "a link with a blank": ("links.csv", f"{LINKS}Fin,Good,bad,https://a b.example\n", NOT_A_LINK),
    "a link to nowhere": ("links.csv", f"{LINKS}Fin,Good,bad,http://\n", NOT_A_LINK),
    "a local file": ("links.csv", f"{LINKS}Fin,Good,bad,file:///etc/passwd\n", NOT_A_LINK),
    "a link without scheme": (
        "links.csv",
        f"{LINKS}Fin,Good,bad,www.example.com\n",
        "did you mean https://www.example.com?",
    ),
    "an @ in a name": ("terms.csv", f"{TERMS}Fin,b@d,,,\n", "nor contain @"),
    "a text over the limit": (
        "terms.csv",
        f"{TERMS}Fin,bad,{'x' * 100_001},,\n",
        "longer than the 100,000 characters",
    ),
    "a NUL byte": ("terms.csv", f"{TERMS}Fin,bad,a\0b,,\n", "The cell holds a NUL byte."),
    "an unknown tag": ("terms.csv", f"{TERMS}Fin,bad,,,No such\n", "The target has no `No such`"),
    "an unknown term": ("terms.csv", f"{TERMS}Fin,bad,,Nope,\n", "There is no term `Nope`"),
    "a term that is its own synonym": (
        "terms.csv",
        f"{TERMS}Fin,bad,,bad,\n",
        "`Fin > bad` is what this row itself is about",
    ),
}


@pytest.mark.parametrize(("name", "text", "words"), CELLS.values(), ids=CELLS)
def test_a_bad_cell_excludes_its_row_and_no_other(send, system, put, name, text, words):
    good = put("good/terms.csv", "Glossary,Term\nFin,Good\n")
    assert send(put("glossaries.csv", GLOSSARY), good).status == 0
    also = "Fin,Good,fine,https://ok.example\n" if name == "links.csv" else "Fin,fine,,,\n"
    result = send(put(name, text + also), "--format", "json")
    assert result.status == 1
    output = json.loads(result.out)
    [finding] = output["findings"]
    assert (finding["row"], finding["severity"]) == (2, "error")
    assert words in finding["message"]
    assert {k: v for k, v in output["counts"].items() if v} == {"created": 1, "invalid": 1}
    assert named(system).count("fine") == 1
    assert {"bad", "b@d"}.isdisjoint(named(system))


SHEETS = {
    "an error cell": ("#N/A", "The cell holds the error #N/A."),
    "a formula without a value": ("=A1&B1", "has no calculated value: open and save the file."),
    "a number too long to be true": (12345678901234567890, "has more than 15 digits"),
}


@pytest.mark.parametrize(("value", "words"), SHEETS.values(), ids=SHEETS)
def test_a_cell_without_a_usable_value_is_not_blank(send, system, put, value, words):
    rows = [["Glossary", "Term", "Description"], ["Fin", "bad", value], ["Fin", "fine", "x"]]
    path = put("terms.xlsx", {"Glossaries": [["Glossary"], ["Fin"]], "Terms": rows})
    output = json.loads(send(path, "--format", "json").out)
    [finding] = output["findings"]
    assert (finding["sheet"], finding["cell"]) == ("Terms", "C2")
    assert words in finding["message"]
    assert "bad" not in named(system)
    assert "fine" in named(system)


def test_an_unknown_id_is_a_finding_on_its_cell(send, put):
    put("terms.csv", "Glossary,Term,GUID\nFin,Good,no-such-id\n")
    output = json.loads(send(put("glossaries.csv", GLOSSARY), "terms.csv", "--format", "json").out)
    [finding] = output["findings"]
    assert (finding["cell"], finding["column"], finding["value"]) == ("C2", "GUID", "no-such-id")


def test_three_equal_rows_are_one_finding_for_three_rows(send, put):
    put("terms.csv", "Glossary,Term\nFin,T\nFin,T\nFin,T\n")
    result = send(put("glossaries.csv", GLOSSARY), "terms.csv")
    assert result.status == 1
    assert "error: 3 rows: Term: The term `Fin > T` stands in rows 2 to 4" in result.out
    assert "    terms column B, rows 2 to 4\n" in result.out
