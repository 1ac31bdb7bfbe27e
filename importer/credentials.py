"""Passwords in URLs, of databases and of links, and how to hide them."""

from __future__ import annotations

import re

_IN_FRONT = re.compile(r"(?<=://)([^:/@?#\s]*):(\S*)(?=@)")
"""`://USER:PASSWORD@`: it ends at the last `@`, since passwords with one are often not quoted."""

_NAME = r"(?:\w*passw\w*|passphrase|pwd|\w*secret|\w*token|\w*api_?key|sslkey)"
_PARAMETER = re.compile(rf"(?i)([?&;\s]{_NAME}\s*=\s*)('[^']*'|[^&;#\s]*)")
"""`?password=...`, `&sslpassword=...` (libpq takes both as parameters of a URL)."""

_CREDENTIALS = re.compile(r"""(?<=://)(?![^/@\s]*\*\*\*@)(?:[^\s/@"\\?#`<>]|\\.)+(?=@)""")
"""`://USER:PASSWORD@` and `://TOKEN@`, in JSON too; not what is masked already."""


_GRANTS = r"sig|signature|x-amz-[\w-]+|x-goog-[\w-]+|[\w-]*token|[\w-]*key|passw\w*|code|auth\w*"
IN_QUERY = re.compile(rf"(?i)([?&;](?:{_GRANTS})=)([^&;#\s]+)")
"""Parameters of an address that let their holder in: signed links, tokens, keys."""


def safe_address(address: str) -> str:
    """Return an address of files or of a receiver as it may be shown."""
    hidden = re.sub(r"(?i)(?<=://)[^/?#\s]*@", "***@", IN_QUERY.sub(r"\1***", address))
    return without_password(hidden)


def without_password(url: str) -> str:
    """Return a path, or a URL with `***` for each password."""
    if "://" not in url:
        return url
    return _PARAMETER.sub(r"\1***", _IN_FRONT.sub(r"\1:***", url))


def has_password(url: str) -> bool:
    """Return whether a URL holds a password."""
    return without_password(url) != url


def without_credentials(text: str) -> str:
    """Return a text with `***` for what stands before the host in any URL that it holds."""
    return _CREDENTIALS.sub("***", text) if "@" in text and "://" in text else text


def holds_credentials(text: str) -> bool:
    """Return whether a text holds a URL with a user name or a password."""
    return without_credentials(text) != text


def passwords_in(text: str) -> list[str]:
    """Return every password in a text that is a URL, or that holds one."""
    if "://" not in text:
        return []
    found = (match.group(2) for form in (_IN_FRONT, _PARAMETER) for match in form.finditer(text))
    return [password for password in found if password]
