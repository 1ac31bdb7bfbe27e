"""Builds payloads from converted columns, and reads their key labels and identities."""

from __future__ import annotations

import copy
from typing import Any

from importer.mapping.binding import BoundEntity
from importer.mapping.columns import Column, kinds_of
from importer.mapping.conversion.values import BLANK
from importer.model import Key, Payload
from importer.payload_path import split


class PayloadBuilder:
    """The payload builder of one entity rule; it fills one container of columns at a time."""

    def __init__(self, bound: BoundEntity) -> None:
        self._containers = _containers(bound)
        constants = bound.kind.constants.items()
        self._plain = {p: v for p, v in constants if "." not in p and not isinstance(v, dict)}
        self._deep = [(p.split("."), v) for p, v in constants if p not in self._plain]
        self._key = [path.split(".") for path in bound.kind.key]
        self._identities = [path.split(".") for path in bound.kind.identities]
        places = {column.rule.path: i for i, column in enumerate(bound.columns)}
        keyed = [places[path] for path in bound.kind.key if path in places]
        self._key_columns = keyed if len(keyed) == len(self._key) else []
        self._stated = [places[path] for path in bound.kind.identities if path in places]
        self._whole = self._are_whole(bound)

    def build(self, values: list[Column], count: int) -> list[Payload]:
        """Return a payload for each row, without its blank fields."""
        payloads: list[Payload] = [dict(self._plain) for _ in range(count)]
        for path, keys, columns in self._containers:
            objects: list[Payload] = [{} for _ in payloads] if path else payloads
            for key, column in zip(keys, columns, strict=True):
                _state(objects, key, values[column])
            if path:
                _attach_all(payloads, path, objects)
        for steps, value in self._deep:
            for payload in payloads:
                _default(payload, steps, value)
        return payloads

    def labels(self, values: list[Column], payloads: list[Payload]) -> list[Key]:
        """Return for each row the labels that end its entity's key, () where a label is missing."""
        if self._tell_labels(values):
            return list(zip(*(values[i] for i in self._key_columns), strict=True))
        return [self._labels(payload) for payload in payloads]

    def tell_names(self, values: list[Column]) -> bool:
        """Return whether columns alone tell the labels and identifying values of all rows."""
        return self._tell_labels(values) and (not self._stated or self._tell_identities(values))

    def _tell_labels(self, values: list[Column]) -> bool:
        columns = [values[i] for i in self._key_columns]
        return bool(columns) and all(kinds_of(column) == {str} for column in columns)

    def _tell_identities(self, values: list[Column]) -> bool:
        columns = [values[i] for i in self._stated]
        return self._whole and all(kinds_of(c) == {str} and "" not in c for c in columns)

    def _labels(self, payload: Payload) -> Key:
        found = [_text_at(payload, path) for path in self._key]
        return tuple(found) if all(found) else ()

    @staticmethod
    def _are_whole(bound: BoundEntity) -> bool:
        """Return whether an identifying value stands in a column of its own or nowhere."""
        columns = {column.rule.path for column in bound.columns}
        known = (*bound.kind.constants, *(path for path in columns if path))
        others = [path for path in bound.kind.identities if path not in columns]
        return not any(f"{one}.".startswith(f"{path}.") for one in others for path in known)

    def identities(self, values: list[Column], payloads: list[Payload]) -> list[Key]:
        """Return for each payload the identifying values that it states, besides its key."""
        if not self._stated:
            return [()] * len(payloads)
        if self._tell_identities(values):
            return list(zip(*(values[i] for i in self._stated), strict=True))
        return [
            tuple(filter(None, (_text_at(payload, path) for path in self._identities)))
            for payload in payloads
        ]


def _containers(bound: BoundEntity) -> list[tuple[Key, Key, list[int]]]:
    """Return path, keys and column positions of each container, outer containers first."""
    found: dict[Key, tuple[list[str], list[int]]] = {}
    for index, column in enumerate(bound.columns):
        steps = split(column.rule.path or "")
        keys, columns = found.setdefault(steps[:-1], ([], []))
        keys.append(steps[-1])
        columns.append(index)
    return [(path, tuple(k), c) for path, (k, c) in sorted(found.items(), key=lambda i: len(i[0]))]


def _state(objects: list[Payload], key: str, values: Column) -> None:
    """Put a column's values into the objects, except where they are blank."""
    blank = BLANK
    for object_, value in zip(objects, values, strict=True):
        if value is not blank:
            object_[key] = value


def _attach_all(payloads: list[Payload], path: Key, objects: list[Payload]) -> None:
    for payload, found in zip(payloads, objects, strict=True):
        if not found:
            continue
        node = payload
        for step in path[:-1]:
            node = node.setdefault(step, {})
        if path[-1] in node:
            node[path[-1]].update(found)
        else:
            node[path[-1]] = found


def _default(payload: Payload, path: list[str], value: Any) -> None:
    for step in path[:-1]:
        payload = payload.setdefault(step, {})
    if path[-1] not in payload:
        payload[path[-1]] = copy.copy(value)


def _text_at(payload: Payload, path: list[str]) -> str:
    node: Any = payload
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
        if node is None:
            return ""
    return str(node)
