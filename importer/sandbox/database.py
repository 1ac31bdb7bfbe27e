"""The SQLite file of a sandbox and its transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS entity (
    id INTEGER PRIMARY KEY, guid TEXT NOT NULL UNIQUE, type TEXT NOT NULL, status TEXT NOT NULL,
    qualified_name TEXT NOT NULL, folded_qualified_name TEXT NOT NULL,
    name TEXT NOT NULL, folded_name TEXT NOT NULL,
    glossary TEXT, parent TEXT, created INTEGER NOT NULL, updated INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS entity_key ON entity (type, qualified_name);
CREATE INDEX IF NOT EXISTS entity_qualified_name ON entity (qualified_name);
CREATE INDEX IF NOT EXISTS entity_folded_qualified_name ON entity (folded_qualified_name);
CREATE INDEX IF NOT EXISTS entity_name ON entity (name, type);
CREATE INDEX IF NOT EXISTS entity_folded_name ON entity (folded_name);
CREATE INDEX IF NOT EXISTS entity_glossary ON entity (glossary, type, name, status, guid);
CREATE INDEX IF NOT EXISTS entity_parent ON entity (parent);
CREATE TABLE IF NOT EXISTS relation (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, attribute TEXT NOT NULL, target TEXT NOT NULL,
    details TEXT, UNIQUE (source, attribute, target)
);
CREATE TABLE IF NOT EXISTS past_relation (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, attribute TEXT NOT NULL, target TEXT NOT NULL,
    details TEXT
);
CREATE INDEX IF NOT EXISTS past_relation_source ON past_relation (source);
CREATE INDEX IF NOT EXISTS past_relation_target ON past_relation (target);
CREATE TABLE IF NOT EXISTS typedef (
    name TEXT PRIMARY KEY, category TEXT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS asset (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, type TEXT NOT NULL,
    external_id TEXT UNIQUE, parent_id TEXT REFERENCES asset (id), body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS asset_tag (id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS asset_parent ON asset (parent_id);
CREATE TABLE IF NOT EXISTS atlas_entity (
    id INTEGER PRIMARY KEY, guid TEXT NOT NULL UNIQUE, type TEXT NOT NULL, status TEXT NOT NULL,
    qualified_name TEXT NOT NULL, folded_qualified_name TEXT NOT NULL,
    name TEXT NOT NULL, folded_name TEXT NOT NULL,
    created INTEGER NOT NULL, updated INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS atlas_entity_key ON atlas_entity (type, qualified_name);
CREATE TABLE IF NOT EXISTS atlas_relationship (
    id INTEGER PRIMARY KEY, guid TEXT NOT NULL UNIQUE, type TEXT NOT NULL, first TEXT NOT NULL,
    second TEXT NOT NULL, status TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
    attributes TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS atlas_relationship_first ON atlas_relationship (first, type);
CREATE INDEX IF NOT EXISTS atlas_relationship_second ON atlas_relationship (second, type);
CREATE TABLE IF NOT EXISTS atlas_typedef (
    name TEXT PRIMARY KEY, category TEXT NOT NULL, body TEXT NOT NULL
);
"""


class Database:
    """A SQLite file with a single writer at a time, shared by the threads of this process."""

    def __init__(self, path: Path) -> None:
        _make_private(path)
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        self._connection.execute("PRAGMA cache_size=-65536")
        self._connection.executescript(SCHEMA)
        self._connection.create_function("casefold", 1, _casefold, deterministic=True)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run the block in a transaction; an exception rolls it back."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def _casefold(value: Any) -> Any:
    """Return a text without its letter case; SQLite's own `lower` knows ASCII only."""
    return value.casefold() if isinstance(value, str) else value


def _make_private(path: Path) -> None:
    """Make the file and its folders, for their owner only; what is there stays as it is.

    SQLite gives the files that it puts beside it the same permissions.
    """
    for folder in reversed(path.parents):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
