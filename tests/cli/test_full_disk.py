"""A disk that fills up leaves no half of a plan, an export or a template, and keeps what was there.

The limit of a file's size stands in for a full disk; the sandbox and the journal are not in it.
"""

import pytest

from tests.test_atomic import full_disk

MANY = "Building,Timezone\n" + "".join(f"B{n},Europe/Berlin\n" for n in range(100))


@pytest.fixture
def small_files(monkeypatch):
    """Let only what is made anew as a whole meet the limit."""
    from importer import atomic

    unlimited = atomic._swapped

    def limited(*args):
        with full_disk():
            yield from unlimited.__wrapped__(*args)

    monkeypatch.setattr(atomic, "_swapped", atomic.contextmanager(limited))


def test_an_earlier_plan_stays_as_it_was(importer, write, home, small_files):
    plan = write("p.plan", "earlier")
    result = importer("plan", write("buildings.csv", MANY), "--out", "p.plan")
    assert (result.status, plan.read_text()) == (2, "earlier")
    assert "The plan p.plan could not be written: File too large." in result.err


@pytest.mark.parametrize("out", ["all.xlsx", "all.csv"])
def test_no_half_of_an_export_is_left(importer, write, home, small_files, out):
    importer("run", write("buildings.csv", MANY), "--report", "reports/")
    before = sorted(home.iterdir())
    result = importer("export", "trebellar-portfolio", "-o", out)
    assert (result.status, sorted(home.iterdir())) == (2, before)
    assert "importer: all" in result.err
    assert "File too large" in result.err


def test_no_half_of_a_template_is_left(importer, home, small_files):
    before = sorted(home.iterdir())
    result = importer("template", "new", "room-list")
    assert (result.status, sorted(home.iterdir())) == (2, before)
    assert "room-list.xlsx cannot be written (File too large)." in result.err
