"""Characters that nobody sees are found anywhere, and taken out of headings and off the ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.invisible import INVISIBLE, escaped, holds_invisible, visible, without_invisible_ends

TEXTS = st.text(alphabet=st.sampled_from(["a", "\u00e9", " ", "\u00a0", "\n", *INVISIBLE]))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("\u200bCash flow\u2060", "Cash flow"),
        ("\ufeff\ufeffLedger", "Ledger"),
        ("\u202aC:\\reports\u202c", "C:\\reports"),
        (" \u200b text\u00ad ", "  text "),
        ("\u200b", ""),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\u200c",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\u2764\ufe0f", "\u2764\ufe0f"),
    ],
)
def test_the_ends_lose_what_nobody_sees_and_keep_their_blanks(text, left):
    assert without_invisible_ends(text) == left


def test_inside_a_heading_nothing_invisible_is_left():
    assert visible("\ufeffCert\u00adificate\u200b mes\u200dsage") == "Certificate message"


@given(TEXTS)
def test_a_text_without_invisible_characters_is_kept(text):
    if not holds_invisible(text):
        assert visible(text) == without_invisible_ends(text) == text


@given(TEXTS)
def test_what_is_left_begins_and_ends_visibly_and_is_left_alone_the_second_time(text):
    left = without_invisible_ends(text)
    assert not holds_invisible((left.strip() or " ")[0] + (left.strip() or " ")[-1])
    assert without_invisible_ends(left) == left
    assert visible(left) == visible(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cash flow", "Cash flow"),
        ("\u6f22 \u00e9\ttext\n", "\u6f22 \u00e9\ttext\n"),
        ("\u001b[2Jgone", r"\u001b[2Jgone"),
        ("over\rwritten", r"over\u000dwritten"),
        ("invoice\u202excod.exe", r"invoice\u202excod.exe"),
        ("a\u2067b\u2069\u200fc", r"a\u2067b\u2069\u200fc"),
        ("a\u2028b\u0085c\u007f", r"a\u2028b\u0085c\u007f"),
    ],
)
def test_what_could_pretend_to_be_another_name_is_shown_escaped(text, shown):
    assert escaped(text) == shown
