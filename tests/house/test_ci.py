"""The script that CI runs runs the commands that the README gives to a newcomer."""

import os
import re
import shutil
import subprocess

from tests.house.reference import README, ROOT


def marked(name: str) -> str:
    """The one command that README marks with this name."""
    text = README.read_text("utf-8")
    (block,) = re.findall(rf"<!-- command: {name} -->\n```sh\n(.+)\n```", text)
    return str(block)


def test_ci_runs_the_command_of_the_readme(tmp_path):
    """`.ci/run` runs the README's test command at the top of the tree and ends with its status."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    command = marked("test")
    text = README.read_text("utf-8").replace(command, "pwd; cat; echo 3 failed; exit 5")
    (tmp_path / "README.md").write_text(text, "utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("initdb", "soffice"):  # they are there: nothing has to be installed
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)
    ran = subprocess.run(
        [tmp_path / ".ci" / "run"],
        input="x",
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
    )
    assert (ran.stdout, ran.returncode) == (f"{tmp_path}\n3 failed\n", 5)


def test_both_commands_install_what_they_need():
    """Each of the two commands makes the environment that it runs in."""
    for name, last in {"demo": "importer demo", "test": "pytest -n 4 --dist worksteal"}.items():
        make, install, run = marked(name).split(" && ")
        assert make == "python3 -m venv .venv"
        assert install.startswith(".venv/bin/pip install ")
        assert run == f".venv/bin/{last}"
