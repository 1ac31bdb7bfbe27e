"""What holds of every source that can be written to, on this machine and on real servers."""

import pytest

from importer.sources import Limits, SourceChanged, SourceTooLarge

ODD_NAMES = ["50 %20 [x].xlsx", "Lärm ☃ 'a'.xlsx", "a b#1?.xlsx", "a+b&c=d;e...xlsx"]


def test_a_glob_names_lists_and_each_can_be_fetched(place, kept):
    for name in ("~$a.xlsx", "b.xlsx.part", "a.result.xlsx", "sub/c.xlsx", "d.csv"):
        place.write(f"inbox/{name}", b"x")
    source = place.open("inbox/*.xlsx")
    (file,) = source.files()
    assert (file.name, file.size) == ("a.xlsx", 5)
    assert file.address.endswith("/inbox/a.xlsx")
    assert source.fetch(file, kept).read_bytes() == b"first"


def test_any_depth_leaves_out_what_stands_apart(place):
    place.write("inbox/x/y/b.xlsx", b"x")
    place.write("inbox/done/c.xlsx", b"x")
    source = place.open("inbox/**/*.xlsx", apart=["inbox/done/"])
    assert [file.name for file in source.files()] == ["a.xlsx", "x/y/b.xlsx"]


def test_a_marker_says_which_files_are_whole(place):
    place.write("inbox/b.xlsx", b"x")
    place.write("inbox/b.xlsx.done", b"")
    assert [file.name for file in place.open("inbox/*").files(".done")] == ["b.xlsx"]


def test_files_of_any_name_are_fetched_moved_and_reported_on(place, kept):
    for name in ODD_NAMES:
        place.write(f"inbox/{name}", name.encode())
    place.remove("inbox/a.xlsx")
    source = place.open("inbox/*")
    files = source.files()
    assert [file.name for file in files] == sorted(ODD_NAMES)
    for file in files:
        fetched = source.fetch(file, kept)
        assert (fetched.parent, fetched.read_bytes()) == (kept, file.name.encode())
        source.move(file, "done")
    source.put(fetched, "reports", files[-1].name)
    content = place.content()
    assert sorted(content.values()) == sorted(n.encode() for n in [*ODD_NAMES, files[-1].name])
    assert {path.split("/")[0] for path in content} == {"done", "reports"}


def test_a_file_that_is_the_same_keeps_its_mark_and_another_gets_its_own(place):
    source = place.open("inbox/*.xlsx")
    (before,), (same,) = source.files(), source.files()
    place.write("inbox/a.xlsx", b"second")
    (after,) = source.files()
    assert before == same
    assert before.mark != after.mark


@pytest.mark.parametrize("does", ["fetch", "move", "delete", "replace"])
@pytest.mark.parametrize("becomes", ["another", "nothing"])
def test_a_file_that_is_no_longer_what_was_found_is_left_as_it_is(
    place, kept, tmp_path, does, becomes
):
    source = place.open("inbox/*.xlsx")
    (file,) = source.files()
    if becomes == "another":
        place.write("inbox/a.xlsx", b"second")
    else:
        place.remove("inbox/a.xlsx")
    before = place.content()
    (tmp_path / "report").write_bytes(b"report")
    given = {"fetch": [kept], "move": ["done"], "delete": [], "replace": [tmp_path / "report"]}
    with pytest.raises(SourceChanged, match=r"inbox/a\.xlsx has changed, or has gone"):
        getattr(source, does)(file, *given[does])
    assert place.content() == before
    assert list(kept.iterdir()) == []


def test_what_is_put_or_moved_never_replaces_anything(place, kept):
    place.write("done/a.xlsx", b"earlier")
    source = place.open("inbox/*.xlsx")
    (file,) = source.files()
    fetched = source.fetch(file, kept)
    assert source.put(fetched, "done/", "a.xlsx").endswith("/done/a (2).xlsx")
    assert source.move(file, "done/").endswith("/done/a (3).xlsx")
    assert place.content() == {
        "done/a.xlsx": b"earlier",
        "done/a (2).xlsx": b"first",
        "done/a (3).xlsx": b"first",
    }


def test_a_file_is_deleted(place):
    source = place.open("inbox/*.xlsx")
    source.delete(*source.files())
    assert place.content() == {}


def test_a_report_in_place_replaces_what_was_imported(place, tmp_path):
    source = place.open("inbox/*.xlsx")
    (file,) = source.files()
    (tmp_path / "report").write_bytes(b"report")
    assert source.replace(file, tmp_path / "report") == file.address
    assert place.content() == {"inbox/a.xlsx": b"report"}


def test_names_lead_nowhere_else(place, kept):
    source = place.open("inbox/*.xlsx")
    (file,) = source.files()
    fetched = source.fetch(file, kept)
    source.put(fetched, "reports", "../../../../escaped.xlsx")
    assert set(place.content()) == {"inbox/a.xlsx", "reports/escaped.xlsx"}


def test_a_file_beyond_the_limit_is_refused(place, kept):
    source = place.open("inbox/*.xlsx", limits=Limits(file_bytes=4))
    (file,) = source.files()
    with pytest.raises(SourceTooLarge, match=r"a\.xlsx is larger than 4 bytes"):
        source.fetch(file, kept)
    assert list(kept.iterdir()) == []


def test_a_folder_with_too_much_in_it_is_refused(place):
    place.write("inbox/b.xlsx", b"x")
    with pytest.raises(SourceTooLarge, match="more than 1 files and folders"):
        place.open("inbox/*.xlsx", limits=Limits(entries=1)).files()


def test_a_folder_that_is_empty_has_no_files(place):
    place.remove("inbox/a.xlsx")
    assert place.open("inbox/*.xlsx").files() == []
