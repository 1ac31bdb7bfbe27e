"""What is done each minute is done when a minute of the clock begins."""

import pytest

from importer.work.minutes import to_next


@pytest.mark.parametrize(("second", "wait"), [(0, 1), (1, 60), (20, 41), (59.5, 1.5)])
def test_the_next_look_is_a_second_after_the_next_full_minute(second, wait):
    assert to_next(1_800_000_000 + second) == pytest.approx(wait)
