"""The encoding of a text file, proved on every byte."""

import pytest

from importer.errors import UnreadableInput
from importer.model import CellFault, Place
from importer.read import open_input
from importer.read.eight_bit import MIXED
from importer.read.encoding import examine_text
from importer.read.legacy_encoding import non_ascii_lines
from importer.spreadsheet import TextForm
from tests.read.build import (
    read,
    rows_of,
    text_file,
)

ENCODED = {
    "UTF-8": ("Größe,Ort\nß,Čapek\n", "utf-8", "UTF-8, comma, LF"),
    "UTF-8 with BOM": ("Größe,Ort\nß,x\n", "utf-8-sig", "UTF-8 with BOM, comma, LF"),
    "UTF-16 with BOM": ("Größe\tOrt\nß\tx\n", "utf-16", "UTF-16 LE with BOM, tab, LF"),
    "UTF-16 LE": ("Name;Ort\r\nx;y\r\n", "utf-16-le", "UTF-16 LE, semicolon, CRLF"),
    "UTF-16 BE": ("Name|Ort\nx|y\n", "utf-16-be", "UTF-16 BE, pipe, LF"),
    "western": (
        "Straße;Größe\r\nKöln – 5 €;é\r\n",
        "cp1252",
        "Windows-1252 (western Europe), semicolon, CRLF",
    ),
    "one accent": ("Name,Ort\nx,Köln\n", "cp1252", "Windows-1252 (western Europe), comma, LF"),
    "Cyrillic": (
        "Имя,Город\nИван Петров,Москва\nОльга Смирнова,Санкт-Петербург\n",
        "cp1251",
        "Windows-1251 (Cyrillic), comma, LF",
    ),
    "Polish": (
        "Nazwa,Opis\nŻółw,Zażółć gęślą jaźń\nŁódź,święto państwa\n",
        "cp1250",
        "Windows-1250 (central Europe), comma, LF",
    ),
    "Japanese": (
        "名前,説明\n東京,日本の首都です\n大阪,商業の都市\n",
        "cp932",
        "Shift-JIS (Japanese, Windows), comma, LF",
    ),
}


@pytest.mark.parametrize(("text", "encoding", "guess"), ENCODED.values(), ids=ENCODED)
def test_an_encoding_is_recognised_and_described(tmp_path, text, encoding, guess):
    path = text_file(tmp_path / "names.csv", text, encoding)
    found = open_input(path)
    assert found.guess == guess
    separator = found.dialect.delimiter
    assert rows_of(found.sheets[0]) == [line.split(separator) for line in text.splitlines()]


def test_a_legacy_byte_far_down_the_file_is_seen(tmp_path):
    """The encoding is proved on the whole file, not on its beginning."""
    lines = ["Name,Ort", *["x,y"] * 500_000, "z,Köln"]
    path = text_file(tmp_path / "late.csv", "\n".join(lines), "cp1252")
    last = rows_of(open_input(path).sheets[0], first_row=len(lines))
    assert last == [["z", "Köln"]]


def test_a_broken_byte_in_utf8_is_refused_with_its_line(tmp_path):
    path = text_file(tmp_path / "broken.csv", "a,b\nä,ö\nü,é\n".encode() + b"x,\xff\n")
    with pytest.raises(
        UnreadableInput, match=r"broken\.csv: line 4 holds bytes that are not UTF-8"
    ):
        open_input(path)


def test_bytes_that_contradict_the_byte_order_mark_are_refused(tmp_path):
    path = text_file(tmp_path / "half.csv", "a,b\n".encode("utf-16") + b"x")
    with pytest.raises(UnreadableInput, match="not UTF-16 LE"):
        open_input(path)


@pytest.mark.parametrize("size", [1, 2, 64])
def test_a_lone_error_is_found_however_the_file_is_read(tmp_path, monkeypatch, size):
    monkeypatch.setattr("importer.read.legacy_encoding.BLOCK", size)
    path = text_file(tmp_path / "error.csv", "a,b\nx,#¿NOMBRE?\n")
    assert read(path)[1] == ["x", CellFault("error_text", "#¿NOMBRE?")]


def test_mac_and_dos_are_recognised_and_named_as_people_name_them(tmp_path):
    text = "Größe;für Käufer\nStraße;schön\n"
    for codec, name in {
        "mac-roman": "Mac Roman (western Europe)",
        "cp850": "DOS (western Europe, code page 850)",
    }.items():
        found = open_input(text_file(tmp_path / f"{codec}.csv", text, codec))
        assert found.guess == f"{name}, semicolon, LF"
        assert rows_of(found.sheets[0])[0] == ["Größe", "für Käufer"]


