"""What a journal of revision 0006 said of its runs, it says when their plans are packed."""

import json
import zlib
from contextlib import closing

import pytest
from sqlalchemy import MetaData

from importer.journal import Items, Journal, RunPlan, RunSpec, results
from importer.journal.approvals import held_items
from importer.journal.history import merged_rows_of
from importer.journal.serialize import pack_change, pack_run
from importer.model import SheetLayout, Status
from importer.options import Options
from tests.journal.migrations.places import empty, to_revision
from tests.send.build import Scripted, item, outcomes, sender

RUN = "20261129-000000"
PLAN = RunPlan((SheetLayout("S", 1, 2, 9, 1, "f.xlsx"),))
FACTS = pack_run(RunSpec("T", [], Options(), {}, {"leaf": "Leaf"}), PLAN, ())
HEAD = {"run": RUN, "no": 1, "state": "interrupted", "target": "t", "system": "s", "template": "x"}
STARTED = {"identity": Scripted.identity, "started": "2026-11-29T00:00:00Z", "why": ""}
CHANGE = pack_change(item(0, "a").change)


def line(no, row, state, *, message="", id_=None, change=CHANGE):
    """An item as it stood in the table of that revision."""
    ours = {"run": RUN, "no": no, "sheet": 0, "row": row, "kind": "leaf", "key": f"n{no}"}
    said = {"level": 0, "state": state, "action": "create", "id": id_, "message": message}
    return {**ours, **said, "doubts": 0, "mapped": None, "change": change}


LINES = {
    "runs": [{**HEAD, **STARTED, "facts": FACTS}],
    "rows": [{"run": RUN, "sheet": 0, "row": n, "valid": n != 8} for n in (2, 3, 4, 5, 6, 8)],
    "items": [
        line(0, 2, "created", id_="A"),
        line(2, 3, "pending"),
        line(4, 4, "held", message="Too much."),
        line(6, 5, "held", message="It has drifted.", change=None),
        line(8, 8, "invalid", change=None),
        line(10, 9, "rejected", message="No."),
    ],
    "merged": [{"run": RUN, "sheet": 0, "row": 6, "no": 0}],
    "unchanged": [{"run": RUN, "no": 1, "sha256": "s"}],
    "chunks": [
        {
            "sha256": "s",
            "content": zlib.compress(
                json.dumps([[0, 7, [[20, "leaf", "same", 0, "S"]], []]]).encode()
            ),
        }
    ],
}
EXPECTED = {
    2: ("created", ""),
    3: ("pending", ""),
    4: ("held", "Too much."),
    5: ("held", "It has drifted."),
    6: ("merged", ""),
    7: ("unchanged", ""),
    8: ("invalid", ""),
    9: ("rejected", "No."),
}


@pytest.fixture
def journal(journal_place):
    """A journal of that revision with one run, opened today."""
    to_revision(journal_place, "0006")
    with closing(empty(journal_place)) as store:
        tables = MetaData()
        tables.reflect(store.engine)
        with store.engine.begin() as connection:
            for name, rows in LINES.items():
                connection.execute(tables.tables[name].insert(), rows)
    with closing(Journal(journal_place)) as journal:
        yield journal


def test_every_row_has_the_outcome_that_it_had(journal):
    run = journal.run(RUN)
    assert outcomes(journal, run) == EXPECTED
    ids = {row.row: row.id for row in results(journal, run) if row.id}
    assert ids == {2: "A", 6: "A", 7: "S"}
    assert list(merged_rows_of(journal, RUN)) == [(0, 6, 0)]


def test_only_what_the_guard_held_can_be_released(journal):
    assert [one.row for one in held_items(journal, RUN)] == [4]
    Items(journal, RUN).release()
    states = {one.row: one.state for one in Items(journal, RUN).in_row_order()}
    assert (states[4], states[5]) == (Status.PENDING, Status.HELD)


def test_what_waited_is_sent_and_nothing_else(journal):
    run, target = journal.run(RUN), Scripted()
    with sender(journal, run, target) as sending:
        sending.send()
    assert target.batches == [["a"]]
    assert outcomes(journal, run) == EXPECTED | {3: ("created", "")}
