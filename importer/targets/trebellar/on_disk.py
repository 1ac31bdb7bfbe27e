"""The assets of a long list in a database of this process: packed, each once.

SQLite keeps it in a file without a name, which is gone when it is closed.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Self

from importer.errors import StoppedEarly
from importer.model import Json
from importer.targets.trebellar.divide import divide
from importer.targets.trebellar.vocabulary import CHILDLESS, PARENT

IN_MEMORY = 32 << 10
"""Kilobytes of pages that are kept in memory."""

AT_ONCE = 500
"""How many children of an asset are read at once."""

_TABLES = """
CREATE TABLE asset (
    no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, parent TEXT, complete INTEGER NOT NULL,
    packed BLOB NOT NULL
);
CREATE INDEX asset_incomplete ON asset (id) WHERE NOT complete;
CREATE TABLE named (provisional BLOB PRIMARY KEY, id TEXT NOT NULL);
"""
_NAME = "INSERT INTO named VALUES (?, ?)"
_CALL_BY_ID = """
UPDATE asset SET parent = (SELECT id FROM named WHERE provisional = parent)
WHERE typeof(parent) = 'blob'
"""
_ADD = "INSERT OR IGNORE INTO asset (id, parent, complete, packed) VALUES (?, ?, ?, ?)"
_KNOWN = "SELECT packed, parent, complete FROM asset WHERE id = ?"
_CHANGE = "UPDATE asset SET parent = ?, complete = ?, packed = ? WHERE id = ?"
_INCOMPLETE = "SELECT min(id) FROM asset WHERE NOT complete"
_HAS_CHILDREN = "EXISTS (SELECT 1 FROM asset AS child WHERE child.parent = asset.id)"
_TOP = f"""
SELECT packed, parent, {_HAS_CHILDREN} FROM asset WHERE parent IS NULL OR parent IN (
    SELECT parent FROM (SELECT DISTINCT parent FROM asset) AS named
    WHERE NOT EXISTS (SELECT 1 FROM asset AS other WHERE other.id = named.parent)
) ORDER BY no
"""  # noqa: S608 - nothing in it is of others
_BELOW = f"""
SELECT packed, parent, {_HAS_CHILDREN}, no FROM asset WHERE parent = ? AND no > ? ORDER BY no
LIMIT {AT_ONCE}
"""  # noqa: S608


class AssetsOnDisk:
    """The assets of a list that is long. Raises StoppedEarly where the disk is full."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for pragma in (f"cache_size=-{IN_MEMORY}", "journal_mode=OFF", "synchronous=OFF"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.executescript(_TABLES)

    @classmethod
    def of(cls, text: IO[bytes]) -> Self:
        """Return the assets of a list. Raises what `divide` raises."""
        found = cls()
        try:
            with _room():
                found._db.execute("BEGIN")
                for asset, parent, provisional in divide(text):
                    found.add(asset, parent)
                    if provisional:
                        found._db.execute(_NAME, (provisional, asset["id"]))
                found._db.execute(_CALL_BY_ID)
                found._db.execute("CREATE INDEX asset_parent ON asset (parent)")
                found._db.execute("COMMIT")
        except BaseException:
            found.close()
            raise
        return found

    def add(self, asset: Json, parent: str | bytes | None = None) -> None:
        """See Assets."""
        own = {**asset}
        children = own.pop("children", None) or ()
        complete = parent is None or "children" in asset or own.get("type") in CHILDLESS
        new = _placed(own, parent)
        values = (own["id"], new.get(PARENT), complete, marshal.dumps(new))
        if not self._db.execute(_ADD, values).rowcount:
            self._add_to_known(own, parent, complete=complete)
        for child in children:
            self.add(child, own["id"])

    def incomplete(self) -> str | None:
        """See Assets."""
        return self._db.execute(_INCOMPLETE).fetchone()[0]  # type: ignore[no-any-return]

    def top(self) -> Iterator[tuple[Json, bool]]:
        """See Assets."""
        return map(_unpacked, self._db.execute(_TOP))

    def below(self, asset_id: str) -> Iterator[tuple[Json, bool]]:
        """See Assets."""
        last = 0
        while some := self._db.execute(_BELOW, (asset_id, last)).fetchall():
            yield from map(_unpacked, some)
            last = some[-1][3]

    def close(self) -> None:
        """Give the disk back."""
        self._db.close()

    def _add_to_known(self, asset: Json, parent: str | bytes | None, *, complete: bool) -> None:
        before, was_complete = _unpacked(self._db.execute(_KNOWN, (asset["id"],)).fetchone())
        known = _placed({**before, **asset}, parent)
        values = (known.get(PARENT), was_complete or complete, marshal.dumps(known), asset["id"])
        self._db.execute(_CHANGE, values)


def _placed(asset: Json, parent: str | bytes | None) -> Json:
    """Return an asset with the parent that it is nested in, unless it names one itself."""
    return asset if parent is None or asset.get(PARENT) else {**asset, PARENT: parent}


def _unpacked(row: Sequence[Any]) -> tuple[Json, bool]:
    """Return the asset of a row, with the id of its parent as it is known now, and what follows."""
    asset = marshal.loads(row[0])  # noqa: S302 - our own
    asset[PARENT] = row[1]
    return asset, bool(row[2])


@contextmanager
def _room() -> Iterator[None]:
    """Say in a sentence that the disk is full."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoppedEarly(
            f"The assets that the target lists have no room among the temporary files ({error})."
        ) from None
