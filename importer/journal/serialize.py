"""The journal's JSON: runs, items, live entities and findings as bytes, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import orjson

from importer.finding_codes import FindingCode
from importer.journal.item import MappedEntity
from importer.journal.run import RunPlan, RunSpec
from importer.model import (
    Action,
    Finding,
    InputFile,
    Payload,
    Place,
    Severity,
    SheetLayout,
)
from importer.options import Options, ReportTo
from importer.spreadsheet import Dialect
from importer.targets.planned_change import FieldDiff, PlannedChange, Pointer, Pointers
from importer.targets.protocol import LiveEntity, Ref


def pack(value: Any) -> bytes:
    """Return plain values as JSON."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)


def unpack(data: bytes) -> Any:
    """Return the value of JSON bytes."""
    return orjson.loads(data)


# --- runs ---------------------------------------------------------------------------------------


def pack_run(spec: RunSpec, plan: RunPlan | None, reports: Sequence[str], stop: str = "") -> bytes:
    """Return what a run was asked for, its plan, its reports and what stopped it as JSON."""
    asked = spec.options
    facts: dict[str, Any] = {
        "title": spec.title,
        "files": [_pack_file(file) for file in spec.files],
        "options": spec.system_options,
        "types": spec.types,
        "batch_size": asked.batch_size,
        "jobs": asked.jobs,
        "stop_after": asked.stop_after,
        "landing": asked.landing,
        "asked": {
            "template": asked.template,
            "only": asked.only,
            "strict": asked.strict,
            "allow_mass_change": asked.allow_mass_change,
            "prune": asked.prune,
        },
        "guard": {"rows": asked.mass_rows, "share": asked.mass_share},
        "report_to": {
            "path": str(spec.report_to.path.absolute()) if spec.report_to.path else None,
            "in_place": spec.report_to.in_place,
        },
        "reports": list(reports),
    }
    if asked.answers:
        facts["asked"]["answers"] = asked.answers
    if asked.verify:
        facts["asked"]["verify"] = True
    facts["asked"] |= {key: value for key, value in asdict(asked.text_form).items() if value}
    if spec.undoes:
        facts["undoes"] = spec.undoes
    if stop:
        facts["stop"] = stop
    if plan:
        facts["sheets"] = [{"name": sheet.name, "file": sheet.file} for sheet in plan.sheets]
        facts["layouts"] = [asdict(sheet) for sheet in plan.sheets]
    return pack(facts)


def unpack_run(data: bytes) -> tuple[RunSpec, RunPlan | None, tuple[str, ...], str]:
    """Return what `pack_run` was given; what an older version did not write has its default."""
    facts = unpack(data)
    place = facts.get("report_to") or {"path": None, "in_place": False}
    spec = RunSpec(
        title=facts["title"],
        files=[_file(raw) for raw in facts["files"]],
        options=_options(facts),
        system_options=facts["options"],
        types=facts["types"],
        report_to=ReportTo(Path(place["path"]) if place["path"] else None, place["in_place"]),
        undoes=facts.get("undoes", ""),
    )
    layouts = (
        SheetLayout(**{**raw, "headings": tuple(raw["headings"])})
        for raw in facts.get("layouts", ())
    )
    plan = RunPlan(tuple(layouts)) if "sheets" in facts else None
    return spec, plan, tuple(facts.get("reports", ())), facts.get("stop", "")


def _pack_file(file: InputFile) -> dict[str, Any]:
    raw = asdict(file)
    for name in ("reported", "named"):
        if not raw[name]:
            del raw[name]
    if raw["dialect"] and not raw["dialect"]["spaced"]:
        del raw["dialect"]["spaced"]
    return raw


def _file(raw: dict[str, Any]) -> InputFile:
    dialect = Dialect(**raw["dialect"]) if raw["dialect"] else None
    return InputFile(**{**raw, "dialect": dialect})


def _options(facts: dict[str, Any]) -> Options:
    asked, guard, default = facts["asked"], facts.get("guard", {}), Options()
    return Options(
        template=asked["template"],
        only=tuple(asked["only"]),
        strict=asked["strict"],
        batch_size=facts["batch_size"],
        jobs=facts["jobs"],
        stop_after=facts.get("stop_after"),
        landing=facts.get("landing", default.landing),
        verify=asked.get("verify", False),
        mass_rows=guard.get("rows", default.mass_rows),
        mass_share=guard.get("share", default.mass_share),
        allow_mass_change=asked.get("allow_mass_change", False),
        prune=tuple(asked.get("prune", ())),
        answers=tuple((name, answer) for name, answer in asked.get("answers", ())),
        encoding=asked.get("encoding", ""),
        delimiter=asked.get("delimiter", ""),
        quote=asked.get("quote", ""),
    )


