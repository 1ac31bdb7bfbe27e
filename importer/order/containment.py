"""What may be deleted: only what does not hold anything that stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def still_full(
    leaving: Iterable[str], children: Callable[[str], Iterable[str]], going: set[str]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each entity that must stay, with the children that stay in it (all by id).

    `leaving` are checked, innermost first; `going` are all that leave. What must stay is taken out
    of `going`, so that what holds it stays too.
    """
    for one in leaving:
        left = [child for child in children(one) if child not in going]
        if left:
            going.discard(one)
            yield one, left
