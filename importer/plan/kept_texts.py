"""Keeps names that nothing has as texts, where the template says so."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from importer.model import Payload
from importer.payload_path import split, value_at
from importer.plan.diff import put
from importer.template.paths import Schema, node_at

APART = "; "
"""What stands between several of them in one text."""


def with_texts(
    payload: Payload, texts: Mapping[str, Sequence[str]], schema: Schema, live: Payload
) -> Payload:
    """Return a payload with texts at their paths, beside what stands there.

    That is what the payload says, else what the target has: `live`.
    """
    whole = copy.deepcopy(payload) if texts else payload
    for path, added in texts.items():
        steps = split(path)
        stated = value_at(whole, steps)
        there = value_at(live, steps) if stated is None else stated
        put(whole, steps, _beside(there, added, node_at(schema, path) or {}))
    return whole


def _beside(there: Any, added: Sequence[str], node: Schema) -> Any:
    """Return a value with texts added that it does not have: a list of texts, or one text."""
    held = there if isinstance(there, list) else [there] if there else []
    parts = held if isinstance(there, list) else str(there or "").split(APART)
    both = [*held, *(text for text in dict.fromkeys(added) if text not in (*held, *parts))]
    types = node.get("type", "string")
    return both if "array" in ([types] if isinstance(types, str) else types) else APART.join(both)
