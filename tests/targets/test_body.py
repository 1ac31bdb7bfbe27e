"""A response whose body trickles in is given up."""

import itertools
import time

from importer.targets.connection import TIMEOUT
from importer.targets.protocol import Accepted, InDoubt
from importer.targets.transport import TIMEOUTS_FOR_A_WHOLE_ANSWER
from tests.targets.build import granted, one_change


def test_an_answer_that_trickles_is_lost_though_no_pause_in_it_is_long(system, against, scripted):
    """The whole of it has a limit, too: a run must not hang on a proxy that keeps it alive."""
    change = one_change(system)
    scripted.will_say(granted(system, change))
    target = against(system)
    slow = TIMEOUT * TIMEOUTS_FOR_A_WHOLE_ANSWER + 1
    target._transport._clock = itertools.count(0, slow).__next__
    reply = target.submit([change])
    assert isinstance(reply, InDoubt)
    assert reply.late
    assert "not whole after 360 seconds" in reply.reason
    target._transport._clock = time.monotonic
    assert isinstance(target.submit([change]), Accepted)
