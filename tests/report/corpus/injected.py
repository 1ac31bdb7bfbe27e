"""Workbooks with features that no library of ours writes: their parts are as Excel writes them."""

from tests.report.corpus.base import BOOK, NOTES, TERMS, Extra, build, inject

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MICROSOFT = "http://schemas.microsoft.com/office"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
X14 = f"{MICROSOFT}/spreadsheetml/2009/9/main"
DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006"
BLOB = bytes(range(256))
END = b"</worksheet>"

INJECTED = {}


def case(name):
    """Make a case of a function that says what to put into the three sheets."""

    def named(extra):
        INJECTED[name] = lambda path: inject(build(path), extra())
        return extra

    return named


def _xml(text):
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text.encode()


def _before_end(what):
    """Put elements at the end of the sheets that are imported and that are not."""
    return [(name, END, what.encode() + END) for name in (TERMS, NOTES)]


@case("data validation with a list of another sheet, as an extension")
def _():
    rule = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">'
        '<x14:dataValidations count="1" '
        f'xmlns:xm="{MICROSOFT}/excel/2006/main"><x14:dataValidation type="list" '
        'allowBlank="1" showInputMessage="1" showErrorMessage="1" '
        'xr:uid="{00000000-0002-0000-0000-000000000000}" '
        f'xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision"><x14:formula1>'
        "<xm:f>People!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>C2:C99</xm:sqref>"
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    return Extra(changes=_before_end(rule))


@case("conditional formatting as an extension alone")
def _():
    rule = (
        f'<extLst><ext uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}" xmlns:x14="{X14}">'
        f"<x14:conditionalFormattings><x14:conditionalFormatting "
        f'xmlns:xm="{MICROSOFT}/excel/2006/main"><x14:cfRule type="expression" priority="7" '
        'id="{11111111-2222-3333-4444-555555555555}"><xm:f>People!$A$1=A2</xm:f><x14:dxf><fill>'
        '<patternFill><bgColor rgb="FF00FF00"/></patternFill></fill></x14:dxf></x14:cfRule>'
        "<xm:sqref>A2:A9</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
        "</ext></extLst>"
    )
    return Extra(changes=_before_end(rule))


def _drawing(anchor, **parts):
    return _xml(
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:r="{OFFICE}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<xdr:twoCellAnchor><xdr:from><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>2"
        "</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>8</xdr:col><xdr:colOff>0"
        "</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
        f"{anchor}<xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>"
    )


def _with_drawing(anchor):
    """A drawing on each of two sheets."""
    extra = Extra()
    for number, sheet in enumerate((TERMS, NOTES), 1):
        name = f"xl/drawings/drawing{number}.xml"
        extra.parts[name] = _drawing(anchor)
        extra.types[name] = DRAWING
        extra.relations.append(
            (sheet, "rIdD", f"{OFFICE}/drawing", f"../drawings/drawing{number}.xml")
        )
        element = b'<drawing r:id="rIdD"/>'
        extra.changes.append((sheet, END, element + END))
    return extra


def _shape(kind, number, text=""):
    return (
        '<xdr:sp macro="" textlink=""><xdr:nvSpPr>'
        f'<xdr:cNvPr id="{number}" name="{kind} {number}"/>'
        '<xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="914400" cy="914400"/></a:xfrm>'
        f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/>'
        f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    )


@case("groups of shapes, connectors, alternate content")
def _():
    group = (
        '<mc:AlternateContent><mc:Choice Requires="a14" '
        f'xmlns:a14="{MICROSOFT}/drawing/2010/main"><xdr:grpSp><xdr:nvGrpSpPr>'
        '<xdr:cNvPr id="2" name="Group"/><xdr:cNvGrpSpPr/></xdr:nvGrpSpPr><xdr:grpSpPr/>'
        f"{_shape('rect', 3, 'one')}{_shape('ellipse', 4, 'two')}"
        '<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="5" name="Line"/><xdr:cNvCxnSpPr/>'
        '</xdr:nvCxnSpPr><xdr:spPr><a:prstGeom prst="line"><a:avLst/></a:prstGeom></xdr:spPr>'
        "</xdr:cxnSp></xdr:grpSp></mc:Choice><mc:Fallback/></mc:AlternateContent>"
    )
    return _with_drawing(group)


