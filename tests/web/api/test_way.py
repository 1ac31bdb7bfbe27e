"""The whole way of a file, as a program goes it."""

from importer.finding_codes import FindingCode
from importer.model import Finding, Place
from importer.people import audit_log
from importer.pipeline.finding_json import finding_json
from tests.web.api.programs import MISTAKEN

DONE = ["uploaded", "fixed", "planned", "imported", "downloaded", "downloaded", "undone", "removed"]

FINDING = Finding(FindingCode.NOT_ALLOWED, "", Place("Terms"))


def test_a_program_uploads_fixes_plans_imports_and_undoes(web, ida):
    """Each step succeeds, and leaves a line in the audit log that has no value of a cell."""
    name = ida.upload(*MISTAKEN)
    at = f"/uploads/{name}"
    assert ida.get(at)["counts"] == {"rows": 2, "valid": 1, "invalid": 1, "skipped": 0}
    [cause] = ida.get(f"{at}/causes")["causes"]
    assert (cause["suggestions"], cause["fixable"]) == ({"VERIFID": "VERIFIED"}, 1)
    [row] = ida.get(f"{at}/findings")["rows"]
    [finding] = row["findings"]
    assert (finding["cell"], finding["column"], finding["row"]) == ("C2", "Certificate", 2)

    assert set(finding) ^ set(finding_json(FINDING)) == {"cause", "more_rows"}
    choices = ida.get(f"{at}/choices", file="Terms.csv", sheet="Terms", cell="C2", start="VER")
    assert choices == {"choices": ["VERIFIED"]}

    place = {"file": "Terms.csv", "sheet": "Terms", "cell": "C2"}
    ida.post(f"{at}/fixes", **place, old="VERIFID", new="VERIFIED")
    assert ida.until(name)["counts"]["invalid"] == 0
    assert ida.get(f"{at}/findings")["rows"] == []

    ida.post(f"{at}/plan")
    assert ida.until(name)["state"] == "planned"
    plan = ida.get(f"{at}/plan")
    assert (plan["counts"], plan["held"]) == ({"create": 2}, 0)
    changes = ida.get(f"{at}/plan/changes")["changes"]
    assert [(one["action"], one["row"]) for one in changes] == [("create", 2), ("create", 2)]
    fields = changes[-1]["fields"]
    assert fields["Certificate"] == {"old": None, "new": "VERIFIED"}

    ida.post(f"{at}/import", version=plan["version"], digest=plan["digest"])
    done = ida.until(name)
    assert (done["state"], done["why"]) == ("imported", None)
    run = ida.get(f"/runs/{done['run']}")
    assert (run["state"], run["counts"]["created"], run["upload"]) == ("finished", 2, name)
    rows = ida.get(f"/runs/{done['run']}/rows", outcome="created")["rows"]
    assert [one["outcome"] for one in rows] == ["created", "created"]
    files = ida.get(f"{at}/reports")["files"]
    assert len(files) == 2
    report = ida.ask("GET", f"{at}/reports/2")
    assert report.headers["content-disposition"].startswith("attachment")
    assert b"created" in report.content
    assert b"VERIFIED" in ida.ask("GET", f"{at}/files/2").content

    ida.post(f"{at}/undo")
    assert ida.until(name)["state"] == "undone"
    assert ida.delete(at)["removed"]
    lines = audit_log.of_page(web.site.store, name)
    assert [line.action for line in reversed(lines)] == DONE
    assert {(line.who, line.by) for line in lines} == {("ida", "token")}
    assert "VERIF" not in str(lines)
    assert [one["run"] for one in ida.get("/runs")["runs"]][1] == done["run"]
