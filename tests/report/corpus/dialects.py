"""The same sheet as several programs write it."""

from tests.report.build import packed
from tests.report.corpus.base import HEADINGS, ROWS

DIALECTS = {}
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TABLE = [HEADINGS, *((f"Term {n}", f"What term {n} means", "jane") for n in range(1, ROWS))]
TEXTS = list(dict.fromkeys(text for row in TABLE for text in row))


def case(name):
    """Make a case of a function that gives the parts of a workbook."""

    def named(parts):
        DIALECTS[name] = lambda path: packed(path, parts())
        return parts

    return named


def _head(end="\r\n"):
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{end}'


def _types(head, *more):
    entries = (
        ("xl/workbook.xml", f"{SHEET}.sheet.main+xml"),
        ("xl/worksheets/sheet1.xml", f"{SHEET}.worksheet+xml"),
        ("xl/styles.xml", f"{SHEET}.styles+xml"),
        ("xl/sharedStrings.xml", f"{SHEET}.sharedStrings+xml"),
        *more,
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    listed = "".join(f'<Override PartName="/{n}" ContentType="{kind}"/>' for n, kind in entries)
    return (
        f'{head}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{rels}"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{listed}</Types>"
    )


def _rels(head, *relations):
    entries = "".join(
        f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for i, kind, target in relations
    )
    return f'{head}<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def _book_rels(head, *more):
    return _rels(
        head,
        ("rId3", "worksheet", "worksheets/sheet1.xml"),
        ("rId1", "styles", "styles.xml"),
        ("rId2", "sharedStrings", "sharedStrings.xml"),
        *more,
    )


def _strings(head, item):
    items = "".join(item.format(text) for text in TEXTS)
    count = len(TABLE) * 3
    return f'{head}<sst xmlns="{MAIN}" count="{count}" uniqueCount="{len(TEXTS)}">{items}</sst>'


def _rows(row, cell):
    """Rows whose `cell` says address, and number of the shared string."""
    for number, texts in enumerate(TABLE, 1):
        cells = "".join(
            cell.format(f"{letter}{number}", TEXTS.index(text))
            for letter, text in zip("ABC", texts, strict=True)
        )
        yield row.format(number, cells)


@case("as Excel writes it")
def _():
    head = _head()
    revision = "http://schemas.microsoft.com/office/spreadsheetml"
    spaces = (
        f'xmlns="{MAIN}" xmlns:r="{OFFICE}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'mc:Ignorable="x14ac xr xr2 xr3" xmlns:x14ac="{revision}/2009/9/ac" '
        f'xmlns:xr="{revision}/2014/revision" xmlns:xr2="{revision}/2015/revision2" '
        f'xmlns:xr3="{revision}/2016/revision3"'
    )
    uid = 'xr:uid="{00000000-0001-0000-0000-000000000000}"'
    rows = "".join(
        _rows(
            '<row r="{0}" spans="1:3" x14ac:dyDescent="0.25">{1}</row>',
            '<c r="{0}" s="1" t="s"><v>{1}</v></c>',
        )
    )
    sheet = (
        f'{head}<worksheet {spaces} {uid}><dimension ref="A1:C12"/><sheetViews><sheetView '
        'tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="B4" '
        'sqref="B4"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15" '
        'x14ac:dyDescent="0.25"/><cols><col min="1" max="1" width="18.7109375" bestFit="1" '
        'customWidth="1"/><col min="2" max="16384" width="9.140625" style="1"/></cols><sheetData>'
        f'{rows}</sheetData><sheetProtection formatCells="0"/><autoFilter ref="A1:C12" '
        'xr:uid="{00000000-0009-0000-0000-000000000000}"/><phoneticPr fontId="0" '
        'type="noConversion"/><conditionalFormatting sqref="A2:A12"><cfRule '
        'type="duplicateValues" dxfId="0" priority="3"/></conditionalFormatting>'
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="C2:C12" '
        'xr:uid="{00000000-0002-0000-0000-000000000000}"><formula1>"jane,john"</formula1>'
        '</dataValidation></dataValidations><pageMargins left="0.7" right="0.7" top="0.75" '
        'bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="9" '
        'orientation="portrait"/></worksheet>'
    )
    book = (
        f'{head}<workbook {spaces}><fileVersion appName="xl" lastEdited="7" lowestEdited="7" '
        'rupBuild="27126"/><workbookPr defaultThemeVersion="166925"/>'
        '<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\terms\\" '
        f'xmlns:x15ac="{revision}/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
        '<xr:revisionPtr revIDLastSave="0" documentId="8_{1}" coauthVersionLast="47" '
        'coauthVersionMax="47" xr6:coauthVersionLast="47" '
        f'xmlns:xr6="{revision}/2016/revision6"/><bookViews><workbookView xWindow="-120" '
        'yWindow="-120" windowWidth="29040" windowHeight="15840" '
        'xr2:uid="{00000000-000D-0000-FFFF-FFFF00000000}"/></bookViews><sheets><sheet '
        'name="Terms" sheetId="4" r:id="rId3"/></sheets><definedNames><definedName '
        'name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Terms!$A$1:$C$12</definedName>'
        '</definedNames><calcPr calcId="191029"/><extLst><ext '
        f'uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" xmlns:x15="{revision}/2010/11/main">'
        '<x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>'
    )
    styles = (
        f'{head}<styleSheet {spaces}><fonts count="2" x14ac:knownFonts="1"><font><sz val="11"/>'
        '<color theme="1"/><name val="Calibri"/><family val="2"/><scheme val="minor"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
        '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
        '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" '
        'xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"><alignment wrapText="1"/></xf></cellXfs><cellStyles count="1">'
        '<cellStyle name="Standard" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf>'
        '<font><color rgb="FF9C0006"/></font></dxf></dxfs><tableStyles count="0" '
        'defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/><extLst>'
        '<ext uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}" '
        f'xmlns:x14="{revision}/2009/9/main"><x14:slicerStyles '
        'defaultSlicerStyle="SlicerStyleLight1"/></ext></extLst></styleSheet>'
    )
    return {
        "[Content_Types].xml": _types(head),
        "_rels/.rels": _rels(head, ("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _book_rels(head),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": styles,
        "xl/sharedStrings.xml": _strings(head, "<si><t>{}</t></si>"),
    }


@case("as Google Sheets writes it")
def _():
    head = _head("")
    spaces = f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:mx="http://schemas.microsoft.com/mac"'
    rows = "".join(_rows('<row r="{0}">{1}</row>', '<c r="{0}" s="1" t="s"><v>{1}</v></c>'))
    empty = "".join(f'<row r="{n}" ht="15.75" customHeight="1"/>' for n in range(ROWS + 1, 1001))
    sheet = (
        f'{head}<worksheet {spaces}><sheetPr><outlinePr summaryBelow="0" summaryRight="0"/>'
        '</sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1.0" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        '<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>'
        f'<cols><col customWidth="1" min="2" max="26" width="40.0"/></cols><sheetData>{rows}{empty}'
        '</sheetData><dataValidations><dataValidation type="list" allowBlank="1" '
        'showErrorMessage="1" sqref="C2:C12"><formula1>"jane,john"</formula1></dataValidation>'
        '</dataValidations><drawing r:id="rId1"/></worksheet>'
    )
    drawing = (
        f'{head}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
        'spreadsheetDrawing"/>'
    )
    book = (
        f'{head}<workbook {spaces}><workbookPr/><sheets><sheet state="visible" name="Terms" '
        'sheetId="1" r:id="rId3"/></sheets><definedNames/><calcPr/></workbook>'
    )
    styles = (
        f'{head}<styleSheet {spaces}><fonts count="2"><font><sz val="10.0"/><color '
        'rgb="FF000000"/><name val="Arial"/><scheme val="minor"/></font><font><color theme="1"/>'
        '<name val="Arial"/><scheme val="minor"/></font></fonts><fills count="2"><fill>'
        '<patternFill patternType="none"/></fill><fill><patternFill patternType="lightGray"/>'
        '</fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf '
        'borderId="0" fillId="0" fontId="0" numFmtId="0" applyAlignment="1" applyFont="1"/>'
        '</cellStyleXfs><cellXfs count="2"><xf borderId="0" fillId="0" fontId="0" numFmtId="0" '
        'xfId="0" applyAlignment="1" applyFont="1"><alignment readingOrder="0" '
        'shrinkToFit="0" vertical="bottom" wrapText="0"/></xf><xf borderId="0" fillId="0" '
        'fontId="1" numFmtId="0" xfId="0"/></cellXfs><cellStyles count="1"><cellStyle xfId="0" '
        'name="Normal" builtinId="0"/></cellStyles><dxfs count="0"/></styleSheet>'
    )
    drawing_type = "application/vnd.openxmlformats-officedocument.drawing+xml"
    return {
        "xl/worksheets/sheet1.xml": sheet,
        "xl/drawings/drawing1.xml": drawing,
        "xl/worksheets/_rels/sheet1.xml.rels": _rels(
            head, ("rId1", "drawing", "../drawings/drawing1.xml")
        ),
        "xl/sharedStrings.xml": _strings(head, "<si><t>{}</t></si>"),
        "xl/styles.xml": styles,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": _book_rels(head),
        "_rels/.rels": _rels(head, ("rId1", "officeDocument", "xl/workbook.xml")),
        "[Content_Types].xml": _types(head, ("xl/drawings/drawing1.xml", drawing_type)),
    }


@case("as LibreOffice writes it")
def _():
    head = _head("\n")
    row = (
        '<row r="{0}" customFormat="false" ht="12.8" hidden="false" customHeight="false" '
        'outlineLevel="0" collapsed="false">{1}</row>'
    )
    rows = "".join(_rows(row, '<c r="{0}" s="0" t="s"><v>{1}</v></c>'))
    sheet = (
        f'{head}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetPr filterMode="false">'
        '<pageSetUpPr fitToPage="false"/></sheetPr><dimension ref="A1:C12"/><sheetViews>'
        '<sheetView showFormulas="false" showGridLines="true" tabSelected="true" '
        'workbookViewId="0"><selection pane="topLeft" activeCell="A1" activeCellId="0" '
        'sqref="A1"/></sheetView></sheetViews><sheetFormatPr defaultColWidth="11.53515625" '
        'defaultRowHeight="12.8" zeroHeight="false" outlineLevelRow="0" outlineLevelCol="0"/>'
        '<cols><col collapsed="false" customWidth="false" hidden="false" outlineLevel="0" '
        f'max="16384" min="1" style="0" width="11.53"/></cols><sheetData>{rows}</sheetData>'
        '<printOptions headings="false"/><pageMargins left="0.7875" right="0.7875" top="1.05" '
        'bottom="1.05" header="0.7875" footer="0.7875"/><headerFooter differentFirst="false">'
        "<oddHeader>&amp;C&amp;A</oddHeader></headerFooter></worksheet>"
    )
    book = (
        f'{head}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><fileVersion appName="Calc"/>'
        '<workbookPr backupFile="false" showObjects="all" date1904="false"/><workbookProtection/>'
        '<bookViews><workbookView showHorizontalScroll="true" tabRatio="500" firstSheet="0" '
        'activeTab="0"/></bookViews><sheets><sheet name="Terms" sheetId="1" state="visible" '
        'r:id="rId3"/></sheets><calcPr iterateCount="100" refMode="A1"/></workbook>'
    )
    styles = (
        f'{head}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
        'formatCode="General"/></numFmts><fonts count="4"><font><sz val="10"/><name val="Arial"/>'
        '</font><font><sz val="10"/><name val="Arial"/></font><font><sz val="10"/></font><font>'
        '<sz val="10"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>'
        '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
        '<border diagonalUp="false" diagonalDown="false"><left/><right/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="164" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="1"><xf numFmtId="164" fontId="0" fillId="0" borderId="0" '
        'xfId="0" applyFont="false"/></cellXfs></styleSheet>'
    )
    return {
        "_rels/.rels": _rels(head, ("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _book_rels(head),
        "xl/workbook.xml": book,
        "xl/styles.xml": styles,
        "xl/worksheets/sheet1.xml": sheet,
        "xl/sharedStrings.xml": _strings(head, '<si><t xml:space="preserve">{}</t></si>'),
        "[Content_Types].xml": _types(head),
    }
