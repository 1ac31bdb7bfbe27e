"""A page that is served, with one person of each role."""

import pytest

from importer.people import Role
from tests.web.served import serving

PEOPLE = {"ann": Role.ADMIN, "ida": Role.IMPORTER, "vic": Role.VIEWER}


@pytest.fixture
def web(home):
    """A page over HTTP; nobody has a password, which takes time to hash."""
    with serving() as served:
        for name, role in PEOPLE.items():
            served.add(name, role, password=None)
        yield served
