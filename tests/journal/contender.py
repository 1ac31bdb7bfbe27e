"""One of many processes that want a target: `python -m tests.journal.contender JOURNAL IDENTITY`.

It says `ready`, tries when it is given a line, says `held` or `refused`, and ends at another line.
"""

import sys

from importer.errors import TargetLocked
from importer.journal import Journal, Lease


def say(word):
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(place, identity):
    journal = Journal(place)
    hold = Lease(journal)
    say("ready")
    sys.stdin.readline()
    try:
        hold.take(
            journal.begin(target="prod", identity=identity, system="s", template="x", facts={})
        )
        say("held")
    except TargetLocked:
        say("refused")
    sys.stdin.readline()
    hold.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
