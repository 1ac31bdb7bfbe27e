"""The settings of the page: names by which it is reached, trusted proxies, what it keeps."""

from __future__ import annotations

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, field_validator

from importer.allowed import VARIABLE
from importer.oidc_settings import OidcSettings

Network: TypeAlias = IPv4Network | IPv6Network

_HEADER = r"^[A-Za-z][A-Za-z0-9-]{0,99}$"
_HOST = r"^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])$"


class WebSettings(BaseModel):
    """What `importer serve` goes by; each description is what the reference says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hosts: tuple[Annotated[str, Field(pattern=_HOST)], ...] = Field(
        default=(),
        description="Names by which browsers open the page, without port; others are refused.",
    )
    trusted_proxies: tuple[str, ...] = Field(
        default=(), description="Addresses or networks of proxies that say who is signed in."
    )
    proxy_header: str = Field(
        default="X-Forwarded-User",
        pattern=_HEADER,
        description="The header in which such a proxy names the person.",
    )
    proxy_secret_header: str = Field(
        default="X-Proxy-Secret",
        pattern=_HEADER,
        description="The header in which it sends the shared secret.",
    )
    proxy_secret_env: str = Field(
        default="",
        description="The variable that holds the shared secret, of at least 16 characters.",
    )
    folder: str = Field(
        default="",
        description="The folder of uploaded files; if not set, `uploads` beside the journal.",
    )
    upload_mb: PositiveInt = Field(
        default=100,
        description="Megabytes (10^6 bytes) that one upload may have, all its files together.",
    )
    person_mb: PositiveInt = Field(
        default=1000,
        description="Megabytes that one person may keep, the files of all uploads together.",
    )
    keep: PositiveInt = Field(
        default=30,
        description="Days after which the files of an upload are deleted; those of an import stay "
        "as long as it can be undone.",
    )
    idle_hours: PositiveFloat = Field(
        default=8, description="Hours without a request after which a person is signed out."
    )
    session_hours: PositiveFloat = Field(
        default=24, description="Hours after which a person is signed out in any case."
    )
    check_memory_mb: PositiveInt = Field(
        default=2048,
        description="Megabytes of memory that the process which reads an upload may use.",
    )
    check_minutes: PositiveInt = Field(
        default=10, description="Minutes after which that process is ended."
    )
    oidc: OidcSettings | None = Field(
        default=None,
        description="A provider of OpenID Connect where people sign in: the table `[web.oidc]`.",
    )

    @property
    def proxy_networks(self) -> tuple[Network, ...]:
        """Return the networks of the trusted proxies."""
        return tuple(ip_network(one, strict=False) for one in self.trusted_proxies)

    @property
    def proxy_secret(self) -> str:
        """Return the secret shared with the trusted proxies, nothing where there is none."""
        name = self.proxy_secret_env
        return os.environ.get(name, "").strip() if name else ""

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for one in given:
            try:
                network = ip_network(one, strict=False)
            except ValueError:
                raise ValueError(
                    f"`{one}` is no address and no network such as 10.0.0.0/8"
                ) from None
            if network.prefixlen == 0:
                raise ValueError(f"`{one}` is every address there is; name those of the proxies")
        return given

    @field_validator("proxy_secret_env")
    @classmethod
    def _name_of_a_variable(cls, name: str) -> str:
        """Refuse what is no variable's name without repeating it: it may be the secret itself."""
        if name and not VARIABLE.fullmatch(name):
            raise ValueError(
                "is not the name of an environment variable (capitals, digits, underscores); "
                "the value itself does not belong here"
            )
        return name
