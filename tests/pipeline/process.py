"""Run, resume or undo in a process of its own, with the result as JSON on stdout.

`python -m tests.pipeline.process JOURNAL URL run FILE TEMPLATE [LAST]`, `... undo RUN [LAST]` or
`... resume RUN [LAST]`; they kill themselves once request number LAST has landed.
"""

import json
import sys
from pathlib import Path

from importer.journal import Journal
from importer.options import Options, ReportTo
from importer.pipeline import resume as resuming
from importer.pipeline import run as running
from importer.pipeline import undo as undoing
from importer.pipeline.request import ImportRequest
from importer.targets import systems
from importer.targets.connection import ConnectionSettings
from tests.send.between import Dies


def main(journal, url, verb, *rest):
    journal = Journal(journal)
    act = {"run": run, "resume": resume, "undo": undo}[verb]
    result = act(journal, url, *rest)
    sys.stdout.write(json.dumps({**result.as_json(), "why": result.why}))


def run(journal, url, file, template, last="0"):
    options = Options(template=template, batch_size=2, jobs=1, landing=0)
    request = ImportRequest([Path(file)], options, "sandbox", dying(url, last))
    return running.run(request, journal=journal, report=ReportTo(wanted=False))


def undo(journal, url, name, last="0"):
    request = undoing.UndoRequest(name, "sandbox", dying(url, last), journal, 2, 1)
    return undoing.undo(request, journal=journal, report=ReportTo(wanted=False))


def resume(journal, url, name, last="0"):
    return resuming.resume(
        name,
        connect=dying(url, last),
        journal=journal,
        report=ReportTo(),
    )


def dying(url, last):
    return lambda of, options: Dies(connect(url, of, options), int(last))


def connect(url, of, options):
    settings = ConnectionSettings(url, "key", token_name="KEY", rate=None)
    return systems()[of[0]].open(settings, {**options, "index_lag": 0})


if __name__ == "__main__":
    main(*sys.argv[1:])
