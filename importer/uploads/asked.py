"""What a page asks of the files at once: answered by a process of its own, with limits.

A page waits for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore
from typing import Any

from msgspec import to_builtins

from importer.errors import ImporterError, UsageError
from importer.journal.upload import Upload
from importer.journal.upload_facts import Facts
from importer.uploads.settings import UploadSettings
from importer.uploads.site import Site
from importer.work.forked import ForkedProcess

_AT_ONCE = BoundedSemaphore(4)
"""So many processes are asked at once, whatever many pages want to know."""

SECONDS = 120.0
"""So long a page waits at most."""


def ask(site: Site, config: Path | None, name: str, question: dict[str, Any]) -> Any:
    """Return the answer of a process to a question about an upload. Raises UsageError."""
    given = {
        "config": str(config) if config else None,
        "allow_http": site.session.settings.allow_http,
        "settings": site.settings.as_json(),
        "question": question,
    }
    with _AT_ONCE, TemporaryDirectory(prefix="importer-") as folder:
        to = Path(folder, "answer.json")
        process = ForkedProcess(__name__, "answer", (name, given, to))
        if not process.wait(SECONDS):
            process.kill()
            process.wait(None)
            raise UsageError("The files are too large to be looked at again so quickly.")
        if process.status:
            raise UsageError("The files could not be looked at: try again.")
        answer = json.loads(to.read_bytes())
    if "refused" in answer:
        raise UsageError(answer["refused"])
    return answer["answer"]


def answer(name: str, given: Mapping[str, Any], to: Path) -> None:
    """Write the answer to a question about an upload to a file; what is refused is one too."""
    from importer.session import open_session
    from importer.uploads.child import limit_memory

    settings = UploadSettings.from_json(given["settings"])
    limit_memory(settings.memory)
    config = Path(given["config"]) if given["config"] else None
    with open_session(config, allow_http=given["allow_http"]) as session:
        try:
            found = {"answer": _answer(Site(session, settings), name, given["question"])}
        except ImporterError as error:
            found = {"refused": str(error)}
    to.write_text(json.dumps(found))


def _answer(site: Site, name: str, question: dict[str, Any]) -> Any:
    """Answer with the mappings that who accepts has kept, else those of the upload's owner."""
    from importer.uploads.kept_mappings import mappings_of

    upload, facts = site.found(name)
    with mappings_of(site, question.get("by") or upload.owner):
        return _answer_about(site, upload, facts, question)


def _answer_about(site: Site, upload: Upload, facts: Facts, question: dict[str, Any]) -> Any:
    from importer.uploads.cells import choices_of
    from importer.uploads.match_json import kept_match
    from importer.uploads.matching import accepted, merged, proposed
    from importer.uploads.sheet_answers import refuse_answers
    from importer.uploads.views import SheetChoice

    if question["what"] == "choices":
        return choices_of(site, upload)
    if question["what"] == "accept":
        return accepted(site, upload, facts, question["keep_as"])
    given = [SheetChoice(**one) for one in question["choices"]]
    found = merged(facts, given)
    match = proposed(site, upload, found)
    refuse_answers(kept_match(site.store, upload.name), match, given)
    return {"match": to_builtins(match), "choices": found.choices}