@case("a diagram")
def _():
    frame = (
        '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="Diagram"/>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="914400" cy="914400"/></xdr:xfrm><a:graphic><a:graphicData '
        f'uri="{DIAGRAM}/diagram"><dgm:relIds xmlns:dgm="{DIAGRAM}/diagram" r:dm="rId1" r:lo="rId2"'
        ' r:qs="rId3" r:cs="rId4"/></a:graphicData></a:graphic></xdr:graphicFrame>'
    )
    extra = _with_drawing(frame)
    kinds = ("data", "layout", "quickStyle", "colors")
    types = ("diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors")
    roots = ("dataModel", "layoutDef", "styleDef", "colorsDef")
    for number, (kind, type_, root) in enumerate(zip(kinds, types, roots, strict=True), 1):
        name = f"xl/diagrams/{kind}1.xml"
        extra.parts[name] = _xml(f'<dgm:{root} xmlns:dgm="{DIAGRAM}/diagram"/>')
        extra.types[name] = f"application/vnd.openxmlformats-officedocument.drawingml.{type_}+xml"
        for drawing in ("xl/drawings/drawing1.xml", "xl/drawings/drawing2.xml"):
            target = f"../diagrams/{kind}1.xml"
            extra.relations.append((drawing, f"rId{number}", f"{OFFICE}/{type_}", target))
    return extra


@case("a pivot table")
def _():
    fields = "".join(
        f'<cacheField name="{name}" numFmtId="0"><sharedItems count="1"><s v="{item}"/>'
        "</sharedItems></cacheField>"
        for name, item in (("Term", "Term 1"), ("Description", "words"), ("Owners", "jane"))
    )
    cache = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" refreshedBy="jane" '
        'refreshOnLoad="0" recordCount="1"><cacheSource type="worksheet"><worksheetSource '
        f'ref="A1:C12" sheet="Terms"/></cacheSource><cacheFields count="3">{fields}</cacheFields>'
        f'<extLst><ext uri="{{725AE2AE-9491-48be-B2B4-4EB974FC3084}}" xmlns:x14="{X14}">'
        '<x14:pivotCacheDefinition pivotCacheId="7"/></ext></extLst></pivotCacheDefinition>'
    )
    records = (
        f'<pivotCacheRecords xmlns="{MAIN}" count="1"><r><x v="0"/><x v="0"/><x v="0"/></r>'
        "</pivotCacheRecords>"
    )
    table = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="Pivot" cacheId="7" dataCaption="Values" '
        'rowGrandTotals="1"><location ref="D1:E3" firstHeaderRow="1" firstDataRow="1" '
        'firstDataCol="1"/><pivotFields count="3"><pivotField dataField="1" showAll="0"/>'
        '<pivotField showAll="0"/><pivotField axis="axisRow" showAll="0"><items count="2">'
        '<item x="0"/><item t="default"/></items></pivotField></pivotFields><rowFields count="1">'
        '<field x="2"/></rowFields><rowItems count="2"><i><x/></i><i t="grand"><x/></i></rowItems>'
        '<colItems count="1"><i/></colItems><dataFields count="1"><dataField name="Count of Term" '
        'fld="0" subtotal="count" baseField="0" baseItem="0"/></dataFields></pivotTableDefinition>'
    )
    return Extra(
        parts={
            "xl/pivotCache/pivotCacheDefinition1.xml": _xml(cache),
            "xl/pivotCache/pivotCacheRecords1.xml": _xml(records),
            "xl/pivotTables/pivotTable1.xml": _xml(table),
        },
        types={
            "xl/pivotCache/pivotCacheDefinition1.xml": f"{SHEET}.pivotCacheDefinition+xml",
            "xl/pivotCache/pivotCacheRecords1.xml": f"{SHEET}.pivotCacheRecords+xml",
            "xl/pivotTables/pivotTable1.xml": f"{SHEET}.pivotTable+xml",
        },
        relations=[
            (
                BOOK,
                "rIdP",
                f"{OFFICE}/pivotCacheDefinition",
                "pivotCache/pivotCacheDefinition1.xml",
            ),
            (
                *("xl/pivotCache/pivotCacheDefinition1.xml", "rId1"),
                *(f"{OFFICE}/pivotCacheRecords", "pivotCacheRecords1.xml"),
            ),
            (NOTES, "rIdT", f"{OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml"),
            (
                *("xl/pivotTables/pivotTable1.xml", "rId1"),
                *(
                    f"{OFFICE}/pivotCacheDefinition",
                    "../pivotCache/pivotCacheDefinition1.xml",
                ),
            ),
        ],
        changes=[
            (
                BOOK,
                b"</workbook>",
                b'<pivotCaches><pivotCache cacheId="7" r:id="rIdP"/></pivotCaches></workbook>',
            ),
        ],
    )


