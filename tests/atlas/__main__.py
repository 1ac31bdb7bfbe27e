"""Start a real Apache Atlas 2.1.0 and compare what the product does with it and with the sandbox.

`python -m tests.atlas` prints the table of tests/README.md. Maven fetches the server (277 MB) and
pip a Java 11 for it at the first start; both are kept in a cache folder.
"""

import argparse
import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import requests

from importer import sandbox
from tests.atlas.command import CommandFailed
from tests.atlas.comparison import table
from tests.atlas.reading import copy_definitions
from tests.atlas.scenario import play
from tests.atlas.server import start
from tests.atlas.war import Unavailable, cache_folder

HEADING = ("step", "rows", "objects", "differences", "seconds")


def main(arguments):
    """Return 0, 1 where the two servers differ, 2 where there is no server to compare with."""
    options = _options(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="atlas-") as temporary:
            folder = Path(options.work or temporary).resolve()
            return _serve(folder, options.serve) if options.serve else _compare(folder, options.at)
    except (Unavailable, ValueError, requests.RequestException) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except CommandFailed as failed:
        sys.stderr.write(f"{failed}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _options(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.atlas", description=__doc__)
    parser.add_argument(
        "--at", metavar="URL", help="use this empty server, that --serve has started"
    )
    parser.add_argument("--work", metavar="DIR", help="where the server keeps its files")
    parser.add_argument("--serve", metavar="PORT", type=int, help="only run a server on this port")
    return parser.parse_args(arguments)


def _serve(folder, port):
    with _started(folder, port) as server:
        sys.stdout.write(f"Apache Atlas 2.1.0 at {server.address}, its files in {folder}.\n")
        sys.stdout.flush()
        return server.process.wait()


@contextmanager
def _started(folder, port=0):
    server = start(cache_folder(), folder / "server", port)
    try:
        with sandbox.start() as box:
            copy_definitions(box.url, server.address)
        yield server
    finally:
        server.stop()


def _compare(folder, address):
    if address:
        return _table(address, folder)
    with _started(folder) as server:
        return _table(server.address, folder)


def _table(address, folder):
    """Print the table, and what differs after it; return 1 where something does."""
    outcomes = []
    with sandbox.start(folder / "sandbox.db") as box:
        for outcome in play(address.rstrip("/"), box.url, folder / "commands"):
            sys.stderr.write("".join(f"{outcome.step}: {note}\n" for note in outcome.notes))
            outcomes.append(outcome)
    sys.stdout.write(table(HEADING, [one.cells() for one in outcomes]))
    return int(any(one.notes for one in outcomes))


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
