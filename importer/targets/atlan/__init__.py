"""Atlan: glossaries, links and asset descriptions by `POST /api/meta/entity/bulk`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from importer.targets.system import System

if TYPE_CHECKING:
    from importer.targets.connection import ConnectionSettings
    from importer.targets.protocol import Target


def _open(settings: ConnectionSettings, options: Mapping[str, Any]) -> Target:
    from importer.targets.atlan.target import Atlan

    return Atlan(settings, options)


SYSTEM = System(
    name="atlan",
    title="Atlan",
    open=_open,
    address="ATLAN_BASE_URL",
    key="ATLAN_API_KEY",
    object_page="/assets/{id}/overview",
)
