"""Golden cases: a folder with a template, a filled sheet and what must become of it.

A case is a folder in `cases/` with `mapping.toml`, a `*.schema.json` for each kind, `input.csv` and
`expected.json`. After a change that is meant, `python -m tests.mapping.test_cases` writes every
`expected.json` anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importer.mapping import Entity
from importer.mapping.entity import RefText
from importer.model import Finding
from importer.options import Options
from importer.pipeline.steps.intake import Intake
from importer.pipeline.steps.opening import open_intake
from tests.mapping.build import Entities

CASES = Path(__file__).with_name("cases")
NAMES = sorted(path.parent.name for path in CASES.glob("*/mapping.toml"))


def outcome(case: Path) -> dict[str, Any]:
    """The entities and findings of a case, as JSON."""
    return read(open_intake([case / "input.csv"], Options(template=str(case))))


def read(intake: Intake) -> dict[str, Any]:
    """The entities and findings of opened files, as JSON."""
    intake.read(sink := Entities())
    return {
        "rows": [row for _, row in sink.counted],
        "entities": [_entity(entity) for entity in sink.kept],
        "findings": [_finding(finding) for finding in intake.findings],
    }


def _entity(entity: Entity) -> dict[str, Any]:
    references = {
        reference.rule.path: [_text(text) for text in texts]
        for reference, texts in entity.references
    }
    facts = {
        "row": entity.row,
        "kind": entity.bound.kind.name,
        "labels": list(entity.labels),
        "payload": entity.payload,
        "references": references,
        "identities": list(entity.identities),
        "id": entity.id,
        "clears": list(entity.clears),
        "delete": entity.delete,
        "invalid": not entity.valid,
    }
    return {name: value for name, value in facts.items() if value}


def _text(text: RefText) -> list[Any]:
    """The texts that a reference follows, outermost first."""
    if text.steps:
        return [*text.within, *text.steps]
    scope, path = text.readings[0]
    return [*([scope] if scope else text.within), path]


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "cell": finding.place.cell,
        "heading": finding.place.heading,
        "severity": finding.severity.value,
        "value": finding.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_case_comes_out_as_it_is_written_down(name):
    expected = json.loads((CASES / name / "expected.json").read_text("utf-8"))
    assert outcome(CASES / name) == expected


def test_there_are_cases():
    assert len(NAMES) >= 8


def refresh() -> None:
    """Write what comes out now as what is expected."""
    for name in NAMES:
        text = json.dumps(outcome(CASES / name), indent=1, ensure_ascii=False)
        (CASES / name / "expected.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    refresh()