@case("a slicer of a table")
def _():
    slicers = (
        f'<slicers xmlns="{X14}"><slicer name="Owners" cache="Slicer_Owners" caption="Owners" '
        'rowHeight="241300"/></slicers>'
    )
    cache = (
        f'<slicerCacheDefinition xmlns="{X14}" name="Slicer_Owners" sourceName="Owners"><extLst>'
        f'<x:ext xmlns:x="{MAIN}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}" '
        f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"><x15:tableSlicerCache tableId="1" '
        'column="3"/></x:ext></extLst></slicerCacheDefinition>'
    )
    table = (
        f'<table xmlns="{MAIN}" id="1" name="Mine" displayName="Mine" ref="A1:C12" '
        'totalsRowShown="0"><autoFilter ref="A1:C12"/><tableColumns count="3">'
        '<tableColumn id="1" name="Term"/><tableColumn id="2" name="Description"/>'
        '<tableColumn id="3" name="Owners"/></tableColumns>'
        '<tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>'
    )
    in_sheet = (
        '<tableParts count="1"><tablePart r:id="rIdT"/></tableParts>'
        '<extLst><ext uri="{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}" '
        f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"><x14:slicerList '
        f'xmlns:x14="{X14}"><x14:slicer r:id="rIdS"/>'
        "</x14:slicerList></ext></extLst>"
    )
    in_book = (
        '<extLst><ext uri="{46BE6895-7355-4a93-B00E-2C351335B9C9}" '
        f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"><x15:slicerCaches '
        f'xmlns:x14="{X14}"><x14:slicerCache r:id="rIdS"/></x15:slicerCaches></ext></extLst>'
    )
    return Extra(
        parts={
            "xl/slicers/slicer1.xml": _xml(slicers),
            "xl/slicerCaches/slicerCache1.xml": _xml(cache),
            "xl/tables/table1.xml": _xml(table),
        },
        types={
            "xl/slicers/slicer1.xml": "application/vnd.ms-excel.slicer+xml",
            "xl/slicerCaches/slicerCache1.xml": "application/vnd.ms-excel.slicerCache+xml",
            "xl/tables/table1.xml": f"{SHEET}.table+xml",
        },
        relations=[
            (TERMS, "rIdT", f"{OFFICE}/table", "../tables/table1.xml"),
            (TERMS, "rIdS", f"{MICROSOFT}/2007/relationships/slicer", "../slicers/slicer1.xml"),
            (
                *(BOOK, "rIdS", f"{MICROSOFT}/2007/relationships/slicerCache"),
                "slicerCaches/slicerCache1.xml",
            ),
        ],
        changes=[
            (TERMS, END, in_sheet.encode() + END),
            (BOOK, b"</workbook>", in_book.encode() + b"</workbook>"),
        ],
    )


