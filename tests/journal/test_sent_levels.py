"""How much of each level of a run is sent, without what the guard holds."""

from contextlib import closing

import pytest

from importer.journal import Journal
from importer.journal.sent_levels import SentLevel, sent_by_level
from tests.send.build import Scripted, begin, item, sender

ITEMS = [
    *(item(n, kind="root") for n in range(2)),
    *(item(n, level=1) for n in range(2, 8)),
    item(8, level=5, kind="twig"),
]


@pytest.fixture
def journal(tmp_path):
    with closing(Journal(tmp_path / "journal.db")) as journal:
        yield journal


def test_levels_fill_up_one_after_the_other(journal):
    run = begin(journal, ITEMS)
    assert sent_by_level(journal.store, run.name) == [
        SentLevel(0, ("root",), 0, 2),
        SentLevel(1, ("leaf",), 0, 6),
        SentLevel(5, ("twig",), 0, 1),
    ]
    seen = []

    def answer(_changes):
        seen.append([one.done for one in sent_by_level(journal.store, run.name)])

    with sender(journal, run, Scripted(answer)) as sending:
        sending.send()
    assert seen == [[0, 0, 0], [2, 0, 0], [2, 4, 0], [2, 6, 0]]
    assert [one.done for one in sent_by_level(journal.store, run.name)] == [2, 6, 1]


def test_what_the_guard_holds_does_not_count(journal):
    run = begin(journal, ITEMS, held={(0, 4): "w", (0, 10): "w"})
    assert sent_by_level(journal.store, run.name) == [
        SentLevel(0, ("root",), 0, 2),
        SentLevel(1, ("leaf",), 0, 5),
    ]


def test_a_run_that_sends_nothing_has_no_levels(journal):
    run = begin(journal, [])
    assert sent_by_level(journal.store, run.name) == []
