"""Workbooks with the features that XlsxWriter can write."""

import struct
import zlib
from datetime import date, datetime
from io import BytesIO

from tests.report.corpus.base import HEADINGS, ROWS, build

WRITTEN = {}


def _pixel(red, green, blue):
    """A picture of one pixel, as PNG."""

    def chunk(kind, data):
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes([0, red, green, blue])))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


PNG = _pixel(47, 75, 110)


def case(name, **options):
    """Make a case of a function that changes the three sheets of a book."""

    def named(feature):
        WRITTEN[name] = lambda path: build(
            path, lambda book: feature(book, *book.worksheets()), **options
        )
        return feature

    return named


@case("formatted far beyond the table")
def _(book, terms, people, notes):
    grey = book.add_format({"bg_color": "#EEEEEE", "border": 1})
    for row in range(ROWS + 8):
        for column in range(len(HEADINGS), 26):
            terms.write_blank(row, column, None, grey)


@case("plain")
def _(book, terms, people, notes):
    """Nothing but its rows."""


@case("results of formulas")
def _(book, terms, people, notes):
    for row in range(2, ROWS + 1):
        terms.write_formula(f"D{row}", f"=LEN(A{row})", None, 6)
    terms.write_formula("E2", '=A2&"!"', None, "Term 1!")
    terms.write_formula("E3", "=1/0", None, "#DIV/0!")
    notes.write_formula("B1", "=Terms!D2*2", None, 12)


@case("array formulas")
def _(book, terms, people, notes):
    terms.write_array_formula("D2:D4", "{=LEN(A2:A4)}", None, 6)
    notes.write_array_formula("C1:C1", "{=SUM(LEN(Terms!A2:A4))}", None, 18)


@case("dynamic arrays")
def _(book, terms, people, notes):
    terms.write_dynamic_array_formula("E2:E4", "=SORT(A2:A4)", None, "Term 1")
    notes.write_dynamic_array_formula("B1", "=UNIQUE(Terms!C2:C9)", None, "jane")


@case("pictures in cells")
def _(book, terms, people, notes):
    terms.embed_image("D2", "blue.png", {"image_data": BytesIO(PNG)})
    notes.embed_image("B2", "blue.png", {"image_data": BytesIO(PNG)})


@case("data validation")
def _(book, terms, people, notes):
    terms.data_validation("C2:C99", {"validate": "list", "source": "=People!$A$1:$A$3"})
    terms.data_validation(
        "B2:B99",
        {
            "validate": "length",
            "criteria": "<",
            "value": 200,
            "input_title": "Words",
            "input_message": "less than <200> & no more",
            "error_message": "too long",
        },
    )


@case("conditional formatting")
def _(book, terms, people, notes):
    red = book.add_format({"bg_color": "#ff0000", "bold": True})
    terms.conditional_format("A2:A9", {"type": "duplicate", "format": red})
    terms.conditional_format("C2:C9", {"type": "no_blanks", "format": red, "stop_if_true": True})
    terms.conditional_format("B2:B9", {"type": "3_color_scale"})
    terms.conditional_format("D2:D9", {"type": "icon_set", "icon_style": "3_traffic_lights"})


@case("data bars that go on in an extension")
def _(book, terms, people, notes):
    terms.write_column("D2", range(1, 12))
    terms.conditional_format("D2:D12", {"type": "data_bar", "data_bar_2010": True})


@case("sparklines")
def _(book, terms, people, notes):
    terms.write_row("D2", [3, 1, 4, 1])
    terms.add_sparkline("H2", {"range": "Terms!D2:G2", "markers": True})


@case("shapes and text boxes")
def _(book, terms, people, notes):
    terms.insert_textbox("E5", "Ask <jane> & john", {"width": 200, "url": "https://example.com"})
    notes.insert_textbox("C3", "a second one")


@case("pictures")
def _(book, terms, people, notes):
    options = {"image_data": BytesIO(PNG), "description": "a logo", "url": "https://example.com"}
    terms.insert_image("F2", "logo.png", options)
    notes.insert_image("F2", "logo.png", options)
    notes.set_background(BytesIO(PNG))


@case("charts")
def _(book, terms, people, notes):
    terms.write_column("D2", [3, 1, 4])
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Terms!$D$2:$D$4", "categories": "=Terms!$A$2:$A$4"})
    terms.insert_chart("F2", chart)
    alone = book.add_chart({"type": "pie"})
    alone.add_series({"values": "=Terms!$D$2:$D$4"})
    book.add_chartsheet("Chart").set_chart(alone)


@case("buttons and boxes to tick")
def _(book, terms, people, notes):
    terms.insert_button("F2", {"caption": "Send", "macro": "send"})
    terms.insert_checkbox("G2", True)


@case("a button and notes")
def _(book, terms, people, notes):
    terms.insert_button("F2", {"caption": "Send"})
    terms.write_comment("B3", "ask john", {"author": "jane", "visible": True})
    terms.write_comment("C12", "not one of the findings", {"color": "#ffccff"})
    notes.write_comment("A1", "on another sheet")


