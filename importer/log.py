"""The log as JSON: an object a line, with the run, job, target and batch that it is about.

What is logged at level info names no value of a cell; what ends a command, at level error, may
quote a target. `about` says what the lines within it are about, in this thread and in those that
copy its context.
"""

from __future__ import annotations

import contextvars
import datetime as dt
import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO

FIELDS = (
    "run",
    "job",
    "pass",
    "target",
    "batch",
    "stage",
    "total",
    "items",
    "state",
    "http_status",
    "status",
)
"""What a line may have besides its words, given as `extra`."""

VARIABLE, JSON = "IMPORTER_LOG_FORMAT", "json"
"""The variable by which a process that we begin knows that our log is JSON."""

_ABOUT: contextvars.ContextVar[Mapping[str, Any]] = contextvars.ContextVar("about")


@contextmanager
def about(**fields: Any) -> Iterator[None]:
    """Say what the lines within the block are about."""
    token = _ABOUT.set({**_ABOUT.get({}), **fields})
    try:
        yield
    finally:
        _ABOUT.reset(token)


class JsonLines(logging.Formatter):
    """Formats a record as a JSON object in one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        said: dict[str, Any] = {
            "time": at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **_ABOUT.get({}),
            **{name: record.__dict__[name] for name in FIELDS if name in record.__dict__},
        }
        if record.exc_info:
            said["error"] = self.formatException(record.exc_info)
        return json.dumps(said, default=str)


@contextmanager
def as_json() -> Iterator[None]:
    """Write the log as JSON to stderr within the block, that of processes begun there too."""
    before = _log_to(sys.stderr)
    stated = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = JSON
    try:
        yield
    finally:
        os.environ.pop(VARIABLE)
        os.environ.update({VARIABLE: stated} if stated is not None else {})
        _restore(*before)


def go_on_in_child() -> None:
    """Log to stderr as the process does that has begun this one."""
    if os.environ.get(VARIABLE) == JSON:
        _log_to(sys.stderr)


def pass_on(written: bytes) -> None:
    """Write lines of JSON that a process of ours has logged to stderr, if our log is JSON too."""
    if written and os.environ.get(VARIABLE) == JSON:
        lines = written.decode(errors="replace").splitlines(keepends=True)
        sys.stderr.writelines(line for line in lines if line.startswith("{"))
        sys.stderr.flush()


def _log_to(stream: TextIO) -> tuple[list[logging.Handler], int]:
    """Let all loggers write JSON to a stream; return what the root logger had before."""
    root, own = logging.getLogger(), logging.getLogger("importer")
    before = list(root.handlers), own.level
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root.handlers = [handler]
    own.setLevel(logging.INFO)
    return before


def _restore(handlers: list[logging.Handler], level: int) -> None:
    logging.getLogger().handlers = handlers
    logging.getLogger("importer").setLevel(level)
