"""Stores that fail: nothing half done stays, and a sentence says what is wrong and the way out."""

import socket

import pytest

from importer.errors import UsageError
from importer.sources import (
    Limits,
    SourceChanged,
    SourceUnreachable,
    local,
    open_source,
    store,
)
from tests.sources.servers import AnyUser, Cut


def test_a_file_that_changes_while_it_is_fetched_is_refused(place, kept, monkeypatch):
    source = place.open("inbox/*.xlsx")
    (file,) = source.files()
    reading = store.pieces_of

    def written_meanwhile(stream):
        yield from reading(stream)
        place.write("inbox/a.xlsx", b"second")

    for module in (local, store):
        monkeypatch.setattr(module, "pieces_of", written_meanwhile)
    with pytest.raises(SourceChanged):
        source.fetch(file, kept)
    assert list(kept.iterdir()) == []


def test_a_file_that_grows_beyond_the_limit_while_it_comes_is_refused(place, kept, monkeypatch):
    source = place.open("inbox/*.xlsx", limits=Limits(file_bytes=5))
    (file,) = source.files()
    for module in (local, store):
        monkeypatch.setattr(module, "pieces_of", lambda stream: iter([b"first", b"more"]))
    with pytest.raises((SourceChanged, UsageError)):
        source.fetch(file, kept)
    assert list(kept.iterdir()) == []


def test_an_upload_that_is_cut_off_leaves_nothing_under_its_name(at_sftp, tmp_path):
    at_sftp.write("inbox/a.xlsx", b"first")
    (tmp_path / "report").write_bytes(b"x" * 1_000_000)
    source = at_sftp.open("inbox/*.xlsx")
    (file,) = source.files()
    with Cut.after(300_000), pytest.raises(SourceUnreachable, match="cannot be used"):
        source.put(tmp_path / "report", "reports", "a.xlsx")
    with Cut.after(300_000), pytest.raises(SourceUnreachable, match="cannot be used"):
        at_sftp.open("inbox/*.xlsx").replace(file, tmp_path / "report")
    seen = {name: len(content) for name, content in at_sftp.content().items()}
    assert seen.pop("inbox/a.xlsx") == 5
    assert all(name.endswith(".part") for name in seen)
    assert [file.name for file in at_sftp.open("inbox/*").files()] == ["a.xlsx"]


def test_a_file_that_comes_while_another_is_moved_away_stays(at_sftp, monkeypatch):
    """A new version that arrives between the look and the rename goes back where it was."""
    at_sftp.write("inbox/a.xlsx", b"first")
    source = at_sftp.open("inbox/*.xlsx")
    (file,) = source.files()
    renaming = source.store._rename

    def after_a_new_version(path, to):
        if path.endswith("inbox/a.xlsx"):
            at_sftp.write("inbox/a.xlsx", b"second")
        renaming(path, to)

    monkeypatch.setattr(source.store, "_rename", after_a_new_version)
    for does, given in ((source.move, ["done"]), (source.delete, [])):
        with pytest.raises(SourceChanged):
            does(file, *given)
        assert at_sftp.content() == {"inbox/a.xlsx": b"second"}


def test_a_host_whose_key_is_not_known_is_refused(at_sftp, home):
    (home / ".ssh/known_hosts").write_text("")
    before = len(AnyUser.connected)
    with pytest.raises(UsageError, match=r"key of the host 127\.0\.0\.1 is not .*known_hosts"):
        at_sftp.open("inbox/*").files()
    assert all(user is None for user in AnyUser.names[before:])


def test_a_wrong_password_is_said_without_showing_it(at_sftp, monkeypatch):
    monkeypatch.setenv("IMPORTER_SFTP_PASSWORD", "wr0ng")
    with pytest.raises(SourceUnreachable, match="credentials that are set") as refused:
        at_sftp.open("inbox/*").files()
    assert "wr0ng" not in str(refused.value)


def test_a_folder_that_is_not_there_is_named(at_sftp, at_s3):
    with pytest.raises(SourceUnreachable, match=r"/nothing/\* cannot be used: there is no such"):
        at_sftp.open("nothing/*").files()
    with pytest.raises(SourceUnreachable, match=r"s3://nobucket/in/\* cannot be used: there is no"):
        open_source("s3://nobucket/in/*", at_s3).files()


def test_a_server_that_says_nothing_does_not_hold_up_the_night(home):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"sftp://anna@127.0.0.1:{silent.getsockname()[1]}/in/*"
        with pytest.raises(SourceUnreachable, match="did not answer in time"):
            open_source(address, home, limits=Limits(answer_seconds=0.2)).files()


def test_a_server_that_is_not_there_is_named(home):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    with pytest.raises(SourceUnreachable, match=f"127.0.0.1:{port}/in/. cannot be used: "):
        open_source(f"sftp://127.0.0.1:{port}/in/*", home).files()


def test_credentials_that_s3_refuses_are_no_traceback(at_s3, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    source = open_source("s3://b/in/*", at_s3, limits=Limits(answer_seconds=59))
    with pytest.raises(SourceUnreachable, match="s3://b/in"):
        source.files()
