"""Sentences that help with a mistake: the word most likely meant, and short lists of names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word most like this one, None where all are too different."""
    import difflib  # only mistakes need it

    return next(iter(difflib.get_close_matches(word, list(known), 1, likeness)), None)


def did_you_mean(near: str | None, otherwise: str = "", *, after: str = ".") -> str:
    """Return the end of a message: `. Did you mean Colour?`.

    `near` is the word from `nearest`; where that is None, `otherwise` follows instead, or nothing.
    `after` ends what stands before; only after a full stop does the question begin with a capital.
    """
    question = f"{'Did' if after == '.' else 'did'} you mean {near}?" if near else otherwise
    return f"{after} {question}" if question else after


def listed(
    texts: Sequence[str], most: int = 3, *, count: int | None = None, quote: str = "`"
) -> str:
    """Return the first `most` texts and how many there are besides: `` `A`, `B` and 2 more``.

    `count` is how many there are in all, where `texts` holds only the first of them.
    """
    shown = [f"{quote}{text}{quote}" for text in texts[:most]]
    more = (len(texts) if count is None else count) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")
