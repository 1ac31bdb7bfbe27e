"""What a page says about the post before it: kept in a cookie until it was shown once."""

from __future__ import annotations

import base64
import json
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import asdict

from importer.web.site import Serving

LONGEST = 600
SECONDS = 120
TONES = frozenset({"", "fine", "wait", "wrong"})


class Said(Struct, frozen=True):
    """A sentence and its tone: fine, wait, wrong or plain."""

    words: str
    tone: str = ""

    def packed(self) -> str:
        """Return it as a value that a cookie may have."""
        text = json.dumps(asdict(Said(self.words[:LONGEST], self.tone)))
        return base64.urlsafe_b64encode(text.encode()).decode()

    @classmethod
    def unpacked(cls, value: str) -> Said | None:
        """Return what was packed, None for anything else: a cookie may come from anybody."""
        with suppress(ValueError, TypeError, KeyError):
            given = json.loads(base64.urlsafe_b64decode(value))
            said = cls(str(given["words"])[:LONGEST], str(given["tone"]))
            return said if said.tone in TONES else None
        return None


def name_of_cookie(serving: Serving) -> str:
    """Return the cookie's name."""
    return "__Host-said" if serving.tls else f"said-{serving.port}"
