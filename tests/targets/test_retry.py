"""How long a retry waits, and that it counts against the rate limit."""

import random

from hypothesis import given
from hypothesis import strategies as st

from importer.targets.retry import LONGEST_WAIT, WRITING, RetryRules, writing


def test_retries_take_a_slot_of_the_rate_limit_as_well():
    events = []
    rules = RetryRules(
        WRITING,
        60,
        lambda _: events.append("sleep"),
        lambda: events.append("slot"),
        lambda _: None,
    )
    writing(rules).increment("POST", "/", error=None, response=None).sleep()
    assert events == ["sleep", "slot"]


@given(st.floats(0, 10_000), st.integers(0, 2**32))
def test_no_wait_is_longer_than_the_cap_and_its_jitter_nor_shorter_than_asked(seconds, seed):
    random.seed(seed)
    waits = []
    policy = writing(RetryRules(WRITING, seconds, waits.append, lambda: None, lambda _: None))
    policy.sleep(Asking(seconds))
    asked = min(round(seconds), LONGEST_WAIT)
    assert max(asked, 0.5) <= waits[0] <= max(asked, 0.5) * 1.25


class Asking:
    """As much of an answer as a policy looks at."""

    status = 429

    def __init__(self, seconds):
        self.headers = {"Retry-After": str(round(seconds))}
