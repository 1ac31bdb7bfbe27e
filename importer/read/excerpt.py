"""Parts of long texts, as messages show them."""

from __future__ import annotations

SHOWN = 40


def excerpt(text: str, at: int) -> str:
    """Return the part of a long text around a position, on one line."""
    if len(text) <= SHOWN:
        return " ".join(text.split())
    start = max(0, at - SHOWN // 2)
    part = " ".join(text[start : start + SHOWN].split())
    return f"{'…' * bool(start)}{part}{'…' * (start + SHOWN < len(text))}"
