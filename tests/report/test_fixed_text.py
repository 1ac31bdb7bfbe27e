"""What a person fixed in a text file: the same bytes but for the fixed fields."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.read import open_input
from importer.report.fixed import CellFix, FixRefused, write_fixed
from importer.spreadsheet import TextForm
from tests.report.build import dialect

HEAD = "name,owner\n"


def fixed(folder, data, *fixes, form=None):
    """The bytes of a text file of these bytes with fixes, each row, column and value."""
    source = folder / "terms.csv"
    source.write_bytes(data)
    out = folder / "fixed.csv"
    cells = [CellFix("any", *fix) for fix in fixes]
    assert write_fixed(source, out, cells, form or open_input(source).dialect) == out
    return out.read_bytes()


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a,b\n", "new", "a,new\n"),
        ('"a","b"\n', "new", '"a","new"\n'),
        ('a,"b"\n', "", 'a,""\n'),
        ("a,b\r\n", "x,y", 'a,"x,y"\r\n'),
        ("a,b\r\n", 'say "x"', 'a,"say ""x"""\r\n'),
        ("a,b\r\n", "two\r\nlines", 'a,"two\nlines"\r\n'),
        ("a,b", "new", "a,new"),
        ("a\n", "new", "a,new\n"),
        ("\n", "new", ",new\n"),
        ("a\n", "", "a\n"),
        ("a,b\n", "=1+1", "a,'=1+1\n"),
        ("a,b\n", "-5", "a,-5\n"),
        ("a,b\n", "#N/A", "a,'#N/A\n"),
        ("a,b\n", "007", "a,007\n"),
        ('"a, b",b\n', "new", '"a, b",new\n'),
        ('"a\nb",b\n', "new", '"a\nb",new\n'),
        ('"a ""x""",b,c\n', "new", '"a ""x""",new,c\n'),
    ],
)
def test_only_the_bytes_of_the_field_change_and_it_is_quoted_as_it_was(
    tmp_path, before, value, after
):
    data = f"{HEAD}{before}z,z\n" if before.endswith("\n") else f"{HEAD}{before}"
    done = fixed(tmp_path, data.encode(), (2, 2, value), form=dialect())
    assert done.decode() == data.replace(HEAD + before, HEAD + after)


def test_a_field_that_was_not_there_is_quoted_where_the_file_quotes_all(tmp_path):
    done = fixed(tmp_path, b'"name","owner"\n"a"\n', (2, 2, "new"))
    assert done == b'"name","owner"\n"a","new"\n'


@pytest.mark.parametrize(
    ("encoding", "bom"), [("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("cp1252", b"")]
)
def test_encoding_mark_and_line_ends_are_kept(tmp_path, encoding, bom):
    lines = ["Begriff;Größe", "Käse;süß", "Öl;groß", "Straße;schön"]
    data = bom + "\r\n".join(lines).encode(encoding)
    done = fixed(tmp_path, data, (3, 2, "größer"))
    assert done == bom + "\r\n".join(lines).replace("Öl;groß", "Öl;größer").encode(encoding)


def test_blanks_before_a_quote_stay(tmp_path):
    form = dialect()
    spaced = type(form)(**{**{k: getattr(form, k) for k in form.__slots__}, "spaced": True})
    done = fixed(tmp_path, b'a, "b"\nc, "d, e"\n', (2, 2, "x"), form=spaced)
    assert done == b'a, "b"\nc, "x"\n'


def test_a_letter_that_the_encoding_does_not_have_is_refused(tmp_path):
    words = "written in cp1252, which cannot hold `日` in the new text of any!B2"
    with pytest.raises(FixRefused, match=words):
        fixed(tmp_path, "a,b\nc,é\n".encode("cp1252"), (2, 2, "日"), form=dialect("cp1252"))


@pytest.mark.parametrize(("value", "what"), [("a;b", "`;`"), ("a\nb", "a line break")])
def test_what_would_divide_a_cell_of_a_file_without_quotes_is_refused(tmp_path, value, what):
    with pytest.raises(FixRefused, match=f"no quotation marks .* has {what} in it"):
        fixed(tmp_path, b"a;b\nc;d\n", (2, 2, value), form=dialect(delimiter=";", quotechar=""))


@pytest.mark.parametrize(
    ("row", "words"), [(9, "no row 9: it ends with row 2"), (1, "Row 1 of the file says how")]
)
def test_a_row_that_holds_no_cells_is_refused(tmp_path, row, words):
    with pytest.raises(FixRefused, match=words):
        fixed(tmp_path, b"sep=;\na;b\n", (row, 1, "x"), form=dialect(delimiter=";"))


def test_a_file_in_which_letters_hold_the_byte_of_a_comma_is_left_alone(tmp_path):
    data = "名前,値\nガ,ギ\n".encode("iso2022_jp")
    with pytest.raises(FixRefused, match="Row 2 of the file would not read as it should"):
        fixed(tmp_path, data, (2, 2, "x"), form=dialect("iso2022_jp"))


FIELD = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
    | st.sampled_from("\n\",;\t'=-#"),
    max_size=6,
)
TABLE = st.lists(st.lists(FIELD, min_size=2, max_size=4), min_size=2, max_size=6)
FIXES = st.dictionaries(st.tuples(st.integers(1, 6), st.integers(1, 5)), FIELD, max_size=5)


def rows_of(path, form):
    named = TextForm(form.encoding, form.delimiter, form.quotechar)
    (sheet,) = open_input(path, named).sheets
    return {
        (chunk.first_row + down, column): getattr(cell, "text", cell)
        for chunk in sheet.chunks(1)
        for down, row in enumerate(chunk.rows)
        for column, cell in enumerate(row, 1)
        if cell != ""
    }


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLE, FIXES, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_fixed_file_reads_as_before_but_for_the_fixes(tmp_path, table, fixes, sign, end, all_):
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if all_ else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=sign, lineterminator=end, quoting=quoting).writerows(table)
    source, out = tmp_path / "terms.csv", tmp_path / "fixed.csv"
    source.write_bytes(text.getvalue().encode())
    form = dialect(delimiter=sign)
    here = {at: value for at, value in fixes.items() if at[0] <= len(table)}
    write_fixed(source, out, [CellFix("", *at, value) for at, value in here.items()], form)
    expected = {at: value for at, value in rows_of(source, form).items() if at not in here}
    expected |= {at: value for at, value in here.items() if value.strip()}
    assert rows_of(out, form) == expected
