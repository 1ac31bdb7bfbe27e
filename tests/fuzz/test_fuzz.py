"""What is spoilt ends in a sentence and a status; `python -m tests.fuzz` tries much more."""

from dataclasses import replace
from random import Random

import pytest

from importer import sandbox
from tests.chaos.scenes import new_portfolio
from tests.fuzz import subjects
from tests.fuzz.answers import DATABASE, AnswersOf, small, wrong_claims
from tests.fuzz.mutate import spoilt_archive, spoilt_bytes, spoilt_text, spoilt_xml
from tests.fuzz.spoil_answer import (
    chunks,
    cut_off,
    odd_header,
    other_body,
    other_json,
    other_length,
)
from tests.fuzz.spoil_json import spoilt_json
from tests.fuzz.subjects import FILES
from tests.fuzz.trial import Outcome, tried
from tests.fuzz.wire import Answer, Asked

SOUND = [subject for subject in FILES if subject.name not in ("other content", ".xlsb and .xls")]


@pytest.mark.parametrize("subject", FILES, ids=lambda one: one.name)
def test_what_is_spoilt_ends_in_a_sentence_and_a_status(tmp_path, subject):
    _, outcome = subject.tried(Random(7), tmp_path)
    assert outcome.fault == "", outcome


@pytest.mark.parametrize("subject", SOUND, ids=lambda one: one.name)
def test_what_is_not_spoilt_is_accepted(tmp_path, subject, monkeypatch):
    """Otherwise every case would be refused for what it is, and never for what is spoilt."""
    for spoil in (spoilt_archive, spoilt_bytes, spoilt_text):
        monkeypatch.setattr(subjects, spoil.__name__, lambda data, _: data)
    outcome = tried(subject.prepare(Random(2), tmp_path), tmp_path)
    assert outcome.status == 0, outcome


@pytest.mark.parametrize("spoil", [spoilt_bytes, spoilt_text, spoilt_xml])
def test_a_seed_always_spoils_alike_and_some_seeds_change_something(spoil):
    data = b'<a b="1">\n"x" = 12\n</a>' * 20
    made = [spoil(data, Random(seed)) for seed in range(20)]
    assert made == [spoil(data, Random(seed)) for seed in range(20)]
    assert any(one != data for one in made)


@pytest.mark.parametrize(
    ("outcome", "fault"),
    [
        (Outcome(0, "", "", 1), ""),
        (Outcome(2, "", "importer: no", 1), ""),
        (Outcome(2, "", "", 1), "silent refusal"),
        (Outcome(None, "", "", 1), "hung for 60 s"),
        (Outcome(1, "Traceback (most recent call last)", "", 1), "traceback"),
        (Outcome(70, "", "importer itself", 1), "status 70"),
        (Outcome(-9, "", "", 1), "status -9"),
        (Outcome(0, "", "", 1, "Desks 2 is created"), "it says what is not so: Desks 2 is created"),
    ],
)
def test_only_a_status_with_a_sentence_is_no_fault(outcome, fault):
    assert outcome.fault == fault


def test_spoilt_answers_end_in_a_sentence_and_no_outcome_that_is_not_so(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.fuzz.answers.COMMANDS", ("run",))
    answers = AnswersOf("answers of Trebellar", (new_portfolio,))
    words, outcome = answers.tried(Random(4), tmp_path)
    answers.close()
    assert (words[0], outcome.fault) == ("run", ""), outcome


def test_an_outcome_that_the_target_does_not_hold_is_found(tmp_path, monkeypatch):
    rows = [("Desks", 2, "created"), ("Desks", 3, "rejected"), ("Desks", 4, "unchanged")]
    monkeypatch.setattr("tests.fuzz.answers._outcomes", lambda *_: iter(rows))
    sandbox.start(tmp_path / DATABASE).close()
    wrong = wrong_claims(small(new_portfolio()), tmp_path, [], undone=False)
    assert wrong == [f"Desks {row} is {status}, but there: []" for _, row, status in rows[::2]]


def test_what_a_run_has_deleted_and_the_target_holds_is_found(tmp_path, monkeypatch):
    scene = replace(new_portfolio(), sheets={"Desks": [{"Desk": "d1", "Action": "delete"}]})
    live = {("Desks", "d1"): [{"parent": "1"}]}
    monkeypatch.setattr("tests.fuzz.answers.live_by_name", lambda *_: live)
    monkeypatch.setattr("tests.fuzz.answers._outcomes", lambda *_: iter([("Desks", 2, "deleted")]))
    [wrong] = wrong_claims(scene, tmp_path, [], undone=False)
    assert wrong.startswith("Desks 2 is deleted")


@pytest.mark.parametrize("way", [other_json, other_body, other_length, odd_header, cut_off, chunks])
def test_a_seed_always_spoils_an_answer_alike(way):
    assert [_written(way, seed) for seed in range(9)] == [_written(way, seed) for seed in range(9)]


def _written(way, seed):
    out = Written()
    answer = Answer(200, b'{"data":[{"id":"a","children":[]}]}')
    way(Random(seed), Asked("POST", "/api/v2/assets/bulk", b"{}"), lambda: answer, out)
    return out.content


class Written:
    """What is written into a connection."""

    def __init__(self):
        self.content = b""

    def write(self, content):
        self.content += content


def test_spoilt_json_is_another_json_or_none_at_all():
    body = b'{"entities":[{"guid":"a","attributes":{"name":"x"}}]}'
    made = {spoilt_json(body, Random(seed), lies=False) for seed in range(30)}
    assert len(made - {body}) > 20
