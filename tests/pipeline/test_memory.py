"""A check leaves no garbage behind that only a search for reference cycles would free."""

import gc

from importer.options import Options
from importer.pipeline.check import check

HEADINGS = "Glossary,Term,Categories,Synonyms,Tags\n"


def left_behind(file, rows):
    lines = (f"Finance,Term {n},Sales {n % 7} > Net,Term {n - 1},PII;Public\n" for n in range(rows))
    file.write_text(HEADINGS + "".join(lines), encoding="utf-8")
    checked = check([file], Options(template="atlan-glossary"))
    assert checked.counts.rows == rows
    gc.collect()
    gc.disable()
    try:
        check([file], Options(template="atlan-glossary"))
        return gc.collect()
    finally:
        gc.enable()


def test_the_garbage_of_a_check_does_not_grow_with_the_rows(tmp_path):
    """The collector is off meanwhile: finding garbage later takes long."""
    file = tmp_path / "terms.csv"
    assert left_behind(file, 1000) <= left_behind(file, 50) + 50
