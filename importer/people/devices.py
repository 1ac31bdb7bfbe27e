"""Browsers in which somebody has signed in before, by a cookie of theirs.

The cookie is a random number, signed with the hash of the person's password. So nobody makes one
who has not signed in, the journal keeps nothing of it, and a new password ends all of them. It
signs nobody in: it only says whose failures count against whom.
"""

from __future__ import annotations

import hmac

from importer.journal.people import Person
from importer.people.secret import derived, new_link


def new_device(person: Person) -> str:
    """Return the cookie of a browser in which a person has signed in."""
    number = new_link()
    return f"{number}.{_signature(person, number)}"


def known_device(person: Person | None, cookie: str) -> str:
    """Return the number of a browser that a person has signed in with, blank for any other."""
    number, _, signature = cookie.partition(".")
    if person is None or not person.password:
        return ""
    right = _signature(person, number).encode()
    return number if hmac.compare_digest(right, signature.encode("utf-8", "replace")) else ""


def _signature(person: Person, number: str) -> str:
    return derived(person.password or "", f"device {number} of {person.name}")
