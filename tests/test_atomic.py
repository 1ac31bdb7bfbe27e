"""A file that is written anew is complete, or it is what it was before."""

import os
import resource
import threading
from contextlib import contextmanager

import pytest

from importer.atomic import whole


@contextmanager
def full_disk():
    """No file may grow beyond 1,000 bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("before", [None, b"earlier"], ids=["new", "earlier"])
def test_a_disk_that_fills_up_leaves_what_was_there(tmp_path, before):
    out = tmp_path / "p.plan"
    if before:
        out.write_bytes(before)
    with pytest.raises(OSError, match="File too large"), full_disk(), whole(out) as stream:
        stream.write(b"x" * 5_000)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == (
        {"p.plan": before} if before else {}
    )


def test_a_new_file_has_the_usual_permissions_and_an_earlier_one_keeps_its_own(tmp_path):
    new, earlier = tmp_path / "new", tmp_path / "earlier"
    earlier.touch(0o600)
    for path in (new, earlier):
        with whole(path) as stream:
            stream.write(b"x")
    (tmp_path / "ordinary").touch()
    assert new.stat().st_mode == (tmp_path / "ordinary").stat().st_mode
    assert (earlier.stat().st_mode & 0o777, earlier.read_bytes()) == (0o600, b"x")


def test_a_pipe_is_written_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()))
    reader.start()
    with whole(pipe) as stream:
        stream.write(b"x")
    reader.join()
    assert (found, pipe.is_fifo()) == ([b"x"], True)
