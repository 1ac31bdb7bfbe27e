"""A file that a report replaces: nothing half-written ever takes its place."""

import os
import resource
import signal
import subprocess
import sys

import pytest

from importer.errors import ReportNotWritten
from tests.house.reference import ROOT
from tests.report.build import opened, report, result, workbook


@pytest.fixture(params=["terms.xlsx", "terms.csv"])
def source(request, tmp_path):
    path = tmp_path / request.param
    if path.suffix == ".csv":
        path.write_bytes(b"Term,Description,Owners\r\n" + b"t,d,o\r\n" * 20_000)
        return path
    return workbook(path)


def test_a_folder_in_the_way_is_named_and_left_alone(source, tmp_path):
    out = tmp_path / "taken"
    (out / "inside").mkdir(parents=True)
    with pytest.raises(ReportNotWritten, match=r"taken could not be written: Is a directory"):
        report(source, out)
    assert sorted(tmp_path.iterdir()) == sorted([out, source])


def test_a_folder_that_is_not_there_is_named(source, tmp_path):
    with pytest.raises(ReportNotWritten, match=r"gone/r\.x could not be written: No such file"):
        report(source, tmp_path / "gone" / "r.x")


def test_an_input_that_is_gone_is_no_traceback(tmp_path):
    with pytest.raises(ReportNotWritten, match="No such file"):
        report(tmp_path / "gone.csv", tmp_path / "out.csv")


def test_a_disk_that_fills_up_leaves_the_earlier_report_as_it_was(source, tmp_path):
    out = tmp_path / f"out{source.suffix}"
    out.write_bytes(b"earlier")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(ReportNotWritten, match="could not be written: File too large"):
            report(source, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert out.read_bytes() == b"earlier"
    assert sorted(tmp_path.iterdir()) == sorted([out, source])


def test_outcomes_for_which_there_is_no_room_are_no_traceback(source, tmp_path):
    many = [result(row, message="x" * 100) for row in range(2, 40_000)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(ReportNotWritten, match="could not be written: d"):
            report(source, tmp_path / "out.csv", results=many)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_report_has_the_permissions_of_the_input_and_can_be_changed(source, tmp_path):
    source.chmod(0o440)
    out = report(source, tmp_path / "r.csv")
    assert out.stat().st_mode & 0o777 == 0o640


def test_in_place_mode_owner_and_attributes_stay(source):
    """Root may give files away, as a nightly import may; others own what they write."""
    other = 65534 if os.geteuid() == 0 else os.geteuid()
    source.chmod(0o664)
    os.chown(source, other, -1)
    before = source.stat()
    report(source, source)
    after = source.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    assert after.st_ino != before.st_ino, "it is another file in the place of the old one"


KILLED = """
import os, signal, sys, tempfile
from pathlib import Path
sys.path.insert(0, ".")
from tests.report.build import report, result

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

moment, source = sys.argv[1], Path(sys.argv[2])
if moment == "done":  # the old file's place is taken in one step
    Path.replace = lambda new, old, swap=Path.replace: (swap(new, old), killed())
else:
    names = {"begin": (tempfile, "mkstemp"), "sync": (os, "fsync"), "mode": (Path, "chmod")}
    setattr(*names.get(moment, (Path, "replace")), killed)
report(source, source, results=[result(2)])
"""


@pytest.mark.parametrize("moment", ["begin", "sync", "mode", "swap", "done"])
def test_a_process_that_is_killed_leaves_the_old_file_or_the_new_one(tmp_path, moment):
    source = workbook(tmp_path / "terms.xlsx")
    before, new = source.read_bytes(), report(source, tmp_path / "new.xlsx", results=[result(2)])
    ran = subprocess.run([sys.executable, "-c", KILLED, moment, source], cwd=ROOT)
    assert ran.returncode == -signal.SIGKILL
    assert source.read_bytes() == (new.read_bytes() if moment == "done" else before)


def test_in_place_the_input_itself_becomes_the_report_even_through_a_link(tmp_path):
    real = workbook(tmp_path / "terms.xlsx")
    link = tmp_path / "link.xlsx"
    link.symlink_to(real)
    assert report(link, link, results=[result(2)]) == link
    assert link.is_symlink()
    assert opened(real)["Terms"]["D2"].value == "created"
