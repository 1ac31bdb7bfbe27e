"""Whose turn it is: nobody holds up the others, and what is sent waits for nothing that is read."""

from importer.journal.upload_hold import Hold
from importer.uploads.turns import next_task, task_of
from importer.work import Line
from tests.uploads.lists import FINE


def several(desk, **persons):
    """Uploads of some people, in the order in which they come."""
    found = {}
    for name, by in persons.items():
        desk.by = by
        found[name] = desk.receive(*FINE)
    return found


def order(desk, uploads, *begun):
    """The order in which the tasks of uploads are begun, after those of `begun`."""
    site, done = desk.uploads.performer.site, [uploads[name] for name in begun]
    words = {name: word for word, name in uploads.items()}
    for name in [name for name in uploads.values() if name not in done]:
        task = next_task(site, task_of("checking", name), done)
        done.append(task.name)
    return [words[name] for name in done]


def test_others_come_before_the_second_task_of_a_person(idle):
    uploads = several(idle, a1="ada", a2="ada", a3="ada", b1="bob", c1="eve", b2="bob")
    assert order(idle, uploads) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_where_nobody_else_waits_a_person_has_several_at_once(idle):
    uploads = several(idle, a1="ada", a2="ada", b1="bob")
    assert order(idle, uploads, "a1", "b1") == ["a1", "b1", "a2"]


def test_what_another_server_works_on_counts_too(idle):
    uploads = several(idle, a1="ada", a2="ada", b1="bob")
    with Hold(idle.store, uploads["a1"]) as hold:
        assert hold.take()
        site = idle.uploads.performer.site
        assert next_task(site, task_of("checking", uploads["a2"]), []).name == uploads["b1"]


def test_where_nothing_waits_nothing_is_begun(idle):
    [name] = several(idle, a1="ada").values()
    idle.uploads.cancel(name, "ada")
    assert next_task(idle.uploads.performer.site, task_of("checking", name), []) is None


def test_what_is_sent_stands_in_a_line_of_its_own():
    reads = [task_of(kind, "one").line for kind in ("checking", "planning")]
    sends = [task_of(kind, "one").line for kind in ("importing", "undoing", "undo-run")]
    assert (set(reads), set(sends)) == ({Line.READ}, {Line.SEND})
