"""A journal, a sandbox and what to do in, the result as JSON on stdout: one process of a run.

`python -m tests.pipeline.process JOURNAL URL run FILE TEMPLATE [LAST]` or `... undo RUN [LAST]`,
which kill themselves once request number LAST has landed, or `... resume RUN`.
"""

import json
import sys
from pathlib import Path

from importer import pipeline
from importer.journal import Journal
from importer.pipeline import Options, ReportTo
from importer.targets import SYSTEMS
from importer.targets.connection import ConnectionSettings
from tests.send.between import Dies


def main(journal, url, verb, *rest):
    journal = Journal(journal)
    act = {"run": run, "resume": resume, "undo": undo}[verb]
    result = act(journal, url, *rest)
    sys.stdout.write(json.dumps({**result.as_json(), "why": result.why}))


def run(journal, url, file, template, last="0"):
    return pipeline.run(
        [Path(file)],
        Options(template=template, batch_size=2, jobs=1, landing=0),
        target="sandbox",
        connect=lambda system, options: Dies(connect(url, system, options), int(last)),
        journal=journal,
        report=ReportTo(wanted=False),
    )


def undo(journal, url, name, last="0"):
    return pipeline.undo(
        name,
        target="sandbox",
        connect=lambda system, options: Dies(connect(url, system, options), int(last)),
        journal=journal,
        report=ReportTo(wanted=False),
        batch_size=2,
        jobs=1,
    )


def resume(journal, url, name):
    return pipeline.resume(
        name,
        connect=lambda system, options: connect(url, system, options),
        journal=journal,
        report=ReportTo(),
    )


def connect(url, system, options):
    settings = ConnectionSettings(url, "key", token_name="KEY", rate=None)
    return SYSTEMS[system](settings, {**options, "index_lag": 0})


if __name__ == "__main__":
    main(*sys.argv[1:])
