"""What a job expects of its files before anything is sent: the table `[jobs.NAME.expect]`."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, field_validator

_DURATION = re.compile(r"([1-9][0-9]{0,5})(m|h|d)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}

Share = Annotated[float, Field(ge=0, le=1)]


class ExpectSettings(BaseModel):
    """What a job expects; each description is what the reference says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    min_rows: PositiveInt | None = Field(
        default=None, description="So many rows at least, all files of a run together."
    )
    max_drop: Share | None = Field(
        default=None,
        description="The share of rows that may be missing against the last good run: `0.3`.",
    )
    max_invalid: Share | None = Field(
        default=None, description="The share of rows that may have errors."
    )
    sheets: tuple[str, ...] = Field(default=(), description="Sheets that must be there.")
    max_age: str = Field(
        default="",
        description="How old a file may be: `90m`, `36h` or `2d` since it was changed; where there "
        "is none, how long ago the last may have been imported.",
    )

    @field_validator("max_age")
    @classmethod
    def _a_duration(cls, text: str) -> str:
        duration(text)
        return text


def duration(text: str) -> dt.timedelta | None:
    """Return how long `90m`, `36h` or `2d` is; None for nothing. Raises ValueError."""
    if not text:
        return None
    found = _DURATION.fullmatch(text)
    if found is None:
        raise ValueError(f"`{text}` is no duration such as 90m, 36h or 2d")
    return dt.timedelta(**{_UNITS[found[2]]: int(found[1])})
