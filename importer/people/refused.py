"""What a visitor is told who may not have what they ask for."""

from __future__ import annotations

import math

from importer.errors import ImporterError

WAY_OUT = "Nothing was changed. When that is fixed, do it again."
"""What somebody reads where the journal fails while people are changed."""


class NotThere(ImporterError):
    """What a visitor asks for does not exist, or may not be seen by them: they cannot tell."""

    def __init__(self) -> None:
        super().__init__("There is nothing here that you can see. The list of runs has yours.")


class Forbidden(ImporterError):
    """A visitor may see something, and may not do this to it."""


class SignInRefused(ImporterError):
    """No sign-in; after `wait` seconds the next one is tried, 0 or less: at once."""

    def __init__(self, wait: float = 0.0) -> None:
        self.wait = wait
        super().__init__(_too_soon(wait) if wait > 0 else "The name or the password is wrong.")


def _too_soon(wait: float) -> str:
    seconds = math.ceil(wait)
    many = f"{seconds} second{'s' if seconds > 1 else ''}"
    return f"There were too many sign-ins that failed. Try again in {many}."
