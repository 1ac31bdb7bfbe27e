"""Refuses names of files that no report and no journal can use."""

from __future__ import annotations

from pathlib import Path

from importer.invisible import escaped


def unusable(file: Path) -> str:
    """Return why a file cannot be named, nothing where it can: `.` and `/`, what is no Unicode."""
    if not file.name or file.name == "..":
        return f"{file} is a folder. Name the files in it, e.g. with *.csv."
    if "\0" in str(file):
        return f"{escaped(str(file))} has a NUL byte in its name, which no file has. Correct it."
    if not is_text(str(file.absolute())):
        shown = str(file).encode("utf-8", "backslashreplace").decode()
        return f"{shown} has a name that is not Unicode. Rename it."
    return ""


def is_text(name: str) -> bool:
    """Return whether a name is Unicode, so that it can be kept and shown."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
