"""Which tests each worker of pytest-xdist begins with, so that none is left alone with a slow one.

With `--dist worksteal` each worker gets a run of the list, all about as long, and then half of what
another has not begun yet: its last ones.
"""


def shares(items, workers, seconds):
    """Order tests so that each run begins with its share of the slow ones, the slowest first.

    `seconds` says how long a test takes, 0 where it is quick; quick ones stay side by side.
    """
    slow = sorted(filter(seconds, items), key=seconds, reverse=True)
    quick = [item for item in items if not seconds(item)]
    ordered = []
    for number in range(workers):
        mine = slow[number::workers]
        more = max(0, (len(items) - len(ordered)) // (workers - number) - len(mine))
        ordered += [*mine, *quick[:more]]
        del quick[:more]
    return [*ordered, *quick]
