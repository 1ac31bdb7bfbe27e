"""Masks a token wherever it comes back: in a message, in an excerpt of an answer."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from importer.model import Json

SHORTEST_SECRET = 4
LONGEST_EXCERPT = 300
SEARCHED_FOR_THE_TOKEN = 1 << 20
"""So much of a body is looked at for an excerpt: more than the excerpt, since masking shortens."""


class Secrets:
    """Every token that was sent; `headers_of` makes the headers that carry one."""

    def __init__(self, headers_of: Callable[[str], dict[str, str]]) -> None:
        self._headers_of = headers_of
        self._known: set[str] = set()
        self._longest_first: list[str] = []

    def note(self, token: str) -> None:
        """Mask a token from now on, as it may come back: also in base64, JSON, a URL."""
        if len(token) < SHORTEST_SECRET or token in self._known:
            return
        import json

        sent = " ".join(self._headers_of(token).values()).rpartition(" ")[2]
        escaped = (json.dumps(token)[1:-1], json.dumps(token, ensure_ascii=False)[1:-1])
        self._known |= {token, sent or token, *escaped, quote(token, safe="")}
        self._longest_first = sorted(self._known, key=len, reverse=True)

    def redact(self, value: Json) -> Json:
        """Return a JSON value in which every occurrence of a token is masked."""
        if isinstance(value, str):
            for secret in self._longest_first:
                value = value.replace(secret, "***")
            return value
        if isinstance(value, dict):
            return {self.redact(name): self.redact(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.redact(inner) for inner in value]
        return value

    def start_of(self, text: bytes | bytearray) -> str:
        """Return the start of a text that is not JSON, masked."""
        start = text[:SEARCHED_FOR_THE_TOKEN].decode(errors="replace").strip()
        return str(self.redact(start)[:LONGEST_EXCERPT])

    def start_of_json(self, body: Json) -> str:
        """Return the start of a JSON value, masked."""
        import orjson

        try:
            whole = self.redact(orjson.dumps(body).decode())
        except TypeError:  # orjson reads more levels than it writes
            return "something nested too deeply to be shown"
        return str(whole if len(whole) <= LONGEST_EXCERPT else f"{whole[:LONGEST_EXCERPT]}...")
