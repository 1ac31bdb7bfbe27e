"""A site: what every page works with, and how browsers reach it."""

from __future__ import annotations

from msgspec import Struct

from importer.journal.sign_ins import Limits
from importer.journal.store import Store
from importer.session import Session
from importer.settings import Settings
from importer.uploads.uploads import Uploads
from importer.web_settings import WebSettings

HOUR = 3600.0
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The names by which a browser of this machine reaches a page that nobody else can reach."""


class Serving(Struct, frozen=True):
    """How browsers reach the page; the same in all processes that serve it.

    `hosts` are the names that a request may give. `tls` says that the browser's connection is
    encrypted: by us, or by a trusted proxy. `local` says that only this machine reaches it, so
    that a one-time link signs in; `only_proxies`, that who is no trusted proxy is refused.
    """

    hosts: tuple[str, ...] = LOOPBACK
    port: int = 0
    tls: bool = False
    local: bool = True
    only_proxies: bool = False

    @property
    def scheme(self) -> str:
        """Return what addresses of the page begin with."""
        return "https" if self.tls else "http"

    @property
    def url(self) -> str:
        """Return the address of the page, without a slash at its end.

        Where only proxies reach our port, the page is at the usual port of theirs.
        """
        port = "" if self.only_proxies else f":{self.port}"
        return f"{self.scheme}://{self.hosts[0]}{port}"


class Site(Struct, frozen=True):
    """What every page works with: settings, journal, uploads, and how it is reached."""

    session: Session
    serving: Serving
    uploads: Uploads

    @property
    def store(self) -> Store:
        """Return the database of the journal, for people and what they did."""
        return self.session.journal.store

    @property
    def limits(self) -> Limits:
        """Return how long somebody stays signed in."""
        return Limits(self.web.idle_hours * HOUR, self.web.session_hours * HOUR)

    @property
    def settings(self) -> Settings:
        """Return the settings of the process."""
        return self.session.settings

    @property
    def web(self) -> WebSettings:
        """Return the settings of the page."""
        return self.session.settings.web

    @property
    def proxy_secret(self) -> str:
        """Return the secret shared with the trusted proxies, nothing where there is none."""
        return self.web.proxy_secret
