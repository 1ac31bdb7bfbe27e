"""Processes that are forked have the environment of who began them, and tell how they ended."""

import os
import signal
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from importer.work.forked import NEEDED, ForkedProcess

HERE = __name__


def work(to, status=0):
    """What a process does: note what it sees, say something, end."""
    Path(to).write_text(f"{os.environ.get('OF_THE_TEST')} {os.getcwd()} {os.getsid(0)}")
    sys.stdout.write("never seen\n")
    sys.stderr.write("a line of its log\n")
    return status


def waits(to):
    """What a process does that does not end by itself."""
    Path(to).write_text("begun")
    signal.pause()


@pytest.mark.parametrize("module", NEEDED)
def test_what_is_loaded_beforehand_is_there(module):
    assert find_spec(module)


def test_a_process_has_this_environment_this_folder_and_a_session_of_its_own(
    tmp_path, monkeypatch, capfd
):
    (tmp_path / "elsewhere").mkdir()
    for folder in (tmp_path, tmp_path / "elsewhere"):
        monkeypatch.chdir(folder)
        monkeypatch.setenv("OF_THE_TEST", folder.name)
        process = ForkedProcess(HERE, "work", (tmp_path / "seen",))
        assert process.wait(60)
        of_test, here, session = (tmp_path / "seen").read_text().split(" ")
        assert (process.status, of_test, here) == (0, folder.name, str(folder))
        assert int(session) != os.getsid(0)
        assert process.said == b"a line of its log\n"
    assert capfd.readouterr() == ("", "")


def test_a_process_ends_with_what_it_returns_with_its_fault_or_by_a_signal(tmp_path):
    returned = ForkedProcess(HERE, "work", (tmp_path / "seen", 3))
    assert (returned.wait(60), returned.status) == (True, 3)
    failed = ForkedProcess(HERE, "work", (tmp_path / "none" / "seen",))
    assert (failed.wait(60), failed.status) == (True, 1)
    assert b"FileNotFoundError" in failed.said
    waiting = ForkedProcess(HERE, "waits", (tmp_path / "begun",))
    assert (waiting.wait(0), waiting.status) == (False, None)
    waiting.kill()
    assert (waiting.wait(60), waiting.status) == (True, -signal.SIGKILL)
