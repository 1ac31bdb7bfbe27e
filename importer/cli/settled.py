"""Answers what a mapping holds once: by asking at a terminal, or as is likely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from importer.cli.console import ask_text, say
from importer.proposal.settled import why_not

if TYPE_CHECKING:
    from importer.cli.correcting.correction import Correction

OFFERED = 8
"""So many of the answers to a question are shown."""


def with_asked(found: Correction) -> Correction:
    """Ask what is open, each question until its answer can be taken."""
    while open_ := found.unsettled():
        at, one = open_[0]
        offered = ", ".join(one.choices[:OFFERED])
        text = ask_text(f"{one.question} ({offered})", one.default, needed=True)
        if why := why_not(one, text):
            say(why)
        else:
            found = found.settle(at, one, text)
    return found


def with_likely(found: Correction) -> Correction:
    """Return it with what is likely."""
    while open_ := found.unsettled():
        at, one = open_[0]
        found = found.settle(at, one, one.default)
    return found
