"""What a provider's claims say here: a person's name, and their role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from importer.people import Role
from importer.people.refused import NotLetIn

if TYPE_CHECKING:
    from importer.oidc_settings import OidcSettings


def name_in(claims: Mapping[str, Any], settings: OidcSettings) -> str:
    """Return the name of a person. Raises NotLetIn where the claims hold none."""
    name = claims.get(settings.name_claim)
    if not isinstance(name, str) or not name.strip():
        raise NotLetIn(
            f"{_begun(settings.title)} does not say who you are: its answer has no "
            f"`{settings.name_claim}`. Tell who runs this page."
        )
    if settings.name_claim == "email" and claims.get("email_verified") is False:
        raise NotLetIn(
            f"{_begun(settings.title)} has not verified your e-mail address. Do that there first, "
            "then sign in again."
        )
    return name


def role_in(claims: Mapping[str, Any], settings: OidcSettings) -> Role | None:
    """Return the highest role that the claims give; None where they give none."""
    known: Mapping[str, Role] = settings.roles or {role.value: role for role in Role}
    found = {known[one] for one in _texts(_at(claims, settings.role_claim)) if one in known}
    return max(found, key=list(Role).index, default=None)


def _at(claims: Mapping[str, Any], path: str) -> Any:
    """Return a claim by its name, or by the way to it: `realm_access.roles`."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _texts(value: Any) -> Iterable[str]:
    values = value if isinstance(value, list) else [value]
    return (one for one in values if isinstance(one, str))


def _begun(title: str) -> str:
    return title[0].upper() + title[1:]
