"""Places of a journal that has no tables yet, on SQLite and on PostgreSQL."""

import pytest

from tests.postgresql import PLACES, place


@pytest.fixture(params=PLACES)
def journal_place(request, tmp_path):
    return place(request, tmp_path, "database")
