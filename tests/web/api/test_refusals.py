"""What cannot be done is refused with a status and a sentence, and nothing is done."""

import socket
import threading
from types import SimpleNamespace

import pytest

from importer.web.api import uploads
from tests.uploads.test_planning import MANY, described, sent
from tests.web.api.programs import MISTAKEN, TERMS

PLACE = {"file": "Terms.csv", "sheet": "Terms", "cell": "C2"}


def test_an_import_that_is_begun_twice_is_done_once(ida):
    """Of many requests at once one begins it; the others are told where it stands."""
    name = ida.upload(*MISTAKEN)
    ida.post(f"/uploads/{name}/plan")
    ida.until(name)
    answers = []

    def begin():
        answers.append(ida.ask("POST", f"/uploads/{name}/import", json={}))

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status_code for one in answers) == [202, 409, 409, 409]
    done = ida.until(name)
    error = ida.refused(409, "POST", f"/uploads/{name}/import", json={})
    assert (error["state"], error["run"]) == ("imported", done["run"])
    assert error["message"].endswith(".")
    assert ida.get("/runs")["total"] == 1


def test_a_fix_of_what_was_not_seen_is_refused_with_what_stands_there(ida):
    """A 409 says what the cell holds by now; a cause of an earlier version is refused too."""
    name = ida.upload(*MISTAKEN)
    at = f"/uploads/{name}"
    version = ida.get(f"{at}/causes")["version"]
    made = ida.post(f"{at}/fixes", **PLACE, old="VERIFID", new="DRAFT")
    assert made["cells"] == 1
    late = {**PLACE, "old": "VERIFID", "new": "VERIFIED"}
    error = ida.refused(409, "POST", f"{at}/fixes", json=late)
    assert error["now"] == "DRAFT"
    ida.until(name)
    stale = {"cause": 1, "version": version}
    ida.refused(409, "POST", f"{at}/suggestions", json=stale)
    [fix] = ida.get(f"{at}/fixes")["fixes"]
    assert (fix["cell"], fix["old"], fix["new"], fix["by"]) == ("C2", "VERIFID", "DRAFT", "ida")
    ida.delete(f"{at}/fixes/{fix['fix']}")
    ida.until(name)
    [fix] = ida.get(f"{at}/fixes")["fixes"]
    assert fix["undone_by"] == "ida"


def test_a_suggestion_is_taken_for_a_whole_cause_and_undone_at_once(ida):
    """One bunch; an import of a plan made for another version is refused."""
    name = ida.upload(*MISTAKEN)
    at = f"/uploads/{name}"
    found = ida.get(f"{at}/causes")
    taken = ida.post(f"{at}/suggestions", cause=1, version=found["version"])
    assert (taken["cells"], ida.until(name)["counts"]["invalid"]) == (1, 0)
    ida.post(f"{at}/plan")
    ida.until(name)
    ida.refused(409, "POST", f"{at}/import", json={"version": found["version"]})
    other = ida.refused(409, "POST", f"{at}/import", json={"digest": "0" * 64})
    assert "planned again" in other["message"]
    ida.delete(f"{at}/bunches/{taken['bunch']}")
    assert ida.until(name)["counts"]["invalid"] == 1


def test_what_is_too_large_is_refused_before_it_is_sent(web, ida):
    """A client that asks first, as curl does, is told at once, and sends nothing."""
    host = web.url.removeprefix("http://")
    lines = (
        "POST /api/uploads HTTP/1.1",
        f"Host: {host}",
        f"Authorization: Bearer {ida.token}",
        f"Content-Length: {(web.site.web.upload_mb + 1) * 1_000_000}",
        "Expect: 100-continue",
    )
    with socket.create_connection(host.split(":"), timeout=60) as client:
        client.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        assert client.recv(4000).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("fix", "said"),
    [
        ({**PLACE, "old": "VERIFID"}, "`new` (body)"),
        ({**PLACE, "old": "VERIFID", "new": "x", "colour": "red"}, "`colour` (body)"),
        ({**PLACE, "cell": "17C", "old": "", "new": "x"}, "`cell` (body)"),
        ({**PLACE, "old": "VERIFID", "new": "\ud800"}, "`new` (body)"),
        ({**PLACE, "old": "VERIFID", "new": "\x00"}, "`new` (body)"),
        ({"sheet": "Terms", "cell": "C2", "old": "VERIFID", "new": "x"}, "Name the `file`"),
    ],
)
def test_what_is_sent_wrong_is_named(idle_upload, fix, said):
    """The part that is wrong is named, and nothing is fixed."""
    ida, name = idle_upload
    assert said in ida.refused(422, "POST", f"/uploads/{name}/fixes", json=fix)["message"]
    assert ida.get(f"/uploads/{name}/fixes")["fixes"] == []


