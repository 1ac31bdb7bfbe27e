"""DataFrames in the place of a file: their names, and how they are opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

FRAME = "frame"
"""The format of what was no file, and what a single DataFrame is called."""

HEADING_ROWS = 1
"""The rows above the first of a DataFrame: its headings."""


@dataclass(frozen=True, slots=True, eq=False)
class Frames:
    """DataFrames by the name of their sheet; `name` stands where that of a file would."""

    sheets: Mapping[str, pd.DataFrame] = field(repr=False)
    name: str = FRAME

    def __str__(self) -> str:
        return self.name


Readable: TypeAlias = Path | Frames
"""What rows are read from."""


def is_frame(format_: str) -> bool:
    """Return whether that is the format of DataFrames: there is no file to read again."""
    return format_ == FRAME
