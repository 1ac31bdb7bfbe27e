"""Whatever form a tenant's answers have, a row says what was done, and a second run has no work."""

import pytest

from importer import sandbox
from importer.pipeline.resume import resume
from importer.sandbox import Updates, Variants
from importer.targets.protocol import OUTCOME_OF, Accepted, Landed
from tests.pipeline.bench import NO_REPORT, category, glossary, term
from tests.pipeline.raw_api import related
from tests.send.between import Between, Drops, Unreachable


@pytest.fixture(scope="module", params=Updates)
def box(request):
    with sandbox.start(record=True, variants=Variants(request.param)) as running:
        yield running


START = {
    "Glossaries": [glossary()],
    "Categories": [category("X"), category("Y")],
    "Terms": [term("A", Synonyms="B", Usage="old", Categories="X"), term("B"), term("C")],
}
CHANGES = {
    "text": term("A", Usage="new"),
    "a list that is replaced": term("A", Synonyms="C"),
    "an addition and a removal": term("A", Synonyms="+C; -B"),
    "a removal from the end that did not make the relation": term("B", Synonyms="<clear>"),
    "both in two relations": term("A", Synonyms="<clear>", See_also="C"),
    "text and a relation": term("A", Usage="new", Synonyms="C"),
    "categories": term("A", Categories="Y"),
    "tags": term("A", Tags="PII"),
    "labels": term("A", Labels="one; two"),
    "a field that is cleared": term("A", Usage="<clear>"),
}


@pytest.mark.parametrize("row", CHANGES.values(), ids=CHANGES)
def test_a_change_is_made_and_said_to_be_made(bench, row):
    bench.glossary(START)
    result = bench.glossary({"Terms": [row]})
    assert (result.counts, result.exit_status) == ({"updated": 1}, 0)
    assert bench.silent(lambda: bench.glossary({"Terms": [row]})).counts == {"unchanged": 1}
    undone = bench.undo(result)
    assert undone.exit_status == 0
    live = bench.atlan.terms()
    assert related(live["A"], "synonyms") == ["B"]
    assert (live["A"]["attributes"]["usage"], live["A"]["labels"]) == ("old", [])


def test_with_verify_nothing_else_is_said(bench):
    result = bench.glossary(START, verify=True)
    assert result.counts == {"created": 6}
    changed = {"Terms": [term("A", Synonyms="C", Usage="new", Tags="PII", Labels="l")]}
    assert bench.glossary(changed, verify=True).counts == {"updated": 1}


def test_what_the_target_drops_is_never_unchanged(bench):
    bench.glossary(START)
    bench.wrap = Drops
    result = bench.glossary({"Terms": [term("A", Usage="new"), term("B", Labels="l")]})
    outcomes = [(row.status, row.message) for row in bench.rows(result).values()]
    assert outcomes == [
        ("rejected", "The target ignored it: `Usage`."),
        ("rejected", "The target ignored it: `Labels`."),
    ]
    assert result.exit_status == 1


class Lies(Between):
    """A target that names every change as carried out, and carries out none."""

    def submit(self, changes):
        return Accepted(
            tuple(Landed(one.seq, OUTCOME_OF[one.action], one.id or "none") for one in changes)
        )


def test_a_resumed_run_can_be_verified(bench):
    """What was sent before is not read back, all that is sent from now on is."""
    bench.wrap = lambda target: Unreachable(target, 1)
    result = bench.glossary({"Glossaries": [glossary()], "Terms": [term("A"), term("B")]})
    bench.wrap = Lies
    again = resume(
        result.run,
        connect=bench.connect,
        journal=bench.journal,
        report=NO_REPORT,
        verify=True,
    )
    assert bench.statuses(again) == {"Glossaries": ["created"], "Terms": ["rejected"] * 2}
