"""Secrets that we hand out: made at random, kept as a hash, so that the journal gives none away."""

from __future__ import annotations

import hashlib
import hmac
import secrets

LINK_BYTES = 16
KEY_BYTES = 32


def new_key() -> str:
    """Return a secret for a sign-in or a token: 256 random bits."""
    return secrets.token_urlsafe(KEY_BYTES)


def new_link() -> str:
    """Return a secret for a one-time link: 128 random bits."""
    return secrets.token_urlsafe(LINK_BYTES)


def hash_of(secret: str) -> str:
    """Return what the journal keeps of a secret; one of random bits needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def derived(secret: str, purpose: str) -> str:
    """Return another secret that is made from one for a purpose, and does not give it away."""
    key = secret.encode("utf-8", "replace")
    return hmac.new(key, purpose.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