def _vml(row, column):
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:'
        'office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
        '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
        'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke '
        'joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
        '<v:shape id="_x0000_s1025" type="#_x0000_t202" style=\'position:absolute;visibility:'
        'hidden\' fillcolor="#ffffe1" o:insetmode="auto"><v:textbox><div style=\'text-align:'
        "left'><br></div></v:textbox>"  # as Excel writes it: no XML
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>3, 15, 1, '
        f"2, 5, 15, 5, 5</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row>"
        f"<x:Column>{column - 1}</x:Column></x:ClientData></v:shape></xml>"
    ).encode()


def _commented(comments, row, column):
    """Notes on the sheet that is imported."""
    return Extra(
        parts={
            "xl/comments1.xml": _xml(comments),
            "xl/drawings/vmlDrawing1.vml": _vml(row, column),
        },
        types={"xl/comments1.xml": f"{SHEET}.comments+xml"},
        endings={"vml": "application/vnd.openxmlformats-officedocument.vmlDrawing"},
        relations=[
            (TERMS, "rIdC", f"{OFFICE}/comments", "../comments1.xml"),
            (TERMS, "rIdV", f"{OFFICE}/vmlDrawing", "../drawings/vmlDrawing1.vml"),
        ],
        changes=[(TERMS, END, b'<legacyDrawing r:id="rIdV"/>' + END)],
    )


@case("threaded comments and the people in them")
def _():
    thread = "{2D8EFCBD-6D0A-4F8E-9C0B-1A2B3C4D5E6F}"
    person = "{AAAAAAAA-6D0A-4F8E-9C0B-1A2B3C4D5E6F}"
    extra = _commented(
        f'<comments xmlns="{MAIN}" xmlns:xr="{MICROSOFT}/spreadsheetml/2014/revision"><authors>'
        f'<author>tc={thread}</author></authors><commentList><comment ref="C3" authorId="0" '
        f'shapeId="0" xr:uid="{thread}"><text><t>[Threaded comment]\n\nComment:\n    why?</t>'
        "</text></comment></commentList></comments>",
        *(3, 3),
    )
    space = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
    extra.parts["xl/threadedComments/threadedComment1.xml"] = _xml(
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="C3" '
        f'dT="2026-01-01T10:00:00.00" personId="{person}" id="{thread}"><text>why?</text>'
        "</threadedComment></ThreadedComments>"
    )
    extra.parts["xl/persons/person.xml"] = _xml(
        f'<personList xmlns="{space}"><person displayName="Jane" id="{person}" '
        'userId="jane" providerId="None"/></personList>'
    )
    extra.types["xl/threadedComments/threadedComment1.xml"] = (
        "application/vnd.ms-excel.threadedcomments+xml"
    )
    extra.types["xl/persons/person.xml"] = "application/vnd.ms-excel.person+xml"
    target = "../threadedComments/threadedComment1.xml"
    kind = f"{MICROSOFT}/2017/10/relationships"
    extra.relations.append((TERMS, "rIdTC", f"{kind}/threadedComment", target))
    extra.relations.append((BOOK, "rIdPe", f"{kind}/person", "persons/person.xml"))
    return extra


@case("notes with runs of their own")
def _():
    return _commented(
        f'<comments xmlns="{MAIN}"><authors><author>jane</author></authors><commentList>'
        '<comment ref="B2" authorId="0"><text><r><rPr><b/><sz val="9"/><color indexed="81"/>'
        '<rFont val="Tahoma"/></rPr><t>jane:</t></r><r><rPr><sz val="9"/></rPr>'
        '<t xml:space="preserve">\nlook &amp; ask</t></r><phoneticPr fontId="1"/></text></comment>'
        "</commentList></comments>",
        *(2, 2),
    )


