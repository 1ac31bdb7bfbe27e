"""The template that the tests of order share."""

from __future__ import annotations

import pytest

from tests.order.build import trees


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return trees(tmp_path_factory.mktemp("trees"))
