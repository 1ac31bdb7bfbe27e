"""What a person answers before files can be checked: the fields of columns, and questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import asdict, replace

from importer.journal.upload import Upload, UploadState
from importer.journal.upload_facts import Facts
from importer.journal.uploads import move
from importer.pipeline.questions import Asked, with_answers
from importer.uploads.asked import ask
from importer.uploads.errors import NotNow
from importer.uploads.match_json import keep_match, kept_match, match_of, question_of
from importer.uploads.site import Site, options_of
from importer.uploads.views import Match, Question, SheetChoice

MATCHED = "Its columns are matched already."
FASTER = "Somebody else was faster: look at it again."
NOT_ASKED = "Nothing is asked of it now."


def match(site: Site, name: str) -> Match:
    """Return the column matching. Raises NoSuchUpload, or NotNow where none is needed."""
    _waiting(site, name, UploadState.MAPPING_NEEDED, MATCHED)
    return kept_match(site.store, name)


def choose(site: Site, config: Path | None, name: str, choices: Sequence[SheetChoice]) -> Match:
    """Propose anew around what was chosen. Raises NoSuchUpload, NotNow or UsageError."""
    _, facts = _waiting(site, name, UploadState.MAPPING_NEEDED, MATCHED)
    question = {"what": "match", "choices": [asdict(one) for one in choices]}
    answer = ask(site, config, name, question)
    keep_match(site.store, name, answer["match"])
    known = replace(facts, choices=tuple(answer["choices"]))
    _go_on(site, name, UploadState.MAPPING_NEEDED, UploadState.MAPPING_NEEDED, known)
    return match_of(answer["match"])


def accept(
    site: Site, config: Path | None, name: str, by: str, answers: Mapping[str, str], keep_as: str
) -> None:
    """Take the columns as matched, and keep that for who asks where it is named.

    Raises NoSuchUpload, NotNow or UsageError.
    """
    _, facts = _waiting(site, name, UploadState.MAPPING_NEEDED, MATCHED)
    mapping, asks = ask(site, config, name, {"what": "accept", "keep_as": keep_as, "by": by})
    given = {key: text for key, text in answers.items() if key in asks and text}
    known = replace(facts, mapping=mapping, answers={**facts.answers, **given})
    known = replace(known, kept=keep_as, kept_by=by if keep_as else "")
    _go_on(site, name, UploadState.MAPPING_NEEDED, UploadState.CHECKING, known)


def questions(site: Site, name: str) -> list[Question]:
    """Return what is asked of a person, nothing where nothing is. Raises NoSuchUpload."""
    upload, facts = site.found(name)
    waits = upload.state is UploadState.ANSWERS_NEEDED
    return [question_of(one) for one in facts.questions] if waits else []


def answer(site: Site, name: str, answers: Mapping[str, str]) -> None:
    """Answer the questions. Raises NoSuchUpload, NotNow or UsageError."""
    upload, facts = _waiting(site, name, UploadState.ANSWERS_NEEDED, NOT_ASKED)
    options = with_answers(options_of(upload), [_asked(one) for one in facts.questions], answers)
    mapping = options.template or "" if options.only != upload.only else facts.mapping
    known = replace(
        facts, answers=dict(options.answers), only=options.only, mapping=mapping, questions=()
    )
    _go_on(site, name, UploadState.ANSWERS_NEEDED, UploadState.CHECKING, known)


def leave_kept(site: Site, name: str) -> None:
    """Read the files without the kept mapping that asks. Raises NoSuchUpload or NotNow."""
    _, facts = _waiting(site, name, UploadState.ANSWERS_NEEDED, NOT_ASKED)
    if not facts.kept:
        raise NotNow("No kept mapping asks that.")
    known, states = Facts(facts.files, without_kept=True), (UploadState.ANSWERS_NEEDED,)
    if not move(site.store, name, states, UploadState.CHECKING, facts=known, why="", template=""):
        raise NotNow(FASTER)


def _waiting(site: Site, name: str, state: UploadState, words: str) -> tuple[Upload, Facts]:
    upload, facts = site.found(name)
    if upload.state is not state:
        raise NotNow(words)
    return upload, facts


def _go_on(site: Site, name: str, state: UploadState, to: UploadState, facts: Facts) -> None:
    if not move(site.store, name, (state,), to, facts=facts, why=""):
        raise NotNow(FASTER)


def _asked(raw: Mapping[str, Any]) -> Asked:
    one = question_of(raw)
    besides = tuple(raw["besides"])
    return Asked(one.name, one.question, one.default, one.choices, one.why, besides)
