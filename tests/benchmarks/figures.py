"""The figures that cases are judged by, each made of what the sides of a turn used."""

from math import ceil

from tests.benchmarks.case import Figure


def cpu(ours, theirs, **bar):
    """How many times the CPU time of another side one takes."""
    return Figure(
        f"CPU of {ours} / {theirs}", lambda turn: turn[ours].cpu / turn[theirs].cpu, **bar
    )


def less(ours, theirs, **bar):
    """How many times less CPU time than another side one takes."""
    what = f"CPU of {theirs} / {ours}"
    return Figure(what, lambda turn: turn[theirs].cpu / turn[ours].cpu, **bar)


def less_memory(ours, theirs, **bar):
    """How many times less memory than another side one takes."""
    what = f"memory of {theirs} / {ours}"
    return Figure(what, lambda turn: turn[theirs].memory / turn[ours].memory, **bar)


def seconds(side, **bar):
    """The CPU time of a side."""
    return Figure(f"CPU of {side}", lambda turn: turn[side].cpu, "s", **bar)


def memory(ours, theirs, **bar):
    """How many times the memory of another side one takes."""
    what = f"memory of {ours} / {theirs}"
    return Figure(what, lambda turn: turn[ours].memory / turn[theirs].memory, **bar)


def megabytes(side, **bar):
    """The peak memory of a side."""
    return Figure(f"memory of {side}", lambda turn: turn[side].memory, "MB", **bar)


def per_entity(side, **bar):
    """The CPU time that a run takes for an entity, in microseconds."""

    def of(turn):
        return turn[side].cpu / turn[side].counts["entities"] * 1e6

    return Figure(f"CPU of {side}, an entity", of, "us", **bar)


def journal(side, **bar):
    """The bytes that the journal of a run holds for an entity."""

    def of(turn):
        return turn[side].counts["journal"] / turn[side].counts["entities"]

    return Figure(f"journal of {side}, an entity", of, "bytes", **bar)


def per_request(side, stage, **bar):
    """The CPU time that a stage of a run takes for a request, in milliseconds."""

    def of(turn):
        counts = turn[side].counts
        return counts[stage] / counts["requests"] * 1e3

    return Figure(f"CPU of {stage} in {side}, a request", of, "ms", **bar)


def of_stage(side, stage, **bar):
    """The CPU time that a stage of a run takes for an entity, in microseconds."""

    def of(turn):
        counts = turn[side].counts
        return counts[stage] / counts["entities"] * 1e6

    return Figure(f"CPU of {stage} in {side}, an entity", of, "us", **bar)


def share(side, jobs, delay, **bar):
    """The share of the latency bound that a run reaches.

    The bound is the time of all answers where each of `jobs` connections always awaits one. The
    time is that from the first request to the last answer; glossaries are a request before.
    """

    def of(turn):
        requests = turn[side].counts["requests"] - 1
        bound = (1 + ceil(requests / jobs)) * delay
        return bound / turn[side].counts["seconds"]

    return Figure(f"share of the bound, {jobs} in flight", of, "", **bar)
