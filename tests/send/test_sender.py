"""What is sent, in which order, and the outcome of every row, by the target's answers."""

from itertools import count
from threading import Barrier

import pytest
from msgspec.structs import replace

from importer.errors import CredentialsRefused, LeaseLost, StoppedEarly, TargetUnreachable
from importer.journal import Journal, Outbox, results
from importer.journal.outbox import Outbox as RealOutbox
from importer.model import Action, Status
from importer.targets.planned_change import FieldDiff, PlannedChange
from importer.targets.protocol import Accepted, InDoubt, Landed, LiveEntity, Refused
from tests.send.build import Scripted, begin, item, outcomes, send, sender

SILENT = InDoubt("it was silent")


@pytest.fixture
def journal(tmp_path):
    journal = Journal(tmp_path / "journal.db")
    yield journal
    journal.close()


def statuses(found):
    return [status for status, _ in found.values()]


def live(name, seq):
    return LiveEntity("Leaf", (name,), f"L{seq}", {"name": name})


def test_levels_are_sent_one_after_the_other_in_full_batches(journal):
    target = Scripted()
    items = [item(n, level=1 if n % 2 else 0) for n in range(7)]
    assert statuses(send(journal, items, target, batch_size=2)) == ["created"] * 7
    assert target.batches == [["n0", "n2"], ["n4", "n6"], ["n1", "n3"], ["n5"]]


def test_several_batches_may_be_in_flight(journal):
    target = Scripted()
    assert (
        statuses(send(journal, [item(n) for n in range(9)], target, batch_size=2, jobs=3))
        == ["created"] * 9
    )
    assert sorted(map(tuple, target.batches)) == sorted(
        [("n0", "n1"), ("n2", "n3"), ("n4", "n5"), ("n6", "n7"), ("n8",)]
    )


def test_what_a_row_needs_is_sent_before_it_or_it_is_blocked(journal):
    def answer(changes):
        return Refused("No.", 400) if changes[0].key == ("n0",) else None

    items = [item(0), item(1, needs=["n0"], level=1), item(2, level=1)]
    target = Scripted(answer)
    found = send(journal, items, target)
    assert found == {
        2: ("rejected", "No."),
        3: ("blocked", "`n0` (row 2) is not imported."),
        4: ("created", ""),
    }
    assert target.batches == [["n0"], ["n2"]]


def test_a_level_of_blocked_rows_alone_sends_nothing(journal):
    items = [item(n, needs=["gone"]) for n in range(5)]
    target = Scripted()
    assert statuses(send(journal, items, target, batch_size=2)) == ["blocked"] * 5
    assert target.batches == []


def test_the_row_at_fault_is_found_by_bisection_and_the_rest_is_sent(journal):
    def answer(changes):
        return Refused("No.", 400) if ("n2",) in {one.key for one in changes} else None

    target = Scripted(answer)
    found = send(journal, [item(n) for n in range(4)], target)
    assert statuses(found) == ["created", "created", "rejected", "created"]
    assert target.batches == [["n0", "n1", "n2", "n3"], ["n0", "n1"], ["n2", "n3"], ["n2"], ["n3"]]


def test_a_culprit_that_the_target_names_is_rejected_at_once(journal):
    def answer(changes):
        bad = next((one for one in changes if one.key == ("n1",)), None)
        return Refused("No.", 400, bad.seq) if bad else None

    target = Scripted(answer)
    assert statuses(send(journal, [item(n) for n in range(3)], target)) == [
        "created",
        "rejected",
        "created",
    ]
    assert target.batches == [["n0", "n1", "n2"], ["n0", "n2"]]


def test_a_refused_row_names_its_rival_of_the_same_batch(journal):
    def answer(changes):
        return Refused("Twice.", 400) if ("Same",) in {one.key for one in changes} else None

    found = send(journal, [item(0, "same"), item(1, "Same")], Scripted(answer))
    assert found[2] == ("created", "")
    assert found[3] == (
        "rejected",
        "Twice. Row 2 (`same`) was sent together with it: do the two conflict?",
    )


