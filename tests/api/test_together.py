"""Calls from several threads, and inside a loop that is running, as a notebook has one."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pandas as pd

from importer import api
from importer.errors import TargetLocked


def test_checks_and_plans_run_side_by_side(sheets):
    """Each has its own result, on a journal that nobody has opened yet."""
    with ThreadPoolExecutor(4) as pool:
        calls = [pool.submit(f, sheets) for f in (api.check, api.plan, api.check, api.plan)]
    found = [call.result() for call in calls]
    assert [one.ok for one in found] == [False] * 4
    assert found[0].findings.equals(found[2].findings)


def test_two_runs_into_one_target_never_send_at_once(sheets):
    """One of them is refused, or comes after the other."""
    with ThreadPoolExecutor(2) as pool:
        calls = [pool.submit(api.run, sheets) for _ in range(2)]
    done = [call.result() for call in calls if not isinstance(call.exception(), TargetLocked)]
    assert sum(one.counts.get("created", 0) for one in done) == 3


def test_it_works_inside_a_running_loop(sheets):
    """Called there it blocks; in a thread it lets the loop go on."""

    async def both():
        first = api.run({"Glossaries": sheets["Glossaries"]})
        return first, await asyncio.to_thread(api.run, {"Terms": sheets["Terms"]})

    with ThreadPoolExecutor(1) as pool:  # where no loop runs yet: a browser's may run here
        first, second = pool.submit(asyncio.run, both()).result()
    assert (first.counts, second.counts) == ({"created": 1}, {"created": 2, "invalid": 1})


def test_one_frame_is_read_by_several_threads():
    """Nothing of it is changed meanwhile."""
    frame = pd.DataFrame({"Glossary": "Finance", "Term": [f"T{n}" for n in range(5000)]})
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(api.check, [frame] * 4))
    assert {one.valid for one in found} == {5000}
