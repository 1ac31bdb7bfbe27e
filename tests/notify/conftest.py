import pytest

from tests.notify.receiver import Receiver


@pytest.fixture
def receiver():
    with Receiver() as one:
        yield one
