"""The functions and results of the Python interface, as data/reference.md has them."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cached_property
from typing import Any

from importer import api

FUNCTIONS = (
    api.check, api.plan, api.run, api.resume, api.undo, api.plan_undo, api.approve, api.runs,
    api.export, api.propose,
)  # fmt: skip
CLASSES = (
    api.CheckResult, api.Plan, api.RunResult, api.Export, api.Proposal, api.Target, api.Progress,
)  # fmt: skip


def functions() -> Iterator[list[str]]:
    """Yield a row for each function: how it is called, and what it does."""
    for function in FUNCTIONS:
        yield [f"`api.{function.__name__}({_parameters(function)})`", _told(function)]


def classes() -> Iterator[list[str]]:
    """Yield a row for each class: its fields, and what they are."""
    for one in CLASSES:
        named = [field.name for field in fields(one) if not field.name.startswith("_")]
        yield [f"`api.{one.__name__}`", ", ".join(f"`{name}`" for name in named), _told(one)]


def frames() -> Iterator[list[str]]:
    """Yield a row for each DataFrame of a result: its columns."""
    for one in CLASSES:
        for name, member in vars(one).items():
            if isinstance(member, cached_property) and not name.startswith("_"):
                yield [f"`{one.__name__}.{name}`", _told(member)]


def _parameters(function: Any) -> str:
    found = inspect.signature(function).parameters.values()
    first = [one.name for one in found if one.default is one.empty]
    return ", ".join([*first, *(f"{one.name}=" for one in found if one.default is not one.empty)])


def _told(one: Any) -> str:
    return re.sub(r"\s+", " ", inspect.getdoc(one) or "").strip()
