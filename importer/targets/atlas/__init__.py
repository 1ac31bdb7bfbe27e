"""Apache Atlas and what speaks its protocol: glossaries and facts about assets by `entity/bulk`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from importer.targets.system import System

if TYPE_CHECKING:
    from importer.targets.connection import ConnectionSettings
    from importer.targets.protocol import Target


def _open(settings: ConnectionSettings, options: Mapping[str, Any]) -> Target:
    from importer.targets.atlas.target import Atlas

    return Atlas(settings, options)


SYSTEM = System(
    name="atlas",
    title="Apache Atlas",
    open=_open,
    address="ATLAS_BASE_URL",
    key="ATLAS_TOKEN",
    user="ATLAS_USER",
    password="ATLAS_PASSWORD",  # noqa: S106 - the name of a variable
    token_command="ATLAS_TOKEN_COMMAND",  # noqa: S106
    path="/api/atlas/v2",
    rate=None,
)
