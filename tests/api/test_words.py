"""Messages are said in Python: calls and keywords, rows by position."""

import pytest

from importer.api.words import in_python, of_frame


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Wrong? --encoding windows-1252", 'Wrong? encoding="windows-1252"'),
        ("with --encoding, for example mac-roman", "with encoding=, for example mac-roman"),
        ("--report and --in-place exclude", "report= and in_place=True exclude"),
        ("--set region=EU: no.", 'set={"region": "EU"}: no.'),
        ("--set zone=...", 'set={"zone": "..."}'),
        ("--sheet 'My sheet=KIND'", 'sheet="My sheet=KIND"'),
        ("see `importer plan`, then say --allow-mass-change.",
         "see `api.plan(source)`, then say allow_mass_change=True."),
        ("`importer plan FILE --out 'a b'`", '`api.plan(source).save("a b")`'),
        ("First `importer resume 2026-ab`", 'First `api.resume("2026-ab")`'),
        ("`importer runs` lists, `importer runs 1 --approve`",
         '`api.runs()` lists, `api.approve("1")`'),
        ("`importer doctor --trust a.toml`", "`importer doctor --trust a.toml`"),
        ("Try again with a lower --rate.", "Try again with a lower rate=."),
        ("left as it is; name another with --out.", "left as it is; name another with out=."),
        ("a -- b, --unknown x", "a -- b, --unknown x"),
    ],
)  # fmt: skip
def test_a_flag_is_a_keyword_and_a_command_a_call(said, read):
    """What has no call is still the command of a terminal."""
    assert in_python(said) == read


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("as in row 3", "as in row 1"),
        ("Rows 2, 3 and 1,204", "Rows 0, 1 and 1,202"),
        ("`row 3` in row 5", "`row 3` in row 3"),
        ("`A` in B1", "`A` in column 1"),
        ("Column AA has no heading", "Column 26 has no heading"),
    ],
)
def test_a_row_of_a_frame_is_its_position(said, read):
    """What is quoted stays as it is."""
    assert of_frame(said) == read
