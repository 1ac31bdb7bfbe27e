"""The journal's tables of jobs: when they are due, their passes, what they have taken, alarms.

All times are seconds since 1970 by the database's clock.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, String, Table, Text

from importer.journal.tables import METADATA

NAME_LENGTH = 64
"""The length of a job's name, as in `job_settings.JOB_NAME`."""

JOBS = Table(
    "jobs",
    METADATA,
    Column("job", String(NAME_LENGTH), primary_key=True),
    Column("schedule", Text, nullable=False),
    Column("due", Float(53)),
    Column("enabled", Integer),
    Column("changed_by", Text, nullable=False),
    Column("changed", Float(53)),
)
"""`due` is the next time by `schedule`, which has its time zone behind it; blank where it is not
known yet. `enabled` is blank as long as nobody has changed what the settings say.
"""

JOB_PASSES = Table(
    "job_passes",
    METADATA,
    Column("no", Integer, primary_key=True),
    Column("job", String(NAME_LENGTH), nullable=False),
    Column("target", Text, nullable=False),
    Column("due", Float(53), nullable=False),
    Column("by", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("turn", Text),
    Column("task", String(16), nullable=False),
    Column("holder", LargeBinary),
    Column("until", Float(53), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("started", Float(53)),
    Column("ended", Float(53)),
    Column("status", Integer),
    Column("good", Integer, nullable=False),
    Column("run", String(32), nullable=False),
    Column("rows", Integer),
    Column("why", Text, nullable=False),
    Column("facts", LargeBinary, nullable=False),
)
"""One pass of a job: a look at its source and, where something is new, its run or runs.

`by` is who asked for it, blank for the clock. `state` is waiting, running or ended; `turn` is the
target while it is running: one at a time, whichever processes share the journal. `task` is a random
number of the process that works on it, `holder` says which process that is, `until` is the end of
its hold. `status` is an exit status, `good` is 1 where its runs were finished. `run` is the
last run, `rows` what was read. `facts` is the JSON of `job_facts.pack_facts`.
"""

Index("job_passes_by_job", JOB_PASSES.c.job, JOB_PASSES.c.no)
Index("job_passes_by_state", JOB_PASSES.c.state)
Index("job_passes_turn", JOB_PASSES.c.turn, unique=True)

TAKEN = Table(
    "taken",
    METADATA,
    Column("job", String(NAME_LENGTH), primary_key=True),
    Column("identity", Text, primary_key=True),
    Column("mapping", String(64), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("mark", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("run", String(32), nullable=False),
    Column("at", Float(53), nullable=False),
)
"""The contents that a job has imported into a target by a mapping. `name` and `mark` are those of
the file that had it last, so that it need not be fetched to know that it is unchanged.
"""

Index("taken_by_name", TAKEN.c.job, TAKEN.c.name)

ALARMS = Table(
    "alarms",
    METADATA,
    Column("job", String(NAME_LENGTH), primary_key=True),
    Column("cause", String(200), primary_key=True),
    Column("since", Float(53), nullable=False),
    Column("told", Float(53)),
)
"""What is wrong with a job since when, and when people were told: once, until it is over."""
