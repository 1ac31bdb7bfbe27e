"""Measure ours and its peers, print a table of ratios, and keep it as JSON.

`python -m tests.benchmarks [NAME...]`: all cases, or those that are named. `--rows` is the size of
the files, `--rounds` how often each side runs; `--small` is a run for sanity only. Two runs at a
time on a machine are one too many: their ratios hold, their CPU times do not.
"""

import argparse
import sys
from pathlib import Path

from tests.benchmarks.case import measure
from tests.benchmarks.file_cases import FILE_CASES
from tests.benchmarks.place import Place, cache
from tests.benchmarks.table import as_json, lines
from tests.benchmarks.target_cases import TARGET_CASES

CASES = (*FILE_CASES, *TARGET_CASES)
SMALL = 300


def main(arguments=None):
    """Measure what is asked for."""
    asked = _parser().parse_args(arguments)
    if asked.list:
        sys.stdout.writelines(f"{case.name}: {case.title}\n" for case in CASES)
        return 0
    chosen = [case for case in CASES if not asked.names or case.name in asked.names]
    if unknown := set(asked.names) - {case.name for case in chosen}:
        sys.stderr.write(f"No such case: {', '.join(sorted(unknown))}; --list names all.\n")
        return 2
    limit = SMALL if asked.small else None
    with Place(asked.cache, limit or asked.rows, limit) as place:
        _measured(chosen, place, 1 if asked.small else asked.rounds, asked.json)
    return 0


def _measured(chosen, place, rounds, path):
    """Measure cases; print each as it is done, and keep what there is so far."""
    found = []
    for case in chosen:
        if case.lacking:
            sys.stdout.write(f"\n{case.title}: {', '.join(case.lacking)} is not installed.\n")
            continue
        found.append(measure(case, place, rounds, _say))
        sys.stdout.writelines(lines(found[-1]))
        sys.stdout.flush()
        path.write_text(as_json(found))


def _say(words):
    sys.stderr.write(f"{words}\n")


def _parser():
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="the cases; all without")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the files")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side runs")
    parser.add_argument("--small", action="store_true", help=f"{SMALL} rows, one round")
    parser.add_argument("--list", action="store_true", help="name the cases")
    parser.add_argument("--cache", type=Path, default=cache(), help="where data is kept")
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"), help="the result")
    return parser


if __name__ == "__main__":
    sys.exit(main())
