"""Which entities of a batch in doubt exist."""

from tests.targets.atlan.build import URL, at, land, made, table
from tests.targets.build import (
    category,
    delete,
    glossary,
    link,
    readme,
    term,
)


def test_find_sees_what_of_a_batch_has_landed(atlan, anchor, name, orders):
    qualified_name, table_ref = orders
    outer = made(atlan, category(anchor, name, "A"))
    new = [
        glossary(f"{name} new"),
        category(anchor, name, "A", "B", parent=outer),
        term(anchor, name, "T"),
        link(table_ref, "Table", qualified_name, URL),
        readme(table_ref, "Table", qualified_name, html="x"),
        table(f"{qualified_name}/new"),
        delete(at(atlan, "Table", "Table", qualified_name)),
    ]
    assert set(atlan.find(new)) == {new[-1].seq}
    guids = {change.seq: made(atlan, change).id for change in new[:-1]}
    lives = atlan.find(new)
    assert {seq: live.id for seq, live in lives.items()} == guids | {new[-1].seq: table_ref.id}
    assert all(lives[change.seq].key == change.key for change in new)
    land(atlan, new[-1])
    assert atlan.find(new)[new[-1].seq].archived


def test_find_does_not_take_a_namesake_in_another_place(atlan, anchor, name):
    other = made(atlan, glossary(f"{name} 4"))
    outer = made(atlan, category(anchor, name, "A"))
    made(atlan, category(anchor, name, "B"))
    made(atlan, term(anchor, name, "T"))
    changes = [term(other, f"{name} 4", "T"), category(anchor, name, "A", "B", parent=outer)]
    assert atlan.find(changes) == {}


def test_find_waits_until_the_index_has_caught_up(box, waits, open_target):
    target = open_target("atlan", box.url, sleep=waits.append)
    assert target.find([glossary("nobody has this")]) == {}
    assert waits == [5.0]
