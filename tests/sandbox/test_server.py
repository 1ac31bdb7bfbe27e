"""The server itself: it starts, stores, records, checks credentials, and stops."""

import signal
import socket
import sqlite3
import subprocess
import sys
import threading

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

import importer.sandbox as sandbox
from tests.sandbox.build import glossary, structure, table

BEARER = {"Authorization": "Bearer any"}
SAVE = "/api/meta/entity/bulk"


def post(box, path, body, **headers):
    return requests.post(box.url + path, json=body, headers={**BEARER, **headers}, timeout=10)


def test_it_listens_on_the_loopback_only_and_is_gone_after_close():
    with sandbox.start() as box:
        assert box.url.startswith("http://127.0.0.1:")
        assert post(box, SAVE, {"entities": [table()]}).status_code == 200
    assert not box.database.exists()
    with pytest.raises(requests.ConnectionError):
        post(box, SAVE, {"entities": [table()]})


def test_a_database_given_is_kept_and_read_again(tmp_path):
    path = tmp_path / "folder" / "kept.db"
    with sandbox.start(path) as box:
        post(box, SAVE, {"entities": [table()]})
        assert box.database == path
    with sandbox.start(path) as box:
        answer = post(box, SAVE, {"entities": [table()]})
    assert "mutatedEntities" not in answer.json()


def test_a_port_that_is_taken_is_reported_at_once():
    with sandbox.start() as box:
        port = int(box.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            sandbox.start(port=port)


def test_requests_are_recorded_only_on_demand():
    with sandbox.start(record=True) as box:
        body = {"entities": [glossary()]}
        post(box, SAVE + "?replaceTags=true&guid=a&guid=b", body)
        requests.get(box.url + "/api/v2/assets", timeout=10)
        first, second = box.requests
    assert (first.method, first.path, first.body) == ("POST", SAVE, body)
    assert first.query == (("replaceTags", "true"), ("guid", "a"), ("guid", "b"))
    assert (second.method, second.path, second.body) == ("GET", "/api/v2/assets", None)
    with sandbox.start() as quiet:
        post(quiet, SAVE, body)
        assert quiet.requests == []


TOKENS = [
    ({}, 401),
    ({"Authorization": "Bearer "}, 401),
    ({"Authorization": "Basic any"}, 401),
    ({"Authorization": "Bearer expired"}, 401),
    ({"Authorization": "Bearer forbidden"}, 403),
    ({"Authorization": "Bearer any"}, 200),
]
KEYS = [
    ({"X-Trebellar-Api-Key": "expired"}, 401),
    ({"X-Trebellar-Api-Key": "forbidden"}, 403),
    ({"X-Trebellar-Api-Key": "any"}, 200),
]


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [("/api/meta/types/typedefs", *case) for case in TOKENS]
    + [("/api/meta/types/typedefs", {"X-Trebellar-Api-Key": "any"}, 401)]
    + [("/api/v2/assets", *case) for case in (*TOKENS, *KEYS)],
)
def test_any_credentials_pass_but_the_two_that_are_refused(box, path, headers, status):
    answer = requests.get(box.url + path, headers=headers, timeout=10)
    assert answer.status_code == status
    assert status == 200 or answer.json()["code"] == status


@pytest.mark.parametrize("path", [SAVE, "/api/v2/assets/bulk"])
def test_without_credentials_nothing_is_saved(box, atlan, path):
    before = atlan.stored()
    body = {"entities": [table()], "operations": [{"type": "add", "asset": structure()}]}
    assert requests.post(box.url + path, json=body, timeout=10).status_code == 401
    assert atlan.stored() == before


def test_many_callers_at_once_do_not_disturb_each_other(box, atlan):
    def save(number):
        entities = [table(f"-{n}", f"caller {number} {n}") for n in range(1, 6)]
        answers.append(post(box, SAVE, {"entities": entities}).json())

    answers = []
    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    guids = {guid for answer in answers for guid in answer["guidAssignments"].values()}
    assert len(guids) == 40
    assert atlan.find({"prefix": {"name": "caller "}})["approximateCount"] == 40


def test_every_request_is_one_transaction_others_may_write_between(tmp_path):
    """A second process, here a second connection, can write to the same file."""
    path = tmp_path / "shared.db"
    with sandbox.start(path) as box:
        post(box, SAVE, {"entities": [table()]})
        with sqlite3.connect(path, isolation_level=None) as other:
            other.execute("DELETE FROM entity")
        other.close()
        answer = post(box, SAVE, {"entities": [table()]})
    assert len(answer.json()["mutatedEntities"]["CREATE"]) == 1


def test_in_the_foreground_it_serves_until_it_is_interrupted(tmp_path):
    code = "import sys, pathlib; from importer.sandbox import serve;"
    code += "serve(pathlib.Path(sys.argv[1]), int(sys.argv[2]))"
    path = tmp_path / "served.db"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", code, str(path), str(port)])
    with process, requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=Retry(connect=30, backoff_factor=0.1)))
        url = f"http://127.0.0.1:{port}{SAVE}"
        answer = session.post(url, json={"entities": [table()]}, headers=BEARER, timeout=10)
        assert answer.status_code == 200
        process.send_signal(signal.SIGINT)
    assert process.returncode == 0
    with sandbox.start(path) as box:
        assert "mutatedEntities" not in post(box, SAVE, {"entities": [table()]}).json()


def test_the_package_imports_without_its_server():
    """`--help` must not wait for uvicorn."""
    code = (
        "import sys, importer.sandbox;"
        "sys.exit(any(m in sys.modules for m in ('uvicorn', 'starlette')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:80", 200), ("127.0.0.1", 200), ("[::1]:1", 200), ("evil.example:8640", 421)],
)
def test_a_request_must_name_this_machine(box, host, status):
    """A page in a browser may reach the sandbox by a name of its own that leads here."""
    headers = {"Host": host, "X-Trebellar-Api-Key": "any"}
    assert requests.get(f"{box.url}/api/v2/assets", headers=headers).status_code == status
