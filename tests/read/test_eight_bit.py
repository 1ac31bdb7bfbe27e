"""Encodings of eight bits are told apart by the words that they make."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.read.eight_bit import likeliest

WESTERN = [
    "Größe;für Käufer schön",
    "KÖLN;Größe",
    "Übertrag;5 % – „netto“ €",
    "Trésorerie;à l’été, naïf, Noël, déjà vu – «net»",
    "Bâtiment;hôpital;ça",
    "Año;más;niño;¿Qué?",
    "São Paulo;coração;ações",
    "Åre;Malmö;Växjö",
    "Größe;Straße\nà l’été;Noël",
]
OTHERS = {
    "Łódź;zażółć gęślą": ("cp1250", "iso8859-2", "cp852"),
    "Čapek;Příliš kůň": ("cp1250",),
    "Győr;árvíztűrő": ("cp1250", "mac-latin2"),
    "Müşteri adı;İstanbul;değer": ("cp1254",),
    "Налог;Сумма всех выплат": ("cp1251", "koi8-r", "cp866", "mac-cyrillic"),
    "Żółć;Łódź i Gdańsk\nŚwięto;Źródło święta": ("cp1250", "iso8859-2", "cp852"),
    "Société;Œuvre\nCœur;Prix 5 €": ("cp1252", "iso8859-15"),
    "Όνομα;Αθήνα": ("cp1253", "cp737"),
    "בניין;קומה ראשונה": ("cp1255",),
}


def held_by(text, codec):
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return None


@pytest.mark.parametrize("codec", ["cp1252", "mac-roman", "cp850"])
@pytest.mark.parametrize("text", WESTERN)
def test_windows_mac_and_dos_are_told_apart_in_the_west(text, codec):
    raw = held_by(text, codec)
    if raw is not None:
        assert raw.decode(likeliest(raw).encoding) == text


@pytest.mark.parametrize(("text", "codecs"), OTHERS.items(), ids=OTHERS)
def test_other_languages_are_read_in_their_own_encodings(text, codecs):
    for codec in codecs:
        assert text.encode(codec).decode(likeliest(text.encode(codec)).encoding) == text


@settings(max_examples=60)
@given(
    words=st.lists(
        st.sampled_from(["Müller", "Straße", "schön", "Käufer", "Größe", "Öl", "fünf"]),
        min_size=3,
        max_size=9,
    ).filter(lambda words: len(set(words)) > 2),
    codec=st.sampled_from(["cp1252", "mac-roman", "cp850"]),
)
def test_three_german_words_are_enough(words, codec):
    raw = ";".join(words).encode(codec)
    assert raw.decode(likeliest(raw).encoding) == ";".join(words)


def test_one_letter_alone_is_a_close_guess_that_names_the_other():
    found = likeliest("Köln".encode("mac-roman"))
    assert (found.encoding, found.close) == ("mac-roman", True)
    assert b"K\x9aln".decode(found.other) != "Köln"


def test_a_clear_guess_names_what_it_is_usually_taken_for():
    assert likeliest("Größe".encode("cp1252")).other == "mac-roman"
    assert likeliest("Größe;für Käufer".encode("mac-roman")).other == "cp1252"


@pytest.mark.parametrize(
    ("text", "codec"), [("名前;説明", "cp932"), ("용어;설명", "cp949"), ("اسم;مدينة", "cp1256")]
)
def test_what_makes_no_words_in_any_of_them_is_left_to_others(text, codec):
    assert likeliest(text.encode(codec)) is None


def test_words_of_two_scripts_are_never_a_clear_guess():
    found = likeliest("Pastatas;Žemė ąčęėįšųūž\nĒka;Ēkas apraksts".encode("cp1257"))
    assert found.close


def test_of_two_that_fit_alike_the_more_usual_one_is_likelier():
    found = likeliest("naïve naïve naïve".encode("cp1252"))
    assert (found.encoding, found.close) == ("cp1252", True)
