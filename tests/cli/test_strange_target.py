"""A target that answers 200 with something else: exit status 3, one line, and nothing is sent."""

import json

import pytest

from tests.targets.scripted import Says, Scripted


@pytest.mark.parametrize("body", ["{}", '{"status": "ok"}', "[]", "null", "7", '{"data": [1]}'])
def test_a_target_that_answers_something_else_ends_the_run_with_nothing_sent(
    body, importer, buildings, monkeypatch
):
    """An empty portfolio would be made a second time."""
    with Scripted() as server:
        server.will_say(Says(200, body))
        monkeypatch.setenv("TREBELLAR_BASE_URL", server.url)
        monkeypatch.setenv("TREBELLAR_API_KEY", "any")
        args = ("run", buildings, "--target", "trebellar", "--yes", "--format", "json")
        result = importer(*args)
    reason = json.loads(result.out)["reason"]
    assert (result.status, reason["code"]) == (3, "target_unreachable")
    assert "GET /api/v2/assets" in reason["message"]
    assert body.replace(" ", "") in reason["message"]
    assert {method for method, _, _ in server.requests} == {"GET"}
    assert len([line for line in result.err.splitlines() if "/api/v2/assets" in line]) == 1