@case("text with runs")
def _(book, terms, people, notes):
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    terms.write_rich_string("B2", "what ", bold, "term", " 1 ", red, "means")
    terms.write_rich_string("B3", bold, " blanks ", "around ", red, " it")


@case("odd texts")
def _(book, terms, people, notes):
    terms.write_string("B2", "=1+1")
    terms.write_string("B3", "_x0041_ and \t a tab\nand a line")
    terms.write_string("B4", " kept blanks ")
    terms.write_string("B5", "emoji \U0001f680 and ünï <&>\"'")
    terms.write_string("B6", "-5")


@case("numbers, dates and truths")
def _(book, terms, people, notes):
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    terms.write_datetime("D2", date(2026, 2, 28), day)
    terms.write_number("D3", 0.1 + 0.2)
    terms.write_boolean("D4", True)
    terms.write_number("D5", 1e300)
    terms.write_blank("D6", None, day)


@case("dates that count from 1904", date_1904=True)
def _(book, terms, people, notes):
    terms.write_datetime("D2", date(2026, 2, 28), book.add_format({"num_format": 14}))


@case("properties and names")
def _(book, terms, people, notes):
    book.set_properties({"title": "Terms", "company": "Ours", "status": "Draft"})
    book.set_custom_property("Reviewed by", "jane")
    book.set_custom_property("Reviewed on", datetime(2026, 1, 1))
    book.define_name("Everyone", "=People!$A$1:$A$3")
    book.define_name("Terms!Local", "=Terms!$A$2")


@case("what is printed")
def _(book, terms, people, notes):
    for sheet in (terms, notes):
        sheet.print_area("A1:C9")
        sheet.repeat_rows(0)
        sheet.repeat_columns("A:A")
        sheet.set_landscape()
        sheet.set_h_pagebreaks([5])
        sheet.set_v_pagebreaks([2])
        sheet.set_header("&L&G&CTerms", {"image_left": "l.png", "image_data_left": BytesIO(PNG)})
        sheet.set_footer("&RPage &P of &N")
        sheet.fit_to_pages(1, 0)


@case("frozen, zoomed, grouped and hidden")
def _(book, terms, people, notes):
    terms.freeze_panes(1, 1, 4, 1)
    terms.set_zoom(85)
    terms.set_tab_color("#ff9900")
    terms.set_row(3, 30, None, {"level": 1})
    terms.set_row(4, None, None, {"level": 1, "hidden": True})
    terms.set_column("B:B", 50, book.add_format({"text_wrap": True}))
    terms.set_column("D:XFD", None, None, {"hidden": True, "level": 1})
    terms.set_row(5, 42, book.add_format({"bg_color": "#eeeeee"}))
    people.hide()
    notes.hide_gridlines(2)
    notes.right_to_left()
    notes.split_panes(30, 0)


@case("merged cells and links")
def _(book, terms, people, notes):
    terms.merge_range("A13:C13", "the end", book.add_format({"align": "center"}))
    terms.merge_range("B5:B6", "both")
    terms.write_url("D2", "https://example.com/?a=1&b=2", string="more", tip="a tip")
    terms.write_url("D3", "internal:People!A1")
    terms.write_url("D4", "mailto:jane@example.com")
    notes.write_url("A2", "external:other.xlsx#Sheet1!A1")


@case("a table")
def _(book, terms, people, notes):
    columns = [{"header": name} for name in HEADINGS]
    terms.add_table("A1:C12", {"name": "Terms_table", "columns": columns})
    notes.add_table("D1:E4", {"name": "Other"})


@case("a table with totals and a formula")
def _(book, terms, people, notes):
    columns = [
        {"header": "Term", "total_string": "All"},
        {"header": "Description"},
        {"header": "Owners"},
        {"header": "Length", "formula": "=LEN([@Term])", "total_function": "sum"},
    ]
    terms.add_table(
        "A1:D13", {"columns": columns, "total_row": True, "style": "Table Style Dark 1"}
    )


@case("a table with something right of it")
def _(book, terms, people, notes):
    terms.add_table("A1:C12", {"columns": [{"header": name} for name in HEADINGS]})
    terms.write("E4", "a remark")


@case("a filter")
def _(book, terms, people, notes):
    terms.autofilter("A1:C12")
    terms.filter_column("C", "x == jane")
    notes.autofilter("A1:A1")


@case("protection")
def _(book, terms, people, notes):
    terms.protect("secret", {"sort": True, "autofilter": True})
    terms.unprotect_range("B2:B12", "words")
    notes.protect()
    terms.ignore_errors({"number_stored_as_text": "A1:A12"})


@case("the second sheet shown, two selected")
def _(book, terms, people, notes):
    people.activate()
    people.select()
    terms.select()
    terms.set_selection("C5")


@case("macros")
def _(book, terms, people, notes):
    book.add_vba_project(BytesIO(b"\xd0\xcf\x11\xe0" + bytes(range(256)) * 8), is_stream=True)


@case("strings in their cells", constant_memory=True)
def _(book, terms, people, notes):
    """Written row by row, with its strings in its cells."""


@case("a formula without a result")
def _(book, terms, people, notes):
    terms.write_formula("D2", "=NOW()", None, "")