@case("text with its sounds")
def _():
    return Extra(
        changes=[
            (
                "xl/sharedStrings.xml",
                b"<si><t>What term 1 means</t></si>",
                '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>'
                '<phoneticPr fontId="1"/></si>'.encode(),
            )
        ]
    )


@case("shared formulas and what ifs")
def _():
    cells = {
        3: '<c r="D2"><f t="shared" ref="D2:D3" si="0">LEN(A2)</f><v>6</v></c>',
        4: '<c r="D3"><f t="shared" si="0"/><v>6</v></c>',
        5: '<c r="D4"><f t="dataTable" ref="D4:D5" dt2D="0" dtr="0" r1="A2"/><v>6</v></c>',
    }
    ends = {number: f'</row><row r="{number}"' for number in cells}
    return Extra(
        changes=[
            (TERMS, ends[number].encode(), (cell + ends[number]).encode())
            for number, cell in cells.items()
        ]
    )


@case("the order of calculation")
def _():
    chain = f'<calcChain xmlns="{MAIN}"><c r="D2" i="1"/></calcChain>'
    formula = b'<c r="D2"><f>LEN(A2)</f><v>6</v></c></row><row r="3"'
    return Extra(
        parts={"xl/calcChain.xml": _xml(chain)},
        types={"xl/calcChain.xml": f"{SHEET}.calcChain+xml"},
        relations=[(BOOK, "rIdCC", f"{OFFICE}/calcChain", "calcChain.xml")],
        changes=[(TERMS, b'</row><row r="3"', formula)],
    )


@case("XML of its own, maps and properties of sheets")
def _():
    props = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    return Extra(
        parts={
            "customXml/item1.xml": _xml("<mine><a/></mine>"),
            "customXml/itemProps1.xml": _xml(
                '<ds:datastoreItem ds:itemID="{11111111-2222-3333-4444-555555555555}" '
                f'xmlns:ds="{props}"><ds:schemaRefs/></ds:datastoreItem>'
            ),
            "xl/xmlMaps.xml": _xml(
                f'<MapInfo xmlns="{MAIN}" SelectionNamespaces=""><Schema ID="S"/>'
                '<Map ID="1" Name="mine" RootElement="mine" SchemaID="S" '
                'ShowImportExportValidationErrors="0" AutoFit="1" Append="0" '
                'PreserveSortAFLayout="1" PreserveFormat="1"/></MapInfo>'
            ),
            "xl/customProperty1.bin": BLOB,
        },
        types={
            "customXml/itemProps1.xml": (
                "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
            ),
        },
        endings={"bin": f"{SHEET}.customProperty"},
        relations=[
            (BOOK, "rIdX", f"{OFFICE}/customXml", "../customXml/item1.xml"),
            ("customXml/item1.xml", "rId1", f"{OFFICE}/customXmlProps", "itemProps1.xml"),
            (BOOK, "rIdM", f"{OFFICE}/xmlMaps", "xmlMaps.xml"),
            (TERMS, "rIdCP", f"{OFFICE}/customProperty", "../customProperty1.bin"),
        ],
        changes=[
            (
                TERMS,
                END,
                b'<customProperties><customPr name="mine" r:id="rIdCP"/></customProperties>' + END,
            )
        ],
    )


@case("settings of a printer")
def _():
    extra = Extra(endings={"bin": f"{SHEET}.printerSettings"})
    for number, sheet in enumerate((TERMS, NOTES), 1):
        name = f"printerSettings/printerSettings{number}.bin"
        extra.parts[f"xl/{name}"] = BLOB * number
        extra.relations.append((sheet, "rIdPS", f"{OFFICE}/printerSettings", f"../{name}"))
        setup = b'<pageSetup paperSize="9" orientation="portrait" r:id="rIdPS"/>'
        extra.changes.append((sheet, END, setup + END))
    return extra


