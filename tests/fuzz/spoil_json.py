"""Spoils JSON: keys removed, types swapped, lists for objects, numbers and levels without end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random
from typing import Any

DEEP = "[" * 20_000 + "]" * 20_000
ODD_VALUES: list[Any] = [
    None, True, False, 0, -1, 1, 1.5, 10**40, -(2**63), 1e308, "", " ", "0", "\ud800", "\0", "NaN",
    "=1+1", "<b>", "\u202e", "x" * 70_000, [], {}, [[]], [None], [{}], {"": None}, {"a": {"b": []}},
]  # fmt: skip
ODD_TEXTS = [
    b"", b" ", b"null", b"true", b"0", b"-1", b'"text"', b"[]", b"{}", b"[null]", b"[[]]", b"NaN",
    b"Infinity", b"1e999", b"1" * 5_000, b"{", b'{"a":', b"\xff\xfe", b"\0" * 100, b'{"a":1,"a":2}',
    b"\xef\xbb\xbf{}", b'{"a":"\\ud800"}', b'{"status":"ok"}', b'{"code":404,"message":"x"}',
    b'{"errorCode":null,"errorMessage":[1]}', b'{"errorCode":"ATLAS-404-00-005"}',
    b'{"mutatedEntities":{}}', b'{"guidAssignments":{}}', b'{"entities":[]}', b'{"items":[]}',
    DEEP.encode(), b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    b"<html><body>502</body></html>", b"<!DOCTYPE html>", b"OK", b"data: {}\n\n",
]  # fmt: skip
"""Bodies that no call of a target ever answers."""


def spoilt_json(body: bytes, rng: Random, *, lies: bool) -> bytes:
    """Return a JSON body with one to three of its values lost, swapped or repeated.

    With `lies`, a value may become that of another place, so that the answer seems right.
    """
    try:
        value = json.loads(body)
    except ValueError:
        return rng.choice(ODD_TEXTS)
    for _ in range(rng.randint(1, 3)):
        value = _changed(value, rng, lies=lies)
    return json.dumps(value, ensure_ascii=rng.random() < 0.8).encode("utf-8", "surrogatepass")


def _changed(value: Any, rng: Random, *, lies: bool) -> Any:
    places = list(_places(value))
    if not places or rng.random() < 0.05:
        return rng.choice(ODD_VALUES)
    parent, key = rng.choice(places)
    change = rng.choice(["lose", "swap", "swap", "wrap", "double", "lie" if lies else "lose"])
    if change == "lose":
        del parent[key]
    elif change == "double" and isinstance(parent, list):
        parent.insert(0, parent[key])
    elif change == "wrap":
        parent[key] = rng.choice([[parent[key]], {"value": parent[key]}, str(parent[key])])
    elif change == "lie":
        other, at = rng.choice(places)
        parent[key] = other[at]
    else:
        parent[key] = rng.choice(ODD_VALUES)
    return value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the parent and the key or index of each value."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            keys = list(one if isinstance(one, dict) else range(len(one)))
            for key in keys:
                yield one, key
                waiting.append(one[key])