def test_a_batch_that_is_too_large_makes_all_later_ones_smaller(journal):
    def answer(changes):
        return Refused("Too large.", 413, smaller=True) if len(changes) > 2 else None

    target = Scripted(answer)
    assert statuses(send(journal, [item(n) for n in range(8)], target)) == ["created"] * 8
    assert [len(batch) for batch in target.batches] == [4, 2, 2, 2, 2]


def test_after_a_single_row_that_is_too_large_the_rest_is_sent(journal):
    def answer(changes):
        too_large = changes[0].key == ("n0",)
        return Refused("Too large.", 413, smaller=True) if too_large else None

    found = send(journal, [item(0), item(1)], Scripted(answer), batch_size=1)
    assert statuses(found) == ["rejected", "created"]


def test_a_single_row_that_is_too_large_is_rejected(journal):
    target = Scripted(lambda _changes: Refused("Too large.", 413, smaller=True))
    assert send(journal, [item(0)], target) == {2: ("rejected", "Too large.")}
    assert target.batches == [["n0"]]


def test_what_landed_though_no_answer_came_is_not_sent_again(journal):
    target = Scripted(lambda changes: SILENT if len(changes) > 1 else None)
    target.live = {0: live("n0", 0)}
    found = send(journal, [item(0), item(1)], target)
    assert statuses(found) == ["created", "created"]
    assert target.batches == [["n0", "n1"], ["n1"]]


def test_the_id_of_what_landed_is_that_of_the_target(journal):
    target = Scripted(lambda _changes: SILENT)
    target.live = {0: live("n0", 0)}
    run = begin(journal, [item(0)])
    with sender(journal, run, target) as sending:
        sending.send()
    assert [row.id for row in results(journal, run)] == ["L0"]


def test_what_never_lands_is_unknown_after_three_tries(journal):
    target = Scripted(lambda _changes: SILENT)
    assert send(journal, [item(0)], target) == {2: ("unknown", "it was silent")}
    assert target.batches == [["n0"]] * 3


def test_a_batch_in_doubt_is_sent_again_whole_then_in_halves(journal):
    target = Scripted(lambda changes: SILENT if len(changes) > 1 else None)
    assert statuses(send(journal, [item(0), item(1)], target)) == ["created"] * 2
    assert target.batches == [["n0", "n1"], ["n0", "n1"], ["n0"], ["n1"]]


def test_after_a_time_out_a_batch_is_sent_in_halves_at_once(journal):
    late = InDoubt("a time-out", late=True)
    target = Scripted(lambda changes: late if len(changes) > 2 else None)
    assert statuses(send(journal, [item(n) for n in range(8)], target)) == ["created"] * 8
    assert [len(batch) for batch in target.batches] == [4, 2, 2, 2, 2]


def test_what_may_still_land_is_waited_for_once(journal):
    slept = []
    target = Scripted(lambda _changes: SILENT)

    def sleep(seconds):
        slept.append(seconds)
        target.live = {0: live("n0", 0)}

    found = send(journal, [item(0)], target, landing=60.0, sleep=sleep)
    assert (found, slept) == ({2: ("created", "")}, [60.0])
    assert target.batches == [["n0"]]


def test_however_short_the_wait_is_it_is_kept(journal):
    slept = []
    send(journal, [item(0)], Scripted(lambda _c: SILENT), landing=0.5, sleep=slept.append)
    assert slept == [0.5] * 3


def test_nothing_is_waited_for_where_the_target_itself_has_answered(journal):
    slept = []
    replies = [InDoubt("a deadlock", ended=True)]
    target = Scripted(lambda _changes: replies.pop() if replies else None)
    found = send(journal, [item(0)], target, landing=60.0, sleep=slept.append)
    assert (found, slept) == ({2: ("created", "")}, [])
    assert target.batches == [["n0"], ["n0"]]


