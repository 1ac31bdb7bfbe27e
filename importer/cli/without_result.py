"""What a command's JSON object says where there is no result: its keys are always there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from importer.cli.answer import Body


def words_of(context: Any) -> str:
    """Return the words by which a command was called, without `importer`: `template list`."""
    words: str = context.command_path
    return words.partition(" ")[2]


def without_result(command: str, given: Mapping[str, Any]) -> Body:
    """Return the keys of a command's own where it has no result.

    `command` is `check` or, in a group, `template list`; `given` are its flags by name.
    """
    if command == "runs" and not given.get("run"):
        return {"runs": []}
    if command == "undo" and given.get("dry_run"):
        command = "plan"
    make = _WITHOUT_RESULT.get(command)
    return make(given) if make else {}


def _no_check(_given: Mapping[str, Any]) -> Body:
    counts = {"rows": 0, "valid": 0, "invalid": 0}
    return {"ok": False, "template": None, "sheets": [], "counts": counts, "findings": []}


def _no_plan(given: Mapping[str, Any]) -> Body:
    return {"target": given.get("target"), "counts": {}, "changes": [], "findings": []}


def _no_run(given: Mapping[str, Any]) -> Body:
    from importer.pipeline.finding_json import counts_json

    names = {"run": None, "target": given.get("target"), "state": None}
    return {**names, "counts": counts_json({}), "findings": [], "report": None}


def _no_templates(_given: Mapping[str, Any]) -> Body:
    return {"templates": []}


def _no_proposal(_given: Mapping[str, Any]) -> Body:
    return {"sheets": []}


def _no_people(_given: Mapping[str, Any]) -> Body:
    return {"people": []}


def _no_person(_given: Mapping[str, Any]) -> Body:
    return {"person": None, "role": None, "has_password": None, "added": None}


def _no_tokens(_given: Mapping[str, Any]) -> Body:
    return {"tokens": []}


def _no_token(_given: Mapping[str, Any]) -> Body:
    return {"person": None, "token": None, "secret": None}


def _no_jobs(_given: Mapping[str, Any]) -> Body:
    return {"jobs": []}


def _no_job(given: Mapping[str, Any]) -> Body:
    nothing = dict.fromkeys(("target", "enabled", "next", "last", "status"))
    return {"job": given.get("name"), **nothing, "why": ""}


def _no_passes(given: Mapping[str, Any]) -> Body:
    return {**_no_job(given), "passes": []}


def _no_pass(given: Mapping[str, Any]) -> Body:
    named = {"job": given.get("name"), "pass": None, "target": None, "state": None, "why": ""}
    return {**named, "counts": {}, "held": 0, "unchanged": 0, "runs": [], "reports": []}


def _no_examination(_given: Mapping[str, Any]) -> Body:
    nothing = {"ok": False, "config": None, "journal": None, "queue": None}
    return {**nothing, "targets": [], "jobs": []}


_WITHOUT_RESULT: dict[str, Callable[[Mapping[str, Any]], Body]] = {
    "check": _no_check,
    "plan": _no_plan,
    "run": _no_run,
    "resume": _no_run,
    "undo": _no_run,
    "runs": _no_run,
    "template list": _no_templates,
    "template init": _no_proposal,
    "doctor": _no_examination,
    "jobs list": _no_jobs,
    "jobs run": _no_pass,
    "jobs next": _no_jobs,
    "jobs enable": _no_job,
    "jobs disable": _no_job,
    "jobs show": _no_passes,
    "user add": _no_person,
    "user list": _no_people,
    "user role": _no_person,
    "user password": _no_person,
    "user remove": _no_person,
    "user token add": _no_token,
    "user token list": _no_tokens,
    "user token revoke": _no_token,
}
