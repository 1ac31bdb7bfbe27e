"""How a run is sent: how much at once, and when it stops."""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec import Struct

from importer.send.circuit_breaker import STOP_AFTER


class Pace(Struct, frozen=True, kw_only=True):
    """How a run is sent: `batch_size` changes a batch, at most `jobs` batches in flight.

    What has not landed `landing` seconds after it was sent never will. `stop_after` batches' worth
    of consecutive refused rows, or twice as many answers that never came, stop the run (0: never).
    With `verify` every batch is read back, else only what its answer leaves out. `sleep` waits, in
    seconds.
    """

    batch_size: int
    jobs: int = 4
    landing: float = 60.0
    verify: bool = False
    stop_after: int = STOP_AFTER
    sleep: Callable[[float], None] = time.sleep
