"""A fault of ours: one line for the user, and a file with the details for its repair."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from importer import __version__
from importer.atomic import private_folder
from importer.credentials import passwords_in, without_password
from importer.now import utc_now

STATUS = 70  # EX_SOFTWARE of sysexits.h
SHORTEST_SECRET = 6
LONGEST = 300

_SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSW|CREDENTIAL", re.I)
_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]*:[^/@\s]*(?=@)")
_IN_HEADER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{6,}")


def explain(error: BaseException, config: Path | None) -> str:
    """Write what happened to a file beside the journal; return one line that names it."""
    what = masked(f"{type(error).__name__}: {error}", config).splitlines()[0]
    what = " ".join(what.split())[:LONGEST].rstrip(" :.")
    path = _written(masked(_details(error), config), config)
    where = f"details are in {path}" if path else "its details could not be written to a file"
    return (
        f"importer itself has failed ({what}); {where}. What a run has done so far is in the "
        "journal: `importer runs` shows it."
    )


def masked(text: str, config: Path | None) -> str:
    """Return a text without the secrets of this process: keys, tokens, passwords."""
    for secret in sorted(_secrets(config), key=len, reverse=True):
        text = text.replace(secret, "***")
    return _IN_HEADER.sub(r"\1 ***", without_password(_IN_ADDRESS.sub("***", text)))


def _secrets(config: Path | None) -> Iterator[str]:
    """Yield the values of variables that are named like a secret or by a target's settings.

    The password in an address is one, too, and so is each token that a command has printed.
    """
    from importer.sign_in import printed_tokens

    yield from (token for token in printed_tokens() if len(token) >= SHORTEST_SECRET)
    for name, value in os.environ.items():
        if _SECRET_NAME.search(name) and len(value.strip()) >= SHORTEST_SECRET:
            yield value.strip()
        yield from passwords_in(value)
    with suppress(Exception):
        from importer.settings_files import load

        for target in load(config).settings.targets.values():
            yield from target.secrets


def _details(error: BaseException) -> str:
    head = f"{utc_now()} importer {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    command = f"Command: {' '.join(sys.argv)}"
    return "\n".join([head, command, "", *traceback.format_exception(error)])


def _written(text: str, config: Path | None) -> Path | None:
    """Write the details to the first folder that takes them."""
    for folder in _folders(config):
        with suppress(OSError):
            private_folder(folder)
            number, path = tempfile.mkstemp(".log", "importer-fault-", folder, text=True)
            with open(number, "w", encoding="utf-8", errors="backslashreplace") as stream:
                stream.write(text)
            return Path(path)
    return None


def _folders(config: Path | None) -> Iterator[Path]:
    with suppress(Exception):
        from importer.settings_files import load

        yield load(config).settings.sandbox_database.parent  # beside the journal
    with suppress(Exception):
        from importer.settings import state_folder

        yield state_folder()
    with suppress(Exception):
        yield Path(tempfile.gettempdir())
