"""The table of what was measured: lines of text, Markdown for README, JSON."""

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime

from tests.benchmarks.case import shown


def lines(found):
    """Yield the lines of a case: what each side used, then the figures with their bars."""
    yield f"\n{found.case.title} ({found.case.name})\n"
    for side in found.case.sides:
        cpu, memory, wall = found.used(side)
        yield f"  {side:<28} {cpu:8.2f} s CPU {memory:7.0f} MB {wall:8.2f} s wall\n"
    for one in found.figures():
        value = f"{shown(one.median, one.unit)} ({_spread(one)})"
        yield f"  {one.what:<52} {value:<26} {one.bar:<10} {one.verdict}\n"


def _spread(one):
    return f"{shown(one.lowest, 'x')[:-1]} to {shown(one.highest, 'x')[:-1]}"


def as_json(found, rows):
    """Return everything as JSON."""
    cases = [
        {
            "case": one.case.name,
            "title": one.case.title,
            "how": one.case.how,
            "rows": one.case.rows or rows,
            "figures": [
                {**asdict(figure), "bar": figure.bar, "verdict": figure.verdict}
                for figure in one.figures()
            ],
            "turns": [{side: asdict(used) for side, used in turn.items()} for turn in one.turns],
        }
        for one in found
    ]
    return json.dumps({"date": _now(), "machine": machine(), "cases": cases}, indent=2) + "\n"


def markdown(found, rows):
    """Yield the table for README."""
    yield f"\nMeasured on {_now()[:10]}, {machine()}; {rows:,} rows where nothing else is said.\n\n"
    yield "| what | measured | goal | |\n| --- | ---: | ---: | --- |\n"
    for one in found:
        for figure in one.figures():
            value = shown(figure.median, figure.unit)
            what = f"{one.case.title}: {figure.what}"
            yield f"| {what} | {value} | {figure.bar} | {figure.verdict} |\n"


def machine():
    """The processor, its cores and the Python that measured."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def _now():
    return datetime.now(UTC).isoformat(timespec="seconds")
