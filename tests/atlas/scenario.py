"""Run the product's command on a real server and on the sandbox, step by step, and compare them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from tests.atlas.books import ASSETS, DELETED, FIRST, GLOSSARY_FILE, SECOND
from tests.atlas.command import Command
from tests.atlas.comparison import active, differences
from tests.atlas.configuration import ADMIN
from tests.atlas.reading import API, objects
from tests.pipeline.bench import book

WORKBOOK = "apache-atlas-workbook"
FILE = "apache-atlas"
BEFORE = "nothing"
FINE = {"created", "updated", "moved", "deleted", "unchanged"}


@dataclass
class Outcome:
    """What a step came to: rows by outcome, objects afterwards, what differs, seconds."""

    step: str
    rows: str
    objects: int
    seconds: float
    notes: list[str] = field(default_factory=list)

    def cells(self):
        """Return the step's row of the table."""
        return self.step, self.rows, self.objects, len(self.notes), f"{self.seconds:.1f}"


@dataclass
class Side:
    """A server, the command that imports into it, and the runs so far by the name of their step."""

    address: str
    command: Command
    runs: dict[str, str] = field(default_factory=dict)
    seen: dict[str, dict] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """Something to do on both servers; afterwards each holds what the other does.

    `unchanged`: every row has that outcome. `like`: an earlier step, and what the server held
    after it is what it holds now.
    """

    name: str
    do: Callable[[Side], dict]
    unchanged: bool = False
    like: str = ""


def steps(folder):
    """Return the steps, whose workbooks are written into `folder`."""
    first, second, deleted = (
        book(folder / f"{name}.xlsx", sheets)
        for name, sheets in (("first", FIRST), ("second", SECOND), ("deleted", DELETED))
    )
    file = book(folder / "terms.xlsx", {"Glossary terms": GLOSSARY_FILE})
    return [
        Step("import", _run("import", first)),
        Step("import again", _run("again", first), unchanged=True),
        Step("change", _run("change", second)),
        Step("change again", _run("change again", second), unchanged=True),
        Step("undo the change", _undo("change"), like="import"),
        Step("change once more", _run("once more", second), like="change"),
        Step("delete", _run("delete", deleted)),
        Step("export and import", _round_trip(first), unchanged=True),
        Step("undo the delete", _undo("delete"), like="change once more"),
        Step("undo the second change", _undo("once more"), like="import"),
        Step("undo the import", _undo("import"), like=BEFORE),
        Step("import a glossary file", _run("file", file, FILE)),
        Step("import it again", _run("file again", file, FILE), unchanged=True),
        Step("undo it", _undo("file"), like=BEFORE),
    ]


def play(real, sandbox, folder):
    """Yield the outcome of each step on the servers at two addresses.

    Raises: ValueError where one of them holds objects of the types compared.
    """
    sides = [
        Side(address, Command(address, folder / name))
        for address, name in ((real, "real"), (sandbox, "sandbox"))
    ]
    for side in sides:
        if held := objects(side.address):
            raise ValueError(f"{side.address} holds {len(held)} objects: it must be empty.")
        _make_assets(side.address)
        side.seen[BEFORE] = objects(side.address)
    yield from (_outcome(step, *sides) for step in steps(folder))


def _outcome(step, real, sandbox):
    results, seconds = [], 0.0
    for side in (sandbox, real):
        begun = time.monotonic()
        results.insert(0, step.do(side))
        seconds = time.monotonic() - begun
        side.seen[step.name] = objects(side.address)
    notes = [*_uneven(step, *results), *differences(real.seen[step.name], sandbox.seen[step.name])]
    if step.like:
        before, now = (active(real.seen[name]) for name in (step.like, step.name))
        notes += differences(now, before, ("Apache Atlas", f"it after {step.like!r}"))
    counts = _counts(results[0])
    return Outcome(step.name, counts, len(real.seen[step.name]), seconds, notes)


def _uneven(step, real, sandbox):
    """Yield where the rows of a step fared differently, or not as they should."""
    if real["counts"] != sandbox["counts"]:
        yield f"rows: {_counts(real)} in Apache Atlas, {_counts(sandbox)} in the sandbox"
    wanted = {"unchanged"} if step.unchanged else FINE
    if any(count for name, count in real["counts"].items() if name not in wanted):
        yield f"not all rows are {', '.join(sorted(wanted))}: {_counts(real)}"
        yield from map(_said, real["findings"])


def _said(finding):
    return f"{finding['sheet']} {finding['cell'] or finding['row']}: {finding['message']}"


def _counts(result):
    return ", ".join(f"{count} {name}" for name, count in result["counts"].items() if count)


def _run(name, file, template=WORKBOOK):
    def do(side):
        result = side.command.run(file, template)
        side.runs[name] = result["run"]
        return result

    return do


def _undo(name):
    return lambda side: side.command.undo(side.runs[name])


def _round_trip(assets):
    """Export everything, with the assets that a workbook lists, and import the export."""

    def do(side):
        exported = side.command.export(WORKBOOK, "export.xlsx", "--assets", assets)
        return side.command.run(exported, WORKBOOK)

    return do


def _make_assets(address):
    """Make the assets that the workbooks enrich."""
    pairs = [(kind, name) for kind, names in ASSETS.items() for name in names]
    entities = [
        {"typeName": kind, "guid": f"-{number}", "attributes": _attributes(name)}
        for number, (kind, name) in enumerate(pairs, 1)
    ]
    answer = requests.post(
        f"{address}{API}/entity/bulk", json={"entities": entities}, auth=ADMIN, timeout=120
    )
    answer.raise_for_status()


def _attributes(qualified_name):
    name = qualified_name.partition("@")[0].rpartition(".")[2]
    return {"qualifiedName": qualified_name, "name": name}