@pytest.fixture
def idle_upload(ida):
    """An upload that is received; whether it is checked by now does not matter."""
    return ida, ida.sent(*MISTAKEN)


def test_files_that_cannot_be_taken_are_refused(ida):
    """No file, an unknown template, a form that is none."""
    assert "file" in ida.refused(422, "POST", "/uploads", files={"x": b""})["message"]
    unknown = {"template": "no-such"}
    error = ida.refused(422, "POST", "/uploads", files={"files": ("t.csv", TERMS)}, data=unknown)
    assert "no-such" in error["message"]
    kind = {"Content-Type": "multipart/form-data"}
    ida.refused(400, "POST", "/uploads", data=b"nothing", headers=kind)
    assert ida.get("/uploads")["uploads"] == []


def test_too_many_uploads_at_once_wait(ida, monkeypatch):
    """Above a limit of uploads that are worked on, a program is told to come back."""
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    answer = ida.ask("POST", "/uploads", files={"files": ("t.csv", TERMS)})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "10")
    assert answer.json()["error"]["message"].endswith(".")


def test_what_is_not_there_is_not_there(ida):
    """Unknown addresses, names, pages and methods are answered as JSON."""
    ida.refused(404, "GET", "/no-such-thing")
    ida.refused(404, "GET", "/uploads/no-such-upload")
    ida.refused(404, "GET", "/runs/20260101-abcdef")
    ida.refused(404, "GET", "/templates/no-such/blank")
    ida.refused(405, "PUT", "/uploads")
    ida.refused(422, "GET", "/runs?page=0")


def test_only_an_admin_releases_what_the_guard_holds(web, home, program, ida):
    """An importer is refused, an admin types the number of rows."""
    sent(SimpleNamespace(home=home, session=web.site.session), described("old"))
    name = ida.upload(described("new"))
    ida.post(f"/uploads/{name}/plan")
    ida.until(name)
    assert ida.get(f"/uploads/{name}/plan")["held"] == MANY
    to = f"/uploads/{name}/import"
    ida.refused(403, "POST", to, json={"release": MANY})
    ann = program("ann")
    ann.refused(422, "POST", to, json={"release": MANY - 1})
    ann.post(to, release=MANY)
    run = ann.until(name)["run"]
    assert ann.get(f"/runs/{run}")["counts"]["updated"] == MANY


def test_sharing_lets_somebody_see_and_ends(program, ida):
    """What is shared with a viewer is seen by them until it is shared no more."""
    name = ida.upload(*MISTAKEN)
    vic = program("vic")
    vic.refused(404, "GET", f"/uploads/{name}")
    assert (
        "no person"
        in ida.refused(
            422, "POST", f"/uploads/{name}/shares", json={"to": "person", "name": "nobody"}
        )["message"]
    )
    shares = ida.post(f"/uploads/{name}/shares", to="person", name="vic")["shares"]
    assert shares == [{"to": "person", "name": "vic", "by": "ida"}]
    assert vic.get(f"/uploads/{name}")["owner"] == "ida"
    assert ida.delete(f"/uploads/{name}/shares", to="person", name="vic")["shares"] == []
    vic.refused(404, "GET", f"/uploads/{name}")


NAMES = [
    "表" * 200 + ".csv",
    "\N{SLIGHTLY SMILING FACE}" * 120 + ".csv",
    "a" * 3000,
    "../../etc/passwd",
    "con\x00.csv",
    "+2AA-.csv",
]


@pytest.mark.parametrize("charset", ["utf-8", "utf-7", "no-such"])
def test_no_name_of_a_file_breaks_anything(ida, charset):
    """Long names, folders, control characters, half characters: taken, or refused in a sentence."""
    kind = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}"}
    for name in NAMES:
        head = f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = head.encode() + TERMS + b"\r\n--x--\r\n"
        answer = ida.ask("POST", "/uploads", data=body, headers=kind)
        assert answer.status_code in {201, 400, 422}, (name, answer.text)
        assert ida.get("/uploads")["uploads"] is not None


def test_half_a_character_in_a_field_is_refused_in_a_sentence(ida):
    """What is named in an error may hold anything; the answer is still one."""
    kind = {"Content-Type": "multipart/form-data; boundary=x; charset=utf-7"}
    field = '--x\r\nContent-Disposition: form-data; name="template"\r\n\r\n+2AA-\r\n'
    file = '--x\r\nContent-Disposition: form-data; name="files"; filename="t.csv"\r\n\r\n'
    body = (field + file).encode() + TERMS + b"\r\n--x--\r\n"
    assert "no template" in ida.refused(422, "POST", "/uploads", data=body, headers=kind)["message"]