@case("connections, a query and a model of data")
def _():
    connections = (
        f'<connections xmlns="{MAIN}"><connection id="1" name="Query" type="5" '
        'refreshedVersion="8" background="1"><dbPr connection="Provider=x" command="SELECT 1"/>'
        "</connection></connections>"
    )
    query = f'<queryTable xmlns="{MAIN}" name="Query" connectionId="1" autoFormatId="16"/>'
    table = (
        f'<table xmlns="{MAIN}" id="1" name="Asked" displayName="Asked" ref="A1:C12" '
        'tableType="queryTable" totalsRowShown="0"><autoFilter ref="A1:C12"/>'
        '<tableColumns count="3"><tableColumn id="1" uniqueName="1" name="Term" '
        'queryTableFieldId="1"/><tableColumn id="2" uniqueName="2" name="Description" '
        'queryTableFieldId="2"/><tableColumn id="3" uniqueName="3" name="Owners" '
        'queryTableFieldId="3"/></tableColumns></table>'
    )
    return Extra(
        parts={
            "xl/connections.xml": _xml(connections),
            "xl/queryTables/queryTable1.xml": _xml(query),
            "xl/tables/table1.xml": _xml(table),
            "xl/model/item.data": BLOB,
        },
        types={
            "xl/connections.xml": f"{SHEET}.connections+xml",
            "xl/queryTables/queryTable1.xml": f"{SHEET}.queryTable+xml",
            "xl/tables/table1.xml": f"{SHEET}.table+xml",
        },
        endings={"data": f"{SHEET}.model+data"},
        relations=[
            (BOOK, "rIdCo", f"{OFFICE}/connections", "connections.xml"),
            (BOOK, "rIdMo", f"{OFFICE}/powerPivotData", "model/item.data"),
            (TERMS, "rIdT", f"{OFFICE}/table", "../tables/table1.xml"),
            (
                "xl/tables/table1.xml",
                "rId1",
                f"{OFFICE}/queryTable",
                "../queryTables/queryTable1.xml",
            ),
        ],
        changes=[
            (TERMS, END, b'<tableParts count="1"><tablePart r:id="rIdT"/></tableParts>' + END)
        ],
    )


@case("views of their own")
def _():
    guid = "{12345678-1234-1234-1234-123456789012}"
    view = (
        f'<customSheetViews><customSheetView guid="{guid}" scale="80" filter="1" '
        'showAutoFilter="1" hiddenColumns="1"><pane xSplit="1" activePane="topRight" '
        'state="frozen"/><selection pane="topRight"/><pageMargins left="0.7" right="0.7" '
        'top="0.75" bottom="0.75" header="0.3" footer="0.3"/><autoFilter ref="A1:C12"/>'
        "</customSheetView></customSheetViews>"
    )
    margins = b"<pageMargins"
    book = (
        f'<customWorkbookViews><customWorkbookView name="Jane" guid="{guid}" windowWidth="800" '
        'windowHeight="600" activeSheetId="1"/></customWorkbookViews>'
    )
    return Extra(
        changes=[
            (TERMS, margins, view.encode() + margins),
            (NOTES, margins, view.encode() + margins),
            (BOOK, b"</workbook>", book.encode() + b"</workbook>"),
        ]
    )


@case("a label of sensitivity")
def _():
    space = f"{MICROSOFT}/2020/mipLabelMetadata"
    return Extra(
        parts={
            "docMetadata/LabelInfo.xml": _xml(
                f'<clbl:labelList xmlns:clbl="{space}"><clbl:label '
                'id="{11111111-2222-3333-4444-555555555555}" enabled="1" method="Standard" '
                'siteId="{99999999-2222-3333-4444-555555555555}" removed="0"/></clbl:labelList>'
            )
        },
        types={"docMetadata/LabelInfo.xml": "application/vnd.ms-office.classificationlabels+xml"},
        relations=[
            (
                *("", "rIdL", f"{MICROSOFT}/2020/02/relationships/classificationlabels"),
                "docMetadata/LabelInfo.xml",
            )
        ],
    )


