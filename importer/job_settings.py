"""The settings of a job: what is imported from where into which target, when, and who is told."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from importer.allowed import VARIABLE
from importer.credentials import has_password, holds_credentials
from importer.job_expect import ExpectSettings, duration
from importer.job_options import JobOptions

JOB_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
"""The name of a job: it is part of commands and of the paths of files."""

IN_PLACE = "in place"
MOVE = "move:"
KEEP, DELETE = "keep", "delete"

Variable = Annotated[str, Field(max_length=200)]


class Each(StrEnum):
    """What makes one run: all new files of a look together, or each of them."""

    LOOK = "look"
    FILE = "file"


class JobSettings(BaseModel):
    """What a job goes by; each description is what the reference says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: str = Field(
        min_length=1,
        description="The files: a path with `*` (`inbox/*.xlsx`), or an address of a store.",
    )
    template: str = Field(
        default="",
        description="The template, or a kept mapping; if not set, the headings decide.",
    )
    target: str = Field(
        min_length=1, description="The target; `sandbox` only where that is written here."
    )
    schedule: str = Field(
        default="",
        description="When it runs, as for cron: `0 3 * * *`; if not set, by `importer jobs run` "
        "only.",
    )
    time_zone: str = Field(default="UTC", description="The time zone of that: `Europe/Berlin`.")
    each: Each = Field(
        default=Each.LOOK,
        description="`look`: all new files are one run, by name; `file`: each is a run.",
    )
    on_success: str = Field(
        default=KEEP,
        description="What becomes of a file all of whose rows are imported: `keep`, `delete` or "
        "`move:FOLDER`.",
    )
    report: str = Field(
        default="",
        description="The folder of the reports, or `in place`; if not set, `reports` beside the "
        "folder of the files.",
    )
    options: JobOptions = Field(
        default=JobOptions(),
        description="Flags of `importer run`: the table `[jobs.NAME.options]`.",
    )
    set: dict[str, str] = Field(
        default_factory=dict, description="Answers to what the template asks, by name."
    )
    expect: ExpectSettings = Field(
        default=ExpectSettings(),
        description="What must hold before anything is sent: the table `[jobs.NAME.expect]`.",
    )
    notify: tuple[Variable, ...] = Field(
        default=(), description="Variables that hold the addresses of who is notified."
    )
    webhook: str = Field(
        default="", description="An address that gets a signed request when a pass has ended."
    )
    webhook_key_env: Variable = Field(
        default="", description="The variable that holds the key which signs it."
    )
    ping: Variable = Field(
        default="", description="The variable that holds the address of a healthcheck."
    )
    alarm_after: str = Field(
        default="",
        description="People are notified when it has not run for so long, or a file was being "
        "written to for so long (20 hours, if not set): `26h`.",
    )
    marker: str = Field(
        default="",
        description="Only files beside which there is one with this at its end (`.done`), and no "
        "older than they are, are whole.",
    )
    settle: float = Field(
        default=5, ge=0, le=3600, description="Seconds that a file must be unchanged to be whole."
    )
    enabled: bool = Field(default=True, description="Whether it runs by its schedule.")

    @field_validator("source")
    @classmethod
    def _without_password(cls, address: str) -> str:
        """Refuse an address with a password, without repeating it; a name may be needed."""
        if has_password(address):
            raise ValueError(
                "holds a password, which does not belong in an address; it goes into the "
                "variables that its store reads"
            )
        return address

    @field_validator("webhook")
    @classmethod
    def _an_address(cls, address: str) -> str:
        if holds_credentials(address):
            raise ValueError("holds a user name or a password, which do not belong in an address")
        if address and urlsplit(address).scheme not in ("https", "http"):
            raise ValueError("is no address that begins with https://")
        return address

    @model_validator(mode="after")
    def _whole_when_pruned(self) -> Self:
        if self.options.prune and self.each is Each.FILE:
            raise ValueError(
                'each = "file" and options.prune exclude each other: the run of one file would '
                "delete what only the others name"
            )
        return self

    @field_validator("schedule")
    @classmethod
    def _a_schedule(cls, text: str) -> str:
        if text:
            _refuse_schedule(text)
        return text

    @field_validator("time_zone")
    @classmethod
    def _a_time_zone(cls, name: str) -> str:
        from zoneinfo import ZoneInfo

        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"`{name}` is no time zone such as Europe/Berlin") from None
        return name

    @field_validator("on_success")
    @classmethod
    def _an_end(cls, text: str) -> str:
        moves = text.startswith(MOVE) and text.removeprefix(MOVE).strip()
        if text not in (KEEP, DELETE) and not moves:
            raise ValueError(f"`{text}` is none of keep, delete, move:FOLDER")
        return text

    @field_validator("alarm_after")
    @classmethod
    def _a_duration(cls, text: str) -> str:
        duration(text)
        return text

    @field_validator("notify")
    @classmethod
    def _names_of_variables(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            refuse_no_variable(name)
        return names

    @field_validator("webhook_key_env", "ping")
    @classmethod
    def _name_of_a_variable(cls, name: str) -> str:
        refuse_no_variable(name)
        return name


def refuse_no_variable(name: str) -> None:
    """Raise ValueError for what is no variable's name, without repeating it: it may be a secret."""
    if name and not VARIABLE.fullmatch(name):
        raise ValueError(
            "is not the name of an environment variable (capitals, digits, underscores); "
            "the value itself does not belong here"
        )


def refuse_name(name: str) -> None:
    """Raise ValueError for a job that cannot be called so."""
    if not JOB_NAME.fullmatch(name):
        raise ValueError(
            f"{name}: is no name of a job: letters, digits, `-`, `_` and `.`, 64 at most"
        )


def _refuse_schedule(text: str) -> None:
    import datetime as dt

    from cronsim import CronSim, CronSimError

    if len(text.split()) != 5:
        raise ValueError(f"`{text}` is no schedule of five fields such as 0 3 * * *")
    try:
        next(CronSim(text, dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))
    except (CronSimError, StopIteration) as error:
        why = str(error) or "it never comes"
        raise ValueError(f"`{text}` is no schedule such as 0 3 * * *: {why}") from None
