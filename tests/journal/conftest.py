"""A bench with an empty journal, on SQLite and on PostgreSQL."""

import pytest

from tests.pipeline.bench import bench
from tests.postgresql import PLACES, place

__all__ = ["bench"]


@pytest.fixture(params=PLACES)
def journal_place(request, tmp_path):
    return place(request, tmp_path)
