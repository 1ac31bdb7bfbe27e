"""Wrappers of a target that lose or refuse answers on the way."""

import os

from importer.errors import TargetUnreachable
from importer.model import Status
from importer.targets.protocol import Accepted, InDoubt, Landed

LOST = "the answer was lost"
KILLED = 137


class Between:
    """A wrapper between sender and target, which by default changes nothing."""

    def __init__(self, inner):
        self.inner = inner
        self.submitted = 0

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def submit(self, changes):
        self.submitted += 1
        return self.inner.submit(changes)


class Loses(Between):
    """A target that loses answers by `plan`, one word a request; later answers arrive.

    `after`: the request landed, `before`: it never arrived, `kept`: the answer arrives.
    """

    def __init__(self, inner, plan):
        super().__init__(inner)
        self.plan = list(plan)

    def submit(self, changes):
        fate = self.plan.pop(0) if self.plan else "kept"
        if fate == "before":
            self.submitted += 1
            return InDoubt(LOST)
        reply = super().submit(changes)
        return InDoubt(LOST) if fate == "after" else reply


class Drops(Between):
    """A target that accepts every batch, carries nothing out and names nothing."""

    def submit(self, changes):
        landed = (Landed(one.seq, Status.UNCHANGED, one.id, named=False) for one in changes)
        return Accepted(tuple(landed))


class Dies(Between):
    """A target that ends the process, as a kill would, once its `last` request has landed."""

    def __init__(self, inner, last):
        super().__init__(inner)
        self.last = last

    def submit(self, changes):
        reply = super().submit(changes)
        if self.submitted == self.last:
            os._exit(KILLED)
        return reply


class Unreachable(Between):
    """A target that is unreachable after `good` requests: later ones never arrive."""

    def __init__(self, inner, good):
        super().__init__(inner)
        self.good = good

    def submit(self, changes):
        if self.submitted >= self.good:
            raise TargetUnreachable("No connection to the target.")
        return super().submit(changes)


class Vanishes(Between):
    """A target that loses the answer to request number `last` and then cannot be queried."""

    def __init__(self, inner, last):
        super().__init__(inner)
        self.last = last

    def submit(self, changes):
        reply = super().submit(changes)
        return InDoubt(LOST) if self.submitted == self.last else reply

    def find(self, changes):
        raise TargetUnreachable("No connection to the target.")


class SwitchingTarget(Between):
    """A target replaced by another from request number `first` on."""

    def __init__(self, inner, other, first):
        super().__init__(inner)
        self.other = other
        self.first = first

    def submit(self, changes):
        self.submitted += 1
        target = self.inner if self.submitted < self.first else self.other
        return target.submit(changes)


class NoQueries(Between):
    """A target that cannot be queried: a run ends before it has its plan."""

    def fetch(self, query):
        raise TargetUnreachable("No connection to the target.")
