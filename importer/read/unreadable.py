"""Errors for files that cannot be read, each a line that a data steward can act on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from importer.errors import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_SEEN = 400
"""Characters of what was seen: a file may have names of any length."""
COPY_AGAIN = "Copy or download the file again, or open it and save it anew"


def refusal(path: Path, seen: str, way_out: str) -> UnreadableInput:
    """Return the error `terms.xls: seen. Way out.`, always on one line."""
    seen = seen if len(seen) <= MAX_SEEN else f"{seen[:MAX_SEEN]}…"
    text = f"{path.name or path}: {seen}. {way_out}."
    return UnreadableInput(" ".join(text.split()))


@contextmanager
def workbook_errors(path: Path) -> Iterator[None]:
    """Raise UnreadableInput about `path` for whatever the workbook parsers raise in the block."""
    import zipfile
    import zlib
    from xml.etree.ElementTree import ParseError
    from xml.parsers.expat import ExpatError

    from python_calamine import CalamineError, PasswordError

    from importer.read.sheet_facts import DamagedSheetError

    try:
        yield
    except PasswordError:
        raise protected(path) from None
    except (
        *(CalamineError, DamagedSheetError),
        *(zipfile.BadZipFile, zlib.error, ExpatError, ParseError, EOFError),
    ) as problem:
        raise refusal(path, f"the workbook is damaged ({problem})", COPY_AGAIN) from problem
    except LookupError as problem:
        if not str(problem).startswith("unknown encoding"):  # what expat says of an XML's own claim
            raise
        raise refusal(path, f"the workbook is damaged ({problem})", COPY_AGAIN) from problem
    except BaseException as problem:
        # A panic of the Rust parser derives from BaseException and has no importable name.
        if type(problem).__name__ != "PanicException":
            raise
        raise refusal(path, "the workbook is damaged beyond reading", COPY_AGAIN) from problem


def protected(path: Path) -> UnreadableInput:
    """Return the error for a file that only opens with a password."""
    return refusal(
        path,
        "the workbook is protected with a password",
        "Open it in Excel, clear the password under File > Info > Protect Workbook > "
        "Encrypt with Password, and save it",
    )


def changed(path: Path) -> UnreadableInput:
    """Return the error for a file that is another since it was opened, or gone."""
    seen = "was changed or removed while it was read"
    return refusal(path, seen, "Save and close it, then give it again")
