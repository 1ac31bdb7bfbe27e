"""A saved plan and the plan of today: what differs is named, and nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importer.errors import UsageError
from importer.pipeline.saved_plan import (
    SavedChange,
    SavedPlan,
    SavedRow,
    SavedRows,
    read_plan,
    write_plan,
)
from importer.pipeline.stale_plan import refuse_stale

CHANGES = st.lists(
    st.builds(SavedChange, st.text(), st.sampled_from(["create", "update"]), st.text()), max_size=2
)
ROWS = st.dictionaries(st.text(), CHANGES, max_size=6)
BUSY = settings(suppress_health_check=[HealthCheck.too_slow])
"""On a machine with much to do, the first text alone takes seconds."""


def plan_of(rows):
    pairs = SavedRows(SavedRow(place, changes) for place, changes in rows.items())
    return SavedPlan("2026-11-30T03:00:00Z", "atlan", "glossary", {"terms.csv": "a1"}, pairs)


def differences(saved, found):
    """Return the lines of the refusal that say what differs."""
    try:
        refuse_stale(plan_of(saved), plan_of(found))
    except UsageError as error:
        return [line.strip() for line in str(error).splitlines()[1:-1]]
    return []


@BUSY
@given(ROWS, st.randoms(use_true_random=False))
def test_a_plan_is_the_same_in_whatever_order_a_target_tells_what_it_holds(rows, random):
    shuffled = list(rows.items())
    random.shuffle(shuffled)
    assert differences(rows, dict(shuffled)) == []


@BUSY
@given(ROWS, ROWS)
def test_a_plan_is_refused_if_and_only_if_a_row_does_something_else(saved, found):
    assert bool(differences(saved, found)) == (saved != found)


def test_a_row_that_moves_the_others_down_is_named_alone():
    rows = {f"row {row}": [SavedChange(f"Term {row}", "create", "")] for row in range(2, 9)}
    assert differences(rows, {"row 1": [SavedChange("New", "create", "")], **rows}) == [
        "row 1: is new."
    ]


@BUSY
@given(ROWS)
def test_a_plan_comes_back_from_its_file(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("plan") / "p.plan"
    write_plan(path, plan_of(rows))
    refuse_stale(read_plan(path), plan_of(rows))
    with pytest.raises(UsageError, match="row 0: is new"):
        refuse_stale(read_plan(path), plan_of({**rows, "row 0": []}))
