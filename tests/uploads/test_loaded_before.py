"""What the processes of uploads need is loaded before they are forked."""

import subprocess
import sys

from tests.cli.process import environment
from tests.uploads import loads


def test_a_process_of_an_upload_loads_nothing_that_another_could_have_loaded(home):
    """Besides a few small modules of Python itself; tables of numpy and pandas are never loaded."""
    command = [sys.executable, "-m", loads.__name__]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment())
    assert ended.returncode == 0, ended.stderr
    states, *loaded = ended.stdout.splitlines()
    assert states == "imported imported undone mapping_needed"
    of_python = sys.stdlib_module_names
    assert [one for one in loaded if one.split()[1].partition(".")[0] not in of_python] == []
