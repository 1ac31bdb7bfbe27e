"""Calls of libraries that may wait for ever, ended by the clock."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def in_time(seconds: float, call: Callable[[], Result]) -> Result:
    """Return what a call returns. Raises TimeoutError after so many seconds, or what it raises.

    A call that does not end is left to a thread that does not hold up the end of the process: each
    store has limits of its own for single answers, which end it before long.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def answered() -> None:
        try:
            results.append(call())
        except BaseException as error:  # it is raised below, in the thread that asked
            errors.append(error)

    asking = threading.Thread(target=answered, daemon=True, name="source")
    asking.start()
    asking.join(seconds)
    if errors:
        raise errors[0]
    if not results:
        raise TimeoutError
    return results[0]