def test_nothing_is_waited_for_where_all_has_landed(journal):
    slept = []
    target = Scripted(lambda _changes: SILENT, live={0: live("n0", 0)})
    send(journal, [item(0)], target, landing=60.0, sleep=slept.append)
    assert slept == []


def test_batches_in_doubt_at_once_are_looked_up_together_after_one_wait(journal):
    """Four requests are in flight together and silent; one of them has landed."""
    together = Barrier(4)
    slept, known = [], []

    def answer(_changes):
        if len(target.batches) <= 4:
            together.wait(timeout=30)
            return SILENT
        return None

    def sleep(seconds):
        slept.append(seconds)
        known.append(statuses(outcomes(journal, run)).count("created"))

    target = Scripted(answer, live={0: live("n0", 0)})
    run = begin(journal, [item(n) for n in range(6)])
    pace = {"batch_size": 1, "jobs": 4, "landing": 60.0, "sleep": sleep}
    with sender(journal, run, target, **pace) as sending:
        sending.send()
    assert (slept, known) == ([60.0], [1])
    assert list(map(len, target.found)) == [4, 3]
    assert statuses(outcomes(journal, run)) == ["created"] * 6
    assert len(target.batches) == 9


def test_what_landed_of_a_batch_in_doubt_is_known_before_the_wait(journal):
    known = []
    target = Scripted(lambda changes: SILENT if len(changes) > 1 else None)
    target.live = {0: live("n0", 0)}
    run = begin(journal, [item(0), item(1)])

    def sleep(_seconds):
        known.append(statuses(outcomes(journal, run)))

    with sender(journal, run, target, landing=60.0, sleep=sleep) as sending:
        sending.send()
    assert known == [["created", "pending"]]
    assert statuses(outcomes(journal, run)) == ["created"] * 2


def test_a_change_that_the_answer_leaves_out_is_unknown(journal):
    target = Scripted(lambda changes: Accepted((Landed(changes[0].seq, Status.CREATED, "A"),)))
    assert send(journal, [item(0), item(1)], target) == {
        2: ("created", ""),
        3: ("unknown", "The target's answer leaves it out."),
    }


def test_an_update_that_was_a_move_is_moved(journal):
    move = PlannedChange(type="Leaf", action=Action.MOVE, key=("n0",), id="A")
    target = Scripted(lambda changes: Accepted((Landed(changes[0].seq, Status.UPDATED, "A"),)))
    assert statuses(send(journal, [item(0, change=move)], target)) == ["moved"]
    other = PlannedChange(type="Leaf", action=Action.UPDATE, key=("n0",), id="A")
    assert statuses(send(journal, [item(0, change=other)], target)) == ["updated"]


def test_the_circuit_breaker_stops_the_run_and_leaves_the_rest_pending(journal):
    target = Scripted(lambda _changes: Refused("No.", 400))
    run = begin(journal, [item(n) for n in range(9)])
    with (
        sender(journal, run, target, batch_size=1, stop_after=3) as sending,
        pytest.raises(StoppedEarly, match="refused 3 rows"),
    ):
        sending.send()
    assert statuses(outcomes(journal, run)) == ["rejected"] * 3 + ["pending"] * 6


def test_a_success_in_between_keeps_the_circuit_closed(journal):
    numbers = count()
    target = Scripted(lambda _changes: Refused("No.", 400) if next(numbers) % 3 else None)
    found = send(journal, [item(n) for n in range(9)], target, batch_size=1, stop_after=3)
    assert statuses(found) == ["created", "rejected", "rejected"] * 3


def test_silence_stops_the_run_at_twice_as_many_answers(journal):
    target = Scripted(lambda _changes: SILENT)
    run = begin(journal, [item(n) for n in range(9)])
    with (
        sender(journal, run, target, batch_size=1, stop_after=2) as sending,
        pytest.raises(StoppedEarly, match="4 requests failed"),
    ):
        sending.send()
    assert len(target.batches) == 4


