"""The settings of a provider of OpenID Connect: where it is, and who its people are here."""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from importer.allowed import VARIABLE
from importer.visitor import Role

WELL_KNOWN = "/.well-known/openid-configuration"

_CLAIM = r"^\S+$"


class OidcSettings(BaseModel):
    """What signing in at a provider goes by; each description is what the reference says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = Field(description="The address by which the provider calls itself.")
    metadata_url: str = Field(
        default="",
        description=f"Where its endpoints are described; if not set, `{WELL_KNOWN}` there.",
    )
    client_id: str = Field(min_length=1, description="The name of this page at the provider.")
    client_secret_env: str = Field(
        default="", description="The variable that holds the secret of this page there, if any."
    )
    scopes: tuple[Annotated[str, Field(pattern=_CLAIM)], ...] = Field(
        default=("openid", "profile", "email"), description="What the provider is asked for."
    )
    name_claim: str = Field(
        default="preferred_username",
        pattern=_CLAIM,
        description="The claim with a person's name: one that nobody can change by themselves.",
    )
    role_claim: str = Field(
        default="",
        description="The claim with their roles or groups, `a.b` for one within another; if not "
        "set, people must have been added here.",
    )
    roles: dict[str, Role] = Field(
        default={},
        description="What is in that claim -> `viewer`, `importer` or `admin`; if not set, it "
        "holds these words.",
    )
    title: str = Field(
        default="your organisation", min_length=1, description="What people call the provider."
    )

    @property
    def client_secret(self) -> str:
        """Return the secret of this page at the provider, nothing where there is none."""
        return os.environ.get(self.client_secret_env, "").strip() if self.client_secret_env else ""

    @property
    def described_at(self) -> str:
        """Return where the provider's endpoints are described."""
        return self.metadata_url or self.issuer.rstrip("/") + WELL_KNOWN

    @field_validator("issuer", "metadata_url")
    @classmethod
    def _encrypted(cls, address: str) -> str:
        if address and not is_encrypted(address):
            raise ValueError("is no address that begins with https://")
        return address

    @field_validator("client_secret_env")
    @classmethod
    def _name_of_a_variable(cls, name: str) -> str:
        """Refuse what is no variable's name without repeating it: it may be the secret itself."""
        if name and not VARIABLE.fullmatch(name):
            raise ValueError(
                "is not the name of an environment variable (capitals, digits, underscores); "
                "the value itself does not belong here"
            )
        return name

    @field_validator("scopes")
    @classmethod
    def _with_openid(cls, scopes: tuple[str, ...]) -> tuple[str, ...]:
        if "openid" not in scopes:
            raise ValueError("lacks `openid`, without which the provider does not say who it is")
        return scopes

    @model_validator(mode="after")
    def _roles_of_a_claim(self) -> OidcSettings:
        if self.roles and not self.role_claim:
            raise ValueError("roles say what is in role_claim, which is not set")
        return self


def is_encrypted(address: str) -> bool:
    """Whether nobody can listen to what is sent to an address: https, or this machine."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc:
        return True
    return parts.scheme == "http" and _is_here(parts.hostname or "")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
