"""Memory that is free, and that the process still has."""

from __future__ import annotations

import sys


def give_back_free() -> None:
    """Give the system what the C library keeps of freed memory, where that library can.

    Python takes its own memory from the system, not from what a parser in C or Rust left free.
    """
    if sys.platform != "linux":
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc alone
    if trim:
        trim(0)
