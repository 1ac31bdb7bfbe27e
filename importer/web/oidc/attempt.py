"""One attempt to sign in at a provider: what ties its answer to the browser that began it.

The browser keeps one random secret in a cookie; what is sent to the provider is made from it, so
that nothing has to be kept here.
"""

from __future__ import annotations

import base64
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from importer.people.secret import derived, new_key

if TYPE_CHECKING:
    from importer.web.site import Serving

SECONDS = 600
"""How long somebody may take at the provider."""

LONGEST = 2000


class Attempt(Struct, frozen=True):
    """An attempt: its secret, and the page to which it goes on."""

    secret: str
    onward: str = "/"

    @classmethod
    def begun(cls, onward: str) -> Attempt:
        """Return a new attempt."""
        return cls(new_key(), onward[:LONGEST])

    @property
    def state(self) -> str:
        """Return what the provider sends back, so that no other site can end an attempt."""
        return derived(self.secret, "oidc state")

    @property
    def nonce(self) -> str:
        """Return what the provider signs, so that no earlier answer is taken for this one."""
        return derived(self.secret, "oidc nonce")

    @property
    def verifier(self) -> str:
        """Return what proves that a code was asked for by us (PKCE)."""
        return derived(self.secret, "oidc verifier")

    def has_state(self, given: str) -> bool:
        """Whether an answer belongs to this attempt."""
        return secrets.compare_digest(given.encode(), self.state.encode())

    def packed(self) -> str:
        """Return it as a value that a cookie may have."""
        return f"{self.secret}.{base64.urlsafe_b64encode(self.onward.encode()).decode()}"

    @classmethod
    def unpacked(cls, value: str) -> Attempt | None:
        """Return what was packed, None for anything else: a cookie may come from anybody."""
        secret, _, onward = value.partition(".")
        with suppress(ValueError):
            return cls(secret, base64.urlsafe_b64decode(onward).decode()) if secret else None
        return None


def name_of_cookie(serving: Serving) -> str:
    """Return the cookie's name."""
    return "__Host-attempt" if serving.tls else f"attempt-{serving.port}"
