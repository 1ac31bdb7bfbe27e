"""The folders that ship with the package, in a wheel or a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return a folder that ships with the package (`templates`, `data`), in a wheel or checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def is_ours(path: Path) -> bool:
    """Return whether a file ships with the package: it was checked before, by a test."""
    return path.is_relative_to(shipped("templates"))
