"""What the sandbox does where tenants, and the public sources, differ from one another."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Updates(StrEnum):
    """Where Atlan's answer to a bulk save names what it updated (pyatlan HISTORY 9.7.5).

    `update`: all under `mutatedEntities.UPDATE`, as atlas-metastore does. `partial`: a change that
    touches a relationship under `mutatedEntities.PARTIAL_UPDATE`. `top-level`: that, and all others
    under `partialUpdatedEntities` beside `mutatedEntities`.
    """

    UPDATE = "update"
    PARTIAL = "partial"
    TOP_LEVEL = "top-level"


class Refusals(StrEnum):
    """What Trebellar's 400 for a whole batch holds.

    `empty`: an empty object, since its OpenAPI documents no body. `told`: a code and a message, the
    error schema that its own client (trebellar-api 1.3) cannot do without.
    """

    EMPTY = "empty"
    TOLD = "told"


class Variants(Struct, frozen=True):
    """The variants a sandbox is started with."""

    updates: Updates = Updates.UPDATE
    refusals: Refusals = Refusals.EMPTY


USUAL = Variants()
