"""Print how the command line ends on spoilt files: a sentence and a status, never a traceback.

`python -m tests.fuzz [CASES [SEED [PART]]]` spoils files of every format, templates, settings and
the answers of a target, each by its seed, and runs a command on each in a process bounded in time
and memory; PART of a name in the table tries only what is called so. What fails is kept in a folder
that is named, with the command. tests/README.md shows the table.
"""

import itertools
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

from tests.fuzz.subjects import SUBJECTS
from tests.fuzz.trial import STATUSES

HEAD = ("spoilt", "cases", *(f"status {status}" for status in STATUSES), "faults", "peak MB")


def main(cases="600", seed="1", part=""):
    """Print the table; return 1 where a command failed to end as it should."""
    subjects = [subject for subject in SUBJECTS if part in subject.name]
    found = {subject.name: Counter() for subject in subjects}
    turns = zip(range(int(cases)), itertools.count(int(seed)), itertools.cycle(subjects))
    for _, number, subject in turns:
        _add(found[subject.name], subject, number)
    for subject in subjects:
        subject.close()
    rows = [[name, *map(counts.__getitem__, HEAD[1:])] for name, counts in found.items()]
    total = [sum(column) for column in zip(*(row[1:-1] for row in rows), strict=True)]
    peak = max(row[-1] for row in rows)
    table = [HEAD, ["---", *["---:"] * (len(HEAD) - 1)], *rows, ["all", *total, peak]]
    sys.stdout.writelines("| " + " | ".join(map(str, line)) + " |\n" for line in table)
    return int(any(counts["faults"] for counts in found.values()))


def _add(counts, subject, seed):
    """Try one case and count how it ended; keep the folder of one that failed."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    words, outcome = subject.tried(Random(seed), folder)
    counts["cases"] += 1
    counts[f"status {outcome.status}"] += 1
    counts["peak MB"] = max(counts["peak MB"], outcome.peak)
    if not outcome.fault:
        shutil.rmtree(folder)
        return
    counts["faults"] += 1
    sys.stderr.write(
        f"{subject.name}, seed {seed}: {outcome.fault}: {' '.join(words)} in {folder}\n"
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
