"""`importer check`: what it prints, its JSON, its report and its exit status."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import BUILDINGS, COMMON, FINDING, WARNED, statuses


def test_check_shows_what_was_recognised_and_the_next_command(importer, buildings):
    result = importer("check", buildings)
    assert (result.status, result.err) == (0, "")
    lines = result.out.splitlines()
    assert lines[0] == "Template trebellar-portfolio"
    assert lines[1].split() == ["buildings", "2", "rows", "as", "Buildings"]
    assert lines[2].strip() == "buildings.csv: UTF-8, comma, LF"
    assert lines[-2:] == ["2 rows: 2 valid, 0 invalid", f"Next: `importer run {buildings}`"]


def test_check_names_the_cell_that_is_wrong_and_is_exit_1(importer, one_wrong):
    result = importer("check", one_wrong)
    assert result.status == 1
    assert "error: 1 row: Timezone is required and blank.\n    wrong B3" in result.out
    assert "2 rows: 1 valid, 1 invalid" in result.out


def test_check_as_json_has_every_key(importer, one_wrong):
    result = importer("check", one_wrong, "--format", "json")
    found = json.loads(result.out)
    assert (result.status, result.err) == (1, "")
    assert found.keys() == {"ok", "template", "sheets", "counts", "findings"} | COMMON
    assert found["counts"] == {"rows": 2, "valid": 1, "invalid": 1, "skipped": 0}
    assert found["sheets"] == [{"name": "wrong", "kind": "Buildings", "rows": 2}]
    assert [finding.keys() for finding in found["findings"]] == [FINDING]
    assert found["findings"][0]["cell"] == "B3"


def test_a_check_that_finds_nothing_has_every_key_too(importer, buildings):
    found = json.loads(importer("check", buildings, "--format", "json").out)
    assert (found["ok"], found["findings"]) == (True, [])
    assert found.keys() == {"ok", "template", "sheets", "counts", "findings"} | COMMON


def test_a_warning_is_an_error_only_where_it_is_asked_for(importer, write):
    write("warned.csv", WARNED)
    assert importer("check", "warned.csv").status == 0
    assert importer("check", "warned.csv", "--strict").status == 1


def test_check_writes_a_report_only_where_one_is_asked_for(importer, one_wrong, home):
    importer("check", one_wrong)
    assert not (home / "wrong.result.csv").exists()
    importer("check", one_wrong, "--report", home / "seen.csv")
    assert statuses(home / "seen.csv") == ["", "invalid"]


def test_check_with_a_target_looks_up_references_missing_from_the_files(importer, write):
    write("floors.csv", "Floor,Building\nGround,North\n")
    assert importer("check", "floors.csv").status == 0
    result = importer("check", "floors.csv", "--target", "sandbox")
    assert result.status == 1
    write("buildings.csv", BUILDINGS)
    importer("run", "buildings.csv")
    assert importer("check", "floors.csv", "--target", "sandbox").status == 0


def test_the_kind_of_a_sheet_can_be_given(importer, write):
    write("list.csv", BUILDINGS)
    args = ("--template", "trebellar-portfolio", "--sheet", "list=Buildings", "--format", "json")
    assert json.loads(importer("check", "list.csv", *args).out)["sheets"][0]["kind"] == "Buildings"


def test_the_next_command_keeps_the_flags_of_this_one(importer, buildings):
    flags = ["--template", "trebellar-portfolio", "--sheet", "buildings=Buildings"]
    checked = importer("check", buildings, *flags, "--target", "sandbox")
    words = f"{buildings} --template trebellar-portfolio --target sandbox"
    assert f"Next: `importer run {words} --sheet buildings=Buildings`" in checked.out
    planned = importer("plan", buildings, *flags, "--out", "p.json")
    assert f"`importer run {words} --sheet buildings=Buildings --plan p.json`" in planned.out


def test_the_report_names_wrong_headings_on_the_rows_below_them(importer, write, home):
    path = write("b.csv", "Building,Timezone,Building name\nHQ,Europe/Berlin,x\n")
    flags = ("--template", "trebellar-portfolio", "--sheet", "b=Buildings")
    assert importer("check", path, *flags, "--report", "out.csv").status == 1
    result = Path("out.csv").read_text(encoding="utf-8")
    assert "`Building` in A1 and `Building name` in C1 mean the same" in result


def test_the_form_of_a_text_file_is_named_by_flags_and_repeated_in_the_next_command(importer, home):
    (home / "Buildings.csv").write_bytes("Building^Timezone\nKöln^Europe/Berlin\n".encode("cp850"))
    named = ("--encoding", "cp850", "--delimiter", "^")
    result = importer("check", "Buildings.csv", *named)
    assert result.status == 0
    assert "Buildings.csv: DOS (western Europe, code page 850), '^', LF" in result.out
    assert "run Buildings.csv --encoding cp850 --delimiter '^'" in result.out


def test_a_guessed_encoding_is_shown_with_a_cell_and_the_flag(importer, home):
    text = "Building;Timezone\nMüller;Europe/Berlin\nGröße;Europe/Berlin\n"
    (home / "Buildings.csv").write_bytes(text.encode("cp1252"))
    result = importer("check", "Buildings.csv")
    assert "for example `Müller` in A2. Wrong? --encoding mac-roman" in result.out
    assert result.status == 0


def test_an_encoding_that_does_not_fit_is_a_usage_error(importer, home):
    (home / "Buildings.csv").write_bytes("Building;Timezone\nMüller;x\n".encode("cp1252"))
    for command in ("check", "plan", "run"):
        result = importer(command, "Buildings.csv", "--encoding", "utf-8")
        assert result.status == 2
        assert "Buildings.csv: line 2 holds bytes that are not UTF-8" in result.err


HEADINGS = "Colour,Shape,Weight,Height,Width,Depth,Smell,Taste,Sound"
SHEETS = {
    "nine unknown headings": (
        f"Building,Timezone,{HEADINGS}\nA,Europe/Berlin{',x' * 9}\n",
        ["9 headings are not known"],
    ),
    "one word missing in every row": (
        "Building,Timezone\n" + "".join(f"B{n},\n" for n in range(50)),
        ["50 rows: Timezone is required and blank."],
    ),
    "one key many times": (
        "Building,Timezone,External ID\n" + "".join(f"B{n},Europe/Rome,E\n" for n in range(50)),
        ["`E` stands in rows 2 to 51: keep one of them."],
    ),
}


@pytest.mark.parametrize(("text", "words"), SHEETS.values(), ids=SHEETS)
def test_a_check_shows_one_cause_for_one_mistake(importer, write, text, words):
    shown = importer("check", write("b.csv", text)).out
    causes = re.findall(r"^(?:error|warning): (.*)$", shown, re.M)
    assert len(causes) == len(words)
    assert all(word in cause for word, cause in zip(words, causes, strict=True))
