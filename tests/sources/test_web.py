"""One file of a web server: known again by its tag, its time or its content, and only read."""

import threading
import tracemalloc

import pytest

from importer.errors import UsageError
from importer.sources import (
    Limits,
    ReadOnly,
    SourceChanged,
    SourceTooLarge,
    SourceUnreachable,
    open_source,
    whole_files,
)
from tests.sources.servers import web_server

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def web():
    with web_server() as (file, address):
        yield file, address


def source(web, path="/lists/a%20b.xlsx", **how):
    return open_source(web[1] + path, None, **how)


def test_a_file_with_a_tag_is_fetched_and_asked_for_again_without_its_content(web, kept):
    web[0].headers = {"ETag": '"one"', "Last-Modified": "Sun, 29 Nov 2026 20:00:00 GMT"}
    found = source(web)
    (file,) = whole_files(found, 5, "", lambda seconds: None).whole
    assert (file.name, file.size, file.mark) == ("a b.xlsx", 5, '"one"')
    assert file.modified.isoformat() == "2026-11-29T20:00:00+00:00"
    assert found.fetch(file, kept).read_bytes() == b"first"
    methods = [(method, headers.get("If-None-Match")) for method, headers in web[0].asked]
    assert methods == [("HEAD", None), ("HEAD", '"one"'), ("GET", None), ("HEAD", '"one"')]


@pytest.mark.parametrize("headers", [{"Last-Modified": "Sun, 29 Nov 2026 20:00:00 GMT"}, {}])
@pytest.mark.parametrize("head", [200, 403, 405])
def test_a_file_without_a_tag_is_known_by_its_time_or_its_content(web, kept, headers, head):
    web[0].headers, web[0].head_status = headers, head
    found = source(web)
    (file,), (again,) = found.files(), found.files()
    assert file == again
    assert found.fetch(file, kept).read_bytes() == b"first"
    web[0].content = b"second"
    (after,) = found.files()
    assert after.mark != file.mark


@pytest.mark.parametrize("tag", ['"one"', None])
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_file_that_is_no_longer_what_was_found_is_refused(web, kept, tag, when):
    def change():
        web[0].content, web[0].headers = b"other", {"ETag": '"two"'} if tag else {}

    web[0].headers = {"ETag": tag} if tag else {}
    found = source(web)
    (file,) = found.files()
    if when == "before":
        change()
    else:
        web[0].after_body = change
    with pytest.raises(SourceChanged):
        found.fetch(file, kept)
    assert list(kept.iterdir()) == []


def test_a_file_that_is_cut_off_is_not_kept(web, kept):
    found = source(web)
    web[0].headers = {"ETag": '"one"'}
    (file,) = found.files()
    web[0].cut = True
    with pytest.raises(SourceUnreachable):
        found.fetch(file, kept)
    assert list(kept.iterdir()) == []


def test_a_file_beyond_the_limit_is_refused_before_and_while_it_comes(web, kept):
    web[0].headers = {"ETag": '"one"'}
    found = source(web, limits=Limits(file_bytes=4))
    (file,) = found.files()
    with pytest.raises(SourceTooLarge):
        found.fetch(file, kept)
    web[0].headers = {}
    with pytest.raises(SourceTooLarge):
        found.files()
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "headers", "name"),
    [
        ("/x/a.csv?v=1", {}, "a.csv"),
        ("/export", {"Content-Type": XLSX}, "export.xlsx"),
        ("/", {"Content-Type": "text/csv; charset=utf-8"}, "file.csv"),
        ("/x", {"Content-Disposition": 'attachment; filename="L st.xlsx"'}, "L st.xlsx"),
        ("/x", {"Content-Disposition": "attachment; filename*=UTF-8''L%C3%A4rm.csv"}, "Lärm.csv"),
        ("/x", {"Content-Disposition": 'attachment; filename="../../etc/x.csv"'}, "x.csv"),
        ("/..%2F..%2Fy.csv", {}, "y.csv"),
    ],
)
def test_the_name_of_a_file_is_harmless(web, path, headers, name):
    web[0].headers = {"ETag": '"one"', **headers}
    assert [file.name for file in source(web, path).files()] == [name]


@pytest.mark.parametrize(
    ("status", "headers", "says"),
    [
        (401, {}, r"\.netrc"),
        (403, {}, r"\.netrc"),
        (404, {}, "no such file"),
        (503, {}, "status 503"),
        (200, {"Content-Type": "text/html; charset=utf-8"}, "a web page, not with a file"),
    ],
)
def test_an_answer_that_is_no_file_is_said_without_the_query(web, status, headers, says):
    web[0].status, web[0].headers = status, headers
    with pytest.raises(SourceUnreachable, match=says) as refused:
        source(web, "/a.xlsx?who=anna").files()
    assert "anna" not in str(refused.value)


