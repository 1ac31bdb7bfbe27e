"""What a command leaves behind is readable by its user only, a report by whom its input is."""

import os

import pytest


@pytest.fixture(autouse=True)
def _usual_mask():
    """The mask of most machines; that of this process may be another."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder):
    """Path below the folder -> permissions."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mode & 0o777
        for path in folder.rglob("*")
    }


def test_journal_and_sandbox_are_for_their_user_only(importer, buildings, home):
    importer("run", buildings)
    assert modes(home / "state") == {
        "importer": 0o700,
        "importer/journal.db": 0o600,
        "importer/sandbox.db": 0o600,
    }


def test_a_saved_plan_is_for_its_user_only(importer, buildings, home):
    (home / "p.plan").touch(0o644)
    importer("plan", buildings, "--out", "p.plan")
    assert modes(home)["p.plan"] == 0o600


@pytest.mark.parametrize("permitted", [0o600, 0o640, 0o644])
def test_a_report_permits_what_its_input_does_and_no_folder_is_changed(
    importer, buildings, home, permitted
):
    (home / "there").mkdir(0o755)
    buildings.chmod(permitted)
    home.chmod(0o755)
    for place in ("there/", "new/", "buildings.result.csv"):
        importer("run", buildings, "--report", place)
    found = modes(home)
    reports = [name for name in found if name.endswith("buildings.result.csv")]
    assert [found[name] for name in reports] == [permitted] * 3
    assert (found["there"], found["new"], home.stat().st_mode & 0o777) == (0o755, 0o700, 0o755)
