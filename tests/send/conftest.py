"""Fixture of whole imports: a running sandbox and an empty journal in each database."""

import pytest

from tests.pipeline.bench import bench
from tests.postgresql import PLACES, place

__all__ = ["bench"]


@pytest.fixture(params=PLACES)
def journal_place(request, tmp_path):
    return place(request, tmp_path)