# --- items --------------------------------------------------------------------------------------


def pack_mapped(mapped: MappedEntity) -> bytes:
    """Return what mapping made of an entity as JSON."""
    return pack(
        {
            "payload": mapped.payload,
            "clears": mapped.clears,
            "edits": mapped.edits,
            "refs": mapped.references,
        }
    )


def unpack_mapped(data: bytes) -> MappedEntity:
    """Return the inverse of `pack_mapped`."""
    raw = unpack(data)
    return MappedEntity(raw["payload"], tuple(raw["clears"]), raw["edits"], raw["refs"])


def pack_change(change: PlannedChange) -> bytes:
    """Return a planned change as JSON; equal changes are equal bytes."""
    raw: dict[str, Any] = {
        "type": change.type,
        "action": change.action.value,
        "key": change.key,
        "payload": change.payload,
        "clears": change.clears,
        "relations": _pack_pointers(change.relations),
        "append": _pack_pointers(change.append),
        "remove": _pack_pointers(change.remove),
        "id": change.id,
        "before": change.before,
        "parent": change.parent,
        "fields": {path: list(diff) for path, diff in change.fields.items()},
    }
    if change.along is not None:
        raw["along"] = change.along
    if change.restores is not None:
        raw["restores"] = change.restores
    return pack(raw)


def unpack_change(data: bytes) -> PlannedChange:
    """Return the inverse of `pack_change`."""
    return _change(unpack(data))


def _change(raw: Payload) -> PlannedChange:
    along = raw.get("along")
    return PlannedChange(
        type=raw["type"],
        action=Action(raw["action"]),
        key=tuple(raw["key"]),
        payload=raw["payload"],
        clears=tuple(raw["clears"]),
        relations=_pointers(raw["relations"]),
        append=_pointers(raw["append"]),
        remove=_pointers(raw["remove"]),
        id=raw["id"],
        before=_live(raw["before"]) if raw["before"] else None,
        parent=raw["parent"],
        fields={path: FieldDiff(*diff) for path, diff in raw["fields"].items()},
        along=None if along is None else tuple(map(_live, along)),
        restores=raw.get("restores"),
    )


def with_ids(change: PlannedChange, ids: Mapping[str, str]) -> PlannedChange:
    """Return a change in which the ids that `ids` maps are replaced wherever they stand."""
    return _change(_renamed(unpack(pack_change(change)), ids))


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _renamed(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner, ids) for inner in value]
    return ids.get(value, value) if isinstance(value, str) else value


def _pack_pointers(pointers: Pointers) -> dict[str, list[dict[str, Any]]]:
    return {path: [one._asdict() for one in some] for path, some in pointers.items()}


def _pointers(raw: dict[str, list[dict[str, Any]]]) -> Pointers:
    return {
        path: [Pointer(p["kind"], tuple(p["key"]), p["id"], p["type"]) for p in some]
        for path, some in raw.items()
    }


# --- live entities and findings -----------------------------------------------------------------


def pack_live(live: LiveEntity) -> bytes:
    """Return a live entity as JSON."""
    return pack(live)


def unpack_live(data: bytes) -> LiveEntity:
    """Return the inverse of `pack_live`."""
    return _live(unpack(data))


def _live(raw: Payload) -> LiveEntity:
    return LiveEntity(
        type=raw["type"],
        key=tuple(raw["key"]),
        id=raw["id"],
        payload=raw["payload"],
        relations={
            path: tuple(Ref(**ref) for ref in refs) for path, refs in raw["relations"].items()
        },
        identities=tuple(raw["identities"]),
        archived=raw["archived"],
    )


def pack_finding(finding: Finding) -> bytes:
    """Return a finding with its place as JSON."""
    return pack(asdict(finding))


def unpack_finding(data: bytes) -> Finding:
    """Return the inverse of `pack_finding`."""
    raw = unpack(data)
    code, severity = FindingCode(raw.pop("code")), Severity(raw.pop("severity"))
    return Finding(code=code, severity=severity, place=Place(**raw.pop("place")), **raw)
