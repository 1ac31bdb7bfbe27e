"""The example of the reference: a shell script goes the whole way against a real server."""

import os
import re
import shutil
import signal
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from tests.cli.process import COMMAND, environment
from tests.house.reference import PAGES, ROOT

TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)
EXAMPLE = re.search(r"^<!-- command: api -->\n```sh\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
SHOWN = "http://127.0.0.1:8650"
LONGEST = 15


@pytest.fixture
def server(home):
    """A server as `importer serve` starts it; its address."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
        start_new_session=True,
    )
    yield process.stdout.readline().partition("/link/")[0]
    os.killpg(process.pid, signal.SIGTERM)
    process.communicate(timeout=60)


@pytest.mark.slow(12)
def test_the_example_goes_the_whole_way(server, home):
    """It ends with the report, in which every row has come through."""
    script = EXAMPLE[1]
    assert len(script.splitlines()) <= LONGEST
    shutil.copytree(ROOT / "data" / "readme", home / "data" / "readme")
    command = home / "importer"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m importer "$@"\n')
    command.chmod(0o755)
    path = f"{home}{os.pathsep}{os.environ['PATH']}"
    ended = subprocess.run(
        ["/bin/sh", "-e", "-c", script.replace(SHOWN, server)],
        cwd=home,
        env=environment(PATH=path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert '"suggestion":"VERIFIED"' in ended.stdout
    sheet = load_workbook(home / "revenue.result.xlsx")["Terms"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert {row[head.index("import_status")] for row in rows} == {"created"}
