"""Print a table of random kills: what each scene sent, and what was duplicated, lost or wrong.

`python -m tests.chaos [KILLS [SEED]]` goes through the scenes again and again, each time with
another seed, until so many processes have been killed. README shows its table.
`python -m tests.chaos workers [KILLS [SEED]]` does the same to workers that share a journal.
"""

import itertools
import sys
import tempfile
from pathlib import Path

from tests.chaos import workers
from tests.chaos.scenes import scenes
from tests.chaos.storm import storm

HEAD = ("scene", "runs", "kills", "in flight", "requests", "faults", "duplicates", "lost", "wrong")
BAD = ("duplicates", "lost", "wrong")


def main(kills="200", seed="1"):
    """Print the table; return 1 where anything is duplicated, lost, or wrong."""
    found = {scene.name: dict.fromkeys(HEAD[1:], 0) for scene in scenes()}
    seeds = itertools.count(int(seed))
    while sum(row["kills"] for row in found.values()) < int(kills):
        for scene in scenes():
            _add(found[scene.name], scene, next(seeds))
    rows = [[name, *row.values()] for name, row in found.items()]
    total = {key: sum(row[key] for row in found.values()) for key in HEAD[1:]}
    table = [HEAD, ["---", *["---:"] * len(total)], *rows, ["all", *total.values()]]
    sys.stdout.writelines("| " + " | ".join(map(str, line)) + " |\n" for line in table)
    sys.stdout.write(f"Seeds {seed} to {next(seeds) - 1}.\n")
    return int(any(total[key] for key in BAD))


def _add(row, scene, seed):
    """Add one run of a scene to its row; print what went wrong with its seed."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as folder:
        figures = storm(scene, seed, 1000, Path(folder))
    for note in figures.verdict.notes:
        sys.stderr.write(f"{scene.name}, seed {seed}: {note}\n")
    for key, value in figures.table().items():
        row[key] += value


if __name__ == "__main__":
    _, *words = sys.argv
    sys.exit(workers.main(*words[1:]) if words[:1] == ["workers"] else main(*words))
