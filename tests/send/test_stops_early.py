"""A run stops early when the target refuses, or does not answer, batch after batch."""

import pytest

from importer.targets.protocol import Refused
from tests.pipeline.bench import building, floor
from tests.send.between import LOST, Between, Loses

PORTFOLIO = {"Buildings": [building()], "Floors": [floor(f"f{n:02}") for n in range(40)]}


class Refuses(Between):
    """A target that refuses every `every`-th batch after the first."""

    def __init__(self, inner, every=1):
        super().__init__(inner)
        self.every = every

    def submit(self, changes):
        self.submitted += 1
        if self.submitted == 1 or self.submitted % self.every:
            return self.inner.submit(changes)
        return Refused("Not today.", 400)


@pytest.fixture
def refusing(bench):
    bench.wrap = lambda target: Refuses(target)


def test_rows_refused_one_after_the_other_stop_the_run(bench, refusing):
    """Five batches in a row stop the run; the rest is pending, and resume sends it."""
    stopped = bench.portfolio(PORTFOLIO, batch_size=4, jobs=1)
    assert (stopped.state, stopped.exit_status) == ("interrupted", 3)
    assert stopped.counts == {"created": 1, "rejected": 20, "pending": 20}
    assert "refused 20 rows one after the other, the last with: Not today." in stopped.why
    bench.wrap = lambda target: target
    assert bench.resume(stopped.run).counts == {"created": 21, "rejected": 20}


def test_the_limit_of_refusals_is_a_setting(bench, refusing):
    stopped = bench.portfolio(PORTFOLIO, batch_size=4, jobs=1, stop_after=1)
    assert stopped.counts == {"created": 1, "rejected": 4, "pending": 36}


def test_zero_turns_the_circuit_breaker_off(bench, refusing):
    result = bench.portfolio(PORTFOLIO, batch_size=4, jobs=1, stop_after=0)
    assert (result.state, result.counts) == ("finished", {"created": 1, "rejected": 40})


def test_a_run_continues_where_some_batches_are_accepted(bench):
    bench.wrap = lambda target: Refuses(target, every=2)
    result = bench.portfolio(PORTFOLIO, batch_size=1, jobs=1, stop_after=2)
    assert result.state == "finished"
    assert result.counts == {"created": 21, "rejected": 20}


def test_missing_answers_stop_the_run_with_nothing_unknown(bench):
    """Ten in a row stop the run: resume queries the requests in doubt and sends the rest."""
    bench.wrap = lambda target: Loses(target, ["kept", *["before"] * 99])
    stopped = bench.portfolio(PORTFOLIO, batch_size=16, jobs=1)
    assert (stopped.state, stopped.exit_status) == ("interrupted", 3)
    assert f"10 requests failed one after the other, the last because {LOST}" in stopped.why
    assert stopped.counts == {"created": 1, "pending": 40}
    bench.wrap = lambda target: target
    assert bench.resume(stopped.run).counts == {"created": 41}
    assert len(bench.trebellar.places()) == 41
