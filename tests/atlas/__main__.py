"""Start a real Apache Atlas 2.1.0 and compare what the product does with it and the sandbox.

`python -m tests.atlas` prints the table of the README. `--at URL` uses a server that runs,
`--work DIR` keeps the store and the logs of a server in a folder, `--serve PORT` starts one
and leaves it running until it is interrupted.
"""

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from tests.atlas.definitions import post_definitions
from tests.atlas.server import start
from tests.atlas.war import Unavailable, cache_folder


def main(arguments):
    """Return 0, 1 where the two servers differ, 2 where no server could be started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = _options(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="atlas-") as temporary:
            folder = Path(options.work or temporary).resolve()
            return _serve(folder, options.serve)
    except Unavailable as missing:
        sys.stderr.write(f"{missing}\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _options(arguments):
    parser = argparse.ArgumentParser(prog="python -m tests.atlas", description=__doc__)
    parser.add_argument("--at", metavar="URL", help="use this server instead of starting one")
    parser.add_argument("--work", metavar="DIR", help="where the server keeps its files")
    parser.add_argument("--serve", metavar="PORT", type=int, help="only run a server")
    return parser.parse_args(arguments)


def _serve(folder, port):
    server = start(cache_folder(), folder, port)
    try:
        post_definitions(server.address)
        sys.stdout.write(f"Apache Atlas 2.1.0 at {server.address}, its files in {folder}.\n")
        sys.stdout.flush()
        return server.process.wait()
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
