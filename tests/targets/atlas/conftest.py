"""A target of Apache Atlas: the sandbox, or the server that ATLAS_TEST_URL names.

That server has the types of tests/atlas and the user `admin` with the password `admin`.
"""

import os
import uuid

import pytest

from importer.targets import systems
from tests.targets.atlas.build import asset, made
from tests.targets.build import glossary, settings

REAL = os.environ.get("ATLAS_TEST_URL", "")
OPTIONS = {} if REAL else {"index_lag": 0}


@pytest.fixture(scope="session")
def atlas(request):
    """One target for all tests."""
    if REAL:
        connection = settings(REAL, "admin", user="admin")
    else:
        connection = settings(request.getfixturevalue("box").url, user="admin")
    target = systems()["atlas"].open(connection, OPTIONS)
    yield target
    target.close()


@pytest.fixture
def name():
    """A name of each test's own."""
    return f"importer-{uuid.uuid4()}"


@pytest.fixture
def anchor(atlas, name):
    return made(atlas, glossary(name))


@pytest.fixture
def table(atlas, name):
    qualified_name = f"{name}-table"
    return qualified_name, made(atlas, asset("sample_table", qualified_name))
