"""Whether a file may be replaced by its report, and if not, why."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OWNER_FILES = ("~${}", ".~lock.{}#")
"""The files that Excel and LibreOffice create beside a workbook while it is open."""


def reason_not_in_place(path: Path) -> str:
    """Return why the file must not be replaced, as the end of a sentence about it, else "".

    A user who has the file open would lose the report, or the report would lose the user's work.
    A file that replaces that of another user would belong to us.
    """
    for place in dict.fromkeys((path, path.resolve())):
        for form in OWNER_FILES:
            owner = place.with_name(form.format(place.name))
            if owner.exists():
                return f"is open in another program ({owner.name} stands beside it)"
    return "" if _is_ours(path) else "belongs to another user"


def _is_ours(path: Path) -> bool:
    """Return whether we can keep the file's owner; on Windows always."""
    try:
        return not hasattr(os, "geteuid") or os.geteuid() in (0, path.stat().st_uid)
    except OSError:
        return True
