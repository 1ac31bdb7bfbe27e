"""Who can open the page: this machine, or others where they sign in and nobody can listen."""

from __future__ import annotations

from ipaddress import ip_address

from msgspec import Struct

from importer.errors import UsageError
from importer.suggest import listed
from importer.web.site import LOOPBACK, Serving
from importer.web_settings import WebSettings

SHORTEST_SECRET = 16
EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - refused without names of its own


class Exposure(Struct, frozen=True):
    """What `importer serve` was asked for, and what the settings say.

    `anybody` says whether the journal has people who can sign in.
    """

    host: str
    certificate: bool
    web: WebSettings
    anybody: bool

    @property
    def is_local(self) -> bool:
        """Whether only this machine can open the page."""
        try:
            return ip_address(self.host.strip("[]")).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def behind_proxy(self) -> bool:
        """Whether proxies are trusted; they encrypt what we do not."""
        return bool(self.web.trusted_proxies)

    def refuse(self) -> None:
        """Raise UsageError where others could open the page, and should not like that."""
        self._refuse_half_a_proxy()
        if not self.is_local:
            self._refuse_open()
            self._refuse_nobody()
            self._refuse_no_name()

    def serving(self, port: int) -> Serving:
        """Return how browsers open the page at a port."""
        local = self.is_local and not self.behind_proxy
        return Serving(
            hosts=self._hosts(),
            port=port,
            tls=self.certificate or self.behind_proxy,
            local=local,
            only_proxies=self.behind_proxy and not self.certificate,
        )

    def _hosts(self) -> tuple[str, ...]:
        """Return the names that a request may give; the first is the one that is printed."""
        own = () if self.host in EVERY_ADDRESS else (_in_address(self.host),)
        names = (*own, *LOOPBACK) if self.is_local else own
        first = () if self.is_local and not self.behind_proxy else self.web.hosts
        return tuple(dict.fromkeys((*first, *names, *self.web.hosts)))

    def _refuse_no_name(self) -> None:
        if not self._hosts():
            raise UsageError(
                f"--host {self.host} is every address of this machine, so that it is not known by "
                "which name browsers open the page. Write the names as `hosts` under [web] in "
                'importer.toml: hosts = ["imports.example.org"].'
            )

    def _refuse_half_a_proxy(self) -> None:
        if not self.behind_proxy or len(self.web.proxy_secret) >= SHORTEST_SECRET:
            return
        proxies = listed(self.web.trusted_proxies, quote="")
        name = self.web.proxy_secret_env
        missing = (
            f"the variable {name} holds fewer than {SHORTEST_SECRET} characters"
            if name
            else "proxy_secret_env is not set"
        )
        raise UsageError(
            f"trusted_proxies under [web] trusts {proxies}, but {missing}: anybody at these "
            "addresses could say who they are. Let the proxy send a long random secret in the "
            f"header {self.web.proxy_secret_header}, and put the same into that variable."
        )

    def _refuse_open(self) -> None:
        if self.certificate or self.behind_proxy:
            return
        raise UsageError(
            f"--host {self.host} lets others open the page, and what they send could be read on "
            "the way. Name a certificate and its key (--certificate, --key), or a proxy that "
            "encrypts (trusted_proxies and proxy_secret_env under [web] in importer.toml)."
        )

    def _refuse_nobody(self) -> None:
        by_claim = self.web.oidc and self.web.oidc.role_claim
        if self.anybody or self.behind_proxy or by_claim:
            return
        raise UsageError(
            f"--host {self.host} lets others open the page, but there is nobody who could sign "
            "in. `importer user add NAME --role admin` makes the first of them."
        )


def _in_address(host: str) -> str:
    """Return a host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
