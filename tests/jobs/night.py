"""A folder with files, a job that imports them, and a journal: nights that a test makes."""

from contextlib import ExitStack
from pathlib import Path

from importer.jobs.by_hand import run_now
from importer.jobs.performer import JobPerformer
from importer.jobs.site import JobSite
from importer.journal.job_passes import newest_passes
from importer.pipeline.progress import NoProgress
from importer.session import open_session
from importer.settings import SANDBOX
from importer.work import open_queue
from tests.uploads.desk import book

JOB = "glossary"
HEADINGS = ["Glossary", "Term", "Description"]


class Night:
    """A job called `glossary` in a folder; more of its settings are lines of TOML."""

    def __init__(self, home, more="", *, target=SANDBOX, source="inbox/*.xlsx", others=""):
        self.home, self.inbox = home, home / "inbox"
        self.inbox.mkdir(exist_ok=True)
        self.file = home / "importer.toml"
        self._open = ExitStack()
        self.settings(more, target=target, source=source, others=others)

    def settings(self, more="", *, target=SANDBOX, source="inbox/*.xlsx", others=""):
        """Begin again with other settings."""
        head = f'[jobs.{JOB}]\nsource = "{source}"\ntarget = "{target}"\nsettle = 0\n'
        self.file.write_text(f"{head}{more}\n{others}")
        self._open.close()
        self.site = JobSite(self._open.enter_context(open_session(self.file)), lambda _s: None)
        self.store = self.site.store

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._open.close()

    def drop(self, name, *names, note="words", alone=False):
        """Put a workbook with these terms into the folder: with their glossary, or alone."""
        rows = [["Finance", one, note] for one in names]
        sheets = {} if alone else {"Glossaries": [["Glossary"], ["Finance"]]}
        path = self.inbox / name
        path.write_bytes(book({**sheets, "Terms": [HEADINGS, *rows]}))
        return path

    def run(self, job=JOB):
        """Run the job by hand, to its end."""
        return run_now(self.site, job, "ann", NoProgress(), lambda _s: None)

    def passes(self, job=JOB):
        """All its passes, the newest first."""
        return newest_passes(self.store, job, 100)

    def runs(self):
        """All runs of the journal, the newest first."""
        return self.site.journal.runs()

    def performer(self, now=None):
        """What does the tasks of jobs, with a queue of its own, and a clock of the test's own."""
        queue = open_queue(str(self.home / "state" / "queue.db"))
        return JobPerformer(self.site, queue, self.file, now), queue

    def reports(self):
        """The names of the reports in their folder."""
        folder = self.home / "reports"
        return sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []

    def inside(self, folder="inbox"):
        """The names of the files in a folder."""
        return sorted(one.name for one in (self.home / folder).iterdir())


def holder_of(store, no):
    """The process that holds a pass; None where none does."""
    from importer.journal.job_tables import JOB_PASSES
    from importer.journal.process import Process
    from importer.journal.serialize import unpack

    with store.reading() as connection:
        row = connection.execute(JOB_PASSES.select().where(JOB_PASSES.c.no == no)).mappings().one()
    return Process(**unpack(row["holder"])) if row["holder"] else None


ROOT = Path(__file__).parents[2]
