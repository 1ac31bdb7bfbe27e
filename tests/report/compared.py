"""Comparison of a workbook with its report: every difference that no report may make.

Nothing of the writer is used here: what it may add is taken away by the rules below, and what is
left has to be what was there before, element by element.
"""

import re
import struct
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

import openpyxl
from python_calamine import CalamineWorkbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REPORT = "import_status", "import_message", "import_id"
MARKER = "importer-report"
_IDMAP = re.compile(r'(?<=data=")[0-9, ]*(?=")')
LISTS = ("fonts", "fills", "cellXfs", "dxfs")


def differences(before, after, imported=("Terms",)):
    """What differs in the second file, in words; of sheets only those `imported` may be patched."""
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(after) as new:
        return list(Comparison(old, new, _raw(before, old), _raw(after, new), imported).run())


def _raw(path, archive):
    """The packed bytes of each member, with what stands in the list of members."""
    data = path.read_bytes()
    return {one.filename: _packed(data, one) for one in archive.infolist()}


def _packed(data, one):
    name, extra = struct.unpack_from("<HH", data, one.header_offset + 26)
    start = one.header_offset + 30 + name + extra
    return one.CRC, one.date_time, one.external_attr, data[start : start + one.compress_size]


@dataclass
class Comparison:
    """Two archives, the packed bytes of their members, and what may be patched."""

    old: zipfile.ZipFile
    new: zipfile.ZipFile
    old_raw: dict
    new_raw: dict
    imported: tuple
    sheets: dict = field(init=False)
    added: list = field(init=False)

    def run(self):
        names = self.old.namelist()
        self.added = self.new.namelist()[len(names) :]
        if self.new.namelist()[: len(names)] != names:
            yield "parts are missing or stand in another order"
            return
        self.sheets = dict(self._sheets())
        for name in names:
            if self.old_raw[name] != self.new_raw[name]:
                yield from (f"{name}: {words}" for words in self._part(name))

    def _sheets(self):
        """The part of each sheet that is imported."""
        rels = _tree(self.old, "xl/_rels/workbook.xml.rels")
        targets = {one.get("Id"): one.get("Target").lstrip("/") for one in rels}
        for one in _tree(self.old, "xl/workbook.xml").find(f"{MAIN}sheets"):
            target = targets[next(v for k, v in one.items() if k.endswith("}id"))]
            yield (target if target.startswith("xl/") else f"xl/{target}"), one.get("name")

    def _part(self, name):
        """What is wrong with a part that has changed."""
        if name.endswith(".vml"):
            return _drawing(self.old.read(name).decode(), self.new.read(name).decode())
        old, new = _tree(self.old, name), _tree(self.new, name)
        if name in self.sheets:
            if self.sheets[name] in self.imported:
                return Worksheet(old, new, _strings(self.old)).run()
            return _same(_unselected(old), _unselected(new), "another sheet")
        if name == "[Content_Types].xml" or name.endswith(".rels"):
            return _only_more(old, new, self.added)
        rules = (rule for pattern, rule in RULES.items() if re.fullmatch(pattern, name))
        return next(rules, lambda *_: ["this part may not change"])(old, new)


def _tree(archive, name):
    return ET.fromstring(archive.read(name))


def _strings(archive):
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return ["".join(one.itertext()) for one in _tree(archive, "xl/sharedStrings.xml")]


def _same(old, new, what):
    """A finding unless two elements say the same; None is no element."""
    if _canonical(old) != _canonical(new):
        yield f"{what} differs"


def _canonical(element):
    return None if element is None else ET.canonicalize(ET.tostring(element))


def _without(element, *names):
    """A copy of an element without some of its children."""
    copy = ET.fromstring(ET.tostring(element))
    for one in [one for one in copy if one.tag in {MAIN + name for name in names}]:
        copy.remove(one)
    return copy


def _starts_with(old, new, what):
    for one, other in zip(old, new, strict=False):
        yield from _same(one, other, f"an item of {what}")
    if len(new) < len(old):
        yield f"{what} has lost an item"


def _only_more(old, new, added):
    yield from _starts_with(
        *([one for one in tree if not _names(one, added)] for tree in (old, new)), "the list"
    )
    mine = [sum(_names(one, added) for one in tree) for tree in (old, new)]
    if len(new) - len(old) != mine[1] - mine[0]:
        yield "something else was added"


def _names(entry, added):
    """Whether an entry is there for an added part, or for all drawings of comment shapes."""
    target = (entry.get("PartName") or entry.get("Target") or "").lstrip("/")
    return target in added or entry.get("Extension") == "vml"


