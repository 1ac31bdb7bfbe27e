"""Lost answers lead to no duplicates: everything is imported once."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.pipeline.bench import building, desk, floor, glossary, link, space, term
from tests.pipeline.raw_api import TERM, related
from tests.send.between import LOST, Loses, Unreachable, Vanishes

FEW = settings(
    max_examples=6,
    database=None,
    phases=[Phase.explicit, Phase.generate],  # a run is too slow to be tried a hundred times
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FATES = st.lists(st.sampled_from(["after", "before", "kept"]), max_size=12)

SHEETS = {
    "Glossaries": [glossary()],
    "Terms": [term(f"t{n}", Synonyms=f"t{n + 1}" if n < 5 else "", Usage="u") for n in range(6)],
    "Links": [link("t0", "x", "https://example.com"), link("t1", "y", "https://example.com")],
}
PORTFOLIO = {
    "Buildings": [building()],
    "Floors": [floor("1"), floor("2")],
    "Spaces": [space("S", "1", **{"External ID": None}), space("T", "2")],
    "Desks": [desk("d", "1", Space="S", **{"External ID": None}), desk("e", "2")],
}


def losing(bench, *plan):
    """Let the target lose answers by a plan."""
    bench.wrap = lambda target: Loses(target, plan)


def well(bench):
    """Let the target answer every request."""
    bench.wrap = lambda target: target


@FEW
@given(plan=FATES)
def test_a_glossary_is_imported_once_whatever_answers_are_lost(bench, plan):
    """In batches of two a row exists or is unknown; importing the file again completes it."""
    bench.empty_the_sandbox()
    losing(bench, *plan)
    result = bench.glossary(SHEETS, batch_size=2, jobs=1)
    assert result.state == "finished"
    _only_the_lost_are_missing(bench, result, plan)
    well(bench)
    bench.glossary(SHEETS)
    assert {name: related(one, "synonyms") for name, one in bench.atlan.terms().items()}["t1"] == [
        "t0",
        "t2",
    ]
    assert (len(bench.atlan.all(TERM)), len(bench.atlan.all("Link"))) == (6, 2)


def _only_the_lost_are_missing(bench, result, plan):
    outcomes = {row.status.value for row in bench.rows(result).values()}
    if plan.count("before") < 3:
        assert outcomes == {"created"}
    assert outcomes <= {"created", "unknown", "blocked"}


@FEW
@given(plan=FATES)
def test_a_portfolio_is_imported_once_whatever_answers_are_lost(bench, plan):
    """Also assets without external ID, which are matched by their path."""
    bench.empty_the_sandbox()
    losing(bench, *plan)
    result = bench.portfolio(PORTFOLIO, batch_size=2, jobs=1)
    _only_the_lost_are_missing(bench, result, plan)
    well(bench)
    bench.portfolio(PORTFOLIO)
    assert len(bench.trebellar.places()) == 7


def test_a_batch_that_landed_is_not_sent_again(bench):
    losing(bench, *["after"] * 10)
    assert bench.glossary(SHEETS).counts == {"created": 9}
    assert len(bench.bodies()) == 4


def test_a_batch_that_never_arrived_is_sent_again(bench):
    losing(bench, "before", "kept", "before", "before")
    result = bench.glossary(SHEETS)
    assert result.counts == {"created": 9}
    assert result.exit_status == 0


def test_a_row_that_cannot_be_settled_is_unknown(bench):
    """After three requests without an answer the row is unknown; the other is sent alone."""
    losing(bench, "kept", "before", "before", "before")
    result = bench.glossary({"Glossaries": [glossary()], "Terms": [term("A"), term("B")]})
    assert bench.statuses(result)["Terms"] == ["unknown", "created"]
    assert bench.rows(result)["Terms", 2].message == LOST
    assert (result.state, result.exit_status) == ("finished", 1)
    assert list(bench.atlan.terms()) == ["B"]


CHANGES = {
    "an update": ({"Terms": [term("A", Usage="new")]}, "updated"),
    "a cleared field": ({"Terms": [term("A", Usage="<clear>")]}, "updated"),
    "a relation": ({"Terms": [term("A", Synonyms="B")]}, "updated"),
    "a deletion": ({"Terms": [term("A", Action="delete")]}, "deleted"),
    "a deleted link": (
        {"Links": [link("A", "x", "https://example.com", Action="delete")]},
        "deleted",
    ),
    "a title": ({"Links": [link("A", "y", "https://example.com")]}, "updated"),
    "tags": ({"Terms": [term("A", Tags="PII; GDPR")]}, "updated"),
}


@pytest.mark.parametrize("fate", ["after", "before"])
@pytest.mark.parametrize(("sheets", "outcome"), CHANGES.values(), ids=CHANGES)
def test_a_change_in_doubt_is_made_once(bench, sheets, outcome, fate):
    bench.glossary(
        {
            "Glossaries": [glossary()],
            "Terms": [term("A", Usage="old"), term("B")],
            "Links": [link("A", "x", "https://example.com")],
        }
    )
    before = len(bench.box.requests)
    losing(bench, fate)
    assert bench.glossary(sheets).counts == {outcome: 1}
    writes = [
        one
        for one in bench.box.requests[before:]
        if one.path == "/api/meta/entity/bulk" and one.method != "GET"
    ]
    assert len(writes) == 1
    well(bench)
    assert bench.silent(lambda: bench.glossary(sheets)).counts == {"unchanged": 1}


MOVES = {
    "a move": ({"Spaces": [space("S", "2")]}, "moved"),
    "a move and a change": ({"Spaces": [space("S", "2", Seats="3")]}, "moved"),
    "an update": ({"Spaces": [space("S", "1", Seats="3")]}, "updated"),
    "a deletion": ({"Spaces": [space("S", "1", Action="delete")]}, "deleted"),
}


@pytest.mark.parametrize("fate", ["after", "before"])
@pytest.mark.parametrize(("sheets", "outcome"), MOVES.values(), ids=MOVES)
def test_a_change_of_a_portfolio_in_doubt_is_made_once(bench, sheets, outcome, fate):
    bench.portfolio(
        {
            "Buildings": [building()],
            "Floors": [floor("1"), floor("2")],
            "Spaces": [space("S", "1")],
        }
    )
    before = len(bench.bodies())
    losing(bench, fate)
    assert bench.portfolio(sheets).counts == {outcome: 1}
    assert len(bench.bodies()) == before + 1
    well(bench)
    assert bench.silent(lambda: bench.portfolio(sheets)).counts == {"unchanged": 1}


def test_an_unreachable_target_interrupts_the_run(bench):
    """Rows not sent are pending; resume sends them, and nothing twice."""
    bench.wrap = lambda target: Unreachable(target, 2)
    sheets = {"Glossaries": [glossary()], "Terms": [term(f"t{n}") for n in range(6)]}
    result = bench.glossary(sheets, batch_size=2, jobs=1)
    assert (result.state, result.exit_status) == ("interrupted", 3)
    assert "No connection" in result.why
    assert bench.statuses(result)["Terms"] == ["created", "created", *["pending"] * 4]
    well(bench)
    again = bench.resume(result.run)
    assert (again.state, again.counts) == ("finished", {"created": 7})
    assert len(bench.bodies()) == 4


def test_a_batch_in_doubt_is_settled_by_resume(bench):
    """The answer is lost and the query fails too: the rows are unknown until resume."""
    bench.wrap = lambda target: Vanishes(target, 2)
    result = bench.glossary(SHEETS, batch_size=3, jobs=1)
    assert (result.state, result.exit_status) == ("interrupted", 3)
    assert bench.statuses(result)["Terms"] == [*["unknown"] * 3, *["pending"] * 3]
    well(bench)
    before = len(bench.bodies())
    again = bench.resume(result.run)
    assert (again.state, again.counts) == ("finished", {"created": 9})
    sent = [one["attributes"]["name"] for one in bench.bodies()[before]["entities"]]
    assert sent == ["t3", "t4", "t5"]
    assert len(bench.atlan.terms()) == 6