@case("an embedded object and a control")
def _():
    control = (
        f'<ax:ocx xmlns:ax="{MICROSOFT}/2006/activeX" xmlns:r="{OFFICE}" '
        'ax:classid="{8BD21D40-EC42-11CE-9E0D-00AA006002F3}" ax:persistence="persistStreamInit" '
        'r:id="rId1"/>'
    )
    put = (
        '<legacyDrawing r:id="rIdV"/><oleObjects><oleObject progId="Package" shapeId="1025" '
        'r:id="rIdO"/></oleObjects><controls><control shapeId="1026" r:id="rIdA" name="Box"/>'
        "</controls>"
    )
    return Extra(
        parts={
            "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + BLOB,
            "xl/activeX/activeX1.xml": _xml(control),
            "xl/activeX/activeX1.bin": BLOB,
            "xl/drawings/vmlDrawing1.vml": _vml(1, 1).replace(b'"Note"', b'"Pict"'),
        },
        types={
            "xl/activeX/activeX1.xml": "application/vnd.ms-office.activeX+xml",
            "xl/activeX/activeX1.bin": "application/vnd.ms-office.activeX",
        },
        endings={
            "bin": "application/vnd.openxmlformats-officedocument.oleObject",
            "vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
        },
        relations=[
            (TERMS, "rIdO", f"{OFFICE}/oleObject", "../embeddings/oleObject1.bin"),
            (TERMS, "rIdA", f"{OFFICE}/control", "../activeX/activeX1.xml"),
            (TERMS, "rIdV", f"{OFFICE}/vmlDrawing", "../drawings/vmlDrawing1.vml"),
            (
                *("xl/activeX/activeX1.xml", "rId1"),
                *(f"{MICROSOFT}/2006/relationships/activeXControlBinary", "activeX1.bin"),
            ),
        ],
        changes=[(TERMS, END, put.encode() + END)],
    )


@case("a link to another workbook")
def _():
    link = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames>'
        '<sheetName val="Sheet1"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1">'
        '<cell r="A1" t="str"><v>there</v></cell></row></sheetData></sheetDataSet></externalBook>'
        "</externalLink>"
    )
    formula = b'<c r="B1" t="str"><f>[1]Sheet1!A1</f><v>there</v></c></row>'
    return Extra(
        parts={"xl/externalLinks/externalLink1.xml": _xml(link)},
        types={"xl/externalLinks/externalLink1.xml": f"{SHEET}.externalLink+xml"},
        relations=[
            (BOOK, "rIdE", f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml"),
            (
                *("xl/externalLinks/externalLink1.xml", "rId1"),
                *(f"{OFFICE}/externalLinkPath", "file:///other.xlsx"),
            ),
        ],
        changes=[
            (
                BOOK,
                b"</sheets>",
                b'</sheets><externalReferences><externalReference r:id="rIdE"/>'
                b"</externalReferences>",
            ),
            (NOTES, b"</row>", formula),
        ],
    )


@case("what else may stand in a sheet")
def _():
    after = (
        '<sheetCalcPr fullCalcOnLoad="0"/><protectedRanges><protectedRange name="Words" '
        'sqref="B2:B12"/></protectedRanges><scenarios current="0"><scenario name="Best" '
        'count="1"><inputCells r="A2" val="1"/></scenario></scenarios>'
    )
    cells = (
        '<cellWatches><cellWatch r="A2"/></cellWatches><ignoredErrors><ignoredError sqref="A1:A12" '
        'numberStoredAsText="1"/></ignoredErrors>'
    )
    changes = []
    for sheet in (TERMS, NOTES):
        changes.append((sheet, b"</sheetData>", b"</sheetData>" + after.encode()))
        changes.append((sheet, END, cells.encode() + END))
    protection = b'<workbookProtection lockStructure="1"/><bookViews>'
    changes.append((BOOK, b"<bookViews>", protection))
    return Extra(changes=changes)
