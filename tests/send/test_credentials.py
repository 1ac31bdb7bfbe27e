"""A key refused in mid-run stops the run with an error, and the run can be resumed."""

import pytest

from tests.pipeline.bench import TOKEN, VARIABLE, building, floor, glossary, term
from tests.send.between import SwitchingTarget

SHEETS = {"Glossaries": [glossary()], "Terms": [term(f"t{n}") for n in range(6)]}
PORTFOLIO = {"Buildings": [building()], "Floors": [floor(f"f{n}") for n in range(6)]}


@pytest.fixture
def refusing(bench):
    """Refuse the key from request number `first` on (`expired`: 401, `forbidden`: 403)."""

    def act(bad_key, first):
        connect = bench.connect

        def other(system, options):
            bench.token, good = bad_key, bench.token
            try:
                bench.wrap = lambda target: target
                return connect(system, options)
            finally:
                bench.token = good

        bench.connect = lambda system, options: SwitchingTarget(
            connect(system, options), other(system, options), first
        )
        return lambda: setattr(bench, "connect", connect)

    return act


@pytest.mark.parametrize(("key", "status"), [("expired", 401), ("forbidden", 403)])
@pytest.mark.parametrize("run", ["glossary", "portfolio"])
def test_a_refused_key_stops_the_run_at_once(bench, refusing, key, status, run):
    """The message names the variable and not the key; with a good key the run is resumed."""
    import_, sheets = {
        "glossary": (bench.glossary, SHEETS),
        "portfolio": (bench.portfolio, PORTFOLIO),
    }[run]
    restore = refusing(key, 3)
    before = len(bench.bodies())
    result = import_(sheets, batch_size=2, jobs=1)
    assert (result.state, result.exit_status) == ("interrupted", 3)
    assert result.counts == {"created": 3, "pending": 4}
    assert VARIABLE in result.why
    assert str(status) in result.why
    assert TOKEN not in result.why
    assert len(bench.bodies()) == before + 3
    restore()
    again = bench.resume(result.run)
    assert (again.state, again.exit_status, again.counts) == ("finished", 0, {"created": 7})
    assert len(bench.bodies()) == before + 5
    assert again.why == ""


def test_a_key_that_is_refused_at_once_sends_nothing(bench):
    """The first fetch fails, before there is a plan."""
    bench.token = "expired"
    result = bench.glossary(SHEETS)
    assert (result.state, result.exit_status) == ("interrupted", 3)
    assert VARIABLE in result.why
    assert bench.bodies() == []
