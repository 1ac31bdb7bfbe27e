"""Labels of Apache Atlas: set, added and removed by calls of their own."""

import pytest

from tests.sandbox.atlas.build import UNKNOWN, table

PATH = "/entity/guid/<tb>/labels"


@pytest.fixture(scope="module", autouse=True)
def world(atlas):
    atlas.save(table("-tb", "tb"))


def labels(atlas):
    return set(atlas.get("tb")["labels"])


def done(atlas, method, body):
    assert atlas.send(method, PATH, body).status_code == 204
    return labels(atlas)


def test_labels_are_set_added_removed_and_cleared(atlas):
    assert done(atlas, "POST", ["b", "a"]) == {"a", "b"}
    assert done(atlas, "POST", ["c"]) == {"c"}
    assert done(atlas, "PUT", ["a", "c"]) == {"a", "c"}
    assert done(atlas, "DELETE", ["a", "z"]) == {"c"}
    assert done(atlas, "POST", []) == set()


REFUSED = [
    ("POST", PATH, ["a b"], (400, "ATLAS-400-00-090")),
    ("POST", PATH, ["a" * 51], (400, "ATLAS-400-00-08F")),
    ("POST", PATH, "a", (500, "crash")),
    ("PUT", PATH, [], (400, "ATLAS-400-00-01A")),
    ("DELETE", PATH, [], (400, "ATLAS-400-00-01A")),
    ("POST", f"/entity/guid/{UNKNOWN}/labels", ["a"], (404, "ATLAS-404-00-005")),
]


@pytest.mark.parametrize(("method", "path", "body", "expected"), REFUSED)
def test_labels_that_are_refused_change_nothing(atlas, method, path, body, expected):
    done(atlas, "POST", ["kept"])
    assert atlas.refusal(method, path, body) == expected
    assert labels(atlas) == {"kept"}
