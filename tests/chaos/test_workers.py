"""Workers on machines of their own, ended again and again; another goes on, nothing is sent twice.

`python -m tests.chaos workers` does the same for longer, and restarts the servers too.
"""

import shutil

import pytest
from openpyxl import load_workbook

from tests.chaos.fleet import Size, fleet
from tests.chaos.siege import siege

pytestmark = pytest.mark.slow(30)


def test_killed_workers_duplicate_and_lose_nothing_and_keep_the_order(database, redis, tmp_path):
    with fleet(tmp_path, (database, redis.url), Size()) as made:
        one = siege(made, workers=3, kills=3, seed=5)
    assert one.bad == (0, 0, 0, 0), one.notes
    assert one.kills.total() > 1
    assert one.beside


def test_another_machine_goes_on_when_the_lease_of_the_first_has_ended(database, tmp_path):
    size = Size(targets=1, jobs=1, terms=40, lease=2.0)
    with fleet(tmp_path, (database, database), size) as made:
        made.enter()
        first = made.begin()
        [(target, box)] = made.targets.items()
        made.until(lambda: sum(bool(one.granted and one.body) for one in box.requests) > 6)
        assert not made.all_ended()
        first.die()
        shutil.rmtree(first.state)
        second = made.begin()
        made.until(made.all_ended)
        [ended] = [made.ended(name) for name in made.jobs]
        assert (ended.status, ended.facts.counts) == (0, {"created": size.terms + 1})
        assert [run.target for run in made.journal.runs()] == [target]
        assert not first.state.exists()
        assert list(second.state.rglob("terms.xlsx"))
    [report] = (tmp_path / "job0-0").rglob("*.result.xlsx")
    assert load_workbook(report).sheetnames[:2] == ["Glossaries", "Terms"]
