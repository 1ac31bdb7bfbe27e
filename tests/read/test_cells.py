"""Numbers as a format shows them."""

import pytest

from importer.read.cells import zero_padded


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (0, "000", "000"),
        (1234, "000", "1234"),
        (-7, "000", "-007"),
        (123456789, "000-00-0000", "123-45-6789"),
        (12345678901, "000-00-0000", "12345-67-8901"),
    ],
)
def test_padding_never_loses_a_digit(number, pattern, shown):
    assert zero_padded(number, pattern) == shown