def test_what_is_not_encrypted_is_only_fetched_from_here_unless_allowed(web):
    with pytest.raises(UsageError, match=r"http://example\.com is not encrypted"):
        open_source("http://example.com/a.xlsx", None)
    assert open_source("http://example.com/a.xlsx", None, allow_http=True).address
    web[0].status, web[0].headers = 302, {"Location": "http://example.com/a.xlsx"}
    with pytest.raises(UsageError, match=r"http://example\.com is not encrypted"):
        source(web).files()


def test_a_redirection_that_never_ends_is_said(web):
    web[0].status, web[0].headers = 302, {"Location": f"{web[1]}/again"}
    with pytest.raises(SourceUnreachable, match="redirects"):
        source(web).files()


def test_a_server_that_hangs_once_the_file_has_come_is_given_up(web, kept):
    """It is asked whether the file is the same still, and may drip its answer for ever."""
    file, ended = web[0], threading.Event()
    file.headers = {"ETag": '"one"'}
    found = source(web, limits=Limits(file_seconds=0.5, answer_seconds=30))
    (known,) = found.files()
    file.after_body = lambda: setattr(file, "before_answer", ended.wait)
    try:
        with pytest.raises(SourceUnreachable, match="in time"):
            found.fetch(known, kept)
    finally:
        ended.set()
    assert list(kept.iterdir()) == []


def test_nothing_can_be_written_there(web, tmp_path):
    web[0].headers = {"ETag": '"one"'}
    found = source(web)
    (file,) = found.files()
    assert not found.writable
    for does, given in (
        (found.put, [tmp_path, "reports", "a"]),
        (found.move, [file, "done"]),
        (found.delete, [file]),
        (found.replace, [file, tmp_path]),
    ):
        with pytest.raises(ReadOnly, match="only read: keep the file there"):
            does(*given)
    with pytest.raises(UsageError, match="no marker"):
        found.files(".done")


@pytest.mark.parametrize(
    "said",
    [
        {"Last-Modified": "Sun, 29 Nov 2026 20:00:00 GMT"},
        {"ETag": '"one"'},
        {"ETag": 'W/"one"'},
    ],
)
@pytest.mark.parametrize("to_head", [{"Content-Length": "0"}, {"ETag": '"one"'}])
def test_a_server_that_says_something_else_to_head_than_to_get_is_read(web, kept, said, to_head):
    web[0].headers = said
    web[0].to_head = {**said, **({} if "ETag" in to_head and "ETag" not in said else to_head)}
    found = source(web)
    (file,) = found.files()
    assert found.fetch(file, kept).read_bytes() == b"first"


def test_no_address_that_a_library_repeats_shows_its_query(web):
    web[0].status, web[0].headers = 302, {"Location": "http://127.0.0.1:9/x?grant=very-secret"}
    with pytest.raises(
        SourceUnreachable, match=r"no connection could be made; .* later"
    ) as refused:
        source(web, "/a.xlsx?who=anna").files()
    assert "very-secret" not in str(refused.value)
    web[0].headers = {"Location": "ftp://127.0.0.1/x?grant=very-secret"}
    with pytest.raises(SourceUnreachable, match="no address of the web") as refused:
        source(web).files()
    assert "very-secret" not in str(refused.value)


def test_a_server_outside_leads_to_none_inside(web, monkeypatch):
    monkeypatch.setenv("http_proxy", web[1])  # 8.8.8.8 is then our own server
    web[0].status, web[0].headers = 302, {"Location": "http://10.0.0.1/a.xlsx"}
    with pytest.raises(UsageError, match=r"8\.8\.8\.8 leads on to 10\.0\.0\.1, which is of this"):
        open_source("http://8.8.8.8/a.xlsx", None, allow_http=True).files()
    assert len(web[0].asked) == 1


def test_a_redirection_is_followed_without_reading_its_body(web, monkeypatch):
    web[0].content = b"x" * (64 << 20)
    web[0].status, web[0].headers = 302, {"Location": "/again"}
    tracemalloc.start()
    with pytest.raises(SourceUnreachable):
        source(web).files()
    assert tracemalloc.get_traced_memory()[1] < 32 << 20
    tracemalloc.stop()
