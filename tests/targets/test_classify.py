"""Failed requests and refusals: which are certain, which leave a batch in doubt."""

import pytest

from importer.targets.protocol import InDoubt, Refused
from tests.targets.build import ATLAN_ERROR, KINDS, delete, held, one_change
from tests.targets.scripted import DROPPED, HTML, Says

METASTORE_500 = Says(500, {"errorCode": "ATLAS-500-00-001", "errorMessage": "a valid URL"})
OWN_REFUSAL = {
    "atlan": Says(404, ATLAN_ERROR),
    "atlas": Says(404, ATLAN_ERROR),
    "trebellar": Says(400, {}),
}
OWN_500 = {"atlan": METASTORE_500, "atlas": METASTORE_500, "trebellar": Says(500, {})}


@pytest.mark.parametrize("answers", [OWN_REFUSAL, OWN_500])
def test_the_target_s_own_error_is_a_refusal_and_sent_once(system, answers, against, scripted):
    scripted.will_say(answers[system])
    reply = against(system).submit([one_change(system)])
    assert isinstance(reply, Refused)
    assert reply.http_status == answers[system].status
    assert len(scripted.requests) == 1


IN_DOUBT = {
    "a gateway's page": Says(502, HTML),
    "a gateway's page that says when to retry": Says(503, HTML, {"Retry-After": "1"}),
    "an empty 500": Says(500),
    "a 500 with a page": Says(500, HTML),
    "an empty 504": Says(504),
    "a 404 with a page": Says(404, HTML),
    "a request time-out": Says(408),
    "a cut answer": Says(200, '{"guidAss', cut=True),
    "an answer that is not JSON": Says(200, '{"guidAss'),
    "an answer that is no object": Says(200, []),
    "no answer": DROPPED,
}


@pytest.mark.parametrize("answer", IN_DOUBT.values(), ids=IN_DOUBT)
def test_what_may_have_been_carried_out_is_in_doubt_and_never_sent_again(
    system, answer, against, scripted, waits
):
    scripted.will_say(answer)
    reply = against(system).submit([one_change(system)])
    assert isinstance(reply, InDoubt)
    assert len(scripted.requests) == 1
    assert waits == []


def test_a_deletion_without_an_answer_is_in_doubt(system, against, scripted):
    scripted.will_say(DROPPED)
    reply = against(system).submit([delete(held(KINDS[system], "g", "A"))])
    assert isinstance(reply, InDoubt)
    assert len(scripted.requests) == 1


@pytest.mark.parametrize("status", [406, 413, 414])
def test_a_batch_that_is_too_large_is_refused_as_such(system, status, against, scripted):
    scripted.will_say(Says(status, HTML))
    reply = against(system).submit([one_change(system)])
    assert isinstance(reply, Refused)
    assert reply.smaller


def test_too_many_entities_by_atlan_s_own_count_asks_for_smaller_batches(against, scripted):
    scripted.will_say(Says(400, {"errorCode": "ATLAS-400-00-212", "errorMessage": "too many"}))
    assert against("atlan").submit([one_change("atlan")]).smaller
