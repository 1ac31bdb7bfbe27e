"""One of many processes that want a lease: `python -m tests.journal.contender JOURNAL IDENTITY`.

It says `ready`, tries when it is given a line, says `held` or `refused`, and ends at another line.
"""

import sys

from importer.errors import TargetLocked
from importer.journal import Journal, Lease, RunSpec, RunTarget
from importer.options import Options


def say(word):
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(place, identity):
    journal = Journal(place)
    lease = Lease(journal)
    to = RunTarget(target="prod", identity=identity, system="s", template="x")
    say("ready")
    sys.stdin.readline()
    try:
        lease.take(journal.begin(to, RunSpec("T", [], Options(), {}, {})))
        say("held")
    except TargetLocked:
        say("refused")
    sys.stdin.readline()
    lease.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
