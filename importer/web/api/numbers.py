"""Numbers in addresses: pages, and what counts from 0 or 1; none is so large that it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypeVar

from fastapi import Path, Query

from importer.uploads.views import PAGE

T = TypeVar("T")

MOST = 10_000_000

PageNumber = Annotated[int, Query(ge=1, le=MOST, description="Counts from 1.")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def page_of(found: Sequence[T], page: int) -> tuple[Sequence[T], int]:
    """Return one page of what was found, and how many pages there are."""
    return found[(page - 1) * PAGE : page * PAGE], max(1, -(-len(found) // PAGE))
