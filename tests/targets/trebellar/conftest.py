"""A building of each test's own in the shared sandbox."""

import uuid

import pytest


@pytest.fixture
def name():
    return f"Building {uuid.uuid4()}"
