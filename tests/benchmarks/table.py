"""The table of what was measured: lines of text, JSON, and Markdown for README made of that.

`python -m tests.benchmarks.table FILE...` prints the Markdown of files that the benchmarks wrote.
"""

import json
import os
import platform
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

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
    return f"{_number(one.lowest)} to {_number(one.highest)}"


def _number(value):
    return shown(value, "").rstrip()


def as_json(found):
    """Return everything as JSON."""
    cases = [_as_json(one) for one in found]
    return json.dumps({"date": _now(), "machine": machine(), "cases": cases}, indent=2) + "\n"


def _as_json(one):
    return {
        "case": one.case.name,
        "title": one.case.title,
        "how": one.case.how,
        "rows": one.rows,
        "figures": [_figure(figure) for figure in one.figures()],
        "turns": [{side: asdict(used) for side, used in turn.items()} for turn in one.turns],
    }


def _figure(figure):
    value, spread = shown(figure.median, figure.unit).rstrip(), _spread(figure)
    words = {"value": value, "spread": spread, "bar": figure.bar, "verdict": figure.verdict}
    return {**asdict(figure), **words}


def markdown(measured):
    """Yield the table of what was measured, from its JSON; of a case the last file counts."""
    cases = {case["case"]: case for one in measured for case in one["cases"]}
    last = measured[-1]
    yield f"Measured on {last['date'][:10]} ({last['machine']}); medians of processes in turns.\n"
    yield "\n| what | rows | measured | spread | goal | |\n"
    yield "| --- | ---: | ---: | ---: | ---: | --- |\n"
    for case in cases.values():
        for figure in case["figures"]:
            what = f"{case['title']}: {figure['what']}"
            first = [what, f"{case['rows']:,}", figure["value"], figure["spread"]]
            yield f"| {' | '.join([*first, figure['bar'], figure['verdict']])} |\n"


def machine():
    """The cores, the system and the Python that measured."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{os.cpu_count()} cores, {system}, Python {platform.python_version()}"


def _now():
    return datetime.now(UTC).isoformat(timespec="seconds")


if __name__ == "__main__":
    sys.stdout.writelines(markdown([json.loads(Path(name).read_text()) for name in sys.argv[1:]]))
