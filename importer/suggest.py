"""A word and those that are known in, the one it was most likely meant to be out."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word most like this one; None where all are too different."""
    import difflib  # only mistakes need it

    return next(iter(difflib.get_close_matches(word, list(known), 1, likeness)), None)
