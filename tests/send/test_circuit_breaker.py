"""When a run stops because the target keeps refusing, or keeps failing."""

import pytest

from importer.send.circuit_breaker import CircuitBreaker
from importer.targets.protocol import Accepted, InDoubt, Refused

REFUSED, IN_DOUBT = Refused("No.", 400), InDoubt("it was silent")


def test_it_opens_at_its_limit_of_refused_rows_in_the_targets_words():
    breaker = CircuitBreaker(rows=3, answers=9)
    breaker.refused(2)
    assert breaker.stop(REFUSED) is None
    breaker.refused(1)
    assert str(breaker.stop(REFUSED)) == (
        "The target refused 3 rows one after the other, the last with: No. "
        "What is left was not sent."
    )
    assert breaker.stop(REFUSED).exit_status == 3


def test_it_opens_at_its_limit_of_answers_that_never_came():
    breaker = CircuitBreaker(rows=9, answers=2)
    breaker.doubted(landed=False)
    assert breaker.stop(IN_DOUBT) is None
    breaker.doubted(landed=False)
    assert str(breaker.stop(IN_DOUBT)) == (
        "2 requests failed one after the other, the last because it was silent. "
        "What is left was not sent."
    )


def test_it_stays_open_beyond_its_limits():
    breaker = CircuitBreaker(rows=3, answers=2)
    breaker.refused(5)
    assert "refused 5 rows" in str(breaker.stop(REFUSED))
    other = CircuitBreaker(rows=3, answers=2)
    for _ in range(3):
        other.doubted(landed=False)
    assert "3 requests failed" in str(other.stop(IN_DOUBT))


def test_it_opens_only_at_a_failure_of_the_kind_that_was_counted():
    breaker = CircuitBreaker(rows=1, answers=1)
    breaker.refused(1)
    assert breaker.stop(Accepted(())) is None
    assert breaker.stop(IN_DOUBT) is None
    other = CircuitBreaker(rows=1, answers=1)
    other.doubted(landed=False)
    assert other.stop(REFUSED) is None


@pytest.mark.parametrize("act", ["reset", "landed"])
def test_success_closes_it(act):
    breaker = CircuitBreaker(rows=2, answers=2)
    breaker.refused(1)
    breaker.doubted(landed=False)
    breaker.refused(1)
    breaker.reset() if act == "reset" else breaker.doubted(landed=True)
    breaker.refused(1)
    assert breaker.stop(REFUSED) is None
    breaker.doubted(landed=False)
    assert breaker.stop(IN_DOUBT) is None


def test_an_answer_ends_a_streak_of_doubts():
    breaker = CircuitBreaker(rows=9, answers=2)
    breaker.doubted(landed=False)
    breaker.refused(0)
    breaker.doubted(landed=False)
    assert breaker.stop(IN_DOUBT) is None


def test_zero_is_no_limit():
    breaker = CircuitBreaker()
    breaker.refused(1000)
    assert breaker.stop(REFUSED) is None
    breaker.doubted(landed=False)
    assert breaker.stop(IN_DOUBT) is None
