"""Which changes of a refused batch are at fault, and what is sent again."""

import pytest

from importer.model import Action
from importer.send.bisect import culprits, halves, rival
from importer.targets.protocol import Change, Ref, Refused


def change(seq, id_=None, key="k", type_="T", **relations):
    refs = {path: (Ref("T", other),) for path, other in relations.items()}
    return Change(seq, type_, Action.UPDATE, (f"{key}{seq}",), {}, refs, id=id_)


def refused(culprit=None):
    return Refused("No.", 400, culprit)


def seqs(changes):
    return [one.seq for one in changes]


def test_a_change_that_is_alone_is_at_fault_whatever_the_target_names():
    assert seqs(culprits([change(1)], refused())) == [1]
    assert seqs(culprits([change(1)], refused(7))) == [1]


def test_nobody_is_at_fault_where_the_target_names_none_of_several():
    assert culprits([change(1), change(2)], refused()) == []
    assert culprits([change(1), change(2)], refused(3)) == []


def test_the_change_that_the_target_names_is_at_fault():
    assert seqs(culprits([change(1), change(2)], refused(2))) == [2]


@pytest.mark.parametrize("where", ["relations", "append", "remove"])
def test_a_named_change_that_refers_to_another_of_the_batch_may_not_be_at_fault(where):
    """Atlan names the first entity that mentions the faulty one."""
    refs = {"up": (Ref("T", "b"),)}
    named = Change(1, "T", Action.UPDATE, ("a",), {}, id="a", **{where: refs})
    assert culprits([named, change(2, "b")], refused(1)) == []
    assert seqs(culprits([named, change(2, "other")], refused(1))) == [1]


def test_a_change_that_refers_to_itself_is_at_fault():
    assert seqs(culprits([change(1, "a", up="a"), change(2, "b")], refused(1))) == [1]


def test_without_a_culprit_the_batch_is_sent_again_in_halves():
    changes = [change(number) for number in range(5)]
    assert [seqs(part) for part in halves(changes, [])] == [[0, 1], [2, 3, 4]]
    assert [seqs(part) for part in halves(changes[:1], [])] == [[0]]


def test_with_a_culprit_the_rest_is_sent_again_whole():
    changes = [change(number) for number in range(3)]
    assert [seqs(part) for part in halves(changes, [changes[1]])] == [[0, 2]]
    assert halves(changes[:1], changes[:1]) == []


def named(seq, name, id_=None, type_="T", **relations):
    refs = {path: (Ref("T", other),) for path, other in relations.items()}
    return Change(seq, type_, Action.CREATE, (name,), {}, refs, id=id_)


def test_a_rival_has_the_same_name_but_for_case_and_blanks():
    first, second = named(1, "Net revenue"), named(2, "net  Revenue")
    assert rival(first, [first, second]) is second


def test_no_rival_has_another_name_or_type_or_stands_beside_a_third():
    first = named(1, "a")
    assert rival(first, [first, named(2, "b")]) is None
    assert rival(first, [first, named(2, "a", type_="U")]) is None
    assert rival(first, [first, named(2, "A"), named(3, " a")]) is None


def test_rivals_have_one_label_whatever_they_stand_in():
    """Net revenue of one glossary may exclude net revenue of another."""
    first = Change(1, "T", Action.CREATE, ("A", "Net"), {})
    second = Change(2, "T", Action.CREATE, ("B", "net"), {})
    assert rival(first, [first, second]) is second
    other = Change(2, "T", Action.CREATE, ("A", "Gross"), {})
    assert rival(first, [first, other]) is None


def test_rivals_refer_to_each_other():
    first, second = named(1, "a", "A", up="B"), named(2, "b", "B", up="A")
    assert rival(first, [first, second]) is second
    assert rival(first, [first, named(2, "b", "B")]) is None
    assert rival(named(1, "a", up="B"), [named(2, "b", up="A")]) is None
