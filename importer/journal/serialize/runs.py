"""A run as JSON: what it was asked for, its plan, its reports; and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import to_builtins
from msgspec.structs import asdict

from importer.journal.run import RunPlan, RunSpec
from importer.journal.serialize.plain import pack, unpack
from importer.model import InputFile, SheetLayout
from importer.options import Options, ReportTo
from importer.spreadsheet import Dialect


def pack_run(
    spec: RunSpec,
    plan: RunPlan | None,
    reports: Sequence[str],
    stop: str = "",
    counts: Mapping[str, int] | None = None,
) -> bytes:
    """Return what a run was asked for, its plan, its reports, what stopped it, its rows as JSON."""
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
        "report_to": _pack_place(spec.report_to),
        "reports": list(reports),
    }
    if asked.answers:
        facts["asked"]["answers"] = asked.answers
    if asked.mass_alone is not None:
        facts["guard"]["alone"] = asked.mass_alone
    if asked.verify:
        facts["asked"]["verify"] = True
    facts["asked"] |= {key: value for key, value in asdict(asked.text_form).items() if value}
    others = {"undoes": spec.undoes, "uncompared": spec.uncompared, "stop": stop}
    facts |= {name: value for name, value in others.items() if value}
    if counts:
        facts["counts"] = dict(counts)
    if plan:
        facts["sheets"] = [{"name": sheet.name, "file": sheet.file} for sheet in plan.sheets]
        facts["layouts"] = [asdict(sheet) for sheet in plan.sheets]
    return pack(facts)


def unpack_run(
    data: bytes,
) -> tuple[RunSpec, RunPlan | None, tuple[str, ...], str, dict[str, int]]:
    """Return what `pack_run` was given; what an older version did not write has its default."""
    facts = unpack(data)
    place = facts.get("report_to") or {"path": None, "in_place": False}
    spec = RunSpec(
        title=facts["title"],
        files=[_file(raw) for raw in facts["files"]],
        options=_options(facts),
        system_options=facts["options"],
        types=facts["types"],
        report_to=_place(place),
        undoes=facts.get("undoes", ""),
        uncompared=facts.get("uncompared", False),
    )
    layouts = (
        SheetLayout(**{**raw, "headings": tuple(raw["headings"])})
        for raw in facts.get("layouts", ())
    )
    plan = RunPlan(tuple(layouts)) if "sheets" in facts else None
    reports = tuple(facts.get("reports", ()))
    return spec, plan, reports, facts.get("stop", ""), facts.get("counts", {})


def _pack_place(to: ReportTo) -> dict[str, Any]:
    path = str(to.path.absolute()) if to.path else None
    unwanted = {} if to.wanted else {"wanted": False}
    return {"path": path, "in_place": to.in_place, **unwanted}


def _place(raw: Mapping[str, Any]) -> ReportTo:
    path = Path(raw["path"]) if raw["path"] else None
    return ReportTo(path, raw["in_place"], wanted=raw.get("wanted", True))


def _pack_file(file: InputFile) -> dict[str, Any]:
    raw: dict[str, Any] = to_builtins(file)
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
        mass_alone=guard.get("alone"),
        allow_mass_change=asked.get("allow_mass_change", False),
        prune=tuple(asked.get("prune", ())),
        answers=tuple((name, answer) for name, answer in asked.get("answers", ())),
        encoding=asked.get("encoding", ""),
        delimiter=asked.get("delimiter", ""),
        quote=asked.get("quote", ""),
    )
