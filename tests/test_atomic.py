"""A file that is written anew is complete, or it is what it was before."""

import os
import resource
import threading
from contextlib import contextmanager

import pytest

from importer import atomic
from importer.atomic import private_file, replacing, whole


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


def mode(path):
    return path.stat().st_mode & 0o777


def write(out, like):
    with replacing(out, like=like) as stream:
        stream.write(b"x")
    return out


def test_a_private_file_and_its_new_folders_are_for_their_owner_only(tmp_path):
    tmp_path.chmod(0o755)
    private_file(tmp_path / "a" / "b" / "journal.db")
    made = [tmp_path / "a" / "b" / "journal.db", tmp_path / "a" / "b", tmp_path / "a", tmp_path]
    assert [mode(path) for path in made] == [0o600, 0o700, 0o700, 0o755]


def test_a_private_file_that_is_there_stays_as_it_is(tmp_path):
    (tmp_path / "journal.db").write_bytes(b"rows")
    (tmp_path / "journal.db").chmod(0o660)
    private_file(tmp_path / "journal.db")
    assert (mode(tmp_path / "journal.db"), (tmp_path / "journal.db").read_bytes()) == (
        0o660,
        b"rows",
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_a_file_has_owner_and_group_of_what_it_is_like(tmp_path):
    like = tmp_path / "like"
    like.touch()
    os.chown(like, 12345, 12346)
    found = write(tmp_path / "out", like).stat()
    assert (found.st_uid, found.st_gid) == (12345, 12346)


@pytest.mark.parametrize(("permitted", "left"), [(0o640, 0o600), (0o664, 0o644), (0o604, 0o604)])
def test_a_group_that_cannot_be_given_opens_nothing_to_ours(tmp_path, monkeypatch, permitted, left):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(atomic.os, "chown", refuse)
    like = tmp_path / "like"
    like.touch()
    like.chmod(permitted)
    assert mode(write(tmp_path / "out", like)) == left
