"""Fixture of whole imports: a running sandbox and an empty journal in SQLite."""

import pytest

from tests.pipeline.bench import bench

__all__ = ["bench"]


@pytest.fixture
def journal_place(tmp_path):
    return str(tmp_path / "journal.db")
