"""Print a table of workers that are killed: what was duplicated, lost, wrong or out of turn.

`python -m tests.chaos workers [KILLS [SEED]]` goes on until so much has been ended: processes of
passes, workers, machines with all that runs on them, and the servers of journal and queue.
"""

import itertools
import sys
import tempfile
from pathlib import Path

from tests.chaos.fleet import Size, fleet
from tests.chaos.siege import siege
from tests.postgresql import postgresql_server
from tests.redis import LEFT_OUT, redis_server

HEAD = (
    "queue", "runs", "passes", "pass", "worker", "machine", "server",
    "requests", "duplicates", "lost", "wrong", "out of turn", "side by side",
)  # fmt: skip
SIZE = Size(targets=3, jobs=3, terms=24)
WORKERS, BLOWS = 3, 8


def main(kills="100", seed="1"):
    """Print the table; return 1 where anything is duplicated, lost, wrong or out of turn."""
    with postgresql_server() as postgresql, redis_server() as redis:
        if postgresql is None:
            sys.stderr.write("There is no PostgreSQL server here.\n")
            return 2
        if redis is None:
            sys.stderr.write(f"Redis is left out. {LEFT_OUT}\n")
        queues = {"PostgreSQL": postgresql, "Redis": redis}
        return _table({name: one for name, one in queues.items() if one}, int(kills), int(seed))


def _table(queues, kills, seed):
    rows = {name: dict.fromkeys(HEAD[1:], 0) for name in queues}
    for number, name in zip(itertools.count(seed), itertools.cycle(queues)):
        done = sum(row[key] for row in rows.values() for key in HEAD[3:7])
        if done >= kills:
            break
        _add(rows[name], queues, name, number)
        sys.stderr.write(f"seed {number}, {name}: {rows[name]}\n")
    table = [
        HEAD,
        ["---", *["---:"] * (len(HEAD) - 1)],
        *([n, *r.values()] for n, r in rows.items()),
    ]
    sys.stdout.writelines("| " + " | ".join(map(str, line)) + " |\n" for line in table)
    bad = ("duplicates", "lost", "wrong", "out of turn")
    return int(any(row[key] for row in rows.values() for key in bad))


def _add(row, queues, name, seed):
    """Add one siege to a row; print what went wrong with its seed."""
    queues["PostgreSQL"].empty()
    queues[name].empty()
    addresses = queues["PostgreSQL"].url, queues[name].url
    with tempfile.TemporaryDirectory(prefix="fleet-") as folder:
        with fleet(Path(folder), addresses, SIZE) as made:
            one = siege(made, WORKERS, BLOWS, seed, list(queues.values()))
        for note in one.notes:
            sys.stderr.write(f"{name}, seed {seed}: {note}\n")
    found = [1, len(made.jobs), *(one.kills[f"a {what}"] for what in HEAD[3:7]), one.requests]
    for key, value in zip(HEAD[1:], [*found, *one.bad, one.beside], strict=True):
        row[key] += value
