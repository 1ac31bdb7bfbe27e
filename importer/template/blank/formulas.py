"""The formulas by which a blank workbook finds mistakes, each for one cell of the first row.

They use what every spreadsheet program has: no array constants, and other sheets by name only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from importer.template.blank.fields import Field
from importer.template.blank.known_names import Names, names_for, references_under
from importer.template.blank.layout import Layout
from importer.template.blank.value_lists import ValueLists
from importer.template.columns import Column, Reference
from importer.template.model import Template
from importer.template.sheet_rule import EntityRule

NO_BREAK, NO_WIDTH = "\u00a0", "\u200b"
"""Blanks that TRIM leaves, as copied texts have them; by number they differ between systems."""

ANY_TEXT = "*?~"
"""What a search takes for any text, or for the sign that makes such a sign plain."""


def blank_cell(layout: Layout, rule: EntityRule, column: Column, key: Sequence[str]) -> str:
    """Return the formula of a required cell that is blank in a row with anything in it.

    `key` are the paths of its kind's key. A row that deletes needs its key only, one that deletes
    what its ID names not even that, and another reference at the same path may stand in for it.
    """
    row = f"${layout.placed[0].letter}{layout.first_row}:${_last(layout)}{layout.first_row}"
    tests = [f"{_length(layout, column.heading)}=0", f"COUNTA({row})>0"]
    deletes = _lengths(layout, (one.heading for one in rule.columns if one.type == "action"))
    ids = _lengths(layout, (one.heading for one in rule.columns if one.type == "id"))
    if column.path is not None and column.path not in key:
        tests += [f"{length}=0" for length in deletes]
    elif deletes and ids:
        tests.append(f"OR({'+'.join(deletes)}=0,{'+'.join(ids)}=0)")
    tests += [f"{length}=0" for length in _lengths(layout, _spares(rule, column))]
    return f"AND({','.join(tests)})"


def _lengths(layout: Layout, headings: Iterable[str]) -> list[str]:
    placed = (name for name in dict.fromkeys(headings) if layout.letter(name))
    return [_length(layout, name) for name in placed]


def _length(layout: Layout, heading: str) -> str:
    return f"LEN(TRIM({layout.cell(heading)}))"


def _last(layout: Layout) -> str:
    """Return the letter of the last column that stands in a sheet."""
    return layout.placed[-1].letter


def _spares(rule: EntityRule, column: Column) -> Iterable[str]:
    """Yield the headings of references that stand in for the one that a column names."""
    paths = {ref.path for ref in rule.references if column.heading in ref.by}
    for other in rule.references:
        if other.path in paths and column.heading not in other.by:
            yield from other.by


def no_value(cell: str, allowed: str, *, boolean: bool) -> str:
    """Return the formula of a cell whose value is none of those in a range, in any case.

    Only `not found` counts: where the range is gone, the error is another.
    """
    text = _tidy(cell)
    for sign in "~*?":
        text = f'SUBSTITUTE({text},"{sign}","~{sign}")'
    tests = [f"LEN(TRIM({cell}))>0", f"ISNA(MATCH({text},{allowed},0))"]
    tests += [f"NOT(ISLOGICAL({cell}))"] if boolean else []
    return f"AND({','.join(tests)})"


def _tidy(cells: str) -> str:
    """Return the text of cells without blanks around it, of any width, and two in a row as one."""
    return f'TRIM(SUBSTITUTE(SUBSTITUTE({cells},"{NO_WIDTH}",""),"{NO_BREAK}"," "))'


def doubled(layout: Layout, headings: Sequence[str]) -> str:
    """Return the formula of a cell whose row has the same texts under headings as another.

    The quick look takes `007` for 7 and `Net` for `Net sales`, and finds a number beside the same
    text, so that the exact one decides; it cannot look for a tilde.
    """
    last, column = layout.cell(headings[-1]), layout.here(headings[-1])
    text = f"TRIM({last})"
    number = f"VALUE({text})"
    quick = (
        f'COUNTIF({column},"="&{text})+COUNTIF({column},"="&{text}&" *")',
        f'IF(ISERROR({number}),0,COUNTIF({column},"="&{text}&"*"))',
        f'2*ISNUMBER(FIND("~",{text}))',
        f"2*ISTEXT({last})*ISNUMBER(MATCH({number},{column},0))",
        f"2*ISNUMBER({last})*ISNUMBER(MATCH({text},{column},0))",
    )
    pairs = ((f"TRIM({layout.here(name)})", f"TRIM({layout.cell(name)})") for name in headings)
    same = "*".join(f"EXACT({cells},{cell})" for cells, cell in pairs)
    exact = f"SUMPRODUCT(1*{same})>1"
    return f"IF(LEN({text})=0,FALSE,IF(MAX({','.join(quick)})>1,{exact},FALSE))"


def nowhere(
    template: Template, layouts: Sequence[Layout], layout: Layout, field: Field, lists: ValueLists
) -> str:
    """Return the formula of a name that no sheet has, blank where that cannot be told.

    IF computes only the part that it needs: a blank cell is spared every look, and a name that one
    place has is not looked for in the others.

    The names that the target has are offered, and known. A path, a list, a name with its scope and
    one with a sign that a search takes for any text are left to the check.
    """
    heading = field.rule.heading
    names = names_for(template, layouts, layout, heading)
    if not names:
        return ""
    cell, known = layout.cell(heading), field.choice.words
    absent = [_absent(one, _tidy(cell), lists) for one in names]
    if known:
        place = lists.name(lists.range(field.heading, known))
        absent.insert(0, f"ISNA(MATCH({_tidy(cell)},{place},0))")
    plain = _plain(cell, references_under(layout, heading), template.clear)
    formula = "TRUE"
    for test in (*reversed(absent), f"AND({','.join(plain)})"):
        formula = f"IF({test},{formula},FALSE)"
    return formula


def _absent(names: Names, text: str, lists: ValueLists) -> str:
    """Return the test that a column lacks a name: quick where no cell of it holds the text.

    The slow look, at each cell, is for a number and for a name that is written with other blanks.
    It ends with the rows that are watched: of a longer column nothing is said to be absent.
    """
    near, below = lists.name(names.place), lists.name(names.below)
    holding = f'"*"&SUBSTITUTE({text}," ","*")&"*"'
    quick = f"ISERROR(MATCH({holding},{near},0)),ISERROR(MATCH(VALUE({text}),{near},0))"
    slow = f"SUMPRODUCT(1*({_tidy(near)}={text}))=0"
    if names.listed:
        slow = _unlisted(names, near, text)
    absent = f"IF(IF(AND({quick}),TRUE,{slow}),COUNTA({below})=0,FALSE)"
    exact = holding if names.listed and not names.separators else text
    return f"IF(ISNA(MATCH({exact},{near},0)),{absent},FALSE)"


def _unlisted(names: Names, place: str, text: str) -> str:
    """Return the test that a text is no item of the lists in a range, in any case."""
    first, *others = map(_quoted, names.separators or (";",))
    cells = f'SUBSTITUTE({place}," ","")'
    for sign in others:
        cells = f"SUBSTITUTE({cells},{sign},{first})"
    item = f'UPPER({first}&SUBSTITUTE({text}," ","")&{first})'
    return f"SUMPRODUCT(1*ISNUMBER(FIND({item},UPPER({first}&{cells}&{first}))))=0"


def _plain(cell: str, references: Iterable[Reference], clear: str) -> list[str]:
    """Return the tests that a cell is one name, and nothing that only the check can read."""
    signs = dict.fromkeys((*ANY_TEXT, *(sign for one in references for sign in _signs(one))))
    found = [f"ISERROR(FIND({_quoted(sign)},{cell}))" for sign in signs]
    if any(one.many for one in references):
        found += [f'LEFT({cell})<>"{sign}"' for sign in "+-"]
    return [f"LEN(TRIM({cell}))>0", f"LOWER(TRIM({cell}))<>{_quoted(clear.lower())}", *found]


def _signs(reference: Reference) -> Iterable[str]:
    """Yield the signs of a path, a scope or a list."""
    yield from (sign.strip() or sign for sign in reference.path_separators)
    yield '"'
    for form in reference.forms:
        if "{scope}" in form:
            yield form.replace("{path}", "").replace("{scope}", "").strip()[:1]
    if reference.many:
        yield from reference.separators


def _quoted(text: str) -> str:
    """Return a text for a formula; a line break has no other form than its number."""
    if text == "\n":
        return "CHAR(10)"
    return '"' + text.replace('"', '""') + '"'
