"""An upload with a run, made without the processes that read and send: for questions of access."""

import io

from importer.journal.journal import RunTarget
from importer.journal.run import RunSpec
from importer.journal.run_owners import note_owner
from importer.journal.uploads import note_run
from importer.options import Options
from tests.web.api.programs import MISTAKEN


def begun(site, owner):
    """The names of an upload of somebody, and of a run of it that has stopped."""
    streams = [(name, io.BytesIO(content)) for name, content in MISTAKEN]
    upload = site.uploads.receive(owner, streams)
    to = RunTarget(target="sandbox", identity="sandbox", system="atlan", template="atlan-glossary")
    run = site.session.journal.begin(to, RunSpec("Glossary", [], Options(), {}, {}))
    note_run(site.store, upload.name, run.name)
    note_owner(site.store, run.name, owner, upload.name)
    return {"upload": upload.name, "run": run.name}
