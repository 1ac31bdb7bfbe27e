"""What is spoilt: files of every format, templates, settings and the answers of a target."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

from tests.fuzz.answers import ANSWERS
from tests.fuzz.mutate import spoilt_archive, spoilt_bytes, spoilt_text
from tests.fuzz.trial import Outcome, tried
from tests.read.build import ods, wide, xls, xlsb, xlsb_row

ROOT = Path(__file__).parent.parent.parent
DATA, TEMPLATES = ROOT / "data", ROOT / "templates"


class Subject(Protocol):
    """A kind of thing to spoil."""

    @property
    def name(self) -> str:
        """What it is called in the table."""

    def tried(self, rng: Random, folder: Path) -> tuple[list[str], Outcome]:
        """Spoil one in a folder and run a command on it; return the command and how it ended."""

    def close(self) -> None:
        """Remove what was kept for all of them."""


@dataclass(frozen=True)
class Files:
    """A kind of file; `prepare` puts a spoilt one into a folder and returns the command on it."""

    name: str
    prepare: Callable[[Random, Path], list[str]]

    def tried(self, rng: Random, folder: Path) -> tuple[list[str], Outcome]:
        """Spoil a file in the folder and run the command."""
        words = self.prepare(rng, folder)
        return words, tried(words, folder)

    def close(self) -> None:
        """Keep nothing."""


WORKBOOKS = [
    DATA / "glossary.xlsx",
    DATA / "portfolio.xlsx",
    DATA / "rooms.xlsx",
    *(TEMPLATES / name / f"{name}.xlsx" for name in ("atlan-glossary", "trebellar-portfolio")),
]
"""Workbooks in which nothing is wrong, and nothing is asked."""


def workbook(rng: Random, folder: Path) -> list[str]:
    """Check a spoilt workbook, and write its report."""
    source = rng.choice(WORKBOOKS)
    file = folder / f"book{rng.choice(['.xlsx', '.xlsx', '.xlsm'])}"
    file.write_bytes(spoilt_archive(source.read_bytes(), rng))
    return ["check", file.name, "--report", f"report{file.suffix}"]


STRING = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
LINES = [
    ["Glossary", "Term", "Description"],
    ["Ledger", "Cash", "Money at hand"],
    ["Ledger", "Größe", "1,5"],
]


def open_document(rng: Random, folder: Path) -> list[str]:
    """Check a spoilt .ods."""
    rows = ("".join(STRING.format(text) for text in line) for line in LINES)
    path = ods(
        folder / "T1.ods", "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    )
    return _spoilt(path, spoilt_archive, rng)


def binary_workbook(rng: Random, folder: Path) -> list[str]:
    """Check a spoilt .xlsb or .xls."""
    if rng.random() < 0.5:
        rows = (
            xlsb_row(row, *((column, 6, wide(text)) for column, text in enumerate(line)))
            for row, line in enumerate(LINES, 1)
        )
        return _spoilt(xlsb(folder / "B.xlsb", b"".join(rows)), spoilt_archive, rng)
    cells = [(row, column, row * column) for row in range(9) for column in range(3)]
    return _spoilt(xls(folder / "X.xls", cells), spoilt_bytes, rng)


def _spoilt(path: Path, spoil: Callable[[bytes, Random], bytes], rng: Random) -> list[str]:
    """Spoil a file where it stands, and return the command that checks it."""
    path.write_bytes(spoil(path.read_bytes(), rng))
    return ["check", path.name, "--template", "atlan-glossary", "--format", "json"]


def text_file(rng: Random, folder: Path) -> list[str]:
    """Check a spoilt text file, and write its report."""
    source = rng.choice(sorted(DATA.glob("*.csv")))
    spoil = rng.choice([spoilt_bytes, spoilt_text])
    encoded = (
        source.read_bytes()
        .decode("utf-8-sig", "replace")
        .encode(rng.choice(["utf-8", "cp1252", "utf-16"]), "replace")
    )
    file = folder / f"list{rng.choice(['.csv', '.tsv', '.txt'])}"
    file.write_bytes(spoil(encoded, rng))
    return ["check", file.name, "--report", f"report{file.suffix}"]


def other_content(rng: Random, folder: Path) -> list[str]:
    """Check a file whose content is of another format than its name says."""
    source = rng.choice([*DATA.glob("*.xlsx"), *DATA.glob("*.csv"), ROOT / "LICENSE"])
    file = folder / f"odd{rng.choice(['.xls', '.xlsb', '.ods', '.xlsx', '.csv'])}"
    file.write_bytes(
        spoilt_bytes(source.read_bytes(), rng) if rng.random() < 0.7 else rng.randbytes(500)
    )
    return ["check", file.name]


FILLED = [
    ("atlan-glossary", "terms.csv"),
    ("atlan-glossary", "glossary.xlsx"),
    ("room-list", "rooms.xlsx"),
    ("trebellar-portfolio", "portfolio.xlsx"),
]
"""Templates, each with a file that follows it."""


def template(rng: Random, folder: Path) -> list[str]:
    """Check a good file by a template of which one file is spoilt."""
    name, file = rng.choice(FILLED)
    made = folder / "made"
    shutil.copytree(TEMPLATES / name, made)
    parts = [*made.glob("*.toml"), *made.glob("*.json")]
    part = rng.choice(parts)
    spoil = rng.choice([spoilt_text, spoilt_text, spoilt_text, spoilt_bytes])
    part.write_bytes(spoil(part.read_bytes(), rng))
    shutil.copy(DATA / file, folder)
    return ["check", file, "--template", "./made"]


SETTINGS = b"""\
journal = "journal.db"
[targets.atlan]
system = "atlan"
base_url = "https://example.atlan.invalid"
api_key_env = "SOME_VARIABLE"
rate = 20
"""


def settings(rng: Random, folder: Path) -> list[str]:
    """Check a good file with spoilt settings, named or in the folder, or look at these."""
    (folder / "importer.toml").write_bytes(rng.choice([spoilt_text, spoilt_bytes])(SETTINGS, rng))
    shutil.copy(DATA / "terms.csv", folder / "terms.csv")
    command = rng.choice([["check", "terms.csv"], ["doctor"], ["runs"]])
    return command + rng.choice([[], ["--config", "importer.toml"], ["--config", "importer.toml"]])


FILES = [
    Files("workbooks", workbook),
    Files(".ods", open_document),
    Files(".xlsb and .xls", binary_workbook),
    Files("text files", text_file),
    Files("other content", other_content),
    Files("templates", template),
    Files("settings", settings),
]
SUBJECTS: list[Subject] = [*FILES, *ANSWERS]
