"""A folder of this machine as a source: what it holds, and what may be done with it."""

import os

import pytest

from importer.errors import UsageError
from importer.sources import (
    Limits,
    SourceChanged,
    SourceTooLarge,
    SourceUnreachable,
    local,
    open_source,
    placing,
)


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(b"first")
    return folder


@pytest.fixture
def kept(tmp_path):
    folder = tmp_path / "kept"
    folder.mkdir()
    return folder


def names(source, marker=""):
    return [file.name for file in source.files(marker)]


def test_a_glob_means_lists_and_none_of_the_files_beside_them(inbox, tmp_path):
    for name in ("~$a.xlsx", ".a.xlsx", "b.xlsx.part", "c.tmp", "a.result.xlsx", "a.undo (2).xlsx"):
        (inbox / name).touch()
    (inbox / "B.XLSX").touch()
    (inbox / "folder.xlsx").mkdir()
    assert names(open_source("inbox/*.xlsx", tmp_path)) == ["B.XLSX", "a.xlsx"]
    assert names(open_source("inbox/*", tmp_path)) == ["B.XLSX", "a.xlsx"]
    assert names(open_source("inbox/", tmp_path)) == ["B.XLSX", "a.xlsx"]


def test_any_depth_leaves_out_the_folders_of_reports_and_of_what_is_done(inbox, tmp_path):
    for folder in ("x/y", "reports", "done", ".git"):
        (inbox / folder).mkdir(parents=True)
        (inbox / folder / "b.csv").touch()
    source = open_source("inbox/**/*.csv", tmp_path, apart=["inbox/reports/", "inbox/done"])
    assert names(source) == ["x/y/b.csv"]


def test_a_name_with_signs_of_a_glob_is_that_file_where_there_is_one(inbox, tmp_path):
    (inbox / "a[1].xlsx").touch()
    (inbox / "a1.xlsx").touch()
    assert names(open_source("inbox/a[1].xlsx", tmp_path)) == ["a[1].xlsx"]
    assert names(open_source("inbox/a[12].xlsx", tmp_path)) == ["a1.xlsx"]


def test_a_name_that_is_no_text_can_be_shown_and_fetched(inbox, kept, tmp_path):
    (inbox / "a.xlsx").rename(os.fsdecode(os.fsencode(inbox) + b"/L\xe4rm.xlsx"))
    source = open_source("inbox/*.xlsx", tmp_path)
    (file,) = source.files()
    assert file.address == f"{inbox}/L?rm.xlsx"
    assert source.fetch(file, kept).name == "L_rm.xlsx"


def test_links_out_of_the_folder_and_what_is_no_file_are_left_out(inbox, tmp_path):
    (tmp_path / "secret.xlsx").write_bytes(b"secret")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.xlsx").touch()
    (inbox / "out.xlsx").symlink_to(tmp_path / "secret.xlsx")
    (inbox / "in.xlsx").symlink_to("a.xlsx")
    (inbox / "nowhere.xlsx").symlink_to("nothing")
    (inbox / "linked").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(inbox / "pipe.xlsx")
    assert names(open_source("inbox/**/*.xlsx", tmp_path)) == ["a.xlsx", "in.xlsx"]


def test_with_a_marker_only_files_that_have_one_are_there(inbox, tmp_path):
    (inbox / "b.xlsx").touch()
    (inbox / "b.xlsx.done").touch()
    assert names(open_source("inbox/*.xlsx", tmp_path), ".done") == ["b.xlsx"]


def test_a_file_is_fetched_whole_and_never_over_another(inbox, kept, tmp_path):
    source = open_source("inbox/*.xlsx", tmp_path)
    (file,) = source.files()
    assert [source.fetch(file, kept).name for _ in range(2)] == ["a.xlsx", "a (2).xlsx"]
    assert {path.read_bytes() for path in kept.iterdir()} == {b"first"}


def changed(inbox):
    (inbox / "a.xlsx").write_bytes(b"other")
    os.utime(inbox / "a.xlsx", ns=(1, 1))


@pytest.mark.parametrize("does", ["fetch", "move", "delete", "replace"])
@pytest.mark.parametrize("becomes", [changed, lambda inbox: (inbox / "a.xlsx").unlink()])
def test_a_file_that_is_no_longer_what_was_found_is_left_as_it_is(
    inbox, kept, tmp_path, does, becomes
):
    source = open_source("inbox/*.xlsx", tmp_path)
    (file,) = source.files()
    becomes(inbox)
    before = {path: path.read_bytes() for path in inbox.iterdir()}
    (tmp_path / "report").write_bytes(b"report")
    given = {"fetch": [kept], "move": ["done"], "delete": [], "replace": [tmp_path / "report"]}
    with pytest.raises(SourceChanged, match="has changed, or has gone"):
        getattr(source, does)(file, *given[does])
    assert {path: path.read_bytes() for path in inbox.iterdir()} == before
    assert list(kept.iterdir()) == []
    assert not any((tmp_path / "done").glob("*"))


