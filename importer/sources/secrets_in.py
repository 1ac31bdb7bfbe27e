"""Addresses of sources hold no secrets: they stand in settings, logs and reports."""

from __future__ import annotations

import re

from importer.credentials import IN_QUERY, safe_address
from importer.errors import UsageError

IN_FRONT = re.compile(r"://[^:/@?#\s]*:(?!\d*/)\S*@")
"""`://USER:PASSWORD@`; what is a number and followed by a `/` is a port."""

TOKEN = re.compile(r"(?i)https?://[^/?#\s]*@")


def refuse_secrets(address: str) -> None:
    """Raise UsageError where an address holds what lets somebody in. It is not shown."""
    if any(form.search(address) for form in (IN_FRONT, TOKEN, IN_QUERY)):
        raise UsageError(
            f"The source {safe_address(address)} holds a password or a key: leave it out. The "
            "variables and files that say it stand in the reference, under Where the files are."
        )
