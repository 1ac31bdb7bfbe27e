"""A running sandbox and an empty journal in, a bench that runs whole imports out."""

import pytest

from tests.pipeline.bench import bench, box
from tests.postgresql import database, postgresql

__all__ = ["bench", "box", "database", "postgresql"]


@pytest.fixture
def journal_place(tmp_path):
    return str(tmp_path / "journal.db")
