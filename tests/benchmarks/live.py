"""A sandbox that holds what a file says, in a process that is not measured.

`python -m tests.benchmarks.live DATABASE` prints its URL and serves until its stdin ends.
"""

import sys
from pathlib import Path

from importer import sandbox

if __name__ == "__main__":
    with sandbox.start(Path(sys.argv[1])) as running:
        sys.stdout.write(f"{running.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
