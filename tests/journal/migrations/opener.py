"""Open a journal, as a process of its own."""

import sys

from importer.journal.store import Store

if __name__ == "__main__":
    Store(sys.argv[1]).close()
