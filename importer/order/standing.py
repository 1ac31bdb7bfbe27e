"""Records in, what is live of each out, and where those stand that do not say it in full."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from importer.mapping import BoundEntity, BoundSheet
from importer.mapping.forms import show
from importer.model import Finding, Key
from importer.order.directory import Directory, Several
from importer.order.index import Named
from importer.order.registry import Record


class Standing:
    """Meets the records of a file with what the directory knows to be live."""

    def __init__(self, directory: Directory, sheets: Sequence[BoundSheet]) -> None:
        self._directory = directory
        self._sheets = sheets
        self._renamed: dict[str, tuple[Named, Named | None]] = {}
        self._several: dict[int, tuple[str, tuple[str, ...]]] = {}

    def note(self, record: Record, parent: Named | None) -> None:
        """A record has its key: what it names by an id is called so from now on."""
        if record.delete or not record.valid:
            return
        found = self._directory.identified(record)
        if isinstance(found, str) and record.key is not None:
            self._renamed[found] = (record.kind, record.key), parent

    def rename(self) -> None:
        """Carry out what was noted."""
        if self._renamed:
            self._directory.rename(self._renamed)
            self._renamed.clear()

    def key_below(self, record: Record, parent: Named) -> Key:
        """The key of a record that says only what it stands below.

        What is live there stays where it is, unless the file names it in full elsewhere.
        """
        here = (*parent[1], *record.labels)
        if not self._directory.names:
            return here
        found = self._directory.identified(record)
        if isinstance(found, str):
            inside = self._directory.inside(found, parent)
            return (*self._directory.place_of(found), *record.labels) if inside else here
        index = self._directory.index
        if index.has((record.kind,), here) or index.sharing(record.kind, here):
            return here
        below = index.below((record.kind,), parent[1], [record.labels])
        below = [one for one in below if not index.stated(*one)]
        if len(below) > 1:
            paths = tuple(show(key) for _, key in below)
            self._several[record.seq] = show(parent[1]), paths
        return below[0][1] if len(below) == 1 else here

    def meet(self, records: Sequence[Record], duplicates: Container[int]) -> Iterator[Finding]:
        """Give every record the id of what is live of it; tell of those that may mean several."""
        if not self._directory.names and not self._directory.archived:
            return
        for record in records:
            if record.seq in duplicates:
                continue
            found = self._directory.find(record)
            if record.seq in self._several:
                where, paths = self._several[record.seq]
                yield self._ambiguous(record, f" below {where}", paths, "Fill in where it stands.")
            elif isinstance(found, Several):
                yield self._ambiguous(record, "", found.handles, self._way_out(record))
            else:
                record.live = found

    def still_full(self, records: Sequence[Record]) -> Iterator[Finding]:
        """Tell of what is deleted though something stands in it that is neither deleted nor moved.

        For kinds that say so: some targets refuse that, others take it all away.
        """
        deletes = [r for r in records if r.delete and r.valid and r.live is not None]
        gone = {record.live for record in deletes}
        for record in sorted(deletes, key=lambda one: len(one.key or ()), reverse=True):
            bound = self._sheets[record.sheet].entity(record.kind)
            children = self._directory.children(record.live or "")
            left = [one for one in children if one not in gone]
            if left and bound.kind.empty_first:
                gone.discard(record.live)
                yield self._full(record, bound, left)

    def _full(self, record: Record, bound: BoundEntity, left: Sequence[str]) -> Finding:
        record.valid = False
        listed = ", ".join(f"`{self._directory.names[one][1][-1]}`" for one in left[:3])
        more = f" and {len(left) - 3:,} more" if len(left) > 3 else ""
        words = (
            f"`{record.labels[-1]}` still has {listed}{more} in it: "
            "delete or move what is in it too."
        )
        sheet, column = self._sheets[record.sheet], bound.action_column
        index = bound.origin(bound.kind.key[-1])[0] - 1 if column is None else column
        place = sheet.place(record.row, index + 1, sheet.heading(index) if index >= 0 else None)
        return Finding("not_empty", words, place, value=record.labels[-1])

    def _ambiguous(self, record: Record, where: str, which: Sequence[str], way_out: str) -> Finding:
        record.valid = False
        sheet = self._sheets[record.sheet]
        bound = sheet.entity(record.kind)
        listed = ", ".join(f"`{one}`" for one in which[:5])
        more = ", ..." if len(which) > 5 else ""
        words = (
            f"The target has {len(which)} {bound.kind.word}s `{record.labels[-1]}`{where}: "
            f"{listed}{more}. {way_out}"
        )
        place = sheet.place(record.row, *bound.origin(bound.kind.key[-1]))
        return Finding("ambiguous", words, place, value=record.labels[-1])

    def _way_out(self, record: Record) -> str:
        rule = self._sheets[record.sheet].entity(record.kind).rule
        kind = self._sheets[record.sheet].entity(record.kind).kind
        telling = [c.heading for c in rule.columns if c.type == "id" or c.path in kind.identities]
        return f"Say which under {' or '.join(telling)}." if telling else "Give each its own name."
