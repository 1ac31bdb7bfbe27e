"""The product's command, as a process with settings, a journal and reports of its own."""

import json
import os
import subprocess
import sys

from tests.atlas.configuration import ADMIN

OURS = ("ATLAS_", "ATLAN_", "TREBELLAR_", "IMPORTER_")


class CommandFailed(Exception):
    """The command could not do what it was asked for; the message is what it printed."""


class Command:
    """`importer` with the target `atlas` at an address."""

    def __init__(self, address, folder):
        self.folder = folder
        folder.mkdir(parents=True)
        folders = ("STATE", "CONFIG", "CACHE", "DATA")
        foreign = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        self._environment = {
            **foreign,
            **{f"XDG_{name}_HOME": str(folder / name.lower()) for name in folders},
            "ATLAS_BASE_URL": address,
            "ATLAS_USER": ADMIN[0],
            "ATLAS_PASSWORD": ADMIN[1],
        }
        self._reports = 0

    def run(self, file, template):
        """Import a file; return the result that the command prints."""
        flags = ("--template", template, "--target", "atlas", "--allow-mass-change")
        return self._result("run", file, *flags, *self._sending())

    def undo(self, run):
        """Revert a run; return the result that the command prints."""
        return self._result("undo", run, *self._sending())

    def export(self, template, name, *flags):
        """Write what the server holds as a workbook; return its path."""
        path = self.folder / name
        self._end("export", template, "--target", "atlas", "-o", path, *flags)
        return path

    def _sending(self):
        self._reports += 1
        report = self.folder / f"{self._reports}.result.xlsx"
        return "--yes", "--report", report

    def _result(self, *words):
        ended = self._end(*words, "--format", "json")
        return json.loads(ended.stdout)

    def _end(self, *words):
        command = [sys.executable, "-m", "importer", *map(str, words)]
        ended = subprocess.run(
            command,
            env=self._environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if ended.returncode not in {0, 1}:
            said = f"{ended.stderr}{ended.stdout}"
            raise CommandFailed(f"importer {words[0]} ended with {ended.returncode}:\n{said}")
        return ended
