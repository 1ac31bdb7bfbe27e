"""The shipped sample files that the page offers to a newcomer; `samples.toml` says which."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from msgspec import Struct

from importer.template.shipped import shipped

SAMPLES = Path(__file__).with_name("samples.toml")


class Sample(Struct, frozen=True):
    """A file that ships: its name, what it is, and what trying it shows."""

    file: str
    title: str
    words: str

    @property
    def path(self) -> Path:
        """Return where it is."""
        return shipped("data") / self.file


@cache
def samples() -> tuple[Sample, ...]:
    """Return the samples, the first one to try first."""
    with SAMPLES.open("rb") as file:
        return tuple(Sample(**one) for one in tomllib.load(file)["sample"])


def sample(file: str) -> Sample | None:
    """Return the sample of this name, None where there is none."""
    return next((one for one in samples() if one.file == file), None)
