"""The formulas by which a blank workbook finds mistakes, each for one cell of the first row.

They use what every spreadsheet program has: no array constants, and other sheets by name only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from importer.template.blank.fields import Field
from importer.template.blank.known_names import Names, names_for, references_under
from importer.template.blank.layout import Layout
from importer.template.blank.value_lists import ValueLists
from importer.template.model import Column, EntityRule, Reference, Template


def blank_cell(layout: Layout, rule: EntityRule, column: Column, key: Sequence[str]) -> str:
    """Return the formula of a required cell that is blank in a row with anything in it.

    `key` are the paths of its kind's key. A row that deletes needs its key only, one that is named
    by its ID not even that, and another reference at the same path may stand in for this one.
    """
    row = f"${layout.placed[0].letter}{layout.first_row}:${_last(layout)}{layout.first_row}"
    tests = [f"{_text(layout, column.heading)}=0", f"COUNTA({row})>0"]
    spare = [name for name in _spares(rule, column, key) if layout.letter(name)]
    tests += [f"{_text(layout, name)}=0" for name in dict.fromkeys(spare)]
    return f"AND({','.join(tests)})"


def _text(layout: Layout, heading: str) -> str:
    return f"LEN(TRIM({layout.cell(heading)}))"


def _last(layout: Layout) -> str:
    """Return the letter of the last column that stands in a sheet."""
    return layout.placed[-1].letter


def _spares(rule: EntityRule, column: Column, key: Sequence[str]) -> Iterable[str]:
    """Yield the headings whose cells make it unnecessary to fill a required one."""
    wanted = "id" if column.path is None or column.path in key else "action"
    yield from (one.heading for one in rule.columns if one.type == wanted)
    paths = {ref.path for ref in rule.references if column.heading in ref.by}
    for other in rule.references:
        if other.path in paths and column.heading not in other.by:
            yield from other.by


def no_value(cell: str, allowed: str, *, boolean: bool) -> str:
    """Return the formula of a cell whose value is none of those in a range, in any case."""
    tests = [f"LEN(TRIM({cell}))>0", f"ISERROR(MATCH(TRIM({cell}),{allowed},0))"]
    tests += [f"NOT(ISLOGICAL({cell}))"] if boolean else []
    return f"AND({','.join(tests)})"


def doubled(layout: Layout, headings: Sequence[str]) -> str:
    """Return the formula of a cell whose row has the same texts under headings as another.

    The quick look takes `007` for 7 and `Term` for `Terms`, so that the exact one decides.
    """
    last, column = layout.cell(headings[-1]), layout.here(headings[-1])
    quick = ",".join(f'COUNTIF({column},"="&{last}{end})' for end in ("", '&"*"'))
    same = "*".join(f"EXACT({layout.here(name)},{layout.cell(name)})" for name in headings)
    return f"IF(LEN(TRIM({last}))=0,FALSE,IF(MAX({quick})>1,SUMPRODUCT(1*{same})>1,FALSE))"


def nowhere(
    template: Template, layouts: Sequence[Layout], layout: Layout, field: Field, lists: ValueLists
) -> str:
    """Return the formula of a name that no sheet has, blank where that cannot be told.

    AND computes all its parts: it is IF that spares a blank cell the look.

    The names that the target has are offered, and known. A path, a list and a name with its scope
    are left to the check.
    """
    heading = field.rule.heading
    names = names_for(template, layouts, layout, heading)
    if not names:
        return ""
    cell, known = layout.cell(heading), field.choice.words
    counts = [_count(one, cell, lists) for one in names]
    if known:
        counts.append(_matches(lists.name(lists.range(field.heading, known)), cell))
    plain = _plain(cell, references_under(layout, heading), template.clear)
    return f"IF(AND({','.join(plain)}),{'+'.join(counts)}=0,FALSE)"


def _count(names: Names, cell: str, lists: ValueLists) -> str:
    place = lists.name(names.place)
    if names.listed:
        return f"SUMPRODUCT(1*ISNUMBER(SEARCH(TRIM({cell}),{place})))"
    return _matches(place, cell)


def _matches(place: str, cell: str) -> str:
    """Return the count of a name in a range; the slow look, which a number needs, comes second."""
    text = f"TRIM({cell})"
    return f'IF(ISNUMBER(MATCH({text},{place},0)),1,SUMPRODUCT(1*({place}&""={text})))'


def _plain(cell: str, references: Iterable[Reference], clear: str) -> list[str]:
    """Return the tests that a cell is one name, and nothing that only the check can read."""
    signs = dict.fromkeys(sign for one in references for sign in _signs(one))
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
