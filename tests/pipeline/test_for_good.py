"""A category is deleted for good: a plan says so, and an undo makes a new one with its terms."""

from importer.options import Options
from tests.pipeline.bench import category, diffs, glossary, link, term
from tests.pipeline.raw_api import related
from tests.pipeline.test_undo import words
from tests.send.between import Between

START = {
    "Glossaries": [glossary()],
    "Categories": [category("X"), category("Y")],
    "Terms": [term("A", Categories="X; Y"), term("B", Categories="X"), term("C")],
}
DELETE = {"Categories": [category("X", Action="delete")]}
WORDS = "The category `X` is deleted for good, not archived."


class Purges(Between):
    """A target that keeps nothing of what it deletes."""

    def __init__(self, inner, api):
        super().__init__(inner)
        self.api = api

    def submit(self, changes):
        reply = super().submit(changes)
        for change in changes:
            if change.action == "delete":
                self.api.purge(change.id)
        return reply


def purging(bench):
    bench.wrap = lambda target: Purges(target, bench.atlan)


def categories(bench):
    """Return term -> the categories it is in."""
    return {name: related(one, "categories") for name, one in bench.atlan.terms().items()}


def test_a_plan_shows_which_terms_lose_a_category(bench):
    bench.glossary(START)
    planned = bench.plan_files([bench.book(DELETE)], Options(template="atlan-glossary"))
    [change] = planned.changes
    assert diffs(change) == {"Terms": [["Finance > A", "Finance > B"], None]}
    [finding] = [one for one in planned.findings if one.code == "deleted_for_good"]
    lost = "These lose it: `Finance > A`, `Finance > B`."
    assert finding.message == f"{WORDS} {lost} An undo makes a new one in its place."
    assert finding.place.row == 2


def test_a_category_without_terms_is_said_to_go_for_good_too(bench):
    bench.glossary({"Glossaries": [glossary()], "Categories": [category("X")]})
    planned = bench.plan_files([bench.book(DELETE)], Options(template="atlan-glossary"))
    [finding] = [one for one in planned.findings if one.code == "deleted_for_good"]
    assert finding.message == f"{WORDS} An undo makes a new one in its place."


def test_an_undo_puts_the_terms_into_the_new_category(bench):
    bench.glossary(START)
    before = categories(bench)
    purging(bench)
    deleted = bench.glossary(DELETE)
    assert categories(bench) == {"A": ["Y"], "B": [], "C": []}
    preview = bench.plan_undo(deleted.run)
    words = [one.message for one in preview.findings if one.code == "deleted_for_good"]
    lost = "with `Finance > A`, `Finance > B` in it."
    assert words == [f"The category `X` was deleted for good: a new one takes its place, {lost}"]
    undone = bench.undo(deleted)
    assert (undone.exit_status, categories(bench)) == (0, before)
    again = bench.undo(undone)
    assert (again.exit_status, categories(bench)["B"]) == (0, [])


def test_an_undo_restores_terms_that_were_deleted_with_their_category(bench):
    bench.glossary(START)
    before = categories(bench)
    gone = {"Terms": [term("B", Action="delete"), term("A", Categories="Y")], **DELETE}
    deleted = bench.glossary(gone)
    assert categories(bench) == {"A": ["Y"], "C": []}
    undone = bench.undo(deleted)
    assert (undone.exit_status, categories(bench)) == (0, before)


def test_an_undo_passes_over_terms_that_are_gone(bench):
    bench.glossary(START)
    purging(bench)
    deleted = bench.glossary(DELETE)
    bench.atlan.purge(bench.atlan.terms()["B"]["guid"])
    assert bench.undo(deleted).exit_status == 0
    assert categories(bench) == {"A": ["X", "Y"], "C": []}


def test_an_undo_of_a_new_category_keeps_it_where_others_have_put_terms_into_it(bench):
    """It would be deleted for good, and their work with it."""
    made = bench.glossary({"Glossaries": [glossary()], "Categories": [category("X")]})
    bench.glossary({"Terms": [term("A", Categories="X")]})
    result = bench.undo(made)
    assert bench.statuses(result)["Categories"] == ["held"]
    assert categories(bench) == {"A": ["X"]}


def test_an_undo_of_a_new_category_keeps_it_where_others_have_attached_a_readme(bench):
    made = bench.glossary({"Glossaries": [glossary()], "Categories": [category("X")]})
    bench.glossary({"Categories": [category("X", Readme="Theirs.")]})
    result = bench.undo(made)
    assert bench.statuses(result)["Categories"] == ["held"]


ATTACHED = {
    "Glossaries": [glossary()],
    "Categories": [category("X", Readme="Of X.")],
    "Links": [link("", title, f"https://example.org/{title}", Category="X") for title in "tu"],
}


def test_a_plan_says_how_many_readmes_and_links_go_with_a_category(bench):
    bench.glossary(ATTACHED)
    planned = bench.plan_files([bench.book(DELETE)], Options(template="atlan-glossary"))
    [finding] = [one for one in planned.findings if one.code == "deleted_for_good"]
    lost = "With it go 2 links, 1 readme. An undo makes a new one in its place."
    assert finding.message == f"{WORDS} {lost}"


def test_an_undo_attaches_readme_and_links_to_the_new_category(bench):
    bench.glossary(ATTACHED)
    there = words(bench)
    run = bench.glossary(DELETE)
    gone = words(bench)
    [finding] = [one for one in bench.plan_undo(run.run).findings if "new one" in one.message]
    assert finding.message.endswith("a new one takes its place. It gets back 2 links, 1 readme.")
    for expected in (there, gone, there):
        run = bench.undo(run)
        assert (run.exit_status, words(bench)) == (0, expected)


def test_an_undo_makes_readme_and_links_again_that_are_gone_with_the_category(bench):
    bench.glossary(ATTACHED)
    there = sorted(str(one) for one in words(bench).values())
    run = bench.glossary(DELETE)
    for kind in ("Readme", "Link"):
        for one in bench.atlan.all(kind):
            bench.atlan.purge(one["guid"])
    assert bench.undo(run).exit_status == 0
    assert sorted(str(one) for one in words(bench).values()) == there
