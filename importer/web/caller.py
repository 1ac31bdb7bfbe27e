"""Who asks: the visitor of a request, how they are known, and their token against forgery."""

from __future__ import annotations

from msgspec import Struct
from starlette.types import Scope

from importer.people import Visitor

_KEY = "importer.caller"


class Caller(Struct, frozen=True):
    """A visitor who is known by a session, a proxy or a token.

    `csrf` is what their forms carry; none is needed by a token, which no browser sends by itself.
    `session` is the secret of their cookie, nothing where they have none.
    """

    visitor: Visitor
    csrf: str = ""
    session: str = ""

    @property
    def is_program(self) -> bool:
        """Whether a program asks, with a token of its own."""
        return not self.csrf


def caller_of(scope: Scope) -> Caller | None:
    """Return who asks, None where nobody is signed in."""
    found = scope.get(_KEY)
    return found if isinstance(found, Caller) else None


def know(scope: Scope, caller: Caller) -> None:
    """Note who asks, for all that comes after."""
    scope[_KEY] = caller
