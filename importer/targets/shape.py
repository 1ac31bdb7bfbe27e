"""The shapes that decoded answers of a target must have, checked before anything reads them.

A 200 of another server, or of a proxy, must not pass for a target that holds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from importer.model import Json

Shape: TypeAlias = Callable[[Json], None]
"""Checks a value. Raises WrongShape."""

NAMES: dict[type, str] = {
    dict: "an object",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}
"""The types of JSON, in words."""


class WrongShape(Exception):
    """An answer that is not what its call answers; the text says where and what was expected."""

    def __init__(self, wanted: str, value: Json) -> None:
        super().__init__(f"{NAMES[type(value)]}, not {wanted}")
        self._steps: list[str] = []

    def below(self, step: str) -> WrongShape:
        """Note that the value stands below a name (`.name`) or a number (`[0]`); return itself."""
        self._steps.insert(0, step)
        return self

    def __str__(self) -> str:
        path = "".join(self._steps).removeprefix(".")
        return f"{f'`{path}`' if path else 'it'} is {self.args[0]}"


def anything(value: Json) -> None:
    """Accept any JSON."""


def filled_text(value: Json) -> None:
    """Accept a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise WrongShape("a text with something in it", value)


def text(value: Json) -> None:
    """Accept any text."""
    if not isinstance(value, str):
        raise WrongShape("a text", value)


def number(value: Json) -> None:
    """Accept a whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongShape("a whole number", value)


def yes_or_no(value: Json) -> None:
    """Accept true and false."""
    if not isinstance(value, bool):
        raise WrongShape("true or false", value)


def or_null(shape: Shape) -> Shape:
    """Return the shape that also accepts null."""

    def check(value: Json) -> None:
        if value is not None:
            shape(value)

    return check


def list_of(shape: Shape) -> Shape:
    """Return the shape of a list whose items have this shape."""

    def check(value: Json) -> None:
        if not isinstance(value, list):
            raise WrongShape("a list", value)
        for index, item in enumerate(value):
            try:
                shape(item)
            except WrongShape as wrong:
                raise wrong.below(f"[{index}]") from None

    return check


def object_with(
    required: Mapping[str, Shape] | None = None, known: Mapping[str, Shape] | None = None
) -> Shape:
    """Return the shape of an object: all of `required`, any of `known`, and whatever else."""
    demanded, shapes = tuple(required or ()), {**(known or {}), **(required or {})}

    def check(value: Json) -> None:
        if not isinstance(value, dict):
            raise WrongShape("an object", value)
        for name in demanded:
            if name not in value:
                raise WrongShape(f"one with `{name}`", value)
        for name, shape in shapes.items():
            if name in value:
                try:
                    shape(value[name])
                except WrongShape as wrong:
                    raise wrong.below(f".{name}") from None

    return check


def object_of(shape: Shape) -> Shape:
    """Return the shape of an object whose values all have this shape."""

    def check(value: Json) -> None:
        if not isinstance(value, dict):
            raise WrongShape("an object", value)
        for name, inner in value.items():
            try:
                shape(inner)
            except WrongShape as wrong:
                raise wrong.below(f".{name}") from None

    return check


def object_with_any(known: Mapping[str, Shape], *, or_empty: bool = False) -> Shape:
    """Return the shape of an object that has at least one of `known`, or nothing at all."""
    whole = object_with(known=known)

    def check(value: Json) -> None:
        whole(value)
        if not known.keys() & value.keys() and not (or_empty and not value):
            raise WrongShape(f"one with {' or '.join(f'`{name}`' for name in known)}", value)

    return check


def demand(shape: Shape, answer: Json) -> None:
    """Check a whole answer. Raises WrongShape, also where it is nested too deeply to be read."""
    try:
        shape(answer)
    except RecursionError:
        raise WrongShape("one that can be read (it is nested too deeply)", answer) from None


AN_OBJECT = object_with()
"""What every call answers of which nothing else is known."""
