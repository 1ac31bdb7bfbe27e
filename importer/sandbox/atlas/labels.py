"""Checks labels and the keys of free attributes (Atlas 2.1, AtlasEntityStoreV2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas.refusals import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from importer.sandbox.atlas.catalogue import Json

LONGEST_WORD = 50
PLAIN = re.compile("[A-Za-z0-9_-]*")


def checked_labels(labels: Iterable[Any]) -> list[str]:
    """Return labels as they are stored. Raises Refused."""
    texts = sorted({str(label) for label in labels})
    for text in texts:
        _check_word(text, "label")
    return texts


def refuse_bad_keys(free: Json | None) -> None:
    """Raise Refused for a key of a free attribute that may not be."""
    for key in free or ():
        _check_word(key, "key")


def _check_word(word: str, kind: str) -> None:
    if len(word) > LONGEST_WORD:
        raise Refused(f"long_{kind}", word)
    if not PLAIN.fullmatch(word):
        raise Refused(f"bad_{kind}", word)
