"""Golden cases: lists as people of other languages write them, with no template named.

A case is a folder in `languages/` with one or more text files and `expected.json`: the template
that was recognised, the kind of each sheet, its entities and findings. After a change that is
meant, `python -m tests.mapping.test_languages` writes every `expected.json` anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importer.pipeline.steps.opening import open_intake
from tests.mapping.test_cases import read

CASES = Path(__file__).with_name("languages")
NAMES = sorted(path.parent.name for path in CASES.glob("*/expected.json"))


def outcome(case: Path) -> dict[str, Any]:
    """What becomes of the files of a case, as JSON."""
    intake = open_intake(sorted(case.glob("*.csv")))
    kinds = {source.sheet.name: source.sheet.rule.name for source in intake.sources}
    return {"template": intake.template.name, "sheets": kinds, **read(intake)}


@pytest.mark.parametrize("name", NAMES)
def test_a_list_in_another_language_comes_out_as_it_is_written_down(name):
    assert outcome(CASES / name) == json.loads((CASES / name / "expected.json").read_text("utf-8"))


def test_there_are_lists_in_five_languages():
    assert len(NAMES) >= 5


def refresh() -> None:
    """Write what comes out now as what is expected."""
    for case in sorted(path for path in CASES.iterdir() if path.is_dir()):
        text = json.dumps(outcome(case), indent=1, ensure_ascii=False)
        (case / "expected.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    refresh()
