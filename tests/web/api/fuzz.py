"""Requests of every shape to the real server: none may end in a 500 or in an answer not documented.

`python -m tests.web.api.fuzz --seconds 300` goes on for so long; more arguments are those of
`schemathesis run`. The suite runs it once through, briefly.
"""

import argparse
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from importer.people import Role, tokens
from tests.web.api.programs import ADMIN, MISTAKEN, Program
from tests.web.served import serving

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
    "unsupported_method",
    "ignored_auth",
)
SETTINGS = """
[parameters]
"path.upload" = "{upload}"
"path.run" = "{run}"
"path.template" = "atlan-glossary"
"""


@contextmanager
def api():
    """Serve an API; the program of an admin there."""
    with serving() as served:
        served.add("ann", Role.ADMIN, password=None)
        yield Program(served.url, tokens.add(served.site.store, ADMIN, "ann", "fuzz"))


def command(program, settings, *more):
    """The command that sends requests of every shape."""
    return [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(settings), "run"),
        f"{program.url}/api/openapi.json",
        *("--header", f"Authorization: Bearer {program.token}"),
        *("--checks", ",".join(CHECKS)),
        *("--continue-on-failure", "--no-color", "--request-timeout", "60"),
        *more,
    ]


def run(program, folder, names, *more, **how):
    """Send requests about an upload and its run; how that ended."""
    settings = Path(folder) / "schemathesis.toml"
    settings.write_text(SETTINGS.format(**names))
    return subprocess.run(command(program, settings, *more), cwd=folder, check=False, **how)


def main():
    """Send requests for a while; the exit status says whether all were answered as documented."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    own, more = parser.parse_known_args()
    with tempfile.TemporaryDirectory() as folder, api() as program:
        names = program.imported(*MISTAKEN)
        return run(program, folder, names, "--max-time", str(own.seconds), *more).returncode


if __name__ == "__main__":
    sys.exit(main())
