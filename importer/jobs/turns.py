"""Whose turn it is among the passes of jobs: one of each target at a time, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from importer.journal.job_pass import JobPass, PassState


def whose_turn(passes: Sequence[JobPass]) -> Iterator[JobPass]:
    """Yield the passes whose turn it is, of those that have not ended, in the order of being due.

    One whose process has ended in the middle goes on before any other of its target begins.
    """
    for target in dict.fromkeys(one.target for one in passes):
        of_target = [one for one in passes if one.target == target]
        running = [one for one in of_target if one.state is PassState.RUNNING]
        first, *_ = running or of_target
        if not first.held:
            yield first
