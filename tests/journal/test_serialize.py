"""What the journal stores comes back as it was."""

import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from importer.journal.run import RunPlan, RunSpec
from importer.journal.serialize import (
    pack_apart,
    pack_change,
    pack_run,
    unpack,
    unpack_apart,
    unpack_change,
    unpack_run,
    with_ids,
)
from importer.model import Action, InputFile, SheetLayout
from importer.options import Options, ReportTo
from importer.spreadsheet import Dialect
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer
from importer.targets.protocol import LiveEntity, Ref

LIVE = LiveEntity("T", ("R", "a"), "A", {"x": ["A", 1]}, {"up": (Ref("R", "R1"),)}, ("c",), True)
CHANGE = PlannedChange(
    type="T",
    action=Action.MOVE,
    key=("R", "a"),
    payload={"x": {"y": [1, None]}},
    clears=("z",),
    relations={"up": [Pointer("root", ("R",), "R1", "R")]},
    append={"same": [Pointer("t", ("R", "b"))]},
    remove={"same": [Pointer("t", ("R", "c"), "C")]},
    id="A",
    before=LIVE,
    parent="up",
    fields={"x.y": FieldDiff("X", None, [1])},
    along=(LIVE,),
    restores="B",
)
FILE = InputFile("/data/f.csv", "f.csv", "ab" * 32, "text", "UTF-8", None, "cd" * 32)
SPEC = RunSpec(
    title="T",
    files=[
        FILE,
        replace(FILE, dialect=Dialect("utf-8", True, ";", '"', "\n", False), reported=""),
        replace(FILE, dialect=Dialect("cp850", False, ";", '"', "\n", True, spaced=True)),
    ],
    options=Options(
        template="x",
        only=("S=Terms",),
        strict=True,
        batch_size=3,
        jobs=2,
        stop_after=0,
        landing=1.5,
        mass_rows=7,
        mass_share=0.5,
        mass_alone=0.4,
        allow_mass_change=True,
        prune=("Finance",),
        encoding="mac-roman",
        delimiter="tab",
        quote="none",
    ),
    system_options={"index_lag": 1},
    types={"term": "Term"},
    report_to=ReportTo(Path("/data/reports"), in_place=True),
    undoes="20260101-abcdef",
)
PLAN = RunPlan((SheetLayout("S", 1, 2, 9, 3, "f.csv", ("A", "B")),))


def test_a_change_comes_back_as_it_was():
    assert unpack_change(pack_change(CHANGE)) == CHANGE


def test_a_change_of_few_parts_comes_back_as_it_was():
    """What is not there is not stored: no field says that nothing goes along."""
    few = PlannedChange(type="T", action=Action.CREATE, key=("a",))
    assert unpack_change(pack_change(few)) == few
    assert not {"along", "restores"} & unpack(pack_change(few)).keys()
    none = replace(few, along=())
    assert unpack_change(pack_change(none)) == none


def test_ids_are_replaced_wherever_they_stand():
    found = with_ids(CHANGE, {"A": "A2", "R1": "R2", "C": "C2"})
    assert (found.id, found.before.id, found.along[0].id) == ("A2", "A2", "A2")
    assert found.before.relations == {"up": (Ref("R", "R2"),)}
    assert found.relations["up"][0].id == "R2"
    assert found.remove["same"][0].id == "C2"
    assert found.before.payload == {"x": ["A2", 1]}
    assert with_ids(CHANGE, {}) == CHANGE


def test_a_run_comes_back_as_it_was():
    packed = pack_run(SPEC, PLAN, ("/r.csv",), "cancelled", {"created": 2})
    assert unpack_run(packed) == (SPEC, PLAN, ("/r.csv",), "cancelled", {"created": 2})


def test_a_run_without_a_plan_has_none():
    spec = RunSpec("T", [], Options(), {}, {})
    assert unpack_run(pack_run(spec, None, ())) == (spec, None, (), "", {})
    assert (
        not {"sheets", "layouts", "undoes", "stop", "counts"}
        & unpack(pack_run(spec, None, ())).keys()
    )


def test_what_an_older_version_did_not_write_has_its_default():
    facts = unpack(pack_run(SPEC, None, ()))
    for name in ("guard", "stop_after", "landing", "report_to", "reports"):
        del facts[name]
    del facts["asked"]["prune"], facts["asked"]["allow_mass_change"]
    import orjson

    spec, _, reports, *_ = unpack_run(orjson.dumps(facts))
    default = Options()
    assert (spec.options.mass_rows, spec.options.mass_share) == (10, 0.1)
    assert (spec.options.stop_after, spec.options.landing) == (None, default.landing)
    assert (spec.options.prune, spec.options.allow_mass_change) == ((), False)
    assert (spec.report_to, reports) == (ReportTo(), ())


def test_a_diff_that_the_payloads_say_is_kept_as_its_heading_alone():
    before = replace(LIVE, payload={"x": {"y": "old"}})
    said = FieldDiff("X", before.payload["x"]["y"], CHANGE.payload["x"]["y"])
    for fields in ({"x.y": said}, {"x.y": replace(said, new=["shown otherwise"])}):
        change = replace(CHANGE, before=before, fields=fields)
        assert unpack_change(pack_change(change)) == change
    assert unpack(pack_change(replace(CHANGE, before=before, fields={"x.y": said})))["fields"] == {
        "x.y": ["X"]
    }


def test_what_is_sent_is_read_without_what_a_plan_shows():
    sent, shown = pack_apart(CHANGE)
    assert unpack_apart(sent) == replace(CHANGE, fields={})
    assert unpack_apart(sent, shown) == CHANGE


@pytest.mark.parametrize("pack", [pack_change, pack_apart])
def test_nothing_of_a_change_stays_in_memory_once_it_is_packed(pack):
    """msgspec 0.21.1 keeps the fields of a Struct that `to_builtins` makes a list of."""
    value = "".join(["a text of ", "this test"])
    change = replace(CHANGE, payload={"x": value}, fields={"y": FieldDiff("Y", value, [value])})
    known = sys.getrefcount(value)
    pack(change)
    assert sys.getrefcount(value) == known
