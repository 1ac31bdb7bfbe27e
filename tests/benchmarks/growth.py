"""Print how CPU time and memory grow with the rows, to a million of them.

`python -m tests.benchmarks.growth [NAME...] [--sizes 10000,100000,1000000]`. The exponent is that
between the last two sizes: 1 where twice the rows are twice the CPU time. Each size runs once.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from math import log
from pathlib import Path

from tests.benchmarks.growing import GROWING, make_growing
from tests.benchmarks.ours import TERMS, WITH_PARENTS, check, plan, run, template_of
from tests.benchmarks.place import Place, cache
from tests.benchmarks.process import Failed, Usage

SIZES = (10_000, 100_000, 1_000_000)
MOST, MOST_MEMORY, MOST_JOURNAL = 1.05, 1.3, 400
"""The goals: the exponent; the memory of the last size through the one before; bytes a row."""

FLAT = ("check-desks", "plan-desks", "run-desks")
"""The cases whose memory and journal have a goal too."""

FINDINGS = (0, 1)
"""The statuses of a check that may find errors."""


def _growing(name):
    """Check the files of a case of the growth test."""

    def side(place):
        files = make_growing(place, name)
        return place.importer("check", *files, "--template", _template(files), statuses=FINDINGS)

    return side


def _template(files):
    names = [path.stem for path in files]
    return template_of("desks") if "Buildings" in names else TERMS


CASES = {
    "check-desks": check(*WITH_PARENTS["desks.csv"]),
    "check-terms": check(*WITH_PARENTS["terms.csv"]),
    "check-without-parents": check("desks.csv"),
    "plan-desks": plan(*WITH_PARENTS["desks.csv"]),
    "run-desks": run(*WITH_PARENTS["desks.csv"]),
    "an-error-in-every-row": check("desks_with_errors.csv", "buildings.csv", statuses=(1,)),
    "run-an-error-in-every-row": run("desks_with_errors.csv", "buildings.csv", statuses=(1,)),
    "references-to-one-parent": check("desks_of_one_floor.csv", "buildings.csv"),
    "run-references-to-one-parent": run("desks_of_one_floor.csv", "buildings.csv"),
    **{name.replace("_", "-"): _growing(name) for name in GROWING},
}


@dataclass(frozen=True)
class Grown:
    """What a case used at each size; a size at which it did not end has none."""

    name: str
    used: dict[int, Usage]

    @property
    def exponent(self):
        """The exponent of CPU time between the last two sizes, None where there are none."""
        if len(self.used) < 2:
            return None
        (small, first), (large, second) = list(self.used.items())[-2:]
        return log(second.cpu / first.cpu) / log(large / small)

    @property
    def memory(self):
        """How many times the memory of the size before it the last one takes."""
        first, second = ([*self.used.values()] * 2)[-2:] if self.used else (None, None)
        return second.memory / first.memory if first and len(self.used) > 1 else None

    def line(self, sizes):
        """The row of the table."""
        cells = [_cell(self.used.get(size)) for size in sizes]
        ends = [f"{value:.2f}" if value else "" for value in (self.exponent, self.memory)]
        return f"| {' | '.join([self.name, *cells, *ends, self.verdict])} |\n"

    @property
    def verdict(self):
        """Whether it grows as it should; what is missed, and by how much."""
        if self.exponent is None:
            return ""
        figures = {"exponent": (self.exponent, MOST)}
        if self.name in FLAT:
            rows, used = list(self.used.items())[-1]
            journal = used.counts.get("journal", 0) / rows
            figures["memory"] = (self.memory, MOST_MEMORY)
            figures["journal bytes a row"] = (journal, MOST_JOURNAL)
        missed = [
            f"{name} {value:.2f} > {most}"
            for name, (value, most) in figures.items()
            if value > most
        ]
        return f"missed: {', '.join(missed)}" if missed else "met"


def _cell(used):
    if used is None:
        return "did not end"
    journal = used.counts.get("journal")
    kept = f", {journal / 1e6:.0f} MB journal" if journal else ""
    return f"{used.cpu:.1f} s, {used.memory:.0f} MB{kept}"


def grown(name, place, sizes):
    """Measure a case at each size, until one does not end."""
    used = {}
    for size in sizes:
        sys.stderr.write(f"{name}: {size:,} rows\n")
        try:
            used[size] = CASES[name](place.sized(size))
        except Failed as failed:
            sys.stderr.write(f"{failed}\n")
            break
    return Grown(name, used)


def main(arguments=None):
    """Measure what is asked for."""
    asked = _parser().parse_args(arguments)
    sizes = [int(size) for size in asked.sizes.split(",")]
    heads = [f"{size:,} rows" for size in sizes]
    head = ["case", *heads, "exponent", "memory, last / before", "goal"]
    sys.stdout.write(f"| {' | '.join(head)} |\n| --- {'| ---: ' * (len(head) - 2)}| --- |\n")
    found = []
    with Place(asked.cache, sizes[0]) as place:
        for name in asked.names or CASES:
            found.append(grown(name, place, sizes))
            sys.stdout.write(found[-1].line(sizes))
            sys.stdout.flush()
    asked.json.write_text(json.dumps([_as_json(one) for one in found], indent=2) + "\n")
    return 0


def _as_json(one):
    sizes = {str(size): asdict(used) for size, used in one.used.items()}
    return {"case": one.name, "sizes": sizes, "exponent": one.exponent, "memory": one.memory}


def _parser():
    parser = argparse.ArgumentParser("python -m tests.benchmarks.growth", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="the cases; all without")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of rows")
    parser.add_argument("--cache", type=Path, default=cache(), help="where data is kept")
    parser.add_argument("--json", type=Path, default=Path("growth.json"), help="the result")
    return parser


if __name__ == "__main__":
    sys.exit(main())
