"""The text format of Prometheus: families of samples with labels.

A client library would count in this process; these counts are in the journal already, and all that
is left of it is this text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})


class Sample(Struct, frozen=True):
    """A number with its labels."""

    value: float
    labels: Mapping[str, str]


class Family(Struct, frozen=True):
    """A metric: what it counts, and its samples; a gauge, since a journal forgets old runs."""

    name: str
    about: str
    samples: tuple[Sample, ...]


def exposition(families: Iterable[Family]) -> str:
    """Return the page that Prometheus reads."""
    return "".join(f"{line}\n" for family in families for line in _lines(family))


def _lines(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {family.about}"
    yield f"# TYPE {family.name} gauge"
    for sample in family.samples:
        labels = ",".join(f'{name}="{_escaped(text)}"' for name, text in sample.labels.items())
        yield f"{family.name}{f'{{{labels}}}' if labels else ''} {sample.value:.15g}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES).encode("utf-8", "replace").decode()
