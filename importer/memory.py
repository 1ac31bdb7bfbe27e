"""Memory that is freed, and that the process keeps all the same."""

from __future__ import annotations

import sys


def trim_heap() -> None:
    """Return freed memory that the C library keeps to the system, where that library can.

    Python takes its own memory from the system, not from what a parser in C or Rust left free.
    """
    if sys.platform != "linux":
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc alone
    if trim:
        trim(0)
