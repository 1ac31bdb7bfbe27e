"""A provider of OpenID Connect on loopback: authlib's own server side, over real HTTP.

It asks nobody for a password: who signs in next is what a test says.
"""

import base64
import hmac
import json
import secrets
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field

import uvicorn
from authlib.oauth2 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749 import OAuth2Payload
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import ECKey, KeySet
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from importer.sandbox.server import _Server  # ends at once
from importer.web.server import listening

CLIENT, SECRET = "importer", "what the page and the provider share"
KEY = ECKey.generate_key("P-256", parameters={"kid": "first", "use": "sig", "alg": "ES256"})
OTHER_KEY = ECKey.generate_key("P-256", parameters={"kid": "second", "use": "sig", "alg": "ES256"})


SAME_NAME = ECKey.generate_key("P-256", parameters={"kid": "first", "use": "sig"})
"""Another key that calls itself as the provider's."""


def unsigned(claims):
    """A token that nobody has signed."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def signed_by_secret(claims):
    """A token that is signed with what the page knows, too."""
    text = f"{_part({'alg': 'HS256', 'kid': 'first'})}.{_part(claims)}"
    mac = hmac.digest(SECRET.encode(), text.encode(), "sha256")
    return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def _part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@dataclass
class Code:
    """A code that was given out: for which client, where, for whom."""

    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self):
        return self.redirect_uri

    def get_scope(self):
        return self.scope

    def get_nonce(self):
        return self.nonce

    def get_auth_time(self):
        return int(time.time())

    def get_acr(self):
        return None

    def get_amr(self):
        return None


class Client:
    """The page, as the provider knows it."""

    id_token_signed_response_alg = ""

    def __init__(self, backs):
        self.backs = backs

    def get_client_id(self):
        return CLIENT

    def get_default_redirect_uri(self):
        return self.backs[0]

    def get_allowed_scope(self, scope):
        return scope

    def check_redirect_uri(self, redirect_uri):
        return redirect_uri in self.backs

    def check_client_secret(self, given):
        return given == SECRET

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_response_type(self, response_type):
        return response_type == "code"

    def check_grant_type(self, grant_type):
        return grant_type == "authorization_code"


@dataclass
class Says:
    """What the provider says of who signs in next, and what is wrong with how it says it."""

    claims: dict = field(default_factory=lambda: {"sub": "1", "preferred_username": "pia"})
    userinfo: dict = field(default_factory=dict)
    """Claims that it says only when asked."""
    other: dict = field(default_factory=dict)
    """Claims of the token that are not what they should be."""
    key: ECKey = field(default_factory=lambda: KEY)
    published: list = field(default_factory=lambda: [KEY])
    forged: object = None
    """A function that makes the token by itself, of its claims."""
    declines: bool = False
    metadata: dict = field(default_factory=dict)


class Payload(OAuth2Payload):
    def __init__(self, given):
        self._given = given

    @property
    def data(self):
        return self._given

    @property
    def datalist(self):
        values = defaultdict(list)
        for key, value in self._given.multi_items():
            values[key].append(value)
        return values


class Asked(OAuth2Request):
    """A request as authlib wants it."""

    def __init__(self, request, form):
        super().__init__(request.method, str(request.url), headers=request.headers)
        self._query, self._form = request.query_params, form
        self.payload = Payload(form if request.method == "POST" else request.query_params)

    @property
    def args(self):
        return self._query

    @property
    def form(self):
        return self._form


class Server(AuthorizationServer):
    def __init__(self, provider):
        super().__init__(["openid", "profile", "email"])
        self.provider = provider
        generator = BearerTokenGenerator(lambda *_, **__: secrets.token_urlsafe(20))
        self.register_token_generator("default", generator)

    def query_client(self, client_id):
        return self.provider.client if client_id == CLIENT else None

    def save_token(self, token, request):
        self.provider.tokens.add(token["access_token"])

    def send_signal(self, *args, **more):
        pass

    def create_oauth2_request(self, request):
        return request

    def handle_response(self, status, body, headers):
        text = json.dumps(body) if isinstance(body, dict) else body
        return Response(text, status, dict(headers))


class Grant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

    def save_authorization_code(self, code, request):
        asked = request.payload.data
        self.server.provider.codes[code] = Code(
            CLIENT,
            asked["redirect_uri"],
            request.scope,
            asked["nonce"],
            asked["code_challenge"],
            asked["code_challenge_method"],
        )

    def query_authorization_code(self, code, client):
        return self.server.provider.codes.pop(code, None)

    def delete_authorization_code(self, code):
        pass

    def authenticate_user(self, code):
        return "somebody"


class IdToken(OpenIDCode):
    def __init__(self, provider):
        super().__init__(require_nonce=True)
        self.provider = provider

    def exists_nonce(self, nonce, request):
        return any(code.nonce == nonce for code in self.provider.codes.values())

    def encode_id_token(self, token, request):
        if self.provider.says.forged is None:
            return super().encode_id_token(token, request)
        claims = self.get_compatible_claims(request)
        claims |= self.get_authorization_code_claims(request.authorization_code)
        return self.provider.says.forged({**claims, **self.generate_user_info(None, "")})

    def resolve_client_private_key(self, client):
        return self.provider.says.key

    def get_client_algorithm(self, client):
        return "ES256"

    def get_encode_header(self, client):
        return {"alg": "ES256", "kid": self.provider.says.key.kid}

    def get_client_claims(self, client):
        return {"iss": self.provider.url}

    def generate_user_info(self, user, scope):
        return {**self.provider.says.claims, **self.provider.says.other}


class Provider:
    """A provider at `url`; what it says next is in `says`."""

    def __init__(self, url):
        self.url, self.says = url, Says()
        self.codes, self.tokens, self.client = {}, set(), Client([])
        self._server = Server(self)
        self._server.register_grant(Grant, [CodeChallenge(required=True), IdToken(self)])

    def app(self):
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.described),
                Route("/keys", self.keys),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
                Route("/userinfo", self.userinfo),
                Route("/sign-out", self.signed_out),
            ]
        )

    async def described(self, request):
        found = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "end_session_endpoint": f"{self.url}/sign-out",
        }
        return JSONResponse({**found, **self.says.metadata})

    async def keys(self, request):
        keys = KeySet(self.says.published)
        return JSONResponse(keys.as_dict(private=False))

    async def authorize(self, request):
        asked = Asked(request, {})
        grant = await run_in_threadpool(self._server.get_consent_grant, asked, "somebody")
        user = None if self.says.declines else "somebody"
        return self._server.create_authorization_response(asked, user, grant)

    async def token(self, request):
        asked = Asked(request, await request.form())
        return self._server.create_token_response(asked)

    async def userinfo(self, request):
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if given not in self.tokens:
            return Response(status_code=401)
        return JSONResponse({**self.says.claims, **self.says.userinfo})

    async def signed_out(self, request):
        return PlainTextResponse(f"signed out, back to {request.query_params}")


@contextmanager
def provider():
    """Serve a provider at a free port of this machine."""
    with listening("127.0.0.1", 0) as listens:
        made = Provider(f"http://127.0.0.1:{listens.getsockname()[1]}")
        config = uvicorn.Config(made.app(), log_level="error", ws="none", lifespan="off")
        server = _Server(config)
        thread = threading.Thread(target=server.run, args=([listens],), daemon=True)
        thread.start()
        try:
            yield made
        finally:
            server.stop()
            thread.join()
