"""Trebellar: buildings, floors, spaces and desks by the atomic `POST /api/v2/assets/bulk`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from importer.targets.system import System

if TYPE_CHECKING:
    from importer.targets.connection import ConnectionSettings
    from importer.targets.protocol import Target


def _open(settings: ConnectionSettings, options: Mapping[str, Any]) -> Target:
    from importer.targets.trebellar.target import Trebellar

    return Trebellar(settings, options)


SYSTEM = System(
    name="trebellar",
    title="Trebellar",
    open=_open,
    address="TREBELLAR_BASE_URL",
    key="TREBELLAR_API_KEY",
    base_url="https://api.trebellar.app",
)
