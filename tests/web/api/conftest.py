"""A page that is served, with programs of people of each role: each has a token."""

import secrets

import pytest

from importer.people import tokens
from tests.web.api.programs import ADMIN, Program


@pytest.fixture
def program(web):
    """Makes the program of somebody."""

    def of(name):
        return Program(web.url, tokens.add(web.site.store, ADMIN, name, secrets.token_hex(4)))

    return of


@pytest.fixture
def ida(program):
    """The program of ida, an importer."""
    return program("ida")
