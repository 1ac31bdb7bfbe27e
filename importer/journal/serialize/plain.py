"""Plain values as the bytes of JSON, and back."""

from typing import Any

import orjson
from msgspec import to_builtins


def pack(value: Any) -> bytes:
    """Return plain values, and classes of them, as JSON."""
    return orjson.dumps(value, default=to_builtins, option=orjson.OPT_NON_STR_KEYS)


def unpack(data: bytes) -> Any:
    """Return the value of JSON bytes."""
    return orjson.loads(data)