def test_a_file_that_changes_while_it_is_fetched_is_refused(inbox, kept, tmp_path, monkeypatch):
    source = open_source("inbox/*.xlsx", tmp_path)
    (file,) = source.files()
    reading = local.pieces_of

    def written_meanwhile(stream):
        yield from reading(stream)
        changed(inbox)

    monkeypatch.setattr(local, "pieces_of", written_meanwhile)
    with pytest.raises(SourceChanged):
        source.fetch(file, kept)
    assert list(kept.iterdir()) == []


def test_a_file_beyond_the_limit_is_refused_before_and_while_it_comes(inbox, kept, tmp_path):
    source = open_source("inbox/*.xlsx", tmp_path, limits=Limits(file_bytes=4))
    (file,) = source.files()
    with pytest.raises(SourceTooLarge, match=r"a\.xlsx is larger than 4 bytes"):
        source.fetch(file, kept)
    assert list(kept.iterdir()) == []


def test_a_folder_with_too_much_in_it_is_refused(inbox, tmp_path):
    (inbox / "b.xlsx").touch()
    with pytest.raises(SourceTooLarge, match="more than 1 files and folders"):
        open_source("inbox/*", tmp_path, limits=Limits(entries=1)).files()


def test_what_is_put_or_moved_never_replaces_anything(inbox, tmp_path):
    (tmp_path / "done").mkdir()
    (tmp_path / "done" / "a.xlsx").write_bytes(b"earlier")
    source = open_source("inbox/*.xlsx", tmp_path)
    (file,) = source.files()
    assert source.put(inbox / "a.xlsx", "done/", "a.xlsx") == str(tmp_path / "done/a (2).xlsx")
    assert source.move(file, "done/") == str(tmp_path / "done/a (3).xlsx")
    assert (tmp_path / "done/a.xlsx").read_bytes() == b"earlier"
    assert (tmp_path / "done/a (3).xlsx").read_bytes() == b"first"
    assert list(inbox.iterdir()) == []


@pytest.mark.parametrize("links", ["links", "no links"])
def test_a_file_moves_where_there_are_no_links_too(inbox, tmp_path, monkeypatch, links):
    def refuse(*_names):
        raise OSError(95, "Operation not supported")

    if links == "no links":
        monkeypatch.setattr(placing.os, "link", refuse)
    source = open_source("inbox/*.xlsx", tmp_path)
    (file,) = source.files()
    source.move(file, str(tmp_path / "x" / "done"))
    assert [path.read_bytes() for path in (tmp_path / "x/done").iterdir()] == [b"first"]
    assert list(inbox.iterdir()) == []


def test_a_link_that_is_moved_becomes_a_file_and_its_file_stays(inbox, tmp_path):
    (inbox / "b.xlsx").symlink_to("a.xlsx")
    source = open_source("inbox/b.xlsx", tmp_path)
    (file,) = source.files()
    source.move(file, "done")
    assert (tmp_path / "done/b.xlsx").read_bytes() == b"first"
    assert [path.name for path in inbox.iterdir()] == ["a.xlsx"]


def test_a_new_version_that_comes_while_the_old_one_is_deleted_stays(inbox, tmp_path, monkeypatch):
    source = open_source("inbox/*.xlsx", tmp_path)
    (file,) = source.files()
    holding = local.held

    def after_a_new_version(path):
        changed(inbox)
        return holding(path)

    monkeypatch.setattr(local, "held", after_a_new_version)
    with pytest.raises(SourceChanged):
        source.delete(file)
    assert [(path.name, path.read_bytes()) for path in inbox.iterdir()] == [("a.xlsx", b"other")]


def test_a_report_is_put_whole_or_not_at_all(inbox, tmp_path, monkeypatch):
    source = open_source("inbox/*.xlsx", tmp_path)

    def broken_off(_stream):
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(placing, "pieces_of", broken_off)
    with pytest.raises(SourceUnreachable, match="No space left on device"):
        source.put(inbox / "a.xlsx", "reports", "a.xlsx")
    assert list((tmp_path / "reports").iterdir()) == []


def test_a_report_in_place_replaces_what_was_imported(inbox, tmp_path):
    source = open_source("inbox/*.xlsx", tmp_path)
    (file,) = source.files()
    (tmp_path / "report").write_bytes(b"report")
    assert source.replace(file, tmp_path / "report") == str(inbox / "a.xlsx")
    assert [(p.name, p.read_bytes()) for p in inbox.iterdir()] == [("a.xlsx", b"report")]


def test_a_folder_that_is_missing_and_a_kind_of_source_that_is_unknown_are_named(tmp_path):
    with pytest.raises(SourceUnreachable, match=r"nothing/.* there is no such file or folder"):
        open_source("nothing/*.xlsx", tmp_path).files()
    with pytest.raises(UsageError, match="gopher:// is no kind of source"):
        open_source("gopher://x/*.xlsx", tmp_path)
    with pytest.raises(UsageError, match="The source is empty"):
        open_source("", tmp_path)
