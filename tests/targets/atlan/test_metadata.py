"""Tags and custom metadata in requests."""

import pytest

from importer.model import Status
from tests.targets.atlan.build import at, land, made
from tests.targets.build import (
    TERM,
    term,
    update,
)


def test_a_whole_set_of_custom_metadata_is_cleared_by_its_name(atlan, anchor, name):
    made(atlan, term(anchor, name, "T", businessAttributes={"Data Quality": {"Score": 1.0}}))
    before = at(atlan, TERM, name, "T")
    land(atlan, update(before, clears=["businessAttributes.Data Quality"]))
    assert "businessAttributes" not in at(atlan, TERM, name, "T").payload


def test_creates_and_updates_travel_in_one_batch_and_each_gets_its_tags(atlan, anchor, name):
    made(atlan, term(anchor, name, "T"))
    before = at(atlan, TERM, name, "T")
    tags = [{"typeName": "PII"}]
    changes = [
        update(before, classifications=tags),
        term(anchor, name, "U", classifications=tags),
    ]
    assert land(atlan, *changes)[0] == [Status.UPDATED, Status.CREATED]
    for key in "TU":
        assert at(atlan, TERM, name, key).payload["classifications"] == tags


def test_tags_are_never_propagated_unasked(atlan, box, anchor, name):
    made(atlan, term(anchor, name, "T", classifications=[{"typeName": "PII"}]))
    [tag] = box.requests[-1].body["entities"][0]["classifications"]
    assert tag["propagate"] is False


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({"classifications": [{"typeName": "Secret"}]}, "no tag 'Secret'"),
        ({"businessAttributes": {"None": {"A": 1}}}, "no custom metadata 'None'"),
        ({"businessAttributes": {"Data Quality": {"A": 1}}}, "no attribute 'A'"),
    ],
)
def test_a_name_atlan_does_not_know_is_refused_before_anything_is_sent(
    atlan, box, anchor, name, payload, words
):
    atlan.names()
    sent = len(box.requests)
    change = term(anchor, name, "T", **payload)
    reply = atlan.submit([term(anchor, name, "U"), change])
    assert (reply.culprit, reply.http_status) == (change.seq, 0)
    assert words in reply.words
    assert len(box.requests) == sent
