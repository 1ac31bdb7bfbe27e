"""A running sandbox and an empty journal on each database in, a bench that imports out."""

import pytest

from tests.pipeline.bench import bench
from tests.postgresql import PLACES, place

__all__ = ["bench"]


@pytest.fixture(params=PLACES)
def journal_place(request, tmp_path):
    return place(request, tmp_path)