def test_a_refused_key_stops_the_run_and_the_batch_waits(journal):
    def answer(_changes):
        raise CredentialsRefused("The key is refused.")

    run = begin(journal, [item(0), item(1)])
    with (
        sender(journal, run, Scripted(answer), batch_size=1) as sending,
        pytest.raises(CredentialsRefused),
    ):
        sending.send()
    assert statuses(outcomes(journal, run)) == ["pending", "pending"]
    assert journal.in_doubt(run.name) == []


def test_what_stops_the_journal_counts_more_than_what_stops_the_target(journal, monkeypatch):
    def answer(_changes):
        raise TargetUnreachable("away")

    def settle(_self, _result):
        raise LeaseLost("another has it")

    run = begin(journal, [item(0)])
    with sender(journal, run, Scripted(answer)) as sending, monkeypatch.context() as patch:
        patch.setattr(RealOutbox, "settle", settle)
        with pytest.raises(LeaseLost):
            sending.send()


def test_a_look_up_that_fails_leaves_the_batch_in_doubt(journal):
    class Away(Scripted):
        def find(self, changes):
            raise TargetUnreachable("away")

    run = begin(journal, [item(0), item(1)])
    with (
        sender(journal, run, Away(lambda _changes: SILENT)) as sending,
        pytest.raises(TargetUnreachable),
    ):
        sending.send()
    assert statuses(outcomes(journal, run)) == ["unknown", "unknown"]
    assert [doubt.items for doubt in journal.in_doubt(run.name)] == [[0, 2]]


def test_a_break_lets_what_is_in_flight_be_settled(journal):
    class Break:
        asked = 0

        def advance(self, _count):
            pass

        def between_batches(self):
            self.asked += 1
            if self.asked == 3:
                raise KeyboardInterrupt

    run = begin(journal, [item(n) for n in range(6)])
    with sender(journal, run, Scripted(), batch_size=1) as sending:
        sending.progress = Break()
        with pytest.raises(KeyboardInterrupt):
            sending.send()
    assert statuses(outcomes(journal, run)) == ["created"] * 2 + ["pending"] * 4


def test_progress_counts_every_item_once(journal):
    class Counts:
        done = 0

        def advance(self, number):
            self.done += number

        def between_batches(self):
            pass

    run = begin(journal, [item(n, needs=["gone"] if n == 3 else ()) for n in range(6)])
    with sender(journal, run, Scripted(), batch_size=2) as sending:
        sending.progress = Counts()
        sending.send()
    assert sending.progress.done == 6


def test_a_batch_of_an_earlier_process_is_looked_up_before_anything_is_sent(journal):
    """What landed is recorded, what did not waits; what was settled is left alone."""
    target = Scripted(live={0: live("n0", 0)})
    items = [item(0), item(1), item(2, state=Status.REJECTED)]
    run = begin(journal, items)
    with sender(journal, run, target) as sending:
        sending.outbox.record_sending(0, [0, 2, 4])
        sending.settle_doubts()
        assert target.batches == []
        assert target.found == [["n0", "n1"]]
        assert journal.in_doubt(run.name) == []
        sending.send()
    assert statuses(outcomes(journal, run)) == ["created", "created", "rejected"]
    assert target.batches == [["n1"]]


def test_what_was_sent_long_ago_is_not_waited_for(journal, monkeypatch):
    slept = []
    run = begin(journal, [item(0)])
    with sender(journal, run, Scripted(), landing=60.0, sleep=slept.append) as sending:
        sending.outbox.record_sending(0, [0])
        monkeypatch.setattr("importer.send.earlier_batches.LONGEST_REQUEST", -1.0)
        sending.settle_doubts()
        assert slept == []
        monkeypatch.setattr("importer.send.earlier_batches.LONGEST_REQUEST", 900.0)
        sending.outbox.record_sending(0, [0])
        sending.settle_doubts()
    assert slept == [60.0]


