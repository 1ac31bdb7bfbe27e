"""Plain values as the bytes of JSON, and back."""

from typing import Any

import orjson


def pack(value: Any) -> bytes:
    """Return plain values as JSON."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)


def unpack(data: bytes) -> Any:
    """Return the value of JSON bytes."""
    return orjson.loads(data)
