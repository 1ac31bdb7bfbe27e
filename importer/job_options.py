"""The flags of `importer run` that a job has: the table `[jobs.NAME.options]`."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, model_validator


class JobOptions(BaseModel):
    """What a job asks of its runs, by the names of the flags; each description is the reference's.

    A name may be written with `-` or with `_`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: tuple[str, ...] = Field(
        default=(), description="Import only these sheets, each `NAME` or `NAME=KIND`."
    )
    encoding: str = Field(default="", description="The encoding of text files.")
    delimiter: str = Field(default="", description="What separates the cells of text files.")
    quote: str = Field(default="", description="The sign around cells of text files.")
    prune: tuple[str, ...] = Field(
        default=(), description="Delete what these scopes hold and no file names."
    )
    strict: bool = Field(default=False, description="Treat warnings as errors.")
    allow_mass_change: bool = Field(
        default=False, description="Let a run change much of the target at once."
    )
    verify: bool = Field(default=False, description="Read back whatever was sent.")
    batch_size: PositiveInt | None = Field(default=None, description="Changes per request.")
    jobs: int = Field(default=4, ge=1, le=64, description="Requests in flight at once.")
    rate: PositiveInt | None = Field(default=None, description="Requests per minute at most.")

    @model_validator(mode="before")
    @classmethod
    def _as_fields(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        return {str(name).replace("-", "_"): value for name, value in raw.items()}
