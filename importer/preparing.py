"""Files in, a run of the journal that is planned and ready to be sent out.

Read, map and check are put together in `intake`, order and plan in `planning`; here they meet the
target and the journal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from importer.errors import StoppedEarly, UsageError
from importer.finding_codes import FindingCode
from importer.intake import Intake, open_intake
from importer.journal import Items, Journal, Lease, Run
from importer.journal.history import age
from importer.journal.journal import now
from importer.model import Finding, Severity, Status
from importer.order import Levels, LiveIndex
from importer.plan import Guard
from importer.plan.guard import mass_words
from importer.planning import ChangePlanner, JournalSink, kind_types
from importer.pruning import PrunePlanner, want_scopes
from importer.read import sha256_of
from importer.results import Connect, Options, Preview, Progress
from importer.targets.protocol import Query, Target
from importer.template import Template
from importer.verdict import invalid_rows, resolved, row_order
from importer.wanted import wanted

T = TypeVar("T")


@dataclass(slots=True)
class PreparedRun:
    """A run that the journal knows and that holds its target; `make_plan` gives it its plan."""

    run: Run
    target: Target
    make_plan: Callable[[Progress], Preview]


def begin(
    files: Sequence[Path], options: Options, *, target: str, connect: Connect, hold: Lease
) -> PreparedRun:
    """Open the files and the target. Raises UsageError or TargetLocked."""
    intake = open_intake(files, options.template, options.only)
    system = connect(intake.template.system, intake.template.options)
    this = _entered(hold.journal, intake, options, target, system)
    try:
        hold.take(this)
    except BaseException:
        hold.journal.discard(this.run)
        raise
    return _begun(this, intake, system, hold.journal)


def begin_again(this: Run, *, connect: Connect, journal: Journal) -> PreparedRun:
    """Begin a run anew that ended before it had its plan, from the same files.

    Raises UsageError where a file is not what it was.
    """
    files = [Path(file["path"]) for file in this.facts["files"]]
    asked = this.facts["asked"]
    intake = open_intake(files, asked["template"], asked["only"])
    for input_, known in zip(intake.inputs, this.facts["files"], strict=True):
        if input_.sha256 != known["sha256"]:
            raise UsageError(
                f"{input_.path} has changed since run {this.run} began, and nothing of it was "
                "sent: import it anew with `importer run`."
            )
    journal.forget(this.run)
    system = connect(intake.template.system, intake.template.options)
    return _begun(this, intake, system, journal)


def _begun(this: Run, intake: Intake, system: Target, journal: Journal) -> PreparedRun:
    return PreparedRun(this, system, lambda watch: _plan(this, intake, system, journal, watch))


def plan_it(begun: PreparedRun, journal: Journal, watch: Progress) -> Preview:
    """Give a run its plan: after this the journal alone suffices to finish it.

    Raises UsageError, with the run forgotten, or StoppedEarly where the target cannot be asked.
    """
    try:
        return begun.make_plan(watch)
    except UsageError:
        journal.forget(begun.run.run)
        journal.discard(begun.run.run)
        raise
    except StoppedEarly as stop:
        begun.run.state, begun.run.why, begun.run.finished = "interrupted", str(stop), now()
        journal.save(begun.run)
        raise


def is_planned(this: Run) -> bool:
    """Whether the journal has all of a run that is needed to finish it."""
    return "sheets" in this.facts


def _plan(this: Run, intake: Intake, system: Target, journal: Journal, watch: Progress) -> Preview:
    sink = JournalSink(journal, this.run)
    watch.stage("Reading", None)
    intake.read(sink, system.names())
    _demand_as_opened(intake)
    watch.stage("Looking up", None)
    asked = wanted(intake.template, intake.registry, intake.sheets)
    scopes = this.facts["asked"].get("prune", ())
    want_scopes(asked, intake, scopes)
    directory = looked_up(this, intake.template, system, asked, journal)
    strict = this.facts["asked"]["strict"]
    resolver, findings = resolved(intake, directory, strict=strict, looked_up=True)
    watch.stage("ChangePlanner", None)
    levels = Levels(intake.template)
    guard = Guard(**this.facts["guard"])
    planning = ChangePlanner(
        journal, this.run, intake, directory, resolver, sink.rules, levels, guard
    )
    findings += planning.plan()
    held = list(_pruned(this, planning, findings)) if scopes else []
    held += _held(this, intake, planning, journal)
    _keep(this, intake, findings, journal)
    return _preview(intake, [*findings, *held], planning, this.target)


def _pruned(this: Run, planning: ChangePlanner, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Delete what the files do not name in the scopes they are the whole of."""
    asked = this.facts["asked"]
    in_error = any(finding.severity is Severity.ERROR for finding in findings)
    pruning = PrunePlanner(planning, asked.get("prune", ()), in_error, asked["allow_mass_change"])
    yield from pruning.prune()


