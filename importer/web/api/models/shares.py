"""Sharing: with whom an upload or a run is shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from importer.journal.shares import Share, ShareWith
from importer.web.api.models.base import Answer, Sent, Short


class ShareSent(Sent):
    """A person, or a role (which stands for all who may what it may), to share something with."""

    to: ShareWith
    name: Short


class ShareAnswer(Answer):
    """With whom something is shared, and by whom."""

    to: ShareWith
    name: str
    by: str


class SharesAnswer(Answer):
    """With whom something is shared."""

    shares: list[ShareAnswer]

    @classmethod
    def of(cls, found: Iterable[Share]) -> Self:
        """Return shares."""
        return cls(shares=[ShareAnswer(to=one.to, name=one.name, by=one.by) for one in found])