@pytest.mark.parametrize(
    "named", ["mac-roman", "macintosh", "MacRoman", "mac", "Mac-Roman", " mac_roman "]
)
def test_a_named_encoding_goes_before_the_guess(tmp_path, named):
    path = text_file(tmp_path / "t.csv", "a;b\nKöln;5\n", "mac-roman")
    found = open_input(path, TextForm(named))
    assert rows_of(found.sheets[0])[1] == ["Köln", "5"]
    assert list(found.sheets[0].findings(lambda row, column: None)) == []


@pytest.mark.parametrize(
    ("content", "named", "words"),
    [
        (b"a;b\nK\x9aln;5\n", "utf-8", r"line 2 holds bytes that are not UTF-8"),
        (b"a;b\nx;\x81\n", "cp1252", r"line 2 holds bytes that are not Windows-1252"),
        (b"a;b\n", "klingon", r"no encoding called klingon"),
        (b"a;b\n", "rot13", r"no encoding called rot13"),
        (b"a;b\n", "hex", r"no encoding called hex"),
        (b"a;b\n", "idna", r"no encoding called idna"),
    ],
)
def test_an_encoding_that_does_not_fit_is_refused(tmp_path, content, named, words):
    with pytest.raises(UnreadableInput, match=words):
        open_input(text_file(tmp_path / "t.csv", content), TextForm(named))


@pytest.mark.parametrize("named", ["utf-16", "utf-16-le", "UTF-16LE"])
def test_utf16_may_be_named_with_and_without_a_mark(tmp_path, named):
    marked = text_file(tmp_path / "m.csv", "a,b\nä,1\n", "utf-16")
    bare = text_file(tmp_path / "b.csv", "a,b\nä,1\n", "utf-16-le")
    for path in (marked, bare):
        assert rows_of(open_input(path, TextForm(named)).sheets[0]) == [["a", "b"], ["ä", "1"]]


@pytest.mark.parametrize("tail", [b"\xe9\n", b"\n\xe9\n", b"x" * 1_000_000 + b"\xe9"])
def test_detection_goes_once_over_a_line_however_long(tmp_path, tail):
    """Three megabytes without a line end: work with the square of that would never end."""
    path = text_file(tmp_path / "long.csv", b"a,b\n1," + b"x" * 3_000_000 + tail)
    assert examine_text(path).encoding == "cp1252"
    assert len(non_ascii_lines(path)) < 10_000


def test_the_sample_holds_every_letter_and_no_plain_lines(tmp_path):
    text = "plain\n" * 1000 + "Köln\nplain\r\nGröße\rplain"
    path = text_file(tmp_path / "t.csv", text, "cp1252")
    assert non_ascii_lines(path).decode("cp1252") == "Köln\nGröße\r"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_named_encoding_is_not_for_a_file_that_proves_to_be_in_another(tmp_path, encoding):
    """`--encoding` counts for every file of a command, and some of them may need none."""
    path = text_file(tmp_path / "t.csv", "a;b\nKöln;5\n", encoding)
    sheet = open_input(path, TextForm("mac-roman")).sheets[0]
    assert rows_of(sheet)[1] == ["Köln", "5"]
    [said] = sheet.findings(lambda row, column: Place(sheet.name, row, column))
    assert (said.code, said.severity) == ("guessed_encoding", "info")
    assert "--encoding mac-roman counts for files that prove nothing" in said.message


EAST_ASIAN = [
    ("建物", "cp932", True),
    ("東京", "cp932", True),
    ("営業部", "cp932", True),
    ("建物", "euc_jp", False),
    ("北京", "gb18030", True),
    ("서울 본사", "cp949", True),
    ("樓層", "big5", True),
]


@pytest.mark.parametrize(("text", "codec", "shown"), EAST_ASIAN)
def test_few_characters_of_east_asia_are_read_with_a_warning(tmp_path, text, codec, shown):
    path = text_file(tmp_path / "t.csv", f"Name,Text\n{text},x\n", codec)
    sheet = open_input(path).sheets[0]
    [said] = sheet.findings(lambda row, column: Place(sheet.name, row, column))
    assert said.severity == "warning"
    assert not shown or f"`{text}`" in said.message
    assert "windows-1252" not in said.message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_chinese_in_utf16_without_a_mark_is_read(tmp_path, encoding):
    text = "Name,描述\n一会计,企业会计制度，预算与一般核算\n总账,一切\n"
    found = open_input(text_file(tmp_path / "t.csv", text, encoding))
    assert rows_of(found.sheets[0]) == [line.split(",") for line in text.splitlines()]


def test_words_of_two_scripts_make_a_guess_a_warning(tmp_path):
    raw = b"Name,Text\nx,abc\xde\xc0\xe2de f\xfe\xf1g\n"
    sheet = open_input(text_file(tmp_path / "t.csv", raw)).sheets[0]
    [said] = sheet.findings(lambda row, column: Place(sheet.name, row, column))
    mixed = MIXED.search(said.value) is not None
    assert said.severity == "warning" or not mixed
