"""A running sandbox and an empty journal on each database in, a bench that imports out."""

import pytest

from tests.pipeline.bench import bench, box
from tests.postgresql import PLACES, database, place, postgresql

__all__ = ["bench", "box", "database", "postgresql"]


@pytest.fixture(params=PLACES)
def journal_place(request, tmp_path):
    return place(request, tmp_path)
