"""Row numbers in words."""

import pytest

from importer.row_ranges import in_words


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([4], "row 4"),
        ([5, 4], "rows 4 to 5"),
        ([4, 9], "rows 4 and 9"),
        ([4, 5, 6, 9, 12], "rows 4 to 6, 9 and 12"),
        ([4, 4, 9], "rows 4 and 9"),
        (range(2, 20, 2), "rows 2, 4, 6, 8 and 5 more"),
        ([*range(4, 3002), 4000], "rows 4 to 3001 and 4000"),
    ],
)
def test_rows_are_named_in_ranges_and_many_are_counted(rows, words):
    assert in_words(rows) == words
