"""Where the messages of a job go, and the secrets that none of them may hold."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from importer.credentials import without_credentials
from importer.job_settings import JobSettings
from importer.model import Json
from importer.notify.not_delivered import NotDelivered
from importer.settings import Settings

SHORTEST_SECRET = 4
"""Anything shorter is no secret, and would mask half of a message."""


@dataclass(frozen=True, slots=True)
class Channels:
    """The names of the variables that hold addresses, a webhook with its key, a ping."""

    people: tuple[str, ...] = ()
    webhook: str = ""
    webhook_key: str = ""
    ping: str = ""
    allow_http: bool = False
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, settings: Settings, job: JobSettings) -> Channels:
        """Return the channels of a job."""
        return cls(
            people=job.notify,
            webhook=job.webhook,
            webhook_key=job.webhook_key_env,
            ping=job.ping,
            allow_http=settings.allow_http,
            secrets=tuple(_secrets(settings, job)),
        )

    @property
    def any(self) -> bool:
        """Whether anybody is told."""
        return bool(self.people or self.webhook)

    def masked(self, text: str) -> str:
        """Return a text without the secrets, and without credentials in addresses."""
        for secret in sorted(self.secrets, key=len, reverse=True):
            text = text.replace(secret, "***")
        return without_credentials(text)

    def masked_json(self, value: Json) -> Json:
        """Return a JSON value whose texts are masked like that."""
        if isinstance(value, str):
            return self.masked(value)
        if isinstance(value, dict):
            return {key: self.masked_json(inner) for key, inner in value.items()}
        return [self.masked_json(one) for one in value] if isinstance(value, list) else value


def value_of(variable: str) -> str:
    """Return what a variable holds, nothing where it is not set."""
    return os.environ.get(variable, "").strip()


def set_value(variable: str) -> str:
    """Return what a variable holds. Raises NotDelivered where it is not set."""
    if not (value := value_of(variable)):
        raise NotDelivered(f"the variable {variable} is not set")
    return value


def _secrets(settings: Settings, job: JobSettings) -> Iterator[str]:
    """Yield what is in the variables that the settings name."""
    of_targets = (secret for one in settings.targets.values() for secret in one.secrets)
    own = map(value_of, (*job.notify, job.webhook_key_env, job.ping))
    yield from (one for one in (*of_targets, *own) if len(one) >= SHORTEST_SECRET)