def test_a_request_asks_the_journal_once_its_process_may_have_slept(journal, monkeypatch):
    claims = []
    monkeypatch.setattr(RealOutbox, "claim", lambda _self: claims.append(1))
    monkeypatch.setattr(Outbox, "sure", property(lambda _self: False))
    send(journal, [item(0)], Scripted())
    assert claims == [1]
    monkeypatch.setattr(Outbox, "sure", property(lambda _self: True))
    send(journal, [item(0)], Scripted())
    assert claims == [1]


def renamed(entity, **more):
    """A leaf whose name is to change."""
    change = PlannedChange(
        type="Leaf",
        action=Action.UPDATE,
        key=(f"n{entity}",),
        payload={"name": "new"},
        id=f"L{entity}",
        fields={"name": FieldDiff("The name", "old", "new")},
    )
    return item(entity, change=change, **more)


class Dropping(Scripted):
    """A target whose answers name none but the changes of these keys."""

    def __init__(self, named=(), **more):
        super().__init__(**more)
        self.named = named

    def accept(self, changes):
        landed = super().accept(changes).landed
        pairs = zip(changes, landed, strict=True)
        return Accepted(tuple(replace(one, named=c.key[0] in self.named) for c, one in pairs))


def test_what_an_answer_leaves_out_is_read_back_in_one_request(journal):
    """It is updated where the target holds what the row says, else rejected with its field."""
    target = Dropping({"n0"}, live={2: live("new", 1), 4: live("old", 2)})
    found = send(journal, [renamed(n) for n in range(3)], target)
    assert found == {
        2: ("updated", ""),
        3: ("updated", ""),
        4: ("rejected", "The target ignored it: `The name`."),
    }
    assert target.read == [["n1", "n2"]]


def test_with_verify_what_an_answer_names_is_read_back_too(journal):
    target = Scripted(live={0: live("new", 0), 2: live("old", 1)})
    found = send(journal, [renamed(0), renamed(1), item(2)], target, verify=True)
    assert [status for status, _ in found.values()] == ["updated", "rejected", "rejected"]
    assert found[4] == ("rejected", "The target ignored it.")


class RefusingParts(Scripted):
    """A target that refuses a part of the changes of some keys and carries out the rest."""

    words = "The target refused the labels: no blanks. The rest of the row was saved."

    def accept(self, changes):
        landed = super().accept(changes).landed
        pairs = zip(changes, landed, strict=True)
        refused = {"n0": self.words}
        return Accepted(tuple(replace(one, refused=refused.get(c.key[0], "")) for c, one in pairs))


@pytest.mark.parametrize("verify", [False, True])
def test_a_row_of_which_a_part_is_refused_is_rejected_with_the_target_s_words(journal, verify):
    target = RefusingParts(live={0: live("new", 0), 2: live("new", 1)})
    found = send(journal, [renamed(0), renamed(1)], target, verify=verify)
    assert found == {2: ("rejected", RefusingParts.words), 3: ("updated", "")}


def test_a_deletion_that_an_answer_leaves_out_is_rejected_where_it_is_still_there(journal):
    def deletion(n):
        change = PlannedChange(type="Leaf", action=Action.DELETE, key=(f"n{n}",), id=f"L{n}")
        return item(n, change=change)

    target = Dropping(live={0: live("n0", 0)})
    found = send(journal, [deletion(0), deletion(1)], target)
    assert statuses(found) == ["rejected", "deleted"]


def test_a_read_back_that_fails_leaves_what_it_was_for_unknown(journal):
    class Away(Dropping):
        def read_back(self, changes):
            raise TargetUnreachable("away")

    run = begin(journal, [renamed(0), renamed(1)])
    with sender(journal, run, Away({"n0"})) as sending, pytest.raises(TargetUnreachable):
        sending.send()
    found = outcomes(journal, run)
    assert statuses(found) == ["updated", "unknown"]
    assert found[3][1] == "The target's answer could not be verified: away"
    with sender(journal, run, Dropping(live={2: live("new", 1)})) as again:
        again.settle_doubts()
    assert statuses(outcomes(journal, run)) == ["updated", "updated"]
