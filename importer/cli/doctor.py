"""`importer doctor`: the settings, where each comes from, and what can be reached."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from importer.cli import flags
from importer.cli.answer import Answer
from importer.cli.console import say, show
from importer.cli.flags import Format
from importer.errors import ReasonCode
from importer.pipeline.reason import Reason

if TYPE_CHECKING:
    from importer.settings import Settings
    from importer.settings_files import Loaded

Trust = Annotated[
    Path | None,
    typer.Option(
        "--trust",
        metavar="FILE",
        help="First allow the settings file of a folder to say where data and keys go.",
        show_default=False,
    ),
]

OK, NOT_SET_UP = "ok", "not set up"


def doctor(
    format: flags.OutputFormat = Format.TEXT,  # noqa: A002 - the flag's name
    config: flags.Config = None,
    allow_http: flags.AllowHttp = False,
    trust: Trust = None,
) -> Answer:
    """Show the settings, where each comes from, and whether each target answers."""
    from importer.settings_files import load

    if trust:
        _trust(trust)
    from importer.targets import broken_systems

    say(*broken_systems())
    loaded = load(config, allow_http=allow_http)
    found = _examined(loaded)
    if format is Format.TEXT:
        show(_lines(found))
    if found["ok"]:
        return Answer(0, lambda: found)
    states = {f"target {one['target']}": one["state"] for one in found["targets"]}
    states |= {f"job {one['job']}": one["state"] for one in found["jobs"]}
    states |= {what: found[what]["state"] for what in ("journal", "queue")}
    wrong = [f"{what}: {state}" for what, state in states.items() if state not in (OK, NOT_SET_UP)]
    return Answer(3, lambda: found, Reason(ReasonCode.NOT_WELL, " ".join(wrong)))


def _trust(file: Path) -> None:
    from importer.settings_files import trust

    claims = trust(file)
    say(
        f"{file} is allowed as it is now:",
        *(f"  {line}" for line in claims or ["it claims nothing"]),
    )


def _examined(loaded: Loaded) -> dict[str, Any]:
    settings = loaded.settings
    journal = _journal(settings)
    targets = [_target(loaded, name) for name in settings.targets]
    queue = _queue(settings)
    jobs = [_job(settings, name) for name in settings.jobs]
    fine = all(one["state"] in (OK, NOT_SET_UP) for one in (journal, queue, *targets, *jobs))
    return {
        "ok": fine,
        "config": str(loaded.config) if loaded.config else None,
        "journal": {**journal, "origin": loaded.origins.get("journal", "built in")},
        "queue": {**queue, "origin": loaded.origins.get("queue", "built in")},
        "targets": targets,
        "jobs": jobs,
    }


def _job(settings: Settings, name: str) -> dict[str, Any]:
    """Return how many files the source of a job has, and what is wrong with it."""
    from importer.jobs.examined import examined

    found = examined(settings, name)
    return {"job": name, "files": found.files, "state": " ".join(found.wrong) or OK}


def _journal(settings: Settings) -> dict[str, str]:
    from importer.credentials import without_password
    from importer.errors import UsageError
    from importer.session import open_journal

    where = without_password(settings.journal)
    try:
        with closing(open_journal(settings.journal)) as journal, journal.store.writing():
            return {"where": where, "state": OK}
    except UsageError as error:
        return {"where": where, "state": str(error)}


def _queue(settings: Settings) -> dict[str, str]:
    """Return where the queue is, and whether it answers; a file of it is made by who needs it."""
    from importer.credentials import without_password
    from importer.errors import ImporterError
    from importer.work import open_queue

    address = settings.queue_address
    where = without_password(address)
    if "://" not in address and not Path(address).exists():
        return {"where": where, "state": OK}
    try:
        with closing(open_queue(address)) as queue:
            queue.waiting()
    except ImporterError as error:
        return {"where": where, "state": str(error)}
    return {"where": where, "state": OK}


def _target(loaded: Loaded, name: str) -> dict[str, Any]:
    """Return a target's settings, each with its origin; the key only as set or not set."""
    from importer.settings import OF_SANDBOX, SANDBOX

    target = loaded.settings.targets[name]
    foreign = set() if name == SANDBOX else set(OF_SANDBOX)
    stated = target.model_dump(exclude=foreign).items()
    values = {key: value for key, value in stated if value not in ("", None)}
    settings = {
        key: {"value": value, "origin": loaded.origins.get(f"targets.{name}.{key}", "built in")}
        for key, value in values.items()
    }
    key = ("set" if target.sign_in else "not set") if target.variables else None
    return {
        "target": name,
        "settings": settings,
        "api_key": key,
        "state": _reached(loaded, name),
    }


def _reached(loaded: Loaded, name: str) -> str:
    """Whether the target answers, asked once: `ok`, `not set up`, or what is wrong."""
    from importer.errors import ImporterError
    from importer.session import Connector

    if _untouched(loaded, name):
        return NOT_SET_UP
    try:
        with Connector(loaded.settings, name, sleep=lambda _seconds: None) as connect:
            connect.reach()
    except (ImporterError, OSError) as error:
        return str(error)
    except Exception as error:  # the code of another package
        return f"cannot be opened ({type(error).__name__})"
    return OK


def _untouched(loaded: Loaded, name: str) -> bool:
    """Whether a target is built in, needs a key, and no setting mentions it."""
    said = any(key.startswith(f"targets.{name}.") for key in loaded.origins)
    target = loaded.settings.targets[name]
    return bool(target.variables) and not target.sign_in and not said


def _lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"Settings: {found['config'] or 'no file (./importer.toml, or --config FILE)'}"
    for what in ("journal", "queue"):
        one = found[what]
        yield f"{what.capitalize()}: {one['state']}"
        yield f"  {'where':<17} {one['where']}  ({one['origin']})"
    for target in found["targets"]:
        yield ""
        yield f"Target {target['target']}: {target['state']}"
        for name, one in target["settings"].items():
            known = f", which is {_set(one['value'])}" if name.endswith("_env") else ""
            yield f"  {name:<17} {one['value']}{known}  ({one['origin']})"
    for job in found["jobs"]:
        yield ""
        yield f"Job {job['job']}: {job['state']}"
        yield f"  {'files':<17} {'not known' if job['files'] is None else job['files']}"


def _set(variable: str) -> str:
    return "set" if os.environ.get(variable, "").strip() else "not set"
