"""The line for cron works as it stands: exported variables, a full path, a report a night."""

import re
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from importer.sandbox import start
from tests.deploy.checks import DEPLOY, PROGRAM
from tests.house.reference import ROOT
from tests.uploads.desk import book

(LINE,) = [one for one in (DEPLOY / "crontab").read_text().splitlines() if one[:1] not in "# "]


@pytest.fixture
def as_cron(home):
    """Runs the command of a line as cron does, with the paths of the line in the test's folder."""
    program = home / "importer"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m importer "$@"\n')
    program.chmod(0o755)

    def run(line):
        command = line.split(maxsplit=5)[5].replace("\\%", "%").replace(PROGRAM, str(program))
        command = command.replace("/etc/importer/", f"{home}/").replace(
            "/srv/importer/", f"{home}/"
        )
        return subprocess.run(
            ["/bin/sh", "-c", command],
            env={"HOME": str(home), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_line_imports_with_the_keys_of_its_file_and_writes_the_report_of_the_night(
    home, as_cron
):
    rows = {"Glossaries": [["Glossary"], ["Finance"]], "Terms": [["Glossary", "Term"]]}
    (home / "terms.xlsx").write_bytes(book(rows))
    with start(home / "sandbox.db") as server:
        (home / "importer.env").write_text(
            f"ATLAN_BASE_URL={server.url}\nATLAN_API_KEY=a-key-of-the-night\n"
        )
        done = as_cron(LINE)
    assert done.returncode == 0, done.stderr
    (report,) = (home / "reports").iterdir()
    assert re.fullmatch(r"terms-20\d\d-\d\d-\d\d\.xlsx", report.name)
    assert load_workbook(report)["Glossaries"]["B2"].value == "created"


def test_the_readme_shows_the_same_line():
    assert f"\n{LINE}\n" in (ROOT / "README.md").read_text("utf-8")
