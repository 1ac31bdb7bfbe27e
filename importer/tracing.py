"""Spans of OpenTelemetry: of stages and of requests, where the environment asks for them.

Nothing of OpenTelemetry is imported otherwise. The variables are its own: OTEL_TRACES_EXPORTER
(`otlp` or `console`), OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME, OTEL_SDK_DISABLED. A span
names runs, targets, methods and paths, and no value of a cell.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
EXPORTER, DISABLED, NAME = "OTEL_TRACES_EXPORTER", "OTEL_SDK_DISABLED", "OTEL_SERVICE_NAME"
OTLP, CONSOLE = "otlp", "console"
MISSING = "The environment asks for traces: pip install 'importer[otel]'"
UNSENT = (
    "Traces cannot be sent as the variables of OpenTelemetry say (OTEL_EXPORTER_OTLP_ENDPOINT and "
    "those beside it): look at them. The import itself goes on without."
)
SECONDS, VARIABLES = 3, ("OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT")
"""So long the end of a command waits for a receiver that is away, unless a variable says more."""

_LOG = logging.getLogger("importer.tracing")


class Span:
    """A span that is under way; nothing where nobody asks for it."""

    def __init__(self, inner: Any = None) -> None:
        self._inner = inner

    def set(self, **attributes: str | int) -> None:
        """Add what is known later, such as the status of an answer; `__` stands for a dot."""
        if self._inner is not None:
            for name, value in attributes.items():
                self._inner.set_attribute(name.replace("__", "."), value)


@contextmanager
def span(name: str, **attributes: str | int) -> Iterator[Span]:
    """Note how long the block takes, and what fails it; two underscores stand for a dot."""
    tracer = _tracer()
    if tracer is None:
        yield Span()
        return
    with tracer.start_as_current_span(name, record_exception=False) as inner:
        made = Span(inner)
        made.set(**attributes)
        yield made


def asked() -> str:
    """Return the exporter that the environment asks for, nothing where it asks for none."""
    if os.environ.get(DISABLED, "").lower() == "true":
        return ""
    stated = os.environ.get(EXPORTER, "").strip().lower()
    if stated:
        return stated if stated in (OTLP, CONSOLE) else ""
    return OTLP if any(os.environ.get(name) for name in ENDPOINTS) else ""


@cache
def _tracer() -> Tracer | None:
    """Return what makes spans, None where nobody asks for them, or the extra is not installed."""
    exporter = asked()
    if not exporter:
        return None
    try:
        _silence()
        return _made(exporter)
    except ImportError:
        _LOG.warning(MISSING)
    except Exception:  # what a variable says is none of a run's business
        _LOG.warning(UNSENT)
    return None


def _made(exporter: str) -> Tracer:
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

    from importer import __version__

    resource = Resource.create({SERVICE_NAME: os.environ.get(NAME) or "importer"})
    provider = TracerProvider(resource=resource)
    if exporter == CONSOLE:
        from opentelemetry.sdk.trace.export import ConsoleSpanExporter

        provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter(out=sys.stderr)))
    else:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        seconds = None if any(map(os.environ.get, VARIABLES)) else SECONDS
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=seconds)))
    return provider.get_tracer("importer", __version__)


class _Once(logging.Handler):
    """Says once, in our words, that something is wrong: OpenTelemetry's own would repeat keys."""

    said = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """Say it, unless it was said."""
        if not self.said:
            self.said = True
            _LOG.warning(UNSENT)


def _silence() -> None:
    """Put one sentence in the place of what OpenTelemetry logs."""
    log = logging.getLogger("opentelemetry")
    log.handlers, log.propagate = [_Once(logging.WARNING)], False
