"""What may be read: paths, open files, DataFrames; and what is refused, in which words."""

import io
import tempfile

import pandas as pd
import pytest

from importer import api
from tests.api.files import write_csv


def wrong(source, **more):
    """The places of what is not allowed in a source."""
    found = api.check(source, **more).findings.query("code == 'not_allowed'")
    return found[["file", "row"]].values.tolist()


def test_a_path_may_be_a_text_or_a_path(home, terms):
    """Both mean the same file."""
    path = write_csv(home, terms)
    assert wrong(path) == wrong(str(path)) == [["Terms.csv", 3]]


def test_an_open_file_is_read_under_its_own_name(home, terms):
    """In bytes or as text, from where it stands; it stays open."""
    path = write_csv(home, terms)
    with path.open("rb") as bytes_, path.open(encoding="utf-8") as text:
        assert wrong(bytes_) == wrong(text) == [["Terms.csv", 3]]
        assert not bytes_.closed


def test_a_file_in_memory_is_known_by_its_content(terms):
    """It has no name: a workbook is a workbook, the rest is text."""
    book = io.BytesIO()
    terms.to_excel(book, index=False, sheet_name="Terms")
    book.seek(0)
    text = io.StringIO(terms.to_csv(index=False))
    assert wrong(book) == [["file.xlsx", 3]]
    assert wrong(text) == [["file.csv", 3]]


def test_several_files_in_memory_are_told_apart(terms):
    """They are numbered in their order."""
    one, other = (io.StringIO(terms.to_csv(index=False)) for _ in range(2))
    assert api.check([one, other]).findings["file"].drop_duplicates().tolist() == [
        "file.csv",
        "file2.csv",
    ]


def test_an_open_file_called_like_another_is_refused_by_that_name(home, terms):
    """Nothing is said of where its copy was."""
    path = write_csv(home, terms)
    with path.open("rb") as file, pytest.raises(api.ImporterError) as raised:
        api.check([path, file])
    assert str(raised.value).startswith("2 files are called Terms.csv: rename one")


def test_an_open_text_keeps_its_letters():
    """It was decoded already, whatever an encoding would make of its bytes."""
    found = api.check(io.StringIO("Glossary,Term,Certificate\nÄrzte,Größe,Żółć\n"))
    assert "Żółć" in found.findings["value"].tolist()


def test_several_sources_are_one_workbook(home, sheets):
    """A file and a DataFrame, say: what one refers to may be in the other."""
    path = write_csv(home, sheets["Glossaries"], "Glossaries.csv")
    found = api.check([path, {"Terms": sheets["Terms"]}])
    assert found.findings["code"].tolist() == ["not_allowed"]


def test_a_copy_of_an_open_file_is_gone_after_the_call(home, terms, monkeypatch):
    """Nothing of it stays in the folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(home / "t"))
    (home / "t").mkdir()
    api.check(io.StringIO(terms.to_csv(index=False)))
    assert list((home / "t").iterdir()) == []


class Lake:
    """What another library calls a table."""

    def to_pandas(self):
        """Make a DataFrame."""


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ([], "There is nothing to read"),
        ({}, "There is no DataFrame in the mapping."),
        ({"Terms": "terms.xlsx"}, "The sheet Terms is of the type str, not a DataFrame."),
        ({3: pd.DataFrame()}, "3 is no name of a sheet"),
        (3, "What is given is of the type int"),
        (Lake(), "its `to_pandas()` makes a DataFrame"),
        ([pd.DataFrame(), pd.DataFrame()], "Give several DataFrames by the names of their sheets"),
        ([{"A": pd.DataFrame()}, {"B": pd.DataFrame()}], "by the names of their sheets, as one"),
        ("none.xlsx", "none.xlsx: there is no such file."),
        (".", "is a folder"),
        ("a\0b.csv", "a\\u0000b.csv has a NUL byte in its name"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(source, words):
    """One class of exceptions, with a text for people."""
    with pytest.raises(api.ImporterError) as raised:
        api.check(source)
    assert words in str(raised.value)


def test_a_file_open_for_writing_is_refused(home):
    """Python's own words say why, ours what to give."""
    with (
        (home / "out.csv").open("w") as file,
        pytest.raises(api.ImporterError, match=r'cannot be read \(.*\): give one .* "rb"'),
    ):
        api.check(file)


def test_what_a_file_is_not_has_no_flags_in_its_words(home, terms):
    """The way out is a keyword, with the name of the flag."""
    with pytest.raises(api.ImporterError) as raised:
        api.check(terms, delimiter=";")
    assert str(raised.value).startswith("delimiter= is for text files such as CSV")
