"""The report inside a text file: three more fields on each record, every old byte as it was."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.errors import ReportNotWritten
from importer.model import Status
from tests.report.build import dialect, finding, layout, report, result


@pytest.fixture
def written(tmp_path):
    """Write the report of these bytes and give its bytes back."""

    def write(content, results=(), findings=(), table=None, form=None):
        source = tmp_path / "terms.csv"
        source.write_bytes(content)
        layouts = [table or layout("terms", width=1)]
        return report(source, None, layouts, results, findings, dialect=form).read_bytes()

    return write


def row(number, status=Status.CREATED, message="", identity=""):
    return result(number, status, message, identity, sheet="terms")


HEADINGS = b"import_status,import_message,import_id"


GOLDEN = {
    "fields are appended before each line end": (
        b"Term,Owner\r\na,b\r\n",
        b"Term,Owner,import_status,import_message,import_id\r\na,b,created,,g2\r\n",
    ),
    "a missing final newline stays missing": (
        b"Term\na",
        b"Term,import_status,import_message,import_id\na,created,,g2",
    ),
    "each record keeps its own line end": (
        b"Term\r\na\rb\nc",
        b"Term,import_status,import_message,import_id\r\na,created,,g2\rb,,,\nc,,,",
    ),
    "a short record is filled up first": (
        b"Term,Owner,Tag\na\n",
        b"Term,Owner,Tag,import_status,import_message,import_id\na,,,created,,g2\n",
    ),
    "a long record pushes the columns to the right": (
        b"Term\na,b,c\nd\n",
        b"Term,,,import_status,import_message,import_id\na,b,c,created,,g2\nd,,,,,\n",
    ),
    "a quoted line end does not end a record": (
        b'Term\n"a\n""b"\n',
        b'Term,import_status,import_message,import_id\n"a\n""b",created,,g2\n',
    ),
    "odd quoting is kept": (
        b'Term,X\n"a"b , c"d\n',
        b'Term,X,import_status,import_message,import_id\n"a"b , c"d,created,,g2\n',
    ),
    "a quote left open is closed before our fields": (
        b'Term\n"a\nb\n',
        b'Term,import_status,import_message,import_id\n"a\nb\n",created,,g2',
    ),
    "blank records stay blank": (
        b"Term\na\n\n \nb\n",
        b"Term,import_status,import_message,import_id\na,created,,g2\n\n \nb,,,\n",
    ),
    "a file that quotes all its fields gets quoted ones": (
        b'"Term"\n"a"\n',
        b'"Term","import_status","import_message","import_id"\n"a","created","","g2"\n',
    ),
    "an earlier report is overwritten where it stands": (
        b'import_id,Term, Import_Status ,"import_message"\nold,"a,b",invalid,"x, y"\n',
        b'import_id,Term,import_status,import_message\ng2,"a,b",created,\n',
    ),
    "an earlier report's columns may be short or incomplete": (
        b"import_status,Term\n\nx\n,b\n",
        b"import_status,Term,import_message,import_id\ncreated,,,g2\n,,,\n,b,,\n",
    ),
}


@pytest.mark.parametrize("case", GOLDEN)
def test_golden(written, case):
    before, after = GOLDEN[case]
    assert written(before, [row(2, identity="g2")]) == after


def test_bytes_that_are_no_text_in_the_files_encoding_are_kept(written):
    content = b"Term\n\xff\x00\x81\xfe\n"
    assert written(content) == b"Term," + HEADINGS + b"\n\xff\x00\x81\xfe,,,\n"


def test_title_rows_and_a_delimiter_line_are_not_touched(written):
    content = b"sep=;\nOur terms;;\nTerm;Owner\na;b\n"
    after = written(content, [row(4)], table=layout("terms", header=3, width=2))
    assert after.split(b"\n") == [
        b"sep=;",
        b"Our terms;;",
        b"Term;Owner;import_status;import_message;import_id",
        b"a;b;created;;",
        b"",
    ]


def test_an_id_stays_where_the_new_report_has_none(written):
    first = written(b"Term\na\n", [row(2, identity="g")])
    assert written(first, [row(2, Status.INVALID)]).endswith(b"\na,invalid,,g\n")


def test_findings_are_in_the_message_on_one_line(written):
    findings = [
        finding(2, sheet="terms", message="no such owner", suggestion="jane"),
        finding(2, 0, "twice,\nas in row 9", sheet="terms"),
    ]
    after = written(b"Term\na\n", [row(2, Status.INVALID, "Not sent.")], findings)
    message = "Not sent. Owners: no such owner. Suggestion: jane; twice,; as in row 9"
    assert list(csv.reader(io.StringIO(after.decode())))[1] == ["a", "invalid", message, ""]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x"])
def test_text_of_ours_never_becomes_a_formula(written, text):
    after = written(b"Term\na\n", [row(2, Status.REJECTED, text, text)])
    assert after.endswith(f"\na,rejected,'{text},'{text}\n".encode())


def test_what_the_encoding_cannot_hold_becomes_a_question_mark(written):
    after = written("Térm\ná\n".encode("cp1252"), [row(2, message="é漢€")], form=dialect("cp1252"))
    assert after.endswith("\ná,created,é?€,\n".encode("cp1252"))


def test_without_quotes_a_delimiter_in_our_text_is_a_blank(written):
    form = dialect(delimiter="\t", quotechar="")
    after = written(b'Te"rm\tX\n"a\tb\n', [row(2, message='x\ty "z"')], form=form)
    assert after.endswith(b'\n"a\tb\tcreated\tx y "z"\t\n')


@pytest.mark.parametrize("content", ["Térm;x\na;é,b,c,d\n", "Term\tx\n", "Term|x\n", "Term,x\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_without_a_dialect_it_is_found_in_the_file(written, content, encoding):
    delimiter = next(letter for letter in ";\t|," if letter in content)
    after = written(content.encode(encoding)).decode(encoding)
    assert after.startswith(content.split("\n")[0] + delimiter + "import_status" + delimiter)


def test_a_file_without_a_table_is_copied_as_it_is(tmp_path):
    source = tmp_path / "x.csv"
    source.write_bytes(b"anything\r\n\xff")
    assert report(source, None, []).read_bytes() == b"anything\r\n\xff"


def test_a_file_cut_in_the_middle_of_a_character_is_no_traceback(written):
    with pytest.raises(ReportNotWritten, match=r"out\.csv could not be written: .*truncated data"):
        written("Term\na\n".encode("utf-16") + b"x")


CODECS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])


LETTERS = st.sampled_from("ab1é ,;\t|\"'\n\r=")


ROWS = st.lists(st.lists(st.text(LETTERS, max_size=6), max_size=5), max_size=6)


@st.composite
def files(draw):
    """The records a csv writer makes, their line ends, how they were written, and the bytes."""
    delimiter, quoting = draw(st.sampled_from(",;\t|")), draw(st.sampled_from([0, 1]))
    rows = [["H1", "H2"], *draw(ROWS)]
    raws, ends = [], []
    for fields in rows:
        sink = io.StringIO()
        csv.writer(sink, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerow(
            fields
        )
        raws.append(sink.getvalue().removesuffix("\r\n"))
        ends.append(draw(st.sampled_from(["\n", "\r\n"])))
    ends[-1] = draw(st.sampled_from(["\n", "\r\n", ""])) if raws[-1] else ends[-1]
    return rows, raws, ends, delimiter, quoting, draw(CODECS)


@settings(max_examples=150)
@given(file=files())
def test_without_our_three_fields_the_original_bytes_remain(tmp_path_factory, file):
    rows, raws, ends, delimiter, quoting, codec = file
    source = tmp_path_factory.mktemp("law") / "terms.csv"
    content = "".join(raw + end for raw, end in zip(raws, ends, strict=True))
    source.write_bytes(content.encode(codec))
    width, mark = max(len(fields) for fields in rows), '"' if quoting else ""
    results = [row(n, identity=f"g{n}") for n, raw in enumerate(raws, 1) if n > 1 and raw.strip()]
    reported = {each.row: ("created", "", each.id) for each in results}
    reported[1] = ("import_status", "import_message", "import_id")
    expected = ""
    for number, (fields, raw, end) in enumerate(zip(rows, raws, ends, strict=True), 1):
        ours = (f"{mark}{text}{mark}" for text in reported.get(number, ()))
        gap = delimiter * (width - max(len(fields), 1))
        added = gap + delimiter + delimiter.join(ours) if number in reported else ""
        expected += raw + added + end
    form = dialect(codec, delimiter)
    first = report(source, None, [layout("terms", width=1)], results, dialect=form)
    assert first.read_bytes() == expected.encode(codec)
    again = report(first, first, [layout("terms", width=1)], results, dialect=form)
    assert again.read_bytes() == expected.encode(codec), "a second report changes nothing"
