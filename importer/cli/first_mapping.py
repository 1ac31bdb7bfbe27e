"""`template init` at a terminal: a proposal is corrected, and goes where that is wished."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from importer.cli.console import ask_choice
from importer.pipeline.sure_enough import LEAST

if TYPE_CHECKING:
    from importer.cli.offered import Offer
    from importer.proposal import Proposal


class Wish(Struct, frozen=True):
    """Where a mapping goes: the name to keep it by, or a folder to write; nowhere without both."""

    keep: str = ""
    out: Path | None = None

    @property
    def given(self) -> bool:
        """Return whether it goes anywhere."""
        return bool(self.keep or self.out)


def corrected(offer: Offer, wish: Wish) -> tuple[Proposal, Wish]:
    """Offer a proposal for correction; return what became of it, and where it goes."""
    from importer.cli.correcting.page import Stopped
    from importer.pipeline.propose import SURE

    words = {"y": "yes", "c": "correct it", "n": "no"} if wish.given else dict(CHOICES)
    if offer.confidence < LEAST:
        words.pop("k", None)
    if wish.keep and offer.confidence < LEAST:
        words.pop("y", None)
    default = "y" if wish.given and offer.confidence >= SURE else "" if wish.given else "n"
    chosen = ask_choice("Is it right?" if wish.given else "What now?", words, default)
    if chosen == "n":
        return offer.proposal, Wish()
    if chosen in ("y", "k"):
        return offer.settled(), wish if chosen == "y" else Wish(keep=offer.name)
    taken = offer.corrected(asks_name=not wish.given)
    if isinstance(taken, Stopped):
        return offer.proposal, Wish()
    return taken.correction.proposal, wish if wish.given else Wish(keep=taken.name)


CHOICES = {"c": "correct it", "k": "keep it as it is", "n": "nothing"}
"""What can be done with a proposal for which no flag says it."""


def written(found: Proposal, wish: Wish) -> list[str]:
    """Write a mapping where it goes; return what names it to `--template`. Raises UsageError."""
    from importer.pipeline.keep_mapping import keep_mapping
    from importer.pipeline.write_mapping import write_mappings

    made = [
        str(path) for path in (write_mappings(wish.out.name, found, wish.out) if wish.out else ())
    ]
    return made + ([keep_mapping(wish.keep, found)] if wish.keep else [])
