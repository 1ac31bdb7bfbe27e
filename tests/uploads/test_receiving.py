"""What is uploaded is kept where nobody guesses it, or refused with a sentence."""

import io
import stat

import pytest

from importer.uploads import NoSuchUpload, NotNow, UploadRefused, UploadState
from importer.uploads.files import harmless, plain
from tests.uploads.desk import Desk
from tests.uploads.lists import FINE


def test_an_upload_waits_to_be_checked_under_a_name_that_nobody_guesses(idle):
    name = idle.receive(*FINE)
    upload = idle.uploads.get(name)
    assert len(name) >= 22
    assert (upload.owner, upload.state, upload.target) == ("ada", UploadState.CHECKING, "sandbox")
    assert [file.name for file in upload.files] == ["Glossaries.csv", "Terms.csv"]
    assert upload.files[0].size == len(FINE[0][1])


def test_files_are_for_their_owner_only(idle):
    idle.receive(*FINE)
    paths = list(idle.settings.folder.rglob("*"))
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_file()] == [0o600] * 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths if path.is_dir()} == {0o700}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("terms.csv", "terms.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\terms.xlsx", "terms.xlsx"),
        ("..", "file."),
        (".hidden.csv", "hidden.csv"),
        ("a\0b\n.csv", "a_b_.csv"),
        ("Größen 2026 (neu).csv", "Größen 2026 (neu).csv"),
        ("x" * 300 + ".csv", "x" * 100 + ".csv"),
        ("表" * 200 + ".csv", "表" * 33 + ".csv"),
        ("", "file"),
        ("-rf.csv", "-rf.csv"),
    ],
)
def test_a_file_keeps_its_name_as_far_as_that_is_harmless(given, kept):
    assert harmless(given) == kept


def test_two_files_of_one_name_are_two(idle):
    upload = idle.uploads.get(idle.receive(("a.csv", b"x"), ("A.csv", b"y")))
    assert [(file.name, file.stored) for file in upload.files] == [
        ("a.csv", "a.csv"),
        ("A.csv", "A (2).csv"),
    ]


@pytest.mark.parametrize(
    ("files", "chosen", "words"),
    [
        ([], {}, "There is no file"),
        ([("a.csv", b"x")] * 3, {}, "At most 2 files"),
        (FINE, {"template": "atlan-glosary"}, "Did you mean atlan-glossary"),
        (FINE, {"template": "/etc"}, "no template called /etc"),
        (FINE, {"target": "sandbx"}, "Did you mean sandbox"),
        (FINE, {"target": "atlan"}, "no target called atlan"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(home, files, chosen, words):
    with Desk(home, most_files=2) as desk:
        with pytest.raises(UploadRefused, match=words) as refused:
            desk.receive(*files, **chosen)
        assert not refused.value.too_large
        assert desk.uploads.mine() == []
        assert not list(desk.settings.folder.rglob("*"))


def test_what_is_too_large_is_refused_before_it_is_read_to_its_end(home):
    stream = io.BytesIO(b"x" * (5 << 20))
    with Desk(home, most_bytes=1 << 20) as desk:
        with pytest.raises(UploadRefused, match="too large") as refused:
            desk.uploads.receive("ada", [("big.csv", stream)])
        assert refused.value.too_large
        assert stream.tell() < 2 << 20
        assert not list(desk.settings.folder.rglob("*"))


def test_an_upload_that_is_not_there_is_said_to_be_not_there(idle):
    for act in (idle.uploads.get, idle.uploads.causes, idle.uploads.tabs, idle.uploads.fixes):
        with pytest.raises(NoSuchUpload):
            act("nothing")


def test_everybody_has_their_own_uploads(idle):
    first, second = idle.receive(*FINE), idle.receive(*FINE)
    idle.by = "bob"
    other = idle.receive(*FINE)
    assert [one.name for one in idle.uploads.mine("ada")] == [second, first]
    assert [one.name for one in idle.uploads.mine()] == [other, second, first]


def test_what_is_not_planned_is_not_imported(idle):
    name = idle.receive(*FINE)
    for act in (
        idle.uploads.plan,
        idle.uploads.start_import,
        idle.uploads.undo,
        idle.uploads.resume,
    ):
        with pytest.raises(NotNow):
            act(name, "ada")


def test_the_name_of_a_file_cannot_turn_the_direction_of_reading():
    assert plain("terms\u202excod\x07.x\nlsx") == "termsxcod.x lsx"
