"""Which tests each worker of pytest-xdist begins with, so that none is left alone with a slow one.

With `--dist worksteal` each worker gets a run of the list, all about as long, and then half of what
another has not begun yet: its last ones.
"""


def shares(items, workers, seconds, together=lambda _: None):
    """Order tests so that each run begins with its share of the slow ones, the slowest first.

    `seconds` says how long a test takes, 0 where it is quick; quick ones stay side by side.
    `together` names what a slow test has in common with others, None where it is nothing: one
    worker gets all of them, for each would make it again.
    """
    slow = _dealt(filter(seconds, items), workers, seconds, together)
    quick = [item for item in items if not seconds(item)]
    ordered = []
    for number, mine in enumerate(slow):
        more = max(0, (len(items) - len(ordered)) // (workers - number) - len(mine))
        ordered += [*mine, *quick[:more]]
        del quick[:more]
    return [*ordered, *quick]


def _dealt(items, workers, seconds, together):
    """Give each group of slow tests, the slowest first, to the worker with the least to do."""
    groups = {}
    for item in items:
        groups.setdefault(together(item) or id(item), []).append(item)
    lasting = {name: sum(map(seconds, group)) for name, group in groups.items()}
    hands, loads = [[] for _ in range(workers)], [0] * workers
    for name in sorted(groups, key=lasting.get, reverse=True):
        least = loads.index(min(loads))
        hands[least] += groups[name]
        loads[least] += lasting[name]
    return hands
