"""What all models of the API have in common: what is answered, what is taken, errors."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints


class Answer(BaseModel):
    """Something that the API answers."""

    model_config = ConfigDict(frozen=True)


class Sent(BaseModel):
    """Something that a client sends: a key that is not known is refused, not passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid")


WITHOUT_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL in a text, and no spreadsheet has one."""

Short = Annotated[str, StringConstraints(max_length=255, pattern=WITHOUT_NUL)]
"""A name."""

Long = Annotated[str, StringConstraints(max_length=32_767, pattern=WITHOUT_NUL)]
"""What a cell can hold."""


class Problem(Answer):
    """Why nothing was done.

    `message` is a sentence for people, with the way out. `state` and `run` say where the upload
    or the run stands that something cannot be done with now; `now` is what a cell holds that
    somebody else has changed.
    """

    status: int
    message: str
    state: str | None = None
    run: str | None = None
    now: str | None = None


class ErrorAnswer(Answer):
    """The answer where something went wrong."""

    error: Problem
