"""What the sandbox does where tenants, and the public sources, differ from one another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Updates(StrEnum):
    """Where Atlan's answer to a bulk save names what it updated (pyatlan HISTORY 9.7.5).

    `update`: all under `mutatedEntities.UPDATE`, as atlas-metastore does. `partial`: a change that
    touches a relationship under `mutatedEntities.PARTIAL_UPDATE`. `top-level`: that, and all others
    under `partialUpdatedEntities` beside `mutatedEntities`.
    """

    UPDATE = "update"
    PARTIAL = "partial"
    TOP_LEVEL = "top-level"


@dataclass(frozen=True, slots=True)
class Variants:
    """The variants a sandbox is started with."""

    updates: Updates = Updates.UPDATE


USUAL = Variants()
