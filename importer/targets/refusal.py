"""An answer that grants nothing in, a refusal or a doubt out."""

from __future__ import annotations

from importer.targets.protocol import InDoubt, Refused
from importer.targets.transport import Answer

TOO_LARGE = frozenset({406, 413, 414})
"""406 is Atlan's own for a save its store finds too large; 414 a deletion that names too many."""

DOUBTFUL = frozenset({408, 502, 503, 504})


def refused_or_in_doubt(
    answer: Answer, words: str | None, *, culprit: int | None = None
) -> Refused | InDoubt:
    """Judge an answer that is no 2xx to a batch.

    `words` are the system's own about it, None where something else answered: a proxy's page says
    nothing about what became of the request behind it.
    """
    if answer.status in TOO_LARGE:
        said = words or "The batch is too large for the target"
        return Refused(said, answer.status, culprit, smaller=True)
    if words is None or answer.status in DOUBTFUL:
        return InDoubt(f"the target answered HTTP {answer.status}{_added(words)}")
    return Refused(words, answer.status, culprit)


def _added(words: str | None) -> str:
    return f": {words}" if words else " with a page that is not its own"
