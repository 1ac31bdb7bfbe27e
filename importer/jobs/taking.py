"""For what a content counts as taken: its job, its target, and the mapping that it was read by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from importer.job_settings import JobSettings
from importer.jobs.site import JobSite
from importer.journal.taken import Taker
from importer.settings import SANDBOX
from importer.targets.connection import normal_url


def taken_by(site: JobSite, name: str) -> Taker:
    """Return for what the contents of a job count as taken. Raises UsageError."""
    job = site.job(name)
    return Taker(name, _identity(site, job.target), _mapping(job))


def _identity(site: JobSite, target: str) -> str:
    """Return where a target is, by the settings: another address is another target."""
    from importer.session.target import target_called

    found = target_called(target, site.settings)
    if found.system == SANDBOX:
        return f"{SANDBOX} {site.settings.sandbox_database}"
    return f"{found.system} {normal_url(found.base_url)}{found.path}"


def _mapping(job: JobSettings) -> str:
    """Return the hash of what says how files are read: the template's files, answers, sheets."""
    options = job.options
    said = {
        "template": job.template,
        "files": dict(_files(job.template)),
        "answers": dict(job.set),
        "form": [*options.sheet, options.encoding, options.delimiter, options.quote],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _files(template: str) -> Iterator[tuple[str, str]]:
    """Yield the files of a template that a job names, each with the hash of its content."""
    from importer.template import find

    folder: Path | None = find(template).folder if template else None
    for path in sorted(folder.rglob("*")) if folder else ():
        if path.is_file():
            content = path.read_bytes()
            yield str(path.relative_to(folder or path)), hashlib.sha256(content).hexdigest()
