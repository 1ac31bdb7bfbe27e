"""The template that most tests of mapping share."""

from __future__ import annotations

import pytest

from tests.mapping.build import OPEN, template
from tests.mapping.things import THING, THINGS


@pytest.fixture
def things(tmp_path):
    return template(tmp_path, THINGS, group=OPEN, thing=THING)
