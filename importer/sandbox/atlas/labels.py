"""Checks labels and the keys of free attributes (Atlas 2.1, AtlasEntityStoreV2)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from importer.sandbox.atlas.refusals import Crashed, Refused
from importer.sandbox.values import java_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from importer.sandbox.atlas.catalogue import Json

LONGEST_WORD = 50
PLAIN = re.compile("[A-Za-z0-9_-]*")


def checked_labels(labels: Iterable[Any]) -> list[str]:
    """Return labels as they are stored. Raises Crashed, Refused."""
    given = list(labels)
    if None in given:
        raise Crashed("a label is null")
    texts = sorted({java_text(label) for label in given})
    for text in texts:
        _check_word(text, "label")
    return texts


def free_attributes(sent: Json | None) -> dict[str, Any] | None:
    """Return free attributes as they are stored, texts or null. Raises Crashed, Refused."""
    if sent is None:
        return None
    for key, value in sent.items():
        _check_word(key, "key")
        if isinstance(value, list | dict):
            raise Crashed(f"{key} is no text")
    return {key: None if value is None else java_text(value) for key, value in sent.items()}


def _check_word(word: str, kind: str) -> None:
    if len(word) > LONGEST_WORD:
        raise Refused(f"long_{kind}", word)
    if not PLAIN.fullmatch(word):
        raise Refused(f"bad_{kind}", word)
