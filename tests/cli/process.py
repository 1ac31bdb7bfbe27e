"""`python -m importer` run to its end as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import importer
from tests.forked import Forked

COMMAND = [sys.executable, "-m", "importer"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(importer.__file__).parent.parent)}


def environment(**more):
    return {
        **ENVIRONMENT,
        **{name: os.environ[name] for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")},
        **more,
    }


def ran(*args, **more):
    command = [*COMMAND, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, env=environment(**more))


def forked(*args, **more):
    """The same for what needs no whole process: the libraries are loaded already."""
    with Forked("importer", *args, env=environment(**more)) as process:
        out, err = process.communicate()
    return subprocess.CompletedProcess(args, process.returncode, out, err)


def ops(request):
    return [operation["asset"]["label"] for operation in request.body["operations"]]
