"""README.md and the pages beside it show, describe and run what is really there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.readme.make import REPORTED, SHEET, write_sheet
from importer import errors
from importer.cli.fault import STATUS as FAULT
from importer.environment import PREFIX
from importer.model import Status
from importer.sandbox.faults import load_faults
from importer.settings_files import load
from importer.targets import systems
from importer.targets.system import System
from tests.house.reference import PAGES, README, ROOT, refreshed

TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)
FENCED = re.compile(r"^(<!-- [^\n]+ -->\n)?```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SIGNALS = {129, 130, 143}

EXPECTED = re.compile(r"# exit status (\d)")


def blocks(language: str) -> dict[str, str]:
    """Return the fenced blocks of one language without a mark of their own, by first line."""
    found = (m for m in FENCED.finditer(TEXT) if m[2] == language and m[1] is None)
    return {m[3].splitlines()[0]: m[3] for m in found}


def rows(head: str) -> list[list[str]]:
    """The cells of the table that begins with this heading."""
    table = re.search(rf"^\| {re.escape(head)} \|.*\n\|[- |]+\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    assert table, f"README has no table that begins with {head}"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Runs lines of the README with /bin/sh, in a folder that has the samples."""
    command = tmp_path / "bin" / "importer"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -W error -m importer "$@"\n')
    command.chmod(0o755)
    shutil.copytree(ROOT / "data", tmp_path / "work" / "data")
    for name in [name for name in os.environ if name.startswith(("IMPORTER_", "ATLAN_", "TREB"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def run(script: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=tmp_path / "work",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    return run


def checked(line: str) -> str:
    """A line whose exit status must be the one that its comment names."""
    status = EXPECTED.search(line)
    command = line.partition(" # ")[0]
    return f's=0; {command} || s=$?; [ $s -eq {status[1]} ] || {{ echo "{command}: $s"; exit 9; }}'


@pytest.mark.slow(9)
@pytest.mark.parametrize("script", blocks("sh").values(), ids=blocks("sh"))
def test_commands_end_as_the_readme_says(script, shell):
    """Each command of the README succeeds, or ends with the status its comment names."""
    lines = [checked(line) if EXPECTED.search(line) else line for line in script.splitlines()]
    ended = shell("\n".join(["set -e", *lines]))
    assert ended.returncode == 0, f"{ended.stdout}{ended.stderr}"


def test_generated_tables_are_up_to_date():
    """Commands, options, JSON, codes, headings, faults and mapping keys are those of the code."""
    assert refreshed(TEXT) == TEXT, "run `python -m tests.house.reference`"


def test_readme_is_read_in_one_go():
    """The README stays below 450 lines."""
    assert len(README.read_text("utf-8").splitlines()) < 450


def test_first_screen_shows_the_sheet_that_is_run():
    """The first table has the cells of the workbook of the first command."""
    sheet = load_workbook(SHEET)["Terms"]
    head, *filled = sheet.iter_rows(values_only=True)
    assert rows("Glossary") == [list(row) for row in filled]
    assert f"| {' | '.join(head)} |" in TEXT


def test_sheet_of_the_first_screen_is_the_one_the_script_makes(tmp_path):
    """Otherwise run `python -m data.readme.make`."""
    made, ships = write_sheet(tmp_path / SHEET.name), SHEET
    for name in ("Glossaries", "Terms"):
        sheets = [load_workbook(path)[name].iter_rows(values_only=True) for path in (made, ships)]
        assert list(sheets[0]) == list(sheets[1])


def test_picture_shows_the_report(shell, tmp_path):
    """The report in the picture is that of a run today, except the new ids."""
    shell("importer run data/readme/revenue.xlsx")
    drawn = reported_rows(REPORTED)
    assert reported_rows(tmp_path / "work/data/readme/revenue.result.xlsx") == drawn
    assert [row[4] for row in drawn] == ["import_status", "created", "invalid", "created"]


def test_a_fixed_report_sends_only_what_was_fixed(shell, tmp_path):
    """The sheet that came back is run again: one row is new, the others are unchanged."""
    shell("importer run data/readme/revenue.xlsx")
    report = tmp_path / "work/data/readme/revenue.result.xlsx"
    book = load_workbook(report)
    book["Terms"]["D3"] = "VERIFIED"
    book.save(report)
    again = shell("importer run data/readme/revenue.result.xlsx")
    assert "1 created, 3 unchanged" in again.stdout


def reported_rows(report: Path) -> list[tuple[object, ...]]:
    """A reported sheet without its last column, the ids."""
    return [row[:-1] for row in load_workbook(report)["Terms"].iter_rows(values_only=True)]


def test_settings_that_are_shown_are_settings(tmp_path, monkeypatch):
    """Every toml block of the pages loads as importer.toml."""
    monkeypatch.delenv("STAGING_KEY", raising=False)
    path, targets = tmp_path / "importer.toml", {}
    for shown in blocks("toml").values():
        path.write_text(shown, "utf-8")
        targets |= load(path).settings.targets
    target = targets["staging"]
    assert (target.system, target.rate, target.batch_size) == ("atlan", 120, 10)


def test_every_outcome_is_explained():
    """The table of outcomes has each of them, in their order, and no other."""
    assert [row[0].strip("`") for row in rows("outcome")] == [status.value for status in Status]


def test_every_exit_status_is_explained():
    """The table of exit statuses has those of our errors, success, and the signals."""
    raised = {
        error.exit_status
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.ImporterError)
    }
    explained = {int(number) for row in rows("status") for number in row[0].split(",")}
    assert explained == raised | {0, FAULT} | SIGNALS


def variables(system: System) -> set[str]:
    """The variables that a system looks at."""
    own = (system.address, system.key, system.user, system.password, system.token_command)
    return {name for name in own if name}


def test_every_variable_is_explained():
    """The table of variables names all that the settings look at."""
    explained = {name for row in rows("variable") for name in re.findall(r"`(\w+)`", row[0])}
    assert explained == {
        *(name for system in systems().values() for name in variables(system)),
        f"{PREFIX}JOURNAL",
        f"{PREFIX}QUEUE",
        f"{PREFIX}TARGETS__NAME__KEY",
        f"{PREFIX}ALLOW_HTTP",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "NO_COLOR",
    }


def test_links_lead_to_files():
    """Every file and section that a page links to exists."""
    for page in PAGES:
        for link in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8")):
            path, _, section = link.partition("#")
            led = page.parent / path if path else page
            assert led.exists(), link
            assert not section or section in sections(led), link


def sections(page: Path) -> set[str]:
    """The anchors of a page's headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in found}


def test_tests_and_samples_that_are_named_exist():
    """Every file of tests and data that a page names is where the page says it is."""
    named = set(re.findall(r"\b(?:tests|data)/[\w/.-]+\.(?:py|xlsx|png)\b", TEXT))
    assert len(named) > 5
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_folders_of_tests_are_those_that_the_readme_lists():
    """A folder of tests is named for a part of importer, or the README lists its behaviour."""
    parts = {path.stem for path in (ROOT / "importer").iterdir()}
    listed = {row[0].strip("`") for row in rows("folder")}
    folders = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir() and p.name[0] not in "._"}
    assert listed <= folders
    assert folders - parts == listed


def test_the_file_of_faults_that_is_shown_can_be_used(tmp_path):
    [shown] = [m[3] for m in FENCED.finditer(TEXT) if m[1] == "<!-- faults -->\n"]
    path = tmp_path / "faults.toml"
    path.write_text(shown)
    assert [rule.fault for rule in load_faults(path).rules] == ["closed_after"]
