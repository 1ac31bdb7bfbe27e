"""`importer demo`: what it prints and which files it leaves behind."""

import re

from openpyxl import load_workbook

from importer.cli.demo import SAMPLES
from importer.template.shipped import shipped


def test_the_demo_imports_all_samples_and_then_finds_everything_unchanged(importer, home):
    result = importer("demo", "--out", "shown")
    assert result.status == 0
    first, second = result.out.split("The same files once more")
    counts, again = (re.findall(r"^ +([\d,]+ rows: .+)$", text, re.M) for text in (first, second))
    assert [re.sub("created|updated", "unchanged", line) for line in counts] == again
    assert [line.split()[-1] for line in counts] == ["created", "updated", "created"]
    assert result.err.splitlines()[0].startswith("Sandbox: ")
    assert result.err.splitlines()[-1].startswith("That was the sandbox.")
    reports = sorted((home / "shown").glob("*.result.*"))
    assert [str(report) in result.out for report in reports] == [True, True, True]
    books = [report for report in reports if report.suffix == ".xlsx"]
    assert all("Report" in load_workbook(book).sheetnames for book in books)
    assert not (home / "state").exists()


def test_the_demo_depends_on_no_settings_and_keeps_an_existing_workbook(importer, write, home):
    write("importer.toml", "nonsense")
    name = SAMPLES.read_text().split()[0]
    book = load_workbook(shipped("data") / name)
    book.properties.title = "mine"
    (home / "importer-demo").mkdir()
    book.save(home / "importer-demo" / name)
    result = importer("demo")
    assert (result.status, len(re.findall(r"rows: .* (created|updated)", result.out))) == (0, 3)
    assert load_workbook(home / "importer-demo" / name).properties.title == "mine"
    assert f"importer-demo/{name} is there already and is used as it is." in result.err
