"""Who asks for something: a person's name, their role, and how they were recognised."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What a person may do; each may all that those before it may."""

    VIEWER = "viewer"
    IMPORTER = "importer"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        """Whether this role may all that another may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class By(StrEnum):
    """How a visitor was recognised."""

    SESSION = "session"  # signed in with a password
    TOKEN = "token"  # noqa: S105 - a token of the API
    LOOPBACK = "loopback"  # the account of the system, with a one-time link
    PROXY = "proxy"  # the header of a trusted proxy
    OIDC = "oidc"  # a provider of OpenID Connect
    TERMINAL = "terminal"  # the account of the system, on the command line


class Visitor(Struct, frozen=True):
    """Who asks."""

    name: str
    role: Role
    by: By
