"""Parses a workbook in a process of its own first, whose memory and time have limits.

What an .ods, .xlsb or .xls takes cannot be told by counting: their parser follows tables, lengths
and repeats inside the file. Where it needs too much the process is ended, and not ours.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from importer.read.unreadable import refusal

if TYPE_CHECKING:
    from importer.errors import UnreadableInput

UNCOUNTED = frozenset({"ods", "xlsb", "xls"})
MAX_MEMORY = 3 << 29
MAX_SECONDS = 300
"""The most that the process may take, in bytes of memory and in seconds of a processor."""
NO_MEMORY = 3
"""The exit status for which the process itself asks: it was refused memory."""
PARSE = Path(__file__).with_name("trial_parse.py")
SMALLER = "Save the sheet as .xlsx or CSV"


def is_bounded(path: Path) -> bool:
    """Return whether the parser is done with a file within the limits.

    A file that the parser refuses is for the caller: it meets the same error.
    """
    ended = subprocess.run(  # noqa: S603 - our own file, no shell
        [sys.executable, "-I", "-S", str(PARSE), *_limits(), _parser_folder(), str(path.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return ended.returncode >= 0 and ended.returncode != NO_MEMORY


def too_much(path: Path) -> UnreadableInput:
    """Return the error on a file that needs too much."""
    limits = f"{MAX_MEMORY / (1 << 30):g} GB of memory or {MAX_SECONDS // 60} minutes"
    return refusal(path, f"to read it takes more than {limits}", SMALLER)


def _limits() -> tuple[str, str]:
    return str(MAX_MEMORY), str(MAX_SECONDS)


def _parser_folder() -> str:
    """Return the folder that the parser is imported from: the process knows no other."""
    found = find_spec("python_calamine")
    return str(Path(found.origin).parent.parent) if found and found.origin else ""
