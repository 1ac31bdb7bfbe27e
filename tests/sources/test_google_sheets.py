"""A spreadsheet of Google, read by gspread from a server that speaks the two calls."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import requests
from openpyxl import load_workbook

from importer.errors import UsageError
from importer.sources import Limits, SourceChanged, SourceTooLarge, SourceUnreachable, open_source
from importer.sources.google_sheets import ADDRESS, GoogleSheet
from importer.sources.google_values import Sheet, Spreadsheet

ID = "1AbC_d-e"
ROWS = [["Term", "Code", "Valid"], ["=1+1", "007", True], [], ["#N/A", 1.5, ""], [2**40]]


class Sheets(BaseHTTPRequestHandler):
    """Answers the two calls: what sheets there are, and what stands in some of them."""

    def do_GET(self):
        said = self.server.said
        address = urlsplit(self.path)
        said.asked.append(unquote(address.path))
        if said.status != 200:
            return self._send(said.status, {"error": {"code": said.status, "message": "no"}})
        if not address.path.endswith("/values:batchGet"):
            grid = {"rowCount": 1000, "columnCount": 26}
            titles = [{"title": title, "gridProperties": grid} for title in said.sheets]
            sheets = [{"properties": one} for one in (*titles, {"title": "A chart"})]
            return self._send(200, {"properties": {"title": said.title}, "sheets": sheets})
        asked = parse_qs(address.query)
        assert asked["valueRenderOption"] == ["UNFORMATTED_VALUE"]
        names = [one[1:-1].replace("''", "'") for one in asked["ranges"]]
        ranges = [
            {"range": n, **({"values": said.sheets[n]} if said.sheets[n] else {})} for n in names
        ]
        return self._send(200, {"valueRanges": ranges})

    def _send(self, status, said):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_args):
        """Say nothing."""


class Said:
    def __init__(self):
        self.title, self.status, self.asked = "Glossary: 2026", 200, []
        self.sheets = {"Terms": ROWS, "Anna's list": []}


class ToHere(requests.adapters.HTTPAdapter):
    """Sends what is meant for Google to a server of this machine."""

    def __init__(self, address):
        super().__init__()
        self.address = address

    def send(self, request, *args, **how):
        request.url = request.url.replace("https://sheets.googleapis.com", self.address)
        return super().send(request, *args, **how)


@contextmanager
def server():
    serving = ThreadingHTTPServer(("127.0.0.1", 0), Sheets)
    serving.said = Said()
    thread = threading.Thread(target=serving.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield serving.said, f"http://127.0.0.1:{serving.server_port}"
    finally:
        serving.shutdown()
        serving.server_close()
        thread.join(10)


@pytest.fixture
def google():
    with server() as (said, address), requests.Session() as session:
        session.mount("https://sheets.googleapis.com", ToHere(address))
        yield said, lambda **how: GoogleSheet(ID, Limits(**how), lambda: session)


def test_a_spreadsheet_is_a_workbook_of_its_values(google, kept):
    _said, source = google
    (file,) = source().files()
    assert (file.name, file.address) == ("Glossary_ 2026.xlsx", f"{ADDRESS}{ID}")
    book = load_workbook(source().fetch(file, kept))
    assert book.sheetnames == ["Terms", "Anna's list"]
    rows = [[cell.value for cell in row] for row in book["Terms"].iter_rows()]
    assert rows == [
        ["Term", "Code", "Valid"],
        ["=1+1", "007", True],
        [None, None, None],
        ["#N/A", 1.5, None],
        [2**40, None, None],
    ]
    assert [book["Terms"][place].data_type for place in ("A2", "B2", "A4")] == ["s", "s", "e"]


def test_each_look_is_two_requests_however_many_sheets_there_are(google):
    said, source = google
    said.sheets = {f"Sheet {number}": ROWS for number in range(40)}
    source().files()
    assert said.asked == [f"/v4/spreadsheets/{ID}", f"/v4/spreadsheets/{ID}/values:batchGet"]


def test_a_spreadsheet_that_has_changed_since_it_was_found_is_refused(google, kept):
    said, source = google
    found = source()
    (file,), (same,) = found.files(), found.files()
    assert file == same
    said.sheets = {"Terms": [*ROWS, ["one more"]]}
    with pytest.raises(SourceChanged):
        found.fetch(file, kept)
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize(
    ("status", "says"), [(403, "share it with"), (404, "share it with"), (429, "status 429")]
)
def test_what_google_refuses_is_said_with_the_way_out(google, status, says):
    said, source = google
    said.status = status
    with pytest.raises(SourceUnreachable, match=says):
        source().files()


def test_a_spreadsheet_with_too_many_cells_is_not_fetched(google):
    said, source = google
    with pytest.raises(SourceTooLarge, match="52,000 cells"):
        source(file_bytes=5_000_000).files()
    assert len(said.asked) == 1


def test_without_credentials_the_variable_is_named(home, monkeypatch):
    for name in ("GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    with pytest.raises(UsageError, match="GOOGLE_APPLICATION_CREDENTIALS"):
        open_source(f"gsheets://{ID}", home).files()


@pytest.mark.parametrize(
    "address",
    [
        f"gsheets://{ID}",
        f"{ADDRESS}{ID}",
        f"{ADDRESS}{ID}/edit?usp=sharing#gid=0",
        f"{ADDRESS}{ID}/",
    ],
)
def test_the_address_that_a_browser_shows_names_a_spreadsheet(tmp_path, address):
    assert isinstance(open_source(address, tmp_path), GoogleSheet)


def test_a_published_file_is_one_of_the_web_and_no_id_is_refused(tmp_path):
    published = open_source(f"{ADDRESS}{ID}/export?format=csv", tmp_path)
    assert published.address == f"{ADDRESS}{ID}/export"
    with pytest.raises(UsageError, match="names no spreadsheet"):
        open_source("gsheets://a/b", tmp_path)


def test_titles_that_no_workbook_takes_are_made_such_as_it_takes_each_once(tmp_path):
    titles = ["a/b", "a:b", "A_B", "x" * 40, "x" * 35, "", "'"]
    Spreadsheet("t", [Sheet(title, False, []) for title in titles]).write(tmp_path / "b.xlsx")
    names = load_workbook(tmp_path / "b.xlsx").sheetnames
    assert names[:3] == ["a_b", "a_b (2)", "A_B (3)"]
    assert all(0 < len(name) <= 31 for name in names)
    assert len({name.casefold() for name in names}) == len(titles)


def test_a_text_longer_than_a_cell_takes_is_said_and_not_cut(tmp_path):
    sheet = Sheet("Terms", False, [["x" * 32_768]])
    with pytest.raises(UsageError, match=r"Terms, row 1, has 32,768 characters"):
        Spreadsheet("t", [sheet]).write(tmp_path / "b.xlsx")
