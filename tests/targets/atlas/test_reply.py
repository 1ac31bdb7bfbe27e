"""What answers to a batch say."""

import pytest

from importer.model import Status
from importer.targets.answer import Answer
from importer.targets.atlas.reply import deleted, own_message, refused, row_is_forbidden, saved
from importer.targets.protocol import Accepted, InDoubt, Landed, Ref, Refused
from tests.targets.build import (
    ANCHOR,
    GLOSSARY,
    TERM,
    create,
    delete,
    glossary,
    held,
    move,
    term,
    update,
)

LOST = "There was an error processing your request. It has been logged (ID 1)."


def error(status, code, message):
    return Answer(status, {"errorCode": code, "errorMessage": message}, "...")


def test_outcomes_are_matched_by_guid():
    new, same = glossary("A"), glossary("B")
    live = held(TERM, "t", "A", "T")
    there, moved, silent = (
        update(live),
        move(held(TERM, "m", "A", "M"), {}),
        update(held(TERM, "s", "A", "S")),
    )
    body = {
        "mutatedEntities": {
            "CREATE": [{"guid": "a"}],
            "UPDATE": [{"guid": "t"}, {"guid": "m"}, {"guid": "a parent"}],
        },
        "guidAssignments": {f"-{new.seq}": "a", f"-{same.seq}": "b"},
    }
    assert saved([new, same, there, moved, silent], Answer(200, body, "")) == Accepted(
        (
            Landed(new.seq, Status.CREATED, "a"),
            Landed(same.seq, Status.UNCHANGED, "b", named=False),
            Landed(there.seq, Status.UPDATED, "t"),
            Landed(moved.seq, Status.MOVED, "m"),
            Landed(silent.seq, Status.UNCHANGED, "s", named=False),
        )
    )


def test_an_answer_that_leaves_a_new_entity_out_is_in_doubt():
    assert isinstance(saved([glossary("A")], Answer(200, {"guidAssignments": {}}, "")), InDoubt)
    assert isinstance(saved([glossary("A")], Answer(200, None, "")), InDoubt)


def test_a_deletion_does_not_name_what_was_gone_before():
    one, two = delete(held(TERM, "t", "A", "T")), delete(held(TERM, "u", "A", "U"))
    body = {"mutatedEntities": {"DELETE": [{"guid": "t"}]}}
    assert deleted([one, two], Answer(200, body, "")).landed == (
        Landed(one.seq, Status.DELETED, "t"),
        Landed(two.seq, Status.UNCHANGED, "u", named=False),
    )
    assert isinstance(deleted([one], Answer(200, None, "")), InDoubt)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (error(404, "ATLAS-404-00-007", "invalid"), "invalid (ATLAS-404-00-007)"),
        (error(500, "ATLAS-500-00-001", None), "Apache Atlas gives no reason (ATLAS-500-00-001)"),
        (Answer(500, None, LOST), None),
        (Answer(401, None, "<html>"), None),
        (Answer(404, {"message": "no route"}, "{}"), "Apache Atlas gives no reason (HTTP 404)"),
        (Answer(502, {"message": "bad gateway"}, "{}"), None),
        (Answer(413, None, ""), "Apache Atlas gives no reason (HTTP 413)"),
    ],
)
def test_only_its_own_errors_are_refusals(answer, message):
    assert own_message(answer) == message


def test_a_500_in_plain_text_leaves_the_batch_in_doubt():
    reply = refused([glossary("A")], Answer(500, None, LOST))
    assert isinstance(reply, InDoubt)
    assert reply.ended  # it says so itself: nothing is to be waited for
    assert not refused([glossary("A")], Answer(502, None, "<html>")).ended
    assert not refused([glossary("A")], Answer(500, None, "<html>")).ended


def test_a_change_is_blamed_where_the_message_names_it_alone():
    one = term(Ref(GLOSSARY, "g"), "A", "T")
    other = update(held("Table", "11-22", "Table", "q"), {ANCHOR: Ref(GLOSSARY, "33")})
    nix = create("Nix", "Nix", "q")
    for message, culprit in {
        f"Referenced entity -{one.seq} is not found": one.seq,
        "entity: 11-22, already associated": other.seq,
        "Referenced entity 11-2 is not found": None,
        "Type ENTITY with name Nix does not exist": nix.seq,
        "AtlasGlossaryTerm.anchor: mandatory attribute value missing": None,
    }.items():
        reply = refused([one, other, nix], error(404, "ATLAS-404-00-00A", message))
        assert reply == Refused(f"{message} (ATLAS-404-00-00A)", 404, culprit)


def test_a_row_may_be_forbidden_where_the_user_is_not():
    assert row_is_forbidden(error(403, "ATLAS-403-00-001", "reader is not authorized"))
    assert not row_is_forbidden(Answer(403, None, "<html>"))
