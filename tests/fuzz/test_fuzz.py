"""Spoilt files end in a sentence and a status; `python -m tests.fuzz` tries many more."""

from random import Random

import pytest

from tests.fuzz import subjects
from tests.fuzz.mutate import spoilt_archive, spoilt_bytes, spoilt_text, spoilt_xml
from tests.fuzz.subjects import SUBJECTS
from tests.fuzz.trial import Outcome, tried

SOUND = [subject for subject in SUBJECTS if subject.name not in ("other content", ".xlsb and .xls")]


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)
def test_what_is_spoilt_ends_in_a_sentence_and_a_status(tmp_path, subject):
    outcome = tried(subject.prepare(Random(7), tmp_path), tmp_path)
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
    ],
)
def test_only_a_status_with_a_sentence_is_no_fault(outcome, fault):
    assert outcome.fault == fault
