"""A glossary and a table of each test's own in the shared sandbox."""

import uuid

import pytest

from tests.targets.atlan.build import TABLE, made, table
from tests.targets.build import glossary


@pytest.fixture
def name():
    """A glossary of each test's own."""
    return f"Glossary {uuid.uuid4()}"


@pytest.fixture
def anchor(atlan, name):
    return made(atlan, glossary(name))


@pytest.fixture
def orders(atlan):
    qualified_name = f"{TABLE}/{uuid.uuid4()}"
    return qualified_name, made(atlan, table(qualified_name))
