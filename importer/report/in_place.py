"""A file in, what speaks against replacing it by its report out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OWNER_FILES = ("~${}", ".~lock.{}#")
"""What Excel and LibreOffice put beside a workbook for as long as they have it open."""


def hindrance(path: Path) -> str:
    """Why the file itself is left alone, as the end of a sentence about it; else nothing.

    Who has it open would lose the report, or the report their work; and what we put in the place
    of somebody else's file would be ours.
    """
    for place in dict.fromkeys((path, path.resolve())):
        for form in OWNER_FILES:
            owner = place.with_name(form.format(place.name))
            if owner.exists():
                return f"is open in another program ({owner.name} stands beside it)"
    return "" if _is_ours(path) else "belongs to another user"


def _is_ours(path: Path) -> bool:
    """Whether a file put in its place could belong to whom it belongs to; on Windows all can."""
    try:
        return not hasattr(os, "geteuid") or os.geteuid() in (0, path.stat().st_uid)
    except OSError:
        return True
