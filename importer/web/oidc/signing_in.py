"""To the provider and back: the address to go to, and what its answer says of who came back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from importer.errors import UsageError
from importer.web.oidc.provider import PATIENCE, Provider, ProviderFails

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

    from importer.oidc_settings import OidcSettings
    from importer.web.oidc.attempt import Attempt

SIGNED_BY = ["RS256", "PS256", "ES256", "ES384", "ES512", "RS384", "RS512", "EdDSA", "Ed25519"]
"""Ways to sign with a key that only the provider has."""

LEEWAY = 60
"""Seconds by which its clock may differ."""

Claims = Mapping[str, Any]


class Client(Struct, frozen=True):
    """This page as a provider knows it; `back` is where people come back to."""

    settings: OidcSettings
    provider: Provider
    back: str

    def address(self, attempt: Attempt) -> str:
        """Return where somebody goes to sign in. Raises ProviderFails."""
        endpoint = self.provider.endpoint("authorization_endpoint")
        with self._session() as session:
            made, _ = session.create_authorization_url(
                endpoint, state=attempt.state, nonce=attempt.nonce, code_verifier=attempt.verifier
            )
        return str(made)

    def claims(self, attempt: Attempt, code: str) -> Claims:
        """Return what the provider says of who came back with a code. Raises ProviderFails."""
        from authlib.common.errors import AuthlibBaseError
        from joserfc.errors import JoseError
        from requests import RequestException

        try:
            with self._session() as session:
                token = session.fetch_token(
                    self.provider.endpoint("token_endpoint"),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=attempt.verifier,
                    allow_redirects=False,
                )
                signed = self._signed(token, attempt.nonce)
                return {**self._more(session, signed), **signed}
        except (AuthlibBaseError, JoseError, RequestException, ValueError, TypeError) as error:
            raise ProviderFails(f"{self.provider.issuer}: {error}") from None

    def _session(self) -> OAuth2Session:
        from authlib.integrations.requests_client import OAuth2Session

        return OAuth2Session(
            self.settings.client_id,
            self.settings.client_secret or None,
            scope=" ".join(self.settings.scopes),
            redirect_uri=self.back,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
        )

    def _signed(self, token: Mapping[str, Any], nonce: str) -> Claims:
        """Return the claims of an answer's token, for us, of now and of this attempt."""
        from authlib.oidc.core import CodeIDToken
        from joserfc.errors import InvalidKeyIdError

        text = token.get("id_token")
        if not isinstance(text, str):
            raise ProviderFails(f"{self.provider.issuer} answers without an id_token")
        try:
            found = self._decoded(text)
        except InvalidKeyIdError:
            found = self._decoded(text, again=True)
        claims = CodeIDToken(
            found.claims,
            found.header,
            {"iss": {"essential": True, "value": self.provider.issuer}, "aud": self._audience()},
            {
                "nonce": nonce,
                "client_id": self.settings.client_id,
                "access_token": token.get("access_token"),
            },
        )
        claims.validate(leeway=LEEWAY)
        return dict(claims)

    def _audience(self) -> dict[str, Any]:
        return {"essential": True, "value": self.settings.client_id}

    def _decoded(self, text: str, *, again: bool = False) -> Any:
        from joserfc import jwt
        from joserfc.jwk import KeySet
        from joserfc.jws import JWSRegistry

        keys = KeySet.import_key_set(dict(self.provider.keys(again=again)))  # type: ignore[arg-type]
        registry = JWSRegistry(algorithms=SIGNED_BY, strict_check_header=False)
        return jwt.decode(text, keys, registry=registry)

    def _more(self, session: OAuth2Session, signed: Claims) -> Claims:
        """Return the claims that some providers give only when asked: where ours are not there."""
        wanted = {self.settings.name_claim, self.settings.role_claim.partition(".")[0]} - {""}
        endpoint = self.provider.endpoint_if_any("userinfo_endpoint")
        if wanted <= {*signed} or self.settings.role_claim in signed or not endpoint:
            return {}
        answer = session.get(endpoint, allow_redirects=False)
        answer.raise_for_status()
        found = answer.json()
        if not isinstance(found, dict) or found.get("sub") != signed["sub"]:
            raise ProviderFails(f"{endpoint} is about somebody else")
        return found


def demand_ready(settings: OidcSettings) -> None:
    """Raise UsageError where something is missing that signing in at a provider needs."""
    if settings.client_secret_env and not settings.client_secret:
        raise UsageError(
            f"client_secret_env under [web.oidc] names the variable {settings.client_secret_env}, "
            "which is empty. Put the secret of this page at the provider into it."
        )
    try:
        import authlib.integrations.requests_client  # noqa: F401
    except ImportError:
        raise UsageError(
            "[web.oidc] in importer.toml signs people in at a provider, which needs more than is "
            'installed: pip install "importer[oidc]".'
        ) from None
