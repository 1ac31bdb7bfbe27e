"""A session: from the settings to an open journal, a connected target and the options of a run."""

from importer.session.connector import Connector, connector
from importer.session.journal import Session, open_journal, open_session
from importer.session.sandbox import seeds
from importer.session.target import GivenTarget

__all__ = [
    "Connector",
    "GivenTarget",
    "Session",
    "connector",
    "open_journal",
    "open_session",
    "seeds",
]
