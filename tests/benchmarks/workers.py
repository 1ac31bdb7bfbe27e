"""Print a table of how fast 1, 2 and 4 workers send into 4 targets that answer after 100 ms.

`python -m tests.benchmarks.workers [TERMS [ROUNDS]]`. Each job has one request in flight, and each
request one term, so that what is waited for outweighs what two cores have to do. Time is
counted from the first request of a target to the last end of a pass, so that the begin of the
processes does not count, and is said beside it. Of several rounds the fastest counts: other work on
the machine only makes one slower.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.fleet import Size, fleet
from tests.postgresql import postgresql_server

HEAD = ("workers", "requests", "seconds", "requests/s", "against one", "with the begin")
NUMBERS = (1, 2, 4)


def main(terms="100", rounds="1"):
    """Print the table."""
    with postgresql_server() as server:
        if server is None:
            sys.stderr.write("There is no PostgreSQL server here.\n")
            return 2
        found = {number: _fastest(server, number, int(terms), int(rounds)) for number in NUMBERS}
    first = found[NUMBERS[0]][1]
    rows = [
        (
            number,
            requests,
            f"{took:.1f}",
            f"{requests / took:.1f}",
            f"{first / took:.2f}",
            f"{all_:.1f}",
        )
        for number, (requests, took, all_) in found.items()
    ]
    for line in (HEAD, ["---:"] * len(HEAD), *rows):
        sys.stdout.write("| " + " | ".join(map(str, line)) + " |\n")
    return 0


def _fastest(server, number, terms, rounds):
    return min((_round(server, number, terms) for _ in range(rounds)), key=lambda one: one[1])


def _round(server, number, terms):
    """The requests, the seconds from the first of them to the end, and those of everything."""
    server.empty()
    size = Size(targets=4, jobs=1, terms=terms, delay=0.1, lease=60.0, batch=1)
    with (
        tempfile.TemporaryDirectory(prefix="fleet-") as folder,
        fleet(Path(folder), (server.url, server.url), size) as made,
    ):
        for _ in range(number):
            made.begin(threads=1).wait_until_it_works()
        made.enter()
        begun = time.monotonic()
        made.until(lambda: made.requests)
        first = time.monotonic()
        made.until(made.all_ended, 1200)
        end = time.monotonic()
        return made.requests, end - first, end - begun


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
