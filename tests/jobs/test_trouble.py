"""What goes wrong at night: the next pass tries again, and says what was wrong."""

import pytest

from importer import sandbox
from importer.errors import JournalLost
from importer.jobs.perform_pass import perform_pass
from importer.jobs.site import NoSuchJob
from importer.journal import Journal
from importer.journal.job_pass import PassState
from importer.journal.job_passes import add_pass, find_pass
from importer.model import RunState
from importer.pipeline.progress import NoProgress
from importer.sandbox.faults import Faults, Rule

pytestmark = pytest.mark.slow(1)

ALATION = (
    "al_datadict_item_properties,key,title,description\noid=1;otype=glossary_term,1,Margin,words\n"
)
ATLAN = '[targets.atlan]\nbase_url = "{}"\nlanding = 0\n'


@pytest.fixture
def no_waiting(monkeypatch):
    monkeypatch.setattr("importer.targets.retry.PoliteRetry.sleep", lambda *_: None)


def test_a_job_that_is_not_there_is_named_with_those_that_are(night):
    with pytest.raises(NoSuchJob, match=r"no job called glosary\. Did you mean glossary"):
        night.run("glosary")


def test_a_target_that_is_not_there_ends_with_2(nights):
    night = nights(target="prod")
    night.drop("terms.xlsx", "Margin")
    ended = night.run()
    assert (ended.status, ended.why[:32]) == (2, "There is no target called prod. ")


def test_an_open_question_ends_with_2_and_the_settings_answer_it(nights):
    head = 'template = "alation-terms"'
    night = nights(head, source="inbox/*.csv")
    (night.inbox / "terms.csv").write_text(ALATION)
    ended = night.run()
    assert (ended.status, "Into which glossary?" in ended.why) == (2, True)
    night.settings(f'{head}\nset = {{ glossary = "Finance" }}', source="inbox/*.csv")
    ended = night.run()
    assert (ended.status, ended.facts.counts.get("created")) == (0, 1)


def test_a_target_that_does_not_answer_ends_with_3_and_the_file_is_tried_again(
    nights, monkeypatch, no_waiting
):
    monkeypatch.setenv("ATLAN_API_KEY", "a-key")
    with sandbox.start() as box:
        url = box.url
    night = nights(target="atlan", others=ATLAN.format(url))
    night.drop("terms.xlsx", "Margin")
    ended = night.run()
    assert ended.status == 3
    assert [run.state for run in night.runs()] in ([], [RunState.ABANDONED])
    with sandbox.start() as box:
        night.settings(target="atlan", others=ATLAN.format(box.url))
        assert night.run().status == 0


def test_what_a_target_has_stopped_in_the_middle_the_next_pass_finishes(nights, monkeypatch):
    """It is the same run, so that nothing is sent twice; then the pass looks for what is new."""
    monkeypatch.setenv("ATLAN_API_KEY", "a-key")
    refused = Rule("error_before", path="*/entity/bulk*", at=(2,), parameters={"status": 401})
    with sandbox.start(faults=Faults([refused]), record=True) as box:
        night = nights(target="atlan", others=ATLAN.format(box.url))
        night.drop("terms.xlsx", *[f"T{n}" for n in range(60)])
        first = night.run()
        assert (first.status, first.facts.runs[0].good) == (3, False)
        assert 0 < first.facts.counts["created"] < 61
        night.drop("more.xlsx", "Another", alone=True)
        second = night.run()
        assert second.status == 0
        assert [run.counts for run in second.facts.runs] == [{"created": 61}, {"created": 1}]
        assert second.facts.runs[0].run == first.run
    assert len(night.runs()) == 2


def test_a_source_that_is_not_there_ends_with_3(nights):
    night = nights(source="outbox/*.xlsx")
    ended = night.run()
    assert ended.status == 3
    assert "outbox" in ended.why


@pytest.mark.parametrize("folder", ["inbox", "inbox/", "./inbox"])
def test_files_are_not_moved_to_where_they_are_already(nights, folder):
    night = nights(f'on_success = "move:{folder}"')
    night.drop("terms.xlsx", "Margin")
    ended = night.run()
    assert (ended.status, night.inside()) == (2, ["terms.xlsx"])
    assert f"on_success moves the files to {folder}, where they are already" in ended.why


def test_a_report_that_cannot_be_delivered_is_kept_and_said(nights):
    night = nights('report = "inbox/terms.xlsx/"')
    night.drop("terms.xlsx", "Margin")
    ended = night.run()
    assert ended.status == 1
    assert ended.why.startswith("The report is ")
    assert night.run().facts.unchanged == 1


class JournalAway(NoProgress):
    """Progress of a run whose journal is away once, between two batches."""

    def __init__(self):
        self.times = 0

    def between_batches(self):
        self.times += 1
        if self.times == 2:
            raise JournalLost("The journal failed: the server is shutting down.")


def gone_on_with(night, no, progress):
    """Do a pass whose journal goes away; it waits, is done by the next that asks, and returned."""
    assert not perform_pass(night.site, no, progress)
    left = find_pass(night.store, no)
    assert (left.state, left.held, left.facts.runs) == (PassState.WAITING, False, ())
    assert perform_pass(night.site, no)
    one = find_pass(night.store, no)
    assert one.status == 0
    return one


def test_a_journal_that_is_away_for_a_while_leaves_the_pass_to_be_gone_on_with(nights):
    night = nights("options = { batch_size = 4, jobs = 1 }")
    night.drop("terms.xlsx", *[f"T{n}" for n in range(20)])
    no = add_pass(night.store, "glossary", "sandbox", "")
    one = gone_on_with(night, no, JournalAway())
    assert one.facts.counts == {"created": 21}
    assert [run.name for run in night.runs()] == [one.run]


class JournalAwayWhilePlanning(NoProgress):
    """Progress of a run whose journal is away once, before the run has its plan."""

    def __init__(self):
        self.stages = []

    def stage(self, name, total):
        self.stages.append(name)
        if len(self.stages) == 2:
            raise JournalLost("The journal failed: the server is shutting down.")


def test_a_journal_that_is_back_before_that_could_be_noted_leaves_the_pass_too(nights, monkeypatch):
    night = nights("")
    night.drop("terms.xlsx", "T1")
    no, forget = add_pass(night.store, "glossary", "sandbox", ""), Journal.forget

    def away(_journal, _run):
        monkeypatch.setattr(Journal, "forget", forget)
        raise JournalLost("The journal failed: the server is shutting down.")

    monkeypatch.setattr(Journal, "forget", away)
    assert gone_on_with(night, no, JournalAwayWhilePlanning()).facts.counts == {"created": 2}
