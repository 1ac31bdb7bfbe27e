"""What the audit log and the pages say of a mapping that somebody keeps."""

from __future__ import annotations

from importer.journal.audit import Detail
from importer.uploads import Upload


def kept_detail(name: str) -> Detail:
    """Return what the audit log has of a mapping that is accepted: whether it is kept, and how."""
    return {"kept": "yes", "mapping": name} if name else {"kept": "no"}


def read_by(upload: Upload, visitor: str) -> str:
    """Return the sentence on the kept mapping that an upload was read by, nothing without one."""
    if not upload.kept:
        return ""
    who = "you" if upload.kept_by == visitor else upload.kept_by
    return f"Read by the mapping {upload.kept} that {who} kept."
