"""What an upload may refuse; the text of each is a sentence for people."""

from __future__ import annotations

from importer.errors import UsageError


class NoSuchUpload(UsageError):
    """There is no upload of this name (a page answers 404)."""


class UploadRefused(UsageError):
    """The files cannot be taken: none, too many, too large, an unknown template or target (422).

    `too_large` says that it is for their size (413).
    """

    def __init__(self, text: str, *, too_large: bool = False) -> None:
        super().__init__(text)
        self.too_large = too_large


class NotNow(UsageError):
    """The upload is in a state in which this cannot be done: it is being imported, say (409)."""


class PlanReplaced(NotNow):
    """It was planned again since somebody saw its plan: another plan would be imported (409)."""


class CellChanged(UsageError):
    """Somebody else has changed the cell meanwhile; `now` is what stands there (409)."""

    def __init__(self, text: str, now: str) -> None:
        super().__init__(text)
        self.now = now


class FormulaThere(UsageError):
    """The cell holds a formula, which is overwritten only where that is said (409)."""


class ReleaseRefused(UsageError):
    """The number typed to release what the guard holds is not the number of rows held (422)."""
