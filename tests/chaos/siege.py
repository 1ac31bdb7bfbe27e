"""A fleet whose workers, machines and servers are ended again and again, and what came of it."""

import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from tests.chaos.fleet import KEY
from tests.chaos.scenes import _added, live_by_name, new_glossary

BLOWS = ("a pass", "a worker", "a machine")


@dataclass
class Outcome:
    """What happened, and what it came to."""

    kills: Counter = field(default_factory=Counter)
    requests: int = 0
    duplicates: int = 0
    lost: int = 0
    wrong: int = 0
    interleaved: int = 0
    beside: int = 0
    notes: list = field(default_factory=list)

    @property
    def bad(self):
        return self.duplicates, self.lost, self.wrong, self.interleaved


def siege(fleet, workers, kills, seed, servers=()):
    """End something so often, then let the rest be done; `servers` are restarted too."""
    dice, outcome = random.Random(seed), Outcome()
    fleet.enter()
    for _ in range(workers):
        fleet.begin()
    for _ in range(kills):
        goal = fleet.requests + dice.randint(1, 12)
        fleet.until(lambda goal=goal: fleet.requests >= goal or fleet.all_ended())
        if fleet.all_ended():
            break
        blow = dice.choice([*BLOWS, *servers])
        _strike(fleet, blow, dice)
        outcome.kills[blow if isinstance(blow, str) else "a server"] += 1
        while sum(one.lives for one in fleet.workers) < workers:
            fleet.begin()
    fleet.until(fleet.all_ended)
    _judge(fleet, outcome)
    return outcome


def _strike(fleet, blow, dice):
    worker = dice.choice([one for one in fleet.workers if one.lives])
    if blow == "a pass":
        worker.end_a_pass()
    elif blow == "a worker":
        worker.end_alone()
    elif blow == "a machine":
        worker.die()
    else:
        blow.stop()
        blow.start()


def _judge(fleet, outcome):
    outcome.requests = fleet.requests
    _judge_passes(fleet, outcome)
    for target in fleet.targets:
        jobs = [name for name, to in fleet.jobs.items() if to == target]
        _judge_target(fleet, target, jobs, outcome)
    said = fleet.said()
    for word in ("Traceback", KEY):
        if word in said:
            outcome.wrong += 1
            outcome.notes.append(said)


def _judge_passes(fleet, outcome):
    spans = []
    for name in fleet.jobs:
        one = fleet.ended(name)
        spans.append((one.target, one.started, one.ended))
        if (one.status, one.facts.counts) != (0, {"created": fleet.size.terms + 1}):
            outcome.wrong += 1
            outcome.notes.append(f"{name}: {one.status}, {one.facts.counts}, {one.why}")
    pairs = ((a, b) for n, a in enumerate(spans) for b in spans[n + 1 :] if a[0] != b[0])
    outcome.beside = sum(a[1] < b[2] and b[1] < a[2] for a, b in pairs)


def _judge_target(fleet, target, jobs, outcome):
    """Compare what a target was asked for, and what it holds, with the files of its jobs."""
    box = fleet.targets[target]
    stated = {("AtlasGlossary", name) for name in jobs}
    stated |= {("AtlasGlossaryTerm", one) for name in jobs for one in fleet.terms(name)}
    writes = [list(_added(one.body)) for one in box.requests if one.granted]
    asked = Counter(name for names in writes for name in names)
    there = live_by_name(new_glossary(), box.database)
    outcome.duplicates += sum(asked.values()) - len(asked)
    outcome.duplicates += sum(len(found) - 1 for found in there.values())
    outcome.lost += len(stated - there.keys())
    outcome.wrong += len(there.keys() - stated)
    turns = [name for name, _ in groupby(_job(names) for names in writes if names)]
    if turns != jobs:
        outcome.interleaved += sum(a != b for a, b in pairwise(turns)) or 1
        outcome.notes.append(f"{target}: in the order {turns}")


def _job(names):
    """The job whose entities a request creates."""
    return names[0][1].partition(" ")[0]