def _held(
    this: Run, intake: Intake, planning: ChangePlanner, journal: Journal
) -> Iterator[Finding]:
    """Keep back what changes too much at once, until somebody has looked at it."""
    if this.facts["asked"]["allow_mass_change"]:
        return
    for mass in planning.guard.over(planning.directory.names.values()):
        why = mass_words(mass, intake.template)
        Items(journal, this.run).hold(mass.rows, why)
        sheet = intake.sheets[mass.rows[0][0]]
        yield Finding(FindingCode.MASS_CHANGE, why, sheet.place(0), Severity.WARNING)


def _demand_as_opened(intake: Intake) -> None:
    """Rows of two states of a file are not mixed. Raises UsageError."""
    for input_ in intake.inputs:
        if sha256_of(input_.path) != input_.sha256:
            raise UsageError(
                f"{input_.path} was changed while it was read; nothing was sent. "
                "Save and close it, then import it again."
            )


def looked_up(
    this: Run,
    template: Template,
    system: Target,
    asked: Query,
    journal: Journal,
    history: Journal | None = None,
) -> LiveIndex:
    """What the target holds of what is asked for; kept in the journal, found by name here.

    What the runs of the history, else of the journal, have saved a moment ago is waited for.
    """
    directory = LiveIndex(template)
    ago = age(history or journal, this.identity)
    if ago is not None:
        system.catch_up(ago)
    for some in pieces(system.fetch(asked), 500):
        for live in some:
            directory.add(live)
        journal.add_live(this.run, some)
    return directory


def _keep(this: Run, intake: Intake, findings: list[Finding], journal: Journal) -> None:
    """Write down what the plan found."""
    journal.add_findings(this.run, findings)
    journal.invalidate_rows(this.run, invalid_rows(intake, findings))
    keep_plan(this, _facts(intake), journal)


def keep_plan(this: Run, facts: dict[str, Any], journal: Journal) -> None:
    """A run has its plan: from here on the journal suffices. `facts` are its sheets and layouts."""
    journal.drop_live(this.run)
    this.state, this.why, this.finished = "planned", "", None
    this.facts |= facts
    journal.save(this)


def _entered(
    journal: Journal, intake: Intake, options: Options, target: str, system: Target
) -> Run:
    template = intake.template
    shipped = options.template or template.name
    facts = {
        "title": template.title,
        "files": [input_.facts() for input_ in intake.inputs],
        "options": template.options,
        "types": kind_types(template.kinds),
        "batch_size": options.batch_size,
        "jobs": options.jobs,
        "stop_after": options.stop_after,
        "landing": options.landing,
        "asked": {
            "template": str(Path(shipped).resolve()) if Path(shipped).is_dir() else shipped,
            "only": options.only,
            "strict": options.strict,
            "allow_mass_change": options.allow_mass_change,
            "prune": options.prune,
        },
        "guard": {"rows": options.mass_rows, "share": options.mass_share},
    }
    return journal.begin(
        target=target,
        identity=system.identity,
        system=template.system,
        template=template.name,
        facts=facts,
    )


def _facts(intake: Intake) -> dict[str, Any]:
    return {
        "sheets": [{"name": sheet.name, "file": sheet.file} for sheet in intake.sheets],
        "layouts": [asdict(source.layout) for source in intake.sources],
    }


def _preview(
    intake: Intake, findings: list[Finding], planning: ChangePlanner, target: str
) -> Preview:
    invalid = set(invalid_rows(intake, findings))
    counted = Counter(
        action.value for where, action in planning.actions.items() if where not in invalid
    )
    if invalid:
        counted[Status.INVALID.value] = len(invalid)
    return Preview(target, dict(counted), sorted(findings, key=row_order))


def pieces(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size` values, one after the other."""
    iterator = iter(values)
    while piece := list(islice(iterator, size)):
        yield piece
