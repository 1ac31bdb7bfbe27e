"""A provider as it describes itself: its endpoints and its keys, asked for once an hour."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import requests
from msgspec import Struct, field

from importer.errors import ImporterError
from importer.oidc_settings import is_encrypted

PATIENCE = 10.0
"""Seconds within which a provider has to answer."""

PAUSE = 5.0
"""Seconds for which one that failed is left alone: nobody waits for it meanwhile."""

KEPT = 3600.0
"""Seconds after which it is asked again."""


class ProviderFails(ImporterError):
    """A provider does not answer, or not as it should; `why` is for the log only."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(
            "The provider that signs you in does not answer as it should; the log of the server "
            "says why. Try again in a moment, and if that does not help, tell who runs this page."
        )


class Provider(Struct):
    """A provider, known by its issuer; what it says is kept for a while."""

    issuer: str
    described_at: str
    _said: Mapping[str, Any] = field(default_factory=dict)
    _keys: Mapping[str, Any] = field(default_factory=dict)
    _asked: float = -KEPT
    _failed: float = -PAUSE
    _lock: Lock = field(default_factory=Lock)

    def endpoint(self, name: str) -> str:
        """Return the address of an endpoint. Raises ProviderFails."""
        address = self.endpoint_if_any(name)
        if not address:
            raise ProviderFails(f"{self.described_at} names no {name}")
        return address

    def endpoint_if_any(self, name: str) -> str:
        """Return the address of an endpoint, nothing where there is none. Raises ProviderFails."""
        address = self._described().get(name, "")
        if address and not (isinstance(address, str) and is_encrypted(address)):
            raise ProviderFails(f"the {name} of {self.described_at} is no https address")
        return address if isinstance(address, str) else ""

    @property
    def names_itself(self) -> bool:
        """Whether it says in each answer who it is (RFC 9207). Raises ProviderFails."""
        return self._described().get("authorization_response_iss_parameter_supported") is True

    def keys(self, *, again: bool = False) -> Mapping[str, Any]:
        """Return the keys that it signs with; asked for again where one is new."""
        if again or not self._keys:
            self._keys = _fetched(self.endpoint("jwks_uri"))
        return self._keys

    def sign_out(self, client_id: str, back: str) -> str:
        """Return where one signs out at the provider, nothing where one cannot."""
        address = self.endpoint_if_any("end_session_endpoint")
        query = urlencode({"client_id": client_id, "post_logout_redirect_uri": back})
        return f"{address}{'&' if '?' in address else '?'}{query}" if address else ""

    def _described(self) -> Mapping[str, Any]:
        with self._lock:
            if time.monotonic() - self._asked > KEPT:
                self._describe()
            return self._said

    def _describe(self) -> None:
        if time.monotonic() - self._failed < PAUSE:
            raise ProviderFails(f"{self.described_at} has just failed")
        self._failed = time.monotonic()
        said = _fetched(self.described_at)
        if said.get("issuer") != self.issuer:
            raise ProviderFails(f"{self.described_at} is of another issuer than {self.issuer}")
        self._said, self._keys = said, {}
        self._asked, self._failed = time.monotonic(), -PAUSE


@lru_cache(maxsize=8)
def provider(issuer: str, described_at: str) -> Provider:
    """Return a provider; one process asks it once."""
    return Provider(issuer, described_at)


def _fetched(address: str) -> Mapping[str, Any]:
    """Return a JSON object that is published at an address. Raises ProviderFails."""
    try:
        answer = requests.get(address, timeout=PATIENCE, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderFails(f"{address}: {error}") from None
    if answer.status_code != requests.codes.ok or not isinstance(found, dict):
        raise ProviderFails(f"{address} answers with no JSON object")
    return found
