"""A run as the journal knows it: what was asked for, how far it has come, its plan."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from importer.model import InputFile, RunState, SheetLayout
from importer.now import utc_now
from importer.options import Options, ReportTo


class RunSpec(Struct):
    """What a run was asked for: enough for another process to finish it.

    `title` is the template's. `system_options` are the `options` of the template, which the target
    is opened with; `types` maps its kinds to the target's names of their types. `undoes` names the
    run that this one undoes, if it does. With `uncompared` it may do only what a saved plan says,
    and nothing is sent before its own plan was compared with that.
    """

    title: str
    files: list[InputFile]
    options: Options
    system_options: Mapping[str, Any]
    types: dict[str, str]
    report_to: ReportTo = field(default_factory=ReportTo)
    undoes: str = ""
    uncompared: bool = False

    @property
    def paths(self) -> list[Path]:
        """The paths of its files."""
        return [Path(file.path) for file in self.files]


class RunPlan(Struct, frozen=True):
    """A plan whose changes are all in the journal; `sheets` are in the order of their numbers."""

    sheets: tuple[SheetLayout, ...]


class Run(Struct):
    """One run. `identity` is the target's: system and address.

    With a `plan` the journal alone suffices to finish it. `reports` are the paths written. `why`
    says what stopped the run, or kept its report out of the file; `stop` is the code of what
    stopped it, where an exception did. `counts` are its rows by outcome, once it was reported.
    Times are ISO 8601 in UTC.
    """

    name: str
    state: RunState
    target: str
    identity: str
    system: str
    template: str
    started: str
    spec: RunSpec
    finished: str | None = None
    why: str = ""
    plan: RunPlan | None = None
    reports: tuple[str, ...] = ()
    stop: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def sheets(self) -> tuple[SheetLayout, ...]:
        """The sheets of its plan; none before it has one."""
        return self.plan.sheets if self.plan else ()

    def end(self, state: RunState, why: str = "", stop: str = "") -> None:
        """Note that nothing more is sent for now."""
        self.state, self.why, self.stop, self.finished = state, why, stop, utc_now()