def _styles(old, new):
    for name in LISTS:
        before, after = old.find(MAIN + name), new.find(MAIN + name)
        if after is None:
            continue
        yield from _starts_with([] if before is None else before, after, name)
        if int(after.attrib.pop("count", len(after))) != len(after):
            yield f"{name} is counted wrong"
        if before is not None and {**before.attrib, "count": ""} != {**after.attrib, "count": ""}:
            yield f"{name} says something else of itself"
    yield from _same(_without(old, *LISTS), _without(new, *LISTS), "the rest of the styles")


def _workbook(old, new):
    sheets = [tree.find(f"{MAIN}sheets") for tree in (old, new)]
    yield from _starts_with(*sheets, "sheets")
    if len(sheets[1]) > len(sheets[0]) + 1:
        yield "more than one sheet was added"
    yield from _starts_with(*map(_names_of_ranges, (old, new)), "the names of ranges")
    rest = [_without(tree, "sheets", "definedNames", "bookViews") for tree in (old, new)]
    yield from _same(*rest, "the rest of the workbook")
    yield from _same(*map(_views, (old, new)), "the views")


def _names_of_ranges(tree):
    """The names of ranges, but for where a filter stands: that is looked at with its sheet."""
    named = tree.find(f"{MAIN}definedNames")
    return [one for one in named or () if one.get("name") != "_xlnm._FilterDatabase"]


def _views(tree):
    views = tree.find(f"{MAIN}bookViews")
    if views is None:
        views = ET.Element(f"{MAIN}bookViews")
        views.append(ET.Element(f"{MAIN}workbookView"))
    for view in views:
        view.attrib.pop("activeTab", None)
    return views


def _unselected(tree):
    for view in tree.iter(f"{MAIN}sheetView"):
        view.attrib.pop("tabSelected", None)
    return tree


def _table(old, new):
    grown = [_columns_of_area(tree.get("ref")) for tree in (old, new)]
    columns = [tree.find(f"{MAIN}tableColumns") for tree in (old, new)]
    yield from _starts_with(*columns, "the columns of the table")
    names = [one.get("name") for one in columns[1]]
    if len({name.casefold() for name in names}) < len(names) or names[len(columns[0]) :] != list(
        REPORT
    ):
        yield "the columns of the table are not its own and ours"
    if int(columns[1].get("count")) != len(names) or grown[1] != grown[0] + len(REPORT):
        yield "the table says a width that it has not"
    yield from _grown_filter(old, new)
    for tree in (old, new):
        tree.set("ref", "")
    rest = [_without(tree, "tableColumns", "autoFilter") for tree in (old, new)]
    yield from _same(*rest, "the rest of the table")


def _grown_filter(old, new):
    """A filter reaches as far as before, or over our columns; what it lets through is the same."""
    filters = [tree.find(f"{MAIN}autoFilter") for tree in (old, new)]
    if None in filters:
        yield from _same(*filters, "a filter")
        return
    widths = [_columns_of_area(one.attrib.pop("ref")) for one in filters]
    if widths[1] - widths[0] not in (0, len(REPORT)):
        yield "a filter has a strange width"
    yield from _same(*filters, "what a filter says")


def _columns_of_area(area):
    first, _, last = area.replace("$", "").partition(":")
    return _column(last or first) - _column(first) + 1


def _letters(cell):
    return re.match("[A-Z]+", cell.get("r"))[0]


def _column(address):
    number = 0
    for letter in re.match("[A-Z]+", address)[0]:
        number = number * 26 + ord(letter) - 64
    return number


def _comments(old, new):
    authors = [[one.text or "" for one in tree.find(f"{MAIN}authors")] for tree in (old, new)]
    if authors[1][: len(authors[0])] != authors[0] or authors[1][len(authors[0]) :] not in (
        [],
        ["importer"],
    ):
        yield "the authors of the notes are not theirs and ours"
    notes = [
        {one.get("ref"): one for one in tree.find(f"{MAIN}commentList")} for tree in (old, new)
    ]
    for ref, note in notes[0].items():
        runs = [list(_runs(one.find(f"{MAIN}text"))) for one in (note, notes[1][ref])]
        kept = [run for run in runs[1] if "[importer report]" not in run]
        if kept != runs[0] or note.attrib != notes[1][ref].attrib:
            yield f"the note on {ref} is not what it was, with ours behind it"
    for ref in notes[1].keys() - notes[0].keys():
        if not "".join(notes[1][ref].itertext()).startswith("[importer report]"):
            yield f"the note on {ref} is nobody's"


def _runs(text):
    """The runs of a note; a bare text is one."""
    for one in text:
        if one.tag == f"{MAIN}t":
            run = ET.Element(f"{MAIN}r")
            run.append(one)
            yield _canonical(run)
        else:
            yield _canonical(one)


