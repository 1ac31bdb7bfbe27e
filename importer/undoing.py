"""A run that has been and the target as it is now in, a run that takes it back out, planned.

Its rows are those of the run it undoes, so that its report stands in the same file. What somebody
has changed since is kept, and its row says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from importer.errors import UsageError
from importer.finding_codes import FindingCode
from importer.journal import Item, Items, Journal, Lease, Run, key_text
from importer.journal import history as past
from importer.journal.serialize import live_of, pack, unpack
from importer.model import FINE, Action, Finding, Place, Severity, Status
from importer.order import Levels, LiveIndex
from importer.plan.prune import still_has
from importer.plan.undo.history import AppliedChange, RunHistory
from importer.plan.undo.inverse import Inverse, taken_back
from importer.preparing import PreparedRun, is_planned, keep_plan, looked_up, pieces
from importer.results import Connect, Preview, Progress
from importer.targets.protocol import LiveEntity, Query, Target
from importer.template import Template, find
from importer.wanted import want_below

COPIED = ("files", "options", "types", "batch_size", "jobs", "stop_after", "landing", "asked")
"""What a run that undoes another has from that one."""

LAYOUT = ("sheets", "layouts")

MADE_BY_OTHERS = "Not taken back: it was there already, and nobody has noted what it held."
NEVER_FOUND = "Not taken back: nobody knows whether it was made. Look for it in the target."


def begin_undo(
    name: str, *, target: str, connect: Connect, history: Journal, hold: Lease, **asked: Any
) -> PreparedRun:
    """Begin the run that takes back run `name` of the history. Raises UsageError or TargetLocked.

    `asked` are further facts of it: `batch_size`, `jobs`.
    """
    undone = history.run(name)
    _demand_ended(undone)
    system = connect(undone.system, undone.facts["options"])
    _demand_same(undone, system, target)
    facts = {name: undone.facts[name] for name in COPIED if name in undone.facts}
    title = f"Undo of {name}: {undone.facts['title'].rpartition(': ')[2]}"
    this = hold.journal.begin(
        target=target,
        identity=system.identity,
        system=undone.system,
        template=undone.template,
        facts=facts | {"title": title, "undoes": name} | asked,
    )
    try:
        hold.take(this)
    except BaseException:
        hold.journal.discard(this.run)
        raise
    return _begun(this, undone, system, history, hold.journal)


def begin_undo_again(this: Run, *, connect: Connect, journal: Journal) -> PreparedRun:
    """Begin anew a run that undoes another one and ended before it had its plan."""
    journal.forget(this.run)
    system = connect(this.system, this.facts["options"])
    return _begun(this, journal.run(this.facts["undoes"]), system, journal, journal)


def _begun(
    this: Run, undone: Run, system: Target, history: Journal, journal: Journal
) -> PreparedRun:
    template = find(undone.facts["asked"]["template"])
    undoing = UndoPlanner(history, undone, journal, this, template, system)
    return PreparedRun(this, system, undoing.plan)


def _demand_ended(undone: Run) -> None:
    if not is_planned(undone):
        raise UsageError(f"Run {undone.run} has sent nothing: there is nothing to undo.")
    if undone.state not in ("finished", "abandoned"):
        raise UsageError(
            f"Run {undone.run} is not at its end. First `importer resume {undone.run}`, or give "
            f"up what is left of it with `importer runs {undone.run} --abandon`."
        )


def _demand_same(undone: Run, system: Target, target: str) -> None:
    if system.identity != undone.identity:
        raise UsageError(
            f"Run {undone.run} went to {undone.identity}; the target {target} is "
            f"{system.identity} now."
        )


@dataclass(slots=True)
class UndoPlanner:
    """Plans the reverse of `undone`, of the journal `history`, as the run `run` of `journal`."""

    history: Journal
    undone: Run
    journal: Journal
    run: Run
    template: Template
    target: Target
    _levels: Levels = field(init=False)
    _past: RunHistory = field(init=False)
    _successors: dict[str, str] = field(init=False)
    _next: int = 0
    _deletes: dict[str, int] = field(default_factory=dict)
    _leaving: set[str] = field(default_factory=set)
    _kept: dict[int, str] = field(default_factory=dict)
    _did: dict[int, tuple[tuple[int, int], Action]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._levels = Levels(self.template)
        self._successors = past.successors(self.history, self.undone.identity)

    def plan(self, watch: Progress) -> Preview:
        """Plan it; after this the journal alone suffices to finish the run.

        Raises UsageError, or StoppedEarly where the target cannot be asked.
        """
        watch.stage("Looking up", None)
        asked, made, back = self._asked()
        directory = looked_up(
            self.run, self.template, self.target, asked, self.journal, self.history
        )
        later = self._levels.later_paths()
        self._past = RunHistory(self.template, directory.names, directory.ids, later, made, back)
        watch.stage("ChangePlanner", None)
        self._copy_rows()
        for some in pieces(self._entities(), 500):
            self._plan_some(some)
        self._keep_full(directory)
        Items(self.journal, self.run.run).keep_back(self._kept)
        facts = {name: self.undone.facts[name] for name in LAYOUT}
        keep_plan(self.run, facts, self.journal)
        return self._preview()

    def _entities(self) -> Iterator[tuple[Item, Item | None]]:
        for item, later in past.entities(self.history, self.undone.run):
            yield self._today(item), self._today(later) if later else None

    def _today(self, item: Item) -> Item:
        """What came back under another id goes by that one."""
        if not self._successors:
            return item
        raw = unpack(item.change) if item.change else None
        change = pack(_renamed(raw, self._successors)) if raw else None
        return replace(item, id=self._successors.get(item.id or "", item.id), change=change)

    def _asked(self) -> tuple[Query, dict[tuple[str, Any], str], dict[str, tuple[str, Any]]]:
        """What to look up; the ids of what the run was about; what it deleted, by id."""
        wanted, made, back = Query(), {}, {}
        for item, later in self._entities():
            self._next = max(self._next, item.no + 2)
            named = item.kind, past.key_of(item)
            if item.id:
                made[named] = item.id
                wanted.ids.add(item.id)
            for change in (_change(one) for one in (item, later) if one):
                self._ask(wanted, change)
                if change and change["action"] == Action.DELETE and item.id:
                    back[item.id] = named
        want_below(wanted, self.template, self.template.kinds)
        return wanted, made, back

    def _ask(self, wanted: Query, change: Any) -> None:
        """What a change is about, and what it takes away or replaces."""
        if not change:
            return
        wanted.keys.setdefault(change["type"], set())
        wanted.paths.update(change["fields"])
        befores = [change["before"], *change.get("along", ())]
        refs = [refs for live in befores if live for refs in live["relations"].values()]
        wanted.ids.update(ref["id"] for ref in chain.from_iterable(refs))
        wanted.ids.update(live["id"] for live in befores if live)

    def _copy_rows(self) -> None:
        """The rows are those of the run that is undone."""
        name = self.run.run
        for rows in pieces(past.rows(self.history, self.undone.run), 10_000):
            self.journal.add_rows(name, rows)
        for merged in pieces(past.merged(self.history, self.undone.run), 10_000):
            self.journal.add_merged(name, merged)

    def _plan_some(self, entities: Sequence[tuple[Item, Item | None]]) -> None:
        """Plan a piece of them, with what is live of it."""
        ids = [item.id for item, _ in entities if item.id]
        changes = [_change(item) for item, _ in entities]
        along = [one["id"] for change in changes if change for one in change.get("along", ())]
        live = self.journal.live(self.run.run, [*ids, *along])
        items: list[Item] = []
        for (item, later), change in zip(entities, changes, strict=True):
            items += self._reverse(item, change, _change(later) if later else None, live)
            items += self._along(item, change, live)
        self.journal.add_items(self.run.run, items)

    def _reverse(
        self, item: Item, change: Any, later: Any, live: Mapping[str, LiveEntity]
    ) -> Iterator[Item]:
        """What takes back what was done to one entity; it is there even where nothing is to do."""
        if not (change or later):
            return
        before = live_of(change["before"]) if change and change["before"] else None
        there = live.get(item.id or "")
        back = self._why_not(item, change) or taken_back(
            AppliedChange(item.kind, change, later, before), there, self._past
        )
        yield from self._items(item, back, there)

    def _why_not(self, item: Item, change: Any) -> Inverse | None:
        """What cannot be told from the target: whether it was made, or what it was before."""
        if not change or change["action"] != Action.CREATE:
            return None
        if not item.id:
            return Inverse(kept=NEVER_FOUND)
        updated = item.state == Status.UPDATED and not change["before"]
        return Inverse(kept=MADE_BY_OTHERS) if updated else None

    def _items(self, item: Item, back: Inverse, live: LiveEntity | None) -> Iterator[Item]:
        level = item.level or 0
        turned = back.action in (Action.CREATE, Action.DELETE)
        main = Item(
            item.no,
            item.sheet,
            item.row,
            item.kind,
            item.key,
            self._levels.opposite(level) if turned else level,
            Status.PENDING if back.change else Status.UNCHANGED,
            back.action.value,
            live.id if live else None,
            change=pack(back.change) if back.change else None,
        )
        self._note(main, back)
        yield main
        if back.later:
            after = self._levels.later(item.kind)
            yield Item(
                item.no + 1,
                item.sheet,
                item.row,
                item.kind,
                item.key,
                after,
                action=Action.UPDATE.value,
                id=main.id,
                change=pack(back.later),
            )

    def _note(self, main: Item, back: Inverse) -> None:
        if back.kept:
            self._kept[main.no] = back.kept
        self._did[main.no] = (main.sheet, main.row), back.action
        if back.action is Action.DELETE and main.id:
            self._deletes[main.id] = main.no
        if back.action in (Action.DELETE, Action.MOVE) and main.id:
            self._leaving.add(main.id)

    def _along(self, item: Item, change: Any, live: Mapping[str, LiveEntity]) -> Iterator[Item]:
        """What went along with something that was deleted, where that is archived now."""
        for raw in change.get("along", ()) if change else ():
            there, kind = live.get(raw["id"]), self.template.kind_of(raw["type"])
            if kind is None or there is None or not there.archived or raw["id"] in self._past.back:
                continue
            before = live_of(raw)
            gone = {**change, "type": raw["type"], "fields": {}}
            back = taken_back(AppliedChange(kind.name, gone, None, before), there, self._past)
            level = self._levels.opposite(self._levels.of(kind.name))
            self._next += 2
            key = key_text(before.key)
            own = Item(self._next - 2, item.sheet, item.row, kind.name, key, level, id=raw["id"])
            yield from self._items(own, back, there)

    def _keep_full(self, directory: LiveIndex) -> None:
        """What still holds something that stays is kept; innermost first, for that stays too."""
        depth = {one: len(directory.names[one][1]) for one in self._deletes}
        for one in sorted(self._deletes, key=lambda each: -depth[each]):
            left = [child for child in directory.children(one) if child not in self._leaving]
            if left:
                labels = [directory.names[child][1][-1] for child in left]
                self._kept[self._deletes[one]] = f"Not taken back: it {still_has(labels)}."
                self._leaving.discard(one)

    def _preview(self) -> Preview:
        """Rows by what happens to them: the first that its entities do counts."""
        actions: dict[tuple[int, int], str] = {}
        held: dict[tuple[int, int], str] = {}
        for no, (where, action) in self._did.items():
            if no in self._kept:
                held.setdefault(where, self._kept[no])
            elif actions.get(where, Action.UNCHANGED) == Action.UNCHANGED:
                actions[where] = action.value
        counted = Counter((actions | dict.fromkeys(held, Status.HELD.value)).values())
        findings = [self._finding(where, why) for where, why in held.items()]
        return Preview(self.run.target, dict(counted), findings)

    def _finding(self, where: tuple[int, int], why: str) -> Finding:
        sheet = self.undone.facts["sheets"][where[0]]
        place = Place(sheet["name"], where[1], file=sheet["file"])
        return Finding(FindingCode.HELD, why, place, Severity.WARNING)


def _change(item: Item) -> Any:
    """What an item did, or may have done; None where it did nothing."""
    did = Status(item.state) in FINE - {Status.UNCHANGED} or item.state == Status.UNKNOWN
    return unpack(item.change) if did and item.change else None


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """JSON in which ids are others."""
    if isinstance(value, dict):
        return {name: _renamed(inner, names) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value
