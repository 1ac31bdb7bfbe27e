"""A process that does the tasks of uploads until it is ended: as a second server would."""

import sys
import threading
from pathlib import Path

from tests.uploads.desk import Desk

if __name__ == "__main__":
    with Desk(Path.cwd()) as desk, desk.working():
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        threading.Event().wait(float(sys.argv[1]))
