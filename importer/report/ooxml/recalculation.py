"""What a workbook says about its formulas, once a cell that they compute from has changed."""

from __future__ import annotations

from importer.report.ooxml.book import ORDER, Book
from importer.report.ooxml.markup import last_before


def drop_order(book: Book) -> None:
    """Drop the list of cells with formulas, since one of them has none any more.

    Spreadsheet programs make it anew; a list that names a cell without a formula is damage to them.
    """
    package, workbook = book.package, book.part.name
    for relation in package.relations(workbook):
        if relation.kind == "calcChain" and package.has(relation.target):
            package.drop(workbook, relation.target)


def recalculate(book: Book) -> None:
    """Have the formulas computed anew when a spreadsheet program opens the workbook."""
    part, root = book.part, book.part.root()
    stated = part.child(root, "calcPr")
    if stated is None:
        before = last_before(part.children(root), (*ORDER, "calcPr"), "calcPr")
        entry = f'<{part.prefix().decode()}calcPr fullCalcOnLoad="1"/>'
        part.insert(before.end if before else root.inner, entry.encode())
    elif stated.get("fullCalcOnLoad") not in {"1", "true"}:
        part.set(stated, "fullCalcOnLoad", 1)
