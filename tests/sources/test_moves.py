"""Whatever is moved and put: no content is lost, none is doubled, and each folder is read once."""

import os
import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from hypothesis import given, settings
from hypothesis import strategies as st

from importer.sources import SourceChanged
from importer.sources.names import candidates
from tests.sources.places import Folder, Memory

NAMES = st.sampled_from(["a.xlsx", "A.xlsx", "a (2).xlsx", "b c.csv", "ä.csv", "a\u0308.csv"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), NAMES),
        st.tuples(st.sampled_from(["move", "put", "overwrite and move"]), NAMES),
    ),
    max_size=12,
)


def memory(_folder):
    fs = MemoryFileSystem()
    fs.store.clear()
    fs.makedirs("/store", exist_ok=True)
    return Memory(fs, "/store")


def found(source, name):
    return next((file for file in source.files() if file.name == name), None)


@pytest.mark.parametrize("place_in", [Folder, memory])
@given(steps=STEPS)
@settings(max_examples=40)
def test_no_content_is_ever_lost_or_doubled(place_in, steps):
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "place")
        (folder / "in").mkdir(parents=True)
        place, expected = place_in(folder), {}
        place.write("in/none.txt", b"none")
        source = place.open("in/*[xc]s[lv]*")
        for number, (step, name) in enumerate(steps):
            content = f"content {number}".encode()
            file = found(source, name)
            if step == "write":
                place.write(f"in/{name}", content)
                expected[name] = content
            elif step == "put":
                (Path(temporary) / "report").write_bytes(content)
                source.put(Path(temporary) / "report", "done", name)
                expected[number] = content
            elif file is not None and step == "move":
                source.move(file, "done")
                expected[number] = expected.pop(name)
            elif file is not None:
                place.write(f"in/{name}", content + b" more")
                expected[name] = content + b" more"
                with pytest.raises(SourceChanged):
                    source.move(file, "done")
        assert Counter(place.content().values()) == Counter([*expected.values(), b"none"])


def test_a_folder_with_more_than_a_thousand_files_is_read_once(tmp_path, at_sftp, monkeypatch):
    for number in range(1_200):
        at_sftp.write(f"inbox/{number}.xlsx", b"")
    listings = []
    source, scanned = at_sftp.open("inbox/*.xlsx"), os.scandir
    listed = source.store.listed
    monkeypatch.setattr(
        source.store, "listed", lambda folder: listings.append(folder) or listed(folder)
    )
    monkeypatch.setattr(source.store, "known", None)
    assert len(source.files()) == 1_200
    assert listings == ["/inbox"]
    monkeypatch.setattr(os, "scandir", lambda path: listings.append(path) or scanned(path))
    assert len(Folder(at_sftp.folder).open("inbox/*.xlsx").files()) == 1_200
    assert listings == ["/inbox", str(at_sftp.folder / "inbox")]


def test_the_next_free_number_is_taken(at_memory):
    for name in ("a.xlsx", "a (2).xlsx", "a (4).xlsx"):
        at_memory.write(f"done/{name}", b"earlier")
    at_memory.write("in/a.xlsx", b"new")
    source = at_memory.open("in/*")
    assert source.move(*source.files(), "done") == "memory:///store/done/a (3).xlsx"


def test_a_name_that_is_taken_a_hundred_times_is_found_with_one_listing(at_memory, monkeypatch):
    for name in islice(candidates("a.xlsx"), 100):
        at_memory.write(f"done/{name}", b"earlier")
    at_memory.write("in/a.xlsx", b"new")
    source, listings = at_memory.open("in/*"), []
    (file,) = source.files()
    listed = source.store.listed
    monkeypatch.setattr(source.store, "listed", lambda path: listings.append(path) or listed(path))
    assert source.move(file, "done") == "memory:///store/done/a (101).xlsx"
    assert listings == ["/store/done"]


@pytest.mark.parametrize("where", ["s3", "sftp"])
def test_a_name_that_somebody_takes_meanwhile_is_left_to_him(request, where, tmp_path, monkeypatch):
    place = request.getfixturevalue(f"at_{where}")
    place.write("in/a.xlsx", b"new")
    place.write("done/a.xlsx", b"his")
    source = place.open("in/*")
    exists, free = source.store._exists, [True]
    monkeypatch.setattr(
        source.store, "_exists", lambda path: not free.pop() if free else exists(path)
    )
    (tmp_path / "report").write_bytes(b"report")
    address = source.put(tmp_path / "report", "done", "a.xlsx")
    assert address.endswith("done/a (2).xlsx")
    assert place.content()["done/a.xlsx"] == b"his"
