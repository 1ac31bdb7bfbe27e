"""What `[web.oidc]` may say: everything else is refused with the key and the way out."""

import subprocess
import sys

import pytest

from importer.errors import UsageError
from importer.oidc_settings import OidcSettings
from importer.settings_files import load
from importer.web.exposure import Exposure
from importer.web.oidc.signing_in import demand_ready
from importer.web_settings import WebSettings

GOOD = {"issuer": "https://login.example.org", "client_id": "importer"}
SECRET = "s3cr3t-of-the-page"
WRONG = {
    "no encryption": ('issuer = "http://login.example.org"', "web.oidc.issuer: is no address"),
    "a name in the address": ('issuer = "https://x@login.example.org"', "web.oidc.issuer"),
    "another key": ('client = "importer"', "client: unknown key"),
    "the secret itself": (f'client_secret_env = "{SECRET}"', "the value itself does not belong"),
    "a secret in a key of its own": (f'client_secret = "{SECRET}"', "does not belong in a file"),
    "no openid": ('scopes = ["email"]', "lacks `openid`"),
    "a role that is none": ('role_claim = "g"\nroles = {x = "owner"}', "web.oidc.roles.x"),
    "roles of no claim": ('roles = {x = "admin"}', "role_claim"),
}


@pytest.mark.parametrize(("line", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_and_no_secret_is_repeated(home, write, line, words):
    given = {key: f'{key} = "{value}"' for key, value in GOOD.items()}
    given.pop(line.partition(" ")[0], None)
    config = write("importer.toml", "\n".join(["[web.oidc]", *given.values(), line]))
    with pytest.raises(UsageError) as refused:
        load(config)
    assert words in str(refused.value)
    assert SECRET not in str(refused.value)


def test_the_file_of_a_folder_says_where_people_sign_in_only_where_it_was_allowed(home, write):
    lines = (f'{key} = "{value}"' for key, value in GOOD.items())
    write("importer.toml", "\n".join(["[web.oidc]", *lines]))
    with pytest.raises(UsageError, match=r"the page's oidc"):
        load()


def test_a_secret_that_is_not_set_is_said_before_anybody_is_let_in(monkeypatch):
    monkeypatch.delenv("PAGE_SECRET", raising=False)
    with pytest.raises(UsageError, match="PAGE_SECRET, which is empty"):
        demand_ready(OidcSettings(**GOOD, client_secret_env="PAGE_SECRET"))


@pytest.mark.parametrize(("claim", "refused"), [("groups", False), ("", True)])
def test_where_the_provider_gives_roles_nobody_need_have_been_added(claim, refused):
    web = WebSettings(oidc=OidcSettings(**GOOD, role_claim=claim))
    exposed = Exposure("192.0.2.7", certificate=True, web=web, anybody=False)
    if refused:
        with pytest.raises(UsageError, match="user add NAME"):
            exposed.refuse()
    else:
        exposed.refuse()


def test_without_a_provider_its_library_is_not_loaded():
    words = "import sys, importer.web.server; print('authlib' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", words], capture_output=True, check=True)
    assert ended.stdout == b"False\n"
