"""What a command is asked for: files, options, and how to connect to the target."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from importer.options import Options

if TYPE_CHECKING:
    from importer.read import Readable
    from importer.targets.protocol import Target

Connect: TypeAlias = "Callable[[Sequence[str], Mapping[str, Any]], Target]"
"""(systems, options of the template) -> an open target of one of them. Raises UsageError."""


class ImportRequest(Struct, frozen=True):
    """What to import: files, how, and into which target; `target` is its name in the settings."""

    files: Sequence[Readable]
    options: Options
    target: str
    connect: Connect
