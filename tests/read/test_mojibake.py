"""Letters that were spoilt before: what they were, and what only looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importer.read.mojibake import may_be_spoilt, repaired

SPOILT = {
    "cp1252": ["GrÃ¶ÃŸe", "fÃ¼r KÃ¤ufer", "lâ€™Ã©tÃ©", "5â€“6", "Ð”Ð¾Ð¼"],
    "mac-roman": ["Gr√∂√üe", "l‚Äô√©t√©"],
    "cp850": ["Gr├Â├ƒe", "caf├®"],
    "cp1250": ["GrĂ¶Ăźe"],
    "cp1251": ["Р—РґР°РЅРёРµ", "Р­С‚Р°Р¶"],
}
WERE = {
    "cp1252": ["Größe", "für Käufer", "l’été", "5–6", "Дом"],
    "mac-roman": ["Größe", "l’été"],
    "cp850": ["Größe", "café"],
    "cp1250": ["Größe"],
    "cp1251": ["Здание", "Этаж"],
}


@pytest.mark.parametrize("codec", SPOILT)
def test_a_spoilt_text_is_shown_as_it_was(codec):
    assert [repaired(text) for text in SPOILT[codec]] == WERE[codec]


def test_a_text_that_was_spoilt_twice_is_repaired_twice():
    assert repaired("GrÃƒÂ¶e") == "Gröe"


@pytest.mark.parametrize(
    "text",
    [
        "Größe",
        "SÃO PAULO",
        "„Ä“",
        "ESPAÑ”",
        "café…”",
        "Âge",
        "ÀÉ",
        "Dvořák Łódź",
        "Привет",
        "СССР»",
        "РФ",
        "20 °C",
    ],
)
def test_what_people_write_is_not_spoilt(text):
    assert repaired(text) is None


@given(st.text("äöüßéèàçñáíóúåøÖÜ –’“”€abc", min_size=1, max_size=12))
def test_whatever_is_spoilt_is_repaired_and_no_sound_text_is(text):
    """UTF-8 read as Windows-1252, its unknown bytes kept as Windows keeps them."""
    spoilt = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode()
    )
    if spoilt != text:
        assert may_be_spoilt(spoilt)
        assert repaired(spoilt) == text
    assert repaired(text) is None