def _drawing(old, new):
    """CommentShapes as text: what they are written in is often no XML."""
    shape = re.compile(r'<v:shape\b[^>]*?\bid="(_x0000_s\d+)".*?</v:shape>', re.DOTALL)
    known = set(shape.findall(old))
    for match in list(shape.finditer(new)):
        if match[1] not in known:
            new = new.replace(match[0], "", 1)
    if 'id="_x0000_t202"' not in old:
        new = re.sub(r'<v:shapetype[^>]*? id="_x0000_t202".*?</v:shapetype>', "", new, count=1)
    blocks = [set(re.findall(r"\d+", "".join(_IDMAP.findall(text)))) for text in (old, new)]
    if not blocks[0] <= blocks[1]:
        yield "blocks of shape numbers are missing"
    if _IDMAP.sub("", old) != _IDMAP.sub("", new):
        yield "shapes that are not ours differ"


@dataclass
class Worksheet:
    """A sheet that is imported, before and after, and the strings of the workbook."""

    old: ET.Element
    new: ET.Element
    strings: list
    ours: dict = field(init=False)

    def run(self):
        self.ours = dict(self._ours())
        if sorted(self.ours.values()) != sorted(REPORT):
            yield f"our columns are {self.ours}"
        yield from self._cells()
        yield from self._columns()
        yield from self._dimension()
        yield from _grown_filter(self.old, self.new)
        trees = [_unselected(tree) for tree in (self.old, self.new)]
        added = () if self.old.find(f"{MAIN}legacyDrawing") is not None else ("legacyDrawing",)
        without = ("sheetData", "cols", "dimension", "autoFilter", *added)
        old, new = (_without(tree, *without) for tree in trees)
        for tree in (old, new):
            for block in tree.findall(f"{MAIN}conditionalFormatting"):
                if MARKER in "".join(block.itertext()):
                    tree.remove(block)
        yield from _same(old, new, "what stands around the cells")

    def _ours(self):
        """Our columns, found by their headings."""
        for cell in self.new.iter(f"{MAIN}c"):
            if (text := self._text(cell)) in REPORT:
                yield _letters(cell), text

    def _text(self, cell):
        if cell.get("t") == "s":
            return self.strings[int(cell.find(f"{MAIN}v").text)]
        return "".join(cell.itertext())

    def _cells(self):
        old, new = (dict(self._rows(tree)) for tree in (self.old, self.new))
        for number in old.keys() | new.keys():
            before, after = (rows.get(number, ({}, {})) for rows in (old, new))
            if before[0].get("customHeight") not in ("1", "true"):
                heights = [float(row[0].pop("ht", 0)) for row in (before, after)]
                if 0 < heights[1] < heights[0]:  # a message may only make it higher
                    yield f"row {number} is lower than it was"
            if before != after:
                yield f"row {number} differs"

    def _rows(self, tree):
        """What each row says of itself, and its cells but for ours."""
        for number, row in enumerate(tree.find(f"{MAIN}sheetData"), 1):
            attributes = {k: v for k, v in row.items() if k not in ("spans", "r")}
            cells = {c.get("r"): _canonical(c) for c in row if _letters(c) not in self.ours}
            yield int(row.get("r", number)), (attributes, cells)

    def _columns(self):
        old, new = (self._widths(tree) for tree in (self.old, self.new))
        mine = {_column(letters) for letters in self.ours}
        for number in (old.keys() | new.keys()) - mine:
            if old.get(number) != new.get(number):
                yield f"column {number} differs"
        for number in mine:
            if dict(new.get(number, ())).get("hidden") in ("1", "true"):
                yield f"our column {number} is hidden"

    @staticmethod
    def _widths(tree):
        runs = tree.find(f"{MAIN}cols")
        return {
            number: sorted((k, v) for k, v in run.items() if k not in ("min", "max"))
            for run in ([] if runs is None else runs)
            for number in range(int(run.get("min")), int(run.get("max")) + 1)
        }

    def _dimension(self):
        old, new = (tree.find(f"{MAIN}dimension") for tree in (self.old, self.new))
        if (old is None) != (new is None):
            yield "the sheet states its size where it did not, or does not where it did"
        elif old is not None and _columns_of_area(new.get("ref")) < _columns_of_area(
            old.get("ref")
        ):
            yield "the size of the sheet is too small"


RULES = {
    r"xl/styles\.xml": _styles,
    r"xl/workbook\.xml": _workbook,
    r"xl/tables/.*": _table,
    r"xl/(.*/)?comments.*": _comments,
}


def by_calamine(path):
    """What each cell holds, by sheet, row and column."""
    book = CalamineWorkbook.from_path(path)
    kinds = {each.name: str(each.typ) for each in book.sheets_metadata}
    return {
        (name, row, column): value
        for name in book.sheet_names
        if kinds[name].endswith("WorkSheet")
        for row, cells in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for column, value in enumerate(cells)
        if value != ""
    }


def by_openpyxl(path):
    """The same, by another reader."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.row, cell.column): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
